"""What a command line asks of a check: its options, a field each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from ..profile.overrides import parted
from ..run.request import RunRequest
from ..run.workers import Workers
from .fixes import FixWishes
from .outputs import Wishes

STDIN_BYTES: Final = 1 << 30
"""Bytes of standard input that are taken, unless more are asked for."""


class Request(Wishes, frozen=True, kw_only=True):
    """What the command line of a check says."""

    paths: Sequence[str]
    files_from: str | None = None
    nul: bool = False
    no_error_on_unmatched: bool = False
    profile: str | None = None
    config: str | None = None
    isolated: bool = False
    select: Sequence[str] = ()
    extend_select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    kinds: Sequence[str] = ()
    fail_on: str | None = None
    exit_zero: bool = False
    no_group: bool = False
    limit: int | None = None
    jobs: int = 0
    timeout: float | None = None
    cluster: str | None = None
    store: str | None = None
    shard: str | None = None
    merge: bool = False
    stdin_filename: str | None = None
    stdin_max_bytes: int = STDIN_BYTES
    no_progress: bool = False
    today: date | None = None
    show_files: bool = False
    exclude: Sequence[str] = ()
    archives: Sequence[str] = ()
    set: Sequence[str] = ()
    baseline: str | None = None
    no_baseline: bool = False
    strict_baseline: bool = False
    since: str | None = None
    staged: bool = False
    lines: bool = False
    fixes: FixWishes = FixWishes()

    @property
    def of_run(self) -> RunRequest:
        """What it says of the run."""
        return RunRequest(
            paths=self.paths,
            profile=self.profile,
            config=self.config,
            isolated=self.isolated,
            select=self.select or None,
            extend_select=self.extend_select,
            ignore=self.ignore,
            kinds=self.kinds or None,
            exclude=self.exclude,
            archives=self.archives,
            options=parted(self.set),
            fail_on=self.fail_on,
            may_be_empty=self.no_error_on_unmatched,
            today=self.today,
        )

    @property
    def workers(self) -> Workers:
        """Who does the work."""
        return Workers(self.jobs, self.timeout, self.cluster)
