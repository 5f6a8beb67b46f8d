"""Which findings of `check` are new: not in the baseline, and in what has changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from ..check.plan import Part, Plan
from ..errors import UsageError
from ..file.walk import BASELINE
from ..model import Diagnostic
from ..profile.configuration import Configuration

if TYPE_CHECKING:
    from ..run.changed import Changed
    from ..run.sieve import Sieve
    from .check_request import Request

NAME: Final = BASELINE.decode()
"""The name of the baseline beside a configuration that names none."""


class News(Struct, frozen=True):
    """The sieve that passes new findings.

    `limit` is how many findings of a rule in a file come to the sieve at most; 0 is no limit.
    `path` is that of the baseline, which is not checked itself; empty without one.
    """

    limit: int
    sieve: Sieve | None = None
    path: str = ""
    changed: Changed | None = None

    def state(self, found: Diagnostic) -> str | None:
        """The baseline state of a reported finding, in the words of SARIF; None without one."""
        return "new" if self.path else None

    def parts(self, parts: Iterable[Part], plan: Plan) -> Iterator[Part]:
        """The parts of a run that must be read to find what is new."""
        read = self._without_baseline(parts)
        return self.changed.parts(read, plan) if self.changed else read

    def _without_baseline(self, parts: Iterable[Part]) -> Iterator[Part]:
        if not self.path:
            yield from parts
            return
        folder, name = os.path.split(os.path.realpath(self.path))
        own = os.fsencode(name)
        for part in parts:
            names = part.names
            if own in names and os.path.realpath(os.fsdecode(part.folder) or ".") == folder:
                names = tuple(name for name in names if name != own)
            if names:
                yield part if names is part.names else replace(part, names=names)


def news_of(request: Request, config: Configuration, folder: str, folders: Iterable[str]) -> News:
    """Which findings are new, by the command line and the configuration of `folder`.

    `folders` are the directories of the checked files. Raises UsageError, ConfigError.
    """
    limit = request.run.limit
    path = _in_use(request, config, folder)
    changed = _changed(request, folders)
    if path is None and request.strict_baseline:
        raise UsageError(f"there is no baseline to be strict about: `{NAME}` is not there")
    if path is None and changed is None:
        return News(limit)
    from ..run.baseline import Baseline
    from ..run.baseline_file import read_entries
    from ..run.sieve import Sieve

    concerns = changed.concerns if changed else None
    if path is None:
        return News(limit, Sieve(limit, concerns=concerns), "", changed)
    known = Baseline(read_entries(path), os.path.dirname(path))
    sieve = Sieve(limit, known, request.strict_baseline, concerns)
    # the limit is raised so far that new findings are within it, however many are known
    return News(limit and limit + known.most, sieve, path, changed)


def _changed(request: Request, folders: Iterable[str]) -> Changed | None:
    """What has changed since a revision, if only that is to be checked; else None.

    Raises UsageError.
    """
    if request.since is not None and request.staged:
        raise UsageError("--since and --staged do not go together")
    if request.since is None and not request.staged:
        if request.lines:
            raise UsageError("--lines goes with --since or --staged")
        return None
    if request.strict_baseline:
        raise UsageError("--strict-baseline asks of all files what is gone; leave out --since")
    from ..file.git_changes import changes
    from ..run.changed import Changed

    return Changed(changes(folders, request.since, request.lines), request.lines)


def _in_use(request: Request, config: Configuration, folder: str) -> str | None:
    """The path of the baseline of this run; None without one. Raises UsageError."""
    if request.no_baseline:
        if request.baseline or request.strict_baseline:
            raise UsageError("--no-baseline does not go with --baseline and --strict-baseline")
        return None
    path = place_of(request, config, folder)
    named = request.baseline or config.baseline
    return path if named or os.path.isfile(path) else None


def place_of(request: Request, config: Configuration, folder: str) -> str:
    """The path of the baseline, existing or not: as named, else beside the configuration.

    Without a configuration, the nearest at or above `folder`, else in the working directory.
    """
    named = request.baseline or config.baseline
    base = config.base if config.origin else _nearest(os.path.abspath(folder))
    return os.path.relpath(named or os.path.join(base, NAME))


def _nearest(folder: str) -> str:
    at = folder
    while not os.path.isfile(os.path.join(at, NAME)):
        at, below = os.path.dirname(at), at
        if at == below:
            return "."
    return at
