"""What a command line asks of a check: a record with a field for each option."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from ..profile.overrides import parted
from ..run.request import RunRequest
from ..run.workers import Workers
from .fixes import FixWishes
from .outputs import Wishes

STDIN_BYTES: Final = 1 << 30
"""Bytes at most that are read from standard input, unless an option asks for more."""


class Request(Wishes, frozen=True, kw_only=True):
    """All options of the command line of a check: for its run, its fixes, its output, the rest."""

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
        """Whether standard input is to be checked."""
        return "-" in self.run.paths

    @property
    def workers(self) -> Workers:
        """How the work is done: the number of processes, the timeout, the cluster."""
        return Workers(self.jobs, self.timeout, self.cluster)


def request_of(paths: Sequence[str], **given: Any) -> Request:
    """The request of a command line; `given` are its options: fields of Request and RunRequest.

    `set` is a list of `KEY=VALUE`. Raises UsageError for one of another form.
    """
    given["options"] = parted(given.pop("set", ()))
    of_run = {name: given.pop(name) for name in RunRequest.__struct_fields__ if name in given}
    said = {name: value for name, value in of_run.items() if value not in (None, (), [])}
    return Request(run=RunRequest(paths=paths, **said), **given)
