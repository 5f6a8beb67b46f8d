"""A request: what is to be checked and how. The command and the library make runs of it alike.

`prepare` finds and reads its configurations; then it can be run, any number of times, or be asked
for its files.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from ..check.plan import LIMIT, Part, Plan
from ..check.worker import Engine
from ..errors import NoFilesError, option
from ..file.passed_by import UNCLAIMED, PassedBy, suffixes
from ..file.walk import Root, roots_of
from ..model import Totals
from ..profile.configuration import configuration, find_profile
from ..profile.resolve import Profile
from ..profile.selection import Selection, read_selection
from .assemble import Assembled, plan_of
from .configurations import Configurations, folder_of, nearest, single, walk_under
from .cutting import parts_of
from .executors import Executor, Limits
from .routing import Routing
from .run import Run
from .seen import Seen
from .workers import Workers, executor_of

Progress = Callable[[Totals, str], object]
"""Called as a run goes on, with the figures so far and the last path that was checked."""


PATHS: Final = 5
"""The most paths that a message names."""


class RunRequest(Struct, frozen=True, kw_only=True):
    """Files to check, and how: the options of `check`, without those about its output.

    A `profile`, or the name of one, is for all files. `options` are set in every profile. If the
    request `may_be_empty`, it is no error that there is no file to check. `spelled` writes the name
    of one of these fields for messages.
    """

    paths: Sequence[str]
    profile: Profile | str | None = None
    config: str | None = None
    isolated: bool = False
    select: Sequence[str] | None = None
    extend_select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    kinds: Sequence[str] | None = None
    exclude: Sequence[str] = ()
    archives: Sequence[str] = ()
    options: Mapping[str, Any] = {}
    fail_on: str | None = None
    limit: int = LIMIT
    today: date | None = None
    may_be_empty: bool = False
    spelled: Callable[[str], str] = option


class Prepared(Struct, frozen=True):
    """A request with its paths looked up, and the configurations that count there."""

    request: RunRequest
    roots: Sequence[Root]
    known: Configurations
    today: date

    def assembled(self, skipped: PassedBy | None = None) -> Assembled:
        """Plan, routing and walk. What the walk passes by is counted in `skipped`."""
        request, known, roots = self.request, self.known, self.roots
        profile = request.profile
        if isinstance(profile, str):
            profile = find_profile(profile, known.every[0])
        elif profile is not None:
            profile = known.every[0].over(profile)
        skipped = PassedBy() if skipped is None else skipped
        routing = Routing(known, profile, skipped)
        plan = plan_of(known, routing, roots, self._layer(), request.fail_on)
        plan = replace(plan, limit=request.limit, today=self.today)
        return Assembled(plan, routing, skipped, walk_under(known, roots, skipped, profile))

    def begin(self) -> tuple[Assembled, Iterator[Part]]:
        """The plan of one run with its router and walk, and its parts.

        Raises NoFilesError if there is no part, unless the request may be empty.
        """
        made = self.assembled()
        parts = parts_of(made.walk, made.router)
        first = next(parts, None)
        if first is None and not self.request.may_be_empty:
            raise NoFilesError(self._nothing(made))
        return made, parts if first is None else chain([first], parts)

    def run(
        self,
        jobs: int = 1,
        timeout: float | None = None,
        progress: Progress | None = None,
    ) -> Run:
        """A run that has not begun. Raises NoFilesError where there is no file to check."""
        made, parts = self.begin()
        workers, again = Workers(jobs, timeout), self._again
        return run_of(made.plan, parts, made.skipped, workers, progress=progress, again=again)

    def _again(self) -> tuple[Iterator[Part], PassedBy]:
        """The parts of another run, and the counts of what it passes by."""
        made, parts = self.begin()
        return parts, made.skipped

    def unused(self, seen: Seen) -> list[str]:
        """The warnings about configurations whose text has no effect, after a run (`seen`)."""
        layer, name = self._layer(), self.request.profile
        is_named = isinstance(name, str) and any(one.is_folder for one in self.roots)
        configured = any(one.origin for one in self.known.every)
        if not (layer.select or layer.extend or configured or is_named):
            return []  # there is no text of the user's that could be without effect
        from .unused import names_of_many, unused  # when all is done

        found = unused(self.known, self.roots, seen, layer)
        return [*found, *names_of_many(str(name), seen)] if is_named else found

    def _layer(self) -> Selection:
        said = self.request
        return read_selection(
            said.select, said.extend_select, said.ignore, said.kinds, said.spelled
        )

    def _nothing(self, made: Assembled) -> str:
        """Why there is nothing to check."""
        from .unused import without_files  # only on the way to an error

        every = [f"`{root.path}`" for root in self.roots]
        if not every:
            return "no path is given to check"
        more = len(every) - PATHS
        paths = ", ".join(every[:PATHS]) + (f" and {more} more" if more > 0 else "")
        idle = without_files(self.known, self.roots, made.plan)
        told = "".join(f"; {one}" for one in islice(idle, PATHS))
        told = told or f"; name a profile with {self.request.spelled('profile')}"
        return f"no file matched in {paths}{_why(made.skipped, told)}"


def run_of(
    plan: Plan,
    parts: Iterable[Part],
    skipped: PassedBy,
    workers: Workers,
    executor: Executor | None = None,
    **more: Any,
) -> Run:
    """A run which has not begun; `more` are further arguments of `Run`.

    An `executor` is used in place of the `workers`.
    """
    if executor is None:
        executor = executor_of(workers)
        if workers.cluster is not None:
            more["engine"] = elsewhere(more.get("engine", Engine))
    return Run(plan, parts, skipped, executor, Limits(workers.ahead, workers.timeout), **more)


def elsewhere(engine: Callable[[Plan, str], Engine]) -> Callable[[Plan, str], Engine]:
    """The engine for other machines: facts come in reports, since no directory is shared."""
    return lambda plan, spool: engine(plan, "")


def prepare(request: RunRequest) -> Prepared:
    """Find and read the configurations of a request.

    Raises UsageError for a path that is not there or an option that cannot be set, ConfigError for
    a configuration that is wrong.
    """
    roots = roots_of(request.paths)
    known = _configurations(request, roots)
    known = known.changed(request.options, request.exclude, request.spelled, request.archives)
    return Prepared(request, roots, known, request.today or date.today())


def _configurations(request: RunRequest, roots: Sequence[Root]) -> Configurations:
    """The configurations for files at these paths: the nearest ones, or the one of the request.

    If the request has a profile, the one that is nearest to all paths counts for all files.
    """
    if request.config is not None or request.isolated or not roots:
        return single(configuration(".", request.config, request.isolated))
    if request.profile is not None:
        return single(configuration(common_folder(roots)))
    return nearest(roots)


def common_folder(roots: Sequence[Root]) -> str:
    """The directory that all paths share, where the search for a configuration begins."""
    try:
        return os.path.commonpath([os.path.abspath(folder) for folder in folders_of(roots)])
    except ValueError:  # two drives
        return "."


def folders_of(roots: Sequence[Root]) -> list[str]:
    """The directory of each path (`folder_of`), each once."""
    found = (folder_of(one) for one in roots)
    return [*dict.fromkeys(found)]


def _why(skipped: PassedBy, unclaimed: str) -> str:
    """The rest of the message: what was passed by, and `unclaimed` if files had no profile."""
    if not skipped:
        return ": there are no files"
    told = ", ".join(f"{count} {reason}" for reason, count in sorted(skipped.items()))
    if UNCLAIMED not in skipped:
        return f" ({told})"
    return f" ({told}: {suffixes(skipped.suffixes)}){unclaimed}"
