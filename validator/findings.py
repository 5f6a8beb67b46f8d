"""The one place where a hit becomes a diagnostic: code, severity, path and position are added."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from msgspec.structs import replace
from xxhash import xxh3_128_hexdigest

from .lines import Window
from .model import Diagnostic, Edit, Fix, Hit, Location, Related, Severity
from .rule import Rule

START = Location(1, 1)

LINE_KNOWN_BY: Final = 4096
"""A fingerprint knows a line by its first bytes: lines of a megabyte are compared for each hit."""


class Findings:
    """Collects the findings of one file: at most `limit` of a rule are kept, all are counted."""

    def __init__(self, path: str, document_id: str, limit: int) -> None:
        self.path = path
        self.counts: Counter[tuple[str, Severity]] = Counter()
        self._document_id = document_id
        self._limit = limit
        self._kept: list[Diagnostic] = []
        self._room: Counter[str] = Counter()
        self._lines: Counter[tuple[str, bytes]] = Counter()

    def add(self, rule: Rule, severity: Severity, hit: Hit, window: Window | None) -> None:
        """Take in a hit whose offsets count from the start of `window`, or of the file."""
        severity = hit.severity or severity
        self.counts[rule.code, severity] += 1
        if self._limit and self._room[rule.code] >= self._limit:
            return
        self._room[rule.code] += 1
        self._kept.append(self._complete(rule, severity, hit, window))

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
        for key in [key for key in self.counts if key[0] in codes]:
            del self.counts[key]

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The kept findings by offset and code; the last of a capped rule says how many more."""
        kept = sorted(self._kept, key=lambda found: (found.byte_offset, found.code))
        if self._limit:
            for (code, _), count in self.counts.items():
                if count > self._limit:
                    _tell_omitted(kept, code, count - self._limit)
        return tuple(kept)

    def _complete(
        self, rule: Rule, severity: Severity, hit: Hit, window: Window | None
    ) -> Diagnostic:
        if hit.start < 0 or window is None:
            return whole_file(rule, severity, hit, self.path, self._document_id)
        start, end = window.location(hit.start), window.location(hit.end)
        begin, stop = window.line_bounds(window.line_at(hit.start))
        line = window.data[begin : min(stop, begin + LINE_KNOWN_BY)].strip()
        self._lines[rule.code, line] += 1
        return Diagnostic(
            code=rule.code,
            name=rule.name,
            severity=severity,
            message=hit.message,
            path=self.path,
            location=start,
            end_location=end,
            byte_offset=window.origin(hit.start),
            byte_length=window.origin(hit.end) - window.origin(hit.start),
            whole_file=False,
            document_index=1,
            document_id=self._document_id,
            help=hit.help,
            label=hit.label,
            notes=hit.notes,
            fix=_fix_of_file(hit.fix, window),
            related=(),
            fingerprint=fingerprint(rule.code, self.path, line, self._lines[rule.code, line]),
            data=hit.data,
            excerpt=window.excerpt(hit.start, hit.end),
        )


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
    document_id: str = "",
    related: tuple[Related, ...] = (),
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
        document_index=1,
        document_id=document_id,
        help=hit.help,
        label=hit.label,
        notes=hit.notes,
        fix=hit.fix,
        related=related,
        fingerprint=fingerprint(rule.code, path, b"", 1),
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
