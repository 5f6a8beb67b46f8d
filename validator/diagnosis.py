"""The exact and slow way through one file, for files in which a screen has seen something."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable

from msgspec.structs import replace

from . import declared, decode
from .duty import Duty
from .fields import UnexpectedName
from .findings import Findings
from .lines import Window
from .magic import NUL_TAIL, Binary, NulFilled, recognise
from .model import Diagnostic, Edit, Flaw, Hit, Severity, Totals
from .recode import Recoded
from .rule import Rule
from .screen import AnyByte, Screen
from .source import Blank, Empty, Pages
from .utf8 import all_utf8

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
    size, unread = 0, flaw is not None
    if pages is not None:
        size, unread = _Reading(duty, found, pages).run()
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
        unread=int(unread),
    )
    return totals, diagnostics


class _Reading:
    """One file, read once for the local rules and again for what must see all of it."""

    def __init__(self, duty: Duty, found: Findings, pages: Pages) -> None:
        self._duty, self._found, self._raw = duty, found, pages
        self._pages = declared.view(pages, duty.charsets) if duty.charsets else pages

    def run(self) -> tuple[int, bool]:
        """Add every finding about the bytes.

        Gives how many bytes there are, and whether most was left unchecked without a finding that
        says so: what blocks the rules is then a flaw whose own rule is switched off.
        """
        duty, found, pages = self._duty, self._found, self._pages
        size, flaws, suspects = self._look()
        if any(flaw.blocks for flaw in flaws):
            silenced = duty.silenced(flaws)
            found.drop(silenced)
            suspects = {code: None for code in suspects if code not in silenced}
        hits = list(_explained(duty, flaws))
        for watcher in duty.wholes:
            if watcher.rule.code in suspects:
                rule, severity = watcher.rule, watcher.severity
                said = found.first(rule, severity, watcher.diagnose(pages, duty.settings))
                hits += [(rule, severity, hit) for hit in said]
        _place(found, hits, pages)
        return size, any(flaw.blocks and type(flaw) not in duty.words for flaw in flaws)

    def _look(self) -> tuple[int, list[Flaw], dict[str, None]]:
        """Go over the bytes once and add what local rules say.

        Gives the number of bytes, what is wrong with them as a whole, and the codes of the rules
        that want to see all of them.
        """
        size, filled, blank, text = 0, 0, True, True
        binary: Flaw | None = None
        suspects: dict[str, None] = {}
        for window in self._pages:
            size = window.origin(len(window.data))
            blank = blank and (window.data.isspace() or not window.data)
            others = () if window.data.isascii() else (window.data,)
            text = text and all_utf8(others) and not _holds_nul(window.data)
            if window.first and not text:
                binary = self._recognised(window)
            if binary:
                continue  # the rest of it is only counted
            kept = len(window.data.rstrip(b"\0"))
            filled = len(window.data) - kept + (0 if kept else filled)
            # one search for all rules, then one for each
            if self._duty.suspicious.any((window.data,), others):
                self._local(window)
                wholes = (w for w in self._duty.wholes if w.screen(window.data))
                suspects.update({watcher.rule.code: None for watcher in wholes})
        return size, self._flaws(size, filled, blank, text, binary), suspects

    def _flaws(
        self, size: int, filled: int, blank: bool, text: bool, binary: Flaw | None
    ) -> list[Flaw]:
        """What is wrong with the file as a whole, and with its encoding."""
        pages = self._pages
        if blank:
            return [Blank(size) if size else Empty()]
        if binary:
            return [binary]
        if isinstance(pages, Recoded | declared.Opaque):
            return list(declared.flaws(pages))
        if filled >= NUL_TAIL or filled == size:
            return [NulFilled(size - filled, filled)]
        return [] if text else list(decode.flaws(pages))

    def _recognised(self, window: Window) -> Flaw | None:
        """What the file is, if it is no text; in another encoding only a signature tells."""
        if self._pages is self._raw:
            return recognise(window.data)
        found = recognise(next(iter(self._raw)).data)
        return found if isinstance(found, Binary) and found.kind else None

    def _local(self, window: Window) -> None:
        covered: dict[str, list[_Cover]] = {}
        for watcher in self._duty.locals:  # those that cover others come first
            if not watcher.screen(window.data):
                continue
            rule, covers = watcher.rule, _Cover()
            above = covered.get(rule.name, ())
            for hit in watcher.diagnose(window, self._duty.settings):
                if rule.covers:
                    covers.add(hit)
                if not any(cover.over(hit) for cover in above):
                    moved = _with_edits_from(hit, window.offset)
                    self._found.add(rule, watcher.severity, moved, window)
            for name in rule.covers:
                covered.setdefault(name, []).append(covers)


class _Cover:
    """Where a rule spoke in a window, in order of offset, so that others may be silent there.

    A window of noise has a million hits: they come one by one, and of these only spans stay.
    """

    def __init__(self) -> None:
        self._starts, self._ends = array("q"), array("q")

    def add(self, hit: Hit) -> None:
        self._starts.append(hit.start)
        self._ends.append(hit.end)

    def over(self, hit: Hit) -> bool:
        """Whether the rule spoke of all of what `hit` is about."""
        at = bisect_right(self._starts, hit.start) - 1
        return at >= 0 and hit.end <= self._ends[at]


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
