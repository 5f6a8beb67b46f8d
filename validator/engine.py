"""Screen, then diagnose: clean files cost a few C calls, exact and slow code sees the others.

An engine lives in a worker. It gets parts, it returns reports, and it knows no rule by name.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from xxhash import xxh3_128, xxh3_128_digest

from .diagnosis import diagnose, is_utf8
from .duty import Duty
from .failures import Unchecked
from .fields import CONTENT
from .model import Diagnostic, Flaw, Report, Totals
from .plan import Part, Plan
from .source import SMALL, Pages, Unreadable, read_head

Note = Callable[[bytes, bytes | Pages | None], None]


class Engine:
    """Checks parts under a plan. Pickles as its plan; what it compiles stays in the process."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._duties: list[Duty] = []

    def __reduce__(self) -> tuple[type[Engine], tuple[Plan]]:
        return Engine, (self._plan,)

    def __call__(self, part: Part) -> Report:
        """The report of a part. What goes wrong with a single file is a finding in it."""
        if not self._duties:
            self._duties = [Duty(bound) for bound in self._plan.profiles]
        return self._check(self._duties[part.profile], part)

    def give_up(self, part: Part, failure: Unchecked) -> Report:
        """The report of a part whose worker did not live to write one."""
        odd = dict.fromkeys(part.names, failure)
        return self(Part(part.profile, part.folder, part.names, odd, part.shown))

    def _check(self, duty: Duty, part: Part) -> Report:
        """Go over the files of a part; only those that are not plainly clean are diagnosed."""
        folder, odd, fits, suspicious = part.folder, part.odd, duty.fits, duty.suspicious
        columns: tuple[list[bytes | None], ...] = tuple([] for _ in duty.facts)
        note = _fact_taker(duty, columns)
        size = 0
        dirty: list[tuple[Totals, tuple[Diagnostic, ...]]] = []
        for name in part.names:
            head: bytes | None = None
            flaw = odd.get(name) if odd else None
            if flaw is None:
                try:
                    head = read_head(folder + name)
                except OSError as error:
                    flaw = unreadable(error)
                else:
                    if (
                        0 < len(head) < SMALL
                        and not suspicious(head)
                        and (head.isascii() or is_utf8(head))
                        and not head.isspace()
                        and all([judge(name) for judge in fits])
                    ):
                        size += len(head)
                        note(name, head)
                        continue
            dirty.append(self._diagnose(duty, part, name, head, flaw, note))
        clean = len(part.names) - len(dirty)
        totals = Totals(files=clean, documents=clean, bytes=size)
        for more, _ in dirty:
            totals += more
        return Report(totals, tuple(found for _, own in dirty for found in own), columns)

    def _diagnose(
        self, duty: Duty, part: Part, name: bytes, head: bytes | None, flaw: Flaw | None, note: Note
    ) -> tuple[Totals, tuple[Diagnostic, ...]]:
        """`diagnose`, where a defect of ours costs this file and not the run."""
        path = part.shown or os.fsdecode(part.folder + name)
        pages = None
        if head is not None:
            pages = Pages(part.folder + name, head if len(head) < SMALL else None)
        known = b"" if part.nameless else name
        try:
            result = diagnose(duty, path, known, pages, flaw, self._plan.limit)
        except OSError as error:
            result = diagnose(duty, path, known, None, unreadable(error), self._plan.limit)
        except Exception as error:  # a rule that raises must not take the other files with it
            defect = Unchecked("defect", f"{type(error).__name__} {_place_of(error)}")
            result = diagnose(duty, path, known, None, defect, self._plan.limit)
        note(known, pages if result[0].bytes else None)
        return result


def unreadable(error: OSError) -> Unreadable:
    """The flaw for what the system said when a file was opened or read."""
    return Unreadable(error.strerror or type(error).__name__)


def _fact_taker(duty: Duty, columns: tuple[list[bytes | None], ...]) -> Note:
    """What appends the facts of one file to the columns; one value, or None, in each."""
    if not columns:
        return lambda name, data: None
    spans = duty.spans
    wanted = list(zip(columns, duty.facts, duty.groups, strict=True))

    def note(name: bytes, data: bytes | Pages | None) -> None:
        found = spans(name) if spans else None
        for column, fact, group in wanted:
            if fact == CONTENT:
                column.append(xxh3_128_digest(data) if isinstance(data, bytes) else _digest(data))
            elif found and group and found[group][0] >= 0:
                column.append(name[found[group][0] : found[group][1]])
            else:
                column.append(None)

    return note


def _digest(pages: Pages | None) -> bytes | None:
    if pages is None:
        return None
    digest = xxh3_128()
    for window in pages:
        digest.update(window.data)
    return digest.digest()


def _place_of(error: BaseException) -> str:
    """The place in the code where an error was raised, for a report to us."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"in {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"
