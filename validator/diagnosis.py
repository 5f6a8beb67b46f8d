"""The exact and slow way through one file, for files in which a screen has seen something."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from msgspec.structs import replace

from . import declared, decode
from .duty import Duty
from .fields import UnexpectedName
from .findings import Findings
from .lines import Window
from .model import Diagnostic, Edit, Flaw, Hit, Severity, Totals
from .recode import Recoded
from .rule import Rule
from .screen import AnyByte, Screen
from .source import Blank, Empty, Pages
from .utf8 import is_utf8

Placed = tuple[Rule, Severity, Hit]

_holds_nul = Screen([AnyByte(b"\0")])


def diagnose(
    duty: Duty, path: str, name: bytes, pages: Pages | None, flaw: Flaw | None, limit: int
) -> tuple[Totals, tuple[Diagnostic, ...]]:
    """What every rule on duty has to say of one file, and the figures of it.

    Either `pages` (its bytes) or `flaw` (why they cannot be had) is given. Raises OSError when
    the file cannot be read to its end.
    """
    found = Findings(path, duty.document_id(name), limit)
    if name:
        _place(found, _about_name(duty, name), None)
    size = 0
    if pages is not None:
        size = _Reading(duty, found, pages).run()
    elif flaw is not None:
        _place(found, _explained(duty, [flaw]), None)
    diagnostics = found.diagnostics()
    counts = dict.fromkeys(Severity, 0)
    for (_, severity), count in found.counts.items():
        counts[severity] += count
    totals = Totals(
        files=1,
        documents=1,
        rejected=int(counts[Severity.ERROR] > 0),
        bytes=size,
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        infos=counts[Severity.INFO],
        omitted=sum(counts.values()) - len(diagnostics),
        unread=int(pages is None),
    )
    return totals, diagnostics


class _Reading:
    """One file, read once for the local rules and again for what must see all of it."""

    def __init__(self, duty: Duty, found: Findings, pages: Pages) -> None:
        self._duty, self._found, self._pages = duty, found, pages

    def run(self) -> int:
        """Add every finding about the bytes; how many bytes there are."""
        duty, found = self._duty, self._found
        pages = declared.view(self._pages, duty.charsets) if duty.charsets else self._pages
        size, blank, text = 0, True, True
        suspects: dict[str, None] = {}
        for window in pages:
            size = window.origin(len(window.data))
            blank = blank and (window.data.isspace() or not window.data)
            text = text and is_utf8(window.data) and not _holds_nul(window.data)
            if duty.suspicious(window.data):  # one search for all rules, before one for each
                self._local(window)
                suspects.update({w.rule.code: None for w in duty.wholes if w.screen(window.data)})
        flaws: list[Flaw] = []
        if blank:
            flaws = [Blank(size) if size else Empty()]
        elif isinstance(pages, Recoded | declared.Opaque):
            flaws = list(declared.flaws(pages))
        elif not text:
            flaws = list(decode.flaws(pages))
        if any(flaw.blocks for flaw in flaws):
            silenced = duty.silenced(flaws)
            found.drop(silenced)
            suspects = {code: None for code in suspects if code not in silenced}
        hits = list(_explained(duty, flaws))
        for watcher in duty.wholes:
            if watcher.rule.code in suspects:
                said = watcher.diagnose(pages, duty.settings)
                hits += [(watcher.rule, watcher.severity, hit) for hit in said]
        _place(found, hits, pages)
        return size

    def _local(self, window: Window) -> None:
        hits = [
            (watcher.rule, watcher.severity, hit)
            for watcher in self._duty.locals
            if watcher.screen(window.data)
            for hit in watcher.diagnose(window, self._duty.settings)
        ]
        for rule, severity, hit in uncovered(hits):
            self._found.add(rule, severity, _with_edits_from(hit, window.offset), window)


def uncovered(hits: list[Placed]) -> list[Placed]:
    """The hits without those that a more telling rule makes at the same place; by offset."""
    hits = sorted(hits, key=lambda item: item[2].start)
    covering: dict[str, tuple[list[int], list[int]]] = {}
    for rule, _, hit in hits:
        for name in rule.covers:
            starts, ends = covering.setdefault(name, ([], []))
            starts.append(hit.start)
            ends.append(hit.end)
    if not covering:
        return hits
    return [item for item in hits if not _covered(item[2], covering.get(item[0].name))]


def _covered(hit: Hit, spans: tuple[list[int], list[int]] | None) -> bool:
    if spans is None:
        return False
    at = bisect_right(spans[0], hit.start) - 1
    return at >= 0 and hit.end <= spans[1][at]


def _explained(duty: Duty, flaws: Iterable[Flaw]) -> Iterable[Placed]:
    for flaw in flaws:
        if type(flaw) in duty.words:
            rule, severity, check = duty.words[type(flaw)]
            hit = check.explain(flaw, duty.settings)
            if hit:
                yield rule, severity, hit


def _about_name(duty: Duty, name: bytes) -> Iterable[Placed]:
    if duty.spans and duty.spans(name) is None:
        hits = list(_explained(duty, [UnexpectedName(name)]))
        if hits:
            return hits  # a name that is none of ours need not be a portable one
    return [
        (watcher.rule, watcher.severity, hit)
        for watcher in duty.names
        for hit in watcher.diagnose(name, duty.settings)
    ]


def _place(found: Findings, hits: Iterable[Placed], pages: Iterable[Window] | None) -> None:
    """Add hits whose offsets count from the start of the file, each in its window."""
    waiting = sorted(hits, key=lambda item: item[2].start)
    if pages is None or all(hit.start < 0 for _, _, hit in waiting):
        for rule, severity, hit in waiting:
            found.add(rule, severity, hit, None)
        return
    at = 0
    for window in pages:
        end = window.offset + len(window.data)
        while at < len(waiting) and (waiting[at][2].start < end or window.last):
            rule, severity, hit = waiting[at]
            found.add(rule, severity, _shifted(hit, window.offset), window)
            at += 1
        if at == len(waiting):
            return


def _with_edits_from(hit: Hit, offset: int) -> Hit:
    """The hit of a local rule with its edits, as all others, counted from the file's start."""
    if hit.fix is None or not offset:
        return hit
    edits = (Edit(one.start + offset, one.end + offset, one.content) for one in hit.fix.edits)
    return replace(hit, fix=replace(hit.fix, edits=tuple(edits)))


def _shifted(hit: Hit, offset: int) -> Hit:
    """The hit, counted from the start of its window; its edits keep counting from the file's."""
    if hit.start < 0 or not offset:
        return hit
    return replace(hit, start=hit.start - offset, end=hit.end - offset)
