"""Screen, then diagnose: clean files cost a few C calls, exact and slow code sees the others.

An engine lives in a worker. It gets parts, it returns reports, and it knows no rule by name.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Collection, Container, Mapping, Sequence
from typing import Final

from xxhash import xxh3_128, xxh3_128_digest

from ..corpus.fact_rows import Rows
from ..encoding.declared import reads_alike
from ..file.compression import Packing, packed, packing_of
from ..file.name_fields import CONTENT, SIZE
from ..file.reading import SMALL, Pages, read_heads, sums, unpacked_head, unreadable
from ..file.streams import BrokenStreamError
from ..model import Diagnostic, Flaw, Report, Totals, Unchecked
from ..text.re2 import Spans
from .exact import Diagnosed, diagnose
from .fast import Survey, Surveyor, clean, portions
from .plan import Part, Plan
from .ruleset import Duty

FLOCK: Final = 32
"""Small files read together, and screened together if they are not much: that spares calls."""

_NOWHERE: Final = (-1, -1)
"""The span of a group that took no part."""


class Engine:
    """Checks parts under a plan. Pickles as its plan; what it compiles stays in the process."""

    def __init__(self, plan: Plan, spool: str = "") -> None:
        self._plan, self._spool = plan, spool
        self._duties: dict[int, Duty] = {}

    def __reduce__(self) -> tuple[type[Engine], tuple[Plan, str]]:
        return Engine, (self._plan, self._spool)

    def __call__(self, part: Part) -> Report:
        """The report of a part. What goes wrong with a single file is a finding in it."""
        if part.profile not in self._duties:
            bound = self._plan.profiles[part.profile]
            self._duties[part.profile] = Duty(bound, self._plan.today)
        return self._check(self._duties[part.profile], part)

    def give_up(self, part: Part, failure: Unchecked) -> Report:
        """The report of a part whose worker did not live to write one."""
        odd = dict.fromkeys(part.names, failure)
        return self(Part(part.profile, part.folder, part.names, odd, part.shown))

    def _check(self, duty: Duty, part: Part) -> Report:
        """Go over the files of a part; only those that are not plainly clean are diagnosed."""
        names = part.names
        compressed = packed(names)
        captures = duty.matched(names, bool(compressed))
        misnamed = duty.odd_names(names)
        if duty.by_member:  # only the long way knows where members begin
            misnamed.update(compressed)
        if None in captures:
            misnamed.update(name for name, found in zip(names, captures, strict=True) if not found)
        tally, surveyor = _Tally(duty, self._spool), Surveyor(duty)
        for start in range(0, len(names), FLOCK):
            flock = names[start : start + FLOCK]
            heads = read_heads(part.folder, flock, part.odd)
            if duty.wants_sums:
                tally.sum_up(part.folder, flock, heads)
            if compressed:
                heads = [
                    _document(duty, *pair, compressed) for pair in zip(flock, heads, strict=True)
                ]
            plain: dict[bytes, bytes] = {}
            for few in portions([len(head) if isinstance(head, bytes) else 0 for head in heads]):
                plain.update(_clean_ones(flock[few], heads[few], misnamed, duty))
            if duty.divider is None and len(plain) == len(flock):
                tally.add_all(plain.values())
                continue
            surveys = surveyor.surveys(part.place, plain)
            for name, head in zip(flock, heads, strict=True):
                survey = surveys.get(name)
                if survey:
                    tally.add(plain[name], survey)
                else:
                    tally.diagnosed(name, *self._diagnose(duty, part, name, head))
        groups = [_captured(names, captures, group) for group in duty.groups]
        return tally.report(groups)

    def _diagnose(
        self, duty: Duty, part: Part, name: bytes, head: bytes | Flaw
    ) -> tuple[Diagnosed, bytes | None]:
        """`diagnose`, where a defect of ours costs this file and not the run; and the digest."""
        path = part.shown or os.fsdecode(part.folder + name)
        known = b"" if part.nameless else name
        limit = self._plan.limit
        if isinstance(head, Flaw):
            return diagnose(duty, path, known, None, head, limit), None
        packing = None if part.nameless else packing_of(name)
        members = array("q") if packing and duty.by_member else None
        data = head if len(head) < SMALL and members is None else None
        packing = packing if data is None else None
        pages = Pages(part.folder + name, data, packing, duty.bounds, members)
        try:
            found = diagnose(duty, path, known, pages, None, limit, self._spool)
            wanted = duty.wants_content and not duty.rows and found.totals.bytes
            return found, _digest(pages) if wanted else None
        except OSError as error:
            return diagnose(duty, path, known, None, unreadable(error), limit), None
        except BrokenStreamError as error:
            return diagnose(duty, path, known, None, error.flaw, limit), None
        except Exception as error:  # noqa: BLE001 - one file, not the run
            defect = Unchecked("defect", f"{type(error).__name__} {_place_of(error)}")
            return diagnose(duty, path, known, None, defect, limit), None


class _Tally:
    """What comes of the files of a part, in their order."""

    def __init__(self, duty: Duty, spool: str) -> None:
        self._duty = duty
        self._files = self._documents = self._size = self._outside = 0
        self._totals = Totals()
        self._diagnostics: list[Diagnostic] = []
        self._digests: list[bytes | None] = []
        self._rows = Rows(len(duty.document_facts), spool)
        self._counts: list[int] = []
        self._files_facts: dict[str, list[bytes | None]] = {}
        self._rejected: dict[bytes, list[int]] = {}

    def add_all(self, heads: Collection[bytes]) -> None:
        """Count clean files of one document each, of which nothing is known but their bytes."""
        self._files += len(heads)
        self._documents += len(heads)
        self._size += sum(map(len, heads))
        if self._duty.wants_content:
            self._digests += map(xxh3_128_digest, heads)

    def add(self, head: bytes, survey: Survey) -> None:
        """Count a clean file."""
        duty = self._duty
        self._files += 1
        self._documents += survey.count
        self._size += len(head) + survey.beside
        self._outside += len(head) - survey.size
        if duty.rows:
            self._counts.append(survey.count)
            self._rows.extend(survey.rows)
        elif duty.wants_content:
            self._digests.append(xxh3_128_digest(head))

    def sum_up(self, folder: bytes, names: Sequence[bytes], heads: Sequence[bytes | Flaw]) -> None:
        """Take the sizes and digests of files on the disk; nothing where one cannot be read."""
        columns = [self._files_facts.setdefault(fact, []) for fact in (SIZE, *self._duty.sums)]
        for name, head in zip(names, heads, strict=True):
            known: list[bytes | None] = [None] * len(columns)
            try:
                if not isinstance(head, Flaw):
                    size, digests = sums(folder + name, head, self._duty.sums)
                    known = [str(size).encode(), *digests]
            except OSError:
                pass  # it has become unreadable, which its own finding says
            for column, fact in zip(columns, known, strict=True):
                column.append(fact)

    def diagnosed(self, name: bytes, found: Diagnosed, digest: bytes | None) -> None:
        """Take in the findings of one file."""
        if found.rejected:
            self._rejected[name] = found.rejected
        self._totals += found.totals
        self._diagnostics += found.diagnostics
        self._digests.append(digest)
        self._counts.append(found.rows.count)
        self._rows.join(found.rows)

    def report(self, captured: Sequence[list[bytes | None]]) -> Report:
        """The report; `captured` is what the file names hold of each fact."""
        duty = self._duty
        totals = self._totals + Totals(
            files=self._files, documents=self._documents, bytes=self._size, outside=self._outside
        )
        found = tuple(self._diagnostics)
        columns = dict(zip(duty.facts, captured, strict=True))
        columns.update(self._files_facts)
        if duty.rows:
            columns.update(zip(duty.document_facts, self._rows.columns(), strict=True))
        elif duty.wants_content:
            columns[CONTENT] = self._digests
        chosen = tuple(columns[fact] for fact in duty.facts)
        counts = self._counts if duty.rows else ()
        return Report(totals, found, chosen, counts, self._rejected, self._rows.chunks)


def _clean_ones(
    names: Sequence[bytes],
    heads: Sequence[bytes | Flaw],
    misnamed: Container[bytes],
    duty: Duty,
) -> dict[bytes, bytes]:
    """The files whose names and bytes are clean; the small ones are asked together."""
    small = {
        name: head
        for name, head in zip(names, heads, strict=True)
        if isinstance(head, bytes) and 0 < len(head) < SMALL and name not in misnamed
    }
    if small and not clean([*small.values()], duty):
        small = {name: head for name, head in small.items() if clean([head], duty)}
    if duty.charsets and duty.divider is not None:  # what is within is read as UTF-8
        small = {name: head for name, head in small.items() if reads_alike(head, duty.charsets)}
    return small


def _document(
    duty: Duty, name: bytes, head: bytes | Flaw, compressed: Mapping[bytes, Packing]
) -> bytes | Flaw:
    """The head of the document in a file: that of the file, or of what it expands to."""
    packing = compressed.get(name)
    if packing is None or isinstance(head, Flaw):
        return head
    return unpacked_head(head, packing, duty.bounds)


def _captured(
    names: Sequence[bytes], captures: Sequence[Spans | None], group: int | None
) -> list[bytes | None]:
    """What a group of the pattern captures in each name; None where it captures nothing."""
    if group is None:
        return [None] * len(names)
    if None not in captures:
        spans = [found[group] for found in captures if found]
        if _NOWHERE not in spans:
            return [name[start:end] for name, (start, end) in zip(names, spans, strict=True)]
    return [
        name[spans[group][0] : spans[group][1]] if spans and spans[group] != _NOWHERE else None
        for name, spans in zip(names, captures, strict=True)
    ]


def _digest(pages: Pages | None) -> bytes | None:
    if pages is None:
        return None
    if pages.data is not None:
        return xxh3_128_digest(pages.data)
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
