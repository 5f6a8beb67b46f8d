"""What a command line asks of a check: its options, a field each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from ..profile.overrides import parted
from ..run.request import RunRequest
from ..run.workers import Workers
from .fixes import FixWishes
from .outputs import Wishes

STDIN_BYTES: Final = 1 << 30
"""Bytes of standard input that are taken, unless more are asked for."""


class Request(Wishes, frozen=True, kw_only=True):
    """What the command line of a check says: of its run, its fixes, its output and the rest."""

    run: RunRequest
    files_from: str | None = None
    nul: bool = False
    exit_zero: bool = False
    jobs: int = 0
    timeout: float | None = None
    cluster: str | None = None
    store: str | None = None
    shard: str | None = None
    merge: bool = False
    stdin_filename: str | None = None
    stdin_max_bytes: int = STDIN_BYTES
    no_progress: bool = False
    show_files: bool = False
    baseline: str | None = None
    no_baseline: bool = False
    strict_baseline: bool = False
    since: str | None = None
    staged: bool = False
    lines: bool = False
    fixes: FixWishes = FixWishes()

    @property
    def is_stdin(self) -> bool:
        """Whether what comes in by standard input is to be checked."""
        return "-" in self.run.paths

    @property
    def workers(self) -> Workers:
        """Who does the work."""
        return Workers(self.jobs, self.timeout, self.cluster)


def request_of(paths: Sequence[str], **given: Any) -> Request:
    """What these options ask for: fields of the request and of its run, and `set`, as on a line.

    Raises UsageError for an option of profiles that is not written as `KEY=VALUE`.
    """
    given["options"] = parted(given.pop("set", ()))
    of_run = {name: given.pop(name) for name in RunRequest.__struct_fields__ if name in given}
    said = {name: value for name, value in of_run.items() if value not in (None, (), [])}
    return Request(run=RunRequest(paths=paths, **said), **given)
