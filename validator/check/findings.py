"""The one place where a hit becomes a diagnostic: code, severity, path and position are added."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from heapq import heapify, heappop, heappush
from itertools import islice
from typing import Final

from msgspec import Struct
from msgspec.structs import replace
from xxhash import xxh3_128_hexdigest

from ..model import Diagnostic, Edit, Fix, Hit, Location, Related, Severity
from ..rules.rule import Rule
from ..text.lines import Window

START = Location(1, 1)

LINE_KNOWN_BY: Final = 4096
"""A fingerprint knows a line by its first bytes: lines of a megabyte are compared for each hit."""


class Owner(Struct, frozen=True):
    """The document that a finding is about: its index in the file, from 1, and its id.

    Index 0 stands for none: what is about the file, or about bytes between documents.
    """

    index: int = 1
    id: str = ""


NOBODY: Final = Owner(0)
ONLY: Final = Owner()
"""The only document of its file, without an id."""

Late = tuple[Rule, Severity, Hit, Owner | None]
"""A hit that waits for its window, and whose it is if that is known."""


class Findings:
    """Collects the findings of one file: at most `limit` of a rule are kept, all are counted.

    A window that is of a file beside it says so; what is found there stands at its path.

    In a file of many documents it is not known, when a rule speaks of bytes, whose they are. Such
    findings wait until their document comes by and claims them.
    """

    def __init__(self, path: str, owner: Owner, limit: int) -> None:
        self.path = path
        self.counts: Counter[tuple[str, Severity]] = Counter()
        self._owner = owner
        self._limit = limit
        self._kept: list[Diagnostic] = []
        self._room: Counter[str] = Counter()
        self._lines: Counter[tuple[str, bytes]] = Counter()
        self._waiting: list[tuple[int, bool, bool, int]] = []  # offset, error, late, which
        self._late: list[Late] = []
        self._places: dict[int, Location] = {}

    def know(self, offset: int, window: Window) -> None:
        """Where a byte of the file is that lies in this window: a hit in another may name it."""
        self._places[offset] = window.location(offset - window.offset)

    def add(
        self,
        rule: Rule,
        severity: Severity,
        hit: Hit,
        window: Window | None,
        owner: Owner | None = None,
        related: tuple[Related, ...] = (),
    ) -> None:
        """Take in a hit whose offsets count from the start of `window`, or of the file.

        Without an `owner` it waits to be claimed, or is about the only document of the file.
        """
        severity = hit.severity or severity
        self.counts[rule.code, severity] += 1
        kept = -1
        if not self._limit or self._room[rule.code] < self._limit:
            self._room[rule.code] += 1
            kept = len(self._kept)
            made = self._complete(rule, severity, hit, window, owner or self._owner)
            self._kept.append(replace(made, related=related) if related else made)
        if owner is None and self._owner is NOBODY and window is not None and hit.start >= 0:
            self._wait(window.offset + hit.start, severity, False, kept)

    def postpone(
        self, rule: Rule, severity: Severity, hit: Hit, owner: Owner | None = None
    ) -> None:
        """Take in a hit that counts from the file's start and whose window is not at hand."""
        severity = hit.severity or severity
        at = -1
        if not self._limit or self._room[rule.code] < self._limit:
            self._room[rule.code] += 1
            at = len(self._late)
            self._late.append((rule, severity, hit, owner))
        else:
            self.counts[rule.code, severity] += 1
        if owner is None and self._owner is NOBODY and hit.start >= 0:
            self._wait(hit.start, severity, True, at)

    def omit(self, rule: Rule, severity: Severity, number: int) -> None:
        """Count hits that there was no room for."""
        self.counts[rule.code, severity] += number

    def take_late(self) -> list[Late]:
        """What was postponed, with its owner, to be added now."""
        late, self._late = self._late, []
        # What no document has claimed yet waits again when it is added.
        self._waiting = [one for one in self._waiting if not one[2] or one[3] < 0]
        heapify(self._waiting)
        for rule, *_ in late:
            self._room[rule.code] -= 1
        return late

    def _wait(self, offset: int, severity: Severity, late: bool, which: int) -> None:
        heappush(self._waiting, (offset, severity is Severity.ERROR, late, which))

    def claim(self, start: int, end: int, owner: Callable[[], Owner]) -> bool:
        """Give what waits in `start:end` to a document; whether there was an error among it.

        Documents come in order, so what waits before them belongs to none.
        """
        rejected = False
        waiting = self._waiting
        while waiting and waiting[0][0] < end:
            at, is_error, late, which = heappop(waiting)
            if at < start:
                continue
            rejected = rejected or is_error
            if which >= 0:
                whose = owner()
                if late:
                    self._late[which] = (*self._late[which][:3], whose)
                else:
                    self._kept[which] = replace(
                        self._kept[which], document_index=whose.index, document_id=whose.id
                    )
        return rejected

    def waits_before(self, end: int) -> bool:
        """Whether something before this byte of the file is still to be claimed."""
        return bool(self._waiting) and self._waiting[0][0] < end

    def first(self, rule: Rule, severity: Severity, hits: Iterable[Hit]) -> Iterator[Hit]:
        """The hits that there is room for; the others are counted, and never stand in memory."""
        rest = iter(hits)
        if self._limit:
            yield from islice(rest, self._limit)
            self.counts[rule.code, severity] += sum(1 for _ in rest)
        yield from rest

    def drop(self, codes: frozenset[str]) -> None:
        """Forget the findings of these rules: an earlier fault made them meaningless."""
        self._kept = [finding for finding in self._kept if finding.code not in codes]
        self._waiting = []
        for key in [key for key in self.counts if key[0] in codes]:
            del self.counts[key]

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The kept findings, in order; the last of a capped rule says how many more there are."""
        kept = sorted(self._kept, key=lambda found: (found.path, found.byte_offset, found.code))
        if self._limit:
            for (code, _), count in self.counts.items():
                if count > self._limit:
                    _tell_omitted(kept, code, count - self._limit)
        return tuple(kept)

    def _complete(
        self, rule: Rule, severity: Severity, hit: Hit, window: Window | None, owner: Owner
    ) -> Diagnostic:
        if hit.start < 0 or window is None:
            self._lines[rule.code, b""] += 1
            made = whole_file(rule, severity, hit, self.path, owner, self._lines[rule.code, b""])
            return replace(made, divided=True) if self._owner is NOBODY else made
        path = window.path or self.path
        start, end = window.location(hit.start), window.location(hit.end)
        begin, stop = window.line_bounds(window.line_at(hit.start))
        line = window.data[begin : min(stop, begin + LINE_KNOWN_BY)].strip()
        self._lines[rule.code, line] += 1
        return Diagnostic(
            code=rule.code,
            name=rule.name,
            severity=severity,
            message=hit.message,
            path=path,
            location=start,
            end_location=end,
            byte_offset=window.origin(hit.start),
            byte_length=window.origin(hit.end) - window.origin(hit.start),
            whole_file=False,
            document_index=owner.index,
            document_id=owner.id,
            help=hit.help,
            label=hit.label,
            notes=hit.notes,
            fix=_fix_of_file(hit.fix, window),
            related=self._related(hit, window, path),
            fingerprint=fingerprint(rule.code, path, line, self._lines[rule.code, line]),
            data=hit.data,
            excerpt=window.excerpt(hit.start, hit.end),
            divided=self._owner is NOBODY,
            of=self.path if window.path else "",
        )

    def _related(self, hit: Hit, window: Window, path: str) -> tuple[Related, ...]:
        """The other places of the hit, as far as it is known where they are."""
        found = []
        for one in hit.related:
            place = one.place
            if place is None and 0 <= one.start <= len(window.data):
                place = window.location(one.start)
            elif place is None:
                place = self._places.get(window.offset + one.start)
            if place is not None and place != window.location(hit.start):
                found.append(Related(path, one.message, place))
        return tuple(found)


def with_edits_from(hit: Hit, offset: int) -> Hit:
    """The hit with its edits, which counted from `offset`, counted from the file's start."""
    if hit.fix is None or not offset:
        return hit
    edits = (Edit(one.start + offset, one.end + offset, one.content) for one in hit.fix.edits)
    return replace(hit, fix=replace(hit.fix, edits=tuple(edits)))


def _fix_of_file(fix: Fix | None, window: Window) -> Fix | None:
    """The fix in bytes of the file; None where its encoding cannot write it."""
    if fix is None or window.view is None:
        return fix
    edits = []
    for edit in fix.edits:
        start, end = edit.start - window.offset, edit.end - window.offset
        try:
            content = edit.content.decode().encode(window.view.codec)
        except UnicodeError:
            return None
        if start < 0 or end > len(window.data):
            return None
        edits.append(Edit(window.origin(start), window.origin(end), content))
    return replace(fix, edits=tuple(edits))


def whole_file(
    rule: Rule,
    severity: Severity,
    hit: Hit,
    path: str,
    owner: Owner = ONLY,
    occurrence: int = 1,
) -> Diagnostic:
    """A diagnostic about a file as a whole, which stands at its first byte."""
    return Diagnostic(
        code=rule.code,
        name=rule.name,
        severity=severity,
        message=hit.message,
        path=path,
        location=START,
        end_location=START,
        byte_offset=0,
        byte_length=0,
        whole_file=True,
        document_index=owner.index,
        document_id=owner.id,
        help=hit.help,
        label=hit.label,
        notes=hit.notes,
        fix=hit.fix,
        related=(),
        fingerprint=fingerprint(rule.code, path, b"", occurrence),
        data=hit.data,
        excerpt=(),
    )


def fingerprint(code: str, path: str, line: bytes, occurrence: int) -> str:
    """A name for the finding that survives edits of other lines: rule, path, line, which one."""
    parts = (code.encode(), os.fsencode(path), line, str(occurrence).encode())
    return xxh3_128_hexdigest(b"\0".join(parts))


def _tell_omitted(kept: list[Diagnostic], code: str, more: int) -> None:
    at = max(index for index, finding in enumerate(kept) if finding.code == code)
    note = f"{more} more of these in this file are not shown (`--limit 0` shows all)"
    kept[at] = replace(
        kept[at],
        notes=(*kept[at].notes, note),
        data={**kept[at].data, "omitted": more},
    )
