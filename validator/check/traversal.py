"""The exact way over one file: its bytes are checked window by window, then its documents."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from stringzilla import find

from ..delimiters.runs import Passed
from ..document import Place, Span
from ..encoding import damage, declared
from ..encoding.binary import NUL_TAIL, Binary, NulFilled, recognise
from ..encoding.seven_bit import SevenBit, seven_bit
from ..encoding.transcode import Recoded
from ..encoding.utf8 import all_utf8
from ..encoding.utf16 import wide, wide_as_ascii
from ..file.portions import windows_without
from ..file.reading import Blank, Empty, Pages
from ..file.suppressions import MARK
from ..model import Flaw, Severity
from ..rules.index import FAMILIES
from ..text.lines import Window
from .asked import Asked
from .byte_rules import clued, parts, watched
from .documents import Documents
from .edits import with_edits_from
from .fast import Known
from .findings import Findings, Late
from .placing import placing
from .precheck import StandIns
from .ruleset import RuleSet
from .stretches import Stretches

_ORDER: Final = list(FAMILIES)


class Traversal:
    """One file, read once for local rules and documents, and again for rules about all of it."""

    def __init__(
        self,
        asked: Asked,
        found: Findings,
        pages: Pages,
        place: Place,
        documents: Documents | None,
        stand_ins: StandIns,
        codes: Collection[str] = (),
    ) -> None:
        """`codes` are those of the rules that are switched on."""
        self._asked, self._found, self._raw, self._place = asked, found, pages, place
        self._pages = declared.view(pages, asked.charsets) if asked.charsets else pages
        self._documents, self._stand_ins = documents, stand_ins
        self._size = self._filled = 0
        self._blank = self._text = self._may_be_wide = True
        self._other: Flaw | None = None
        self._damage: list[Flaw] | None = None
        self._stretches: Stretches | None = None
        self._suspects: dict[str, None] = {}
        self._codes = codes

    def run(self, known: Known) -> tuple[int, bool, bool]:
        """Add every finding about the bytes and the documents.

        Gives the number of bytes; whether most of the file was left unchecked and no finding says
        so, because the rule for the flaw that blocks is switched off; and whether a flaw blocks.
        """
        flaws = self._gone_over(known)
        documents, wording = self._documents, self._asked.rules.wording
        blocked = any(flaw.blocks for flaw in flaws)
        if blocked:
            self._silence(flaws)
        elif documents and self._raw.members:
            flaws += documents.members(self._raw.members, self._size)
        hits: list[Late] = [(*said, None) for said in wording.explained(flaws)]
        hits += self._of_the_whole()
        if documents:
            errors = [rule for rule, severity, *_ in hits if severity is Severity.ERROR]
            documents.tell_what_is_left({name for rule in errors for name in rule.covers})
        hits += self._found.take_late()
        self._add_late(hits)
        if not blocked:
            of_comments = wording.explained(self._found.muted.flaws(self._codes))
            self._add_late([(*said, None) for said in of_comments])
        if documents and blocked and any(hit.start < 0 for _, _, hit, _ in hits):
            documents.reject_all()
        elif documents and blocked:
            documents.reject_unreadable()
        unread = any(flaw.blocks and not wording.has(flaw) for flaw in flaws)
        return self._size, unread or (documents is not None and documents.unsaid), blocked

    def _gone_over(self, known: Known) -> list[Flaw]:
        """Go over the bytes and the documents once. Gives the flaws of the file as a whole."""
        documents, divider = self._documents, self._asked.divider
        data = self._raw.data
        if known.items is not None and documents and data is not None and find(data, MARK) < 0:
            self._size = len(data)
            documents.go_over(known.items)
            return []
        windows = self._watched(known)
        if documents and divider and known.stretches:
            items = divider.divide(windows, self._place)
            documents.go_over(items, known.stretches.facts)
        elif documents and divider:
            documents.go_over(divider.divide(windows, self._place), ahead=known.ahead)
        else:
            deque(windows, maxlen=0)
        return self._flaws()

    def _of_the_whole(self) -> Iterator[Late]:
        """The hits of the rules that must see all of the file."""
        for watcher in self._asked.rules.wholes:
            if watcher.entry.code in self._suspects:
                rule, severity = watcher.rule, watcher.severity
                hits = watcher.diagnose(self._pages, self._asked.settings)
                for hit in self._found.first(rule, severity, hits):
                    yield rule, severity, hit, None

    def _add_late(self, hits: list[Late]) -> None:
        """Add hits that count from the start of the file, and give each to its document."""
        documents, divider = self._documents, self._asked.divider
        placed = placing(self._found, hits, self._pages)
        if (
            self._asked.divides
            and not self._stand_ins.flaws
            and not self._other  # else its documents were not divided, nor counted
            and (documents and divider)
            and any(owner is None and hit.start >= 0 for _, _, hit, owner in hits)
        ):
            documents.claim_late(divider.divide(placed, self._place))
        elif hits:
            deque(placed, maxlen=0)

    def _silence(self, flaws: list[Flaw]) -> None:
        """Drop the findings about bytes that are noise after these flaws."""
        silenced = _silenced(self._asked.rules, flaws)
        if not self._asked.divides:
            self._found.drop(silenced)
        self._suspects = {code: None for code in self._suspects if code not in silenced}

    def _windows(self, stretches: Stretches) -> Iterator[Window | Passed]:
        """The windows, with a `Passed` in place of those that are known to be clean."""

        def known(offset: int) -> Passed | None:
            passed = stretches.at(offset)
            return passed if passed is not None and self._may_pass(passed) else None

        with stretches.open(self._raw) as file:
            yield from windows_without(file, known)

    def _may_pass(self, passed: Passed) -> bool:
        """Whether a stretch that is clean by itself is clean after what came before it."""
        if self._other or self._stand_ins.flaws:
            return True  # it is only counted
        if self._found.muted.has_comments:
            return False
        return self._documents is None or self._documents.may_pass(passed)

    def _watched(self, known: Known) -> Iterator[Window | Passed]:
        """Go over the bytes once and add the hits of local rules. Yields the windows of text."""
        documents, stretches = self._documents if known.ahead else None, known.stretches
        self._stretches = stretches
        for window in self._windows(stretches) if stretches else self._pages:
            if isinstance(window, Passed):
                self._size, self._blank, self._filled = window.stop, False, 0
                if not (self._other or self._stand_ins.flaws):
                    yield window
                continue
            self._size = window.origin(len(window.data))
            self._blank = self._blank and (window.data.isspace() or not window.data)
            others = () if window.data.isascii() else (window.data,)
            decodes = all_utf8(others)
            text = decodes and find(window.data, b"\0") < 0
            self._text = self._text and text
            if window.first:
                self._other = self._seemingly_utf8(window) if text else self._recognised(window)
            if self._other or self._stand_ins.seen_in(window):
                continue  # the rest of it is only counted
            if stretches and not text:
                stretches.expect_damage()
            kept = len(window.data.rstrip(b"\0"))
            self._filled = len(window.data) - kept + (0 if kept else self._filled)
            clues = self._clues(window, known)
            if documents and (clues or self._has_comments(window)):
                documents.come_up()
            self._found.muted.read(window)
            if clues and (decodes or not self._is_noise()):
                for part in parts(window, clues):
                    self._local(window, part)
                    wholes = self._asked.rules.wholes.alarmed(part.data)
                    self._suspects.update({watcher.entry.code: None for watcher in wholes})
            yield window

    def _has_comments(self, window: Window) -> bool:
        """Whether there are comments about findings in a window, or before it."""
        return self._found.muted.has_comments or find(window.data, MARK) >= 0

    def _flaws(self) -> list[Flaw]:
        """The flaws of the file as a whole, and of its encoding."""
        pages, size, filled = self._pages, self._size, self._filled
        if self._blank:
            return [Blank(size) if size else Empty()]
        if self._other:
            return [self._other]
        if self._stand_ins.flaws:
            return self._stand_ins.flaws
        if isinstance(pages, Recoded | declared.Opaque):
            return list(declared.flaws(pages))
        if filled >= NUL_TAIL or filled == size:
            return [NulFilled(size - filled, filled)]
        flaws = [] if self._text else self._damaged()
        return flaws or self._stand_ins.at_the_end(self._raw, size)

    def _damaged(self) -> list[Flaw]:
        """The flaws that keep the bytes from being UTF-8; found out once."""
        if self._damage is None:
            told = self._stretches.damage() if self._stretches else None
            if told is None:
                told = (*damage.flaws(self._pages, may_be_wide=self._may_be_wide),)
            self._damage = [*told]
        return self._damage

    def _is_noise(self) -> bool:
        """Whether the bytes of a window that does not decode are in another encoding."""
        if self._asked.divides:
            return True  # the document that they stand in is rejected alone
        return self._pages is self._raw and any(flaw.blocks for flaw in self._damaged())

    def _seemingly_utf8(self, window: Window) -> Flaw | None:
        """The flaw of a file that decodes as UTF-8 but is in another encoding; else None."""
        if self._pages is not self._raw:
            return None
        asked = SevenBit in self._asked.rules.wording
        shifted = seven_bit(window, self._pages) if asked else None
        return shifted or wide_as_ascii(window.data)

    def _recognised(self, window: Window) -> Flaw | None:
        """The flaw of a file that is binary or in another encoding as a whole; else None.

        Where another encoding is declared, only a signature counts.
        """
        if self._pages is self._raw:
            self._may_be_wide = False
            return recognise(window.data) or wide(window.data)
        found = recognise(next(iter(self._raw)).data)
        return found if isinstance(found, Binary) and found.kind else None

    def _clues(self, window: Window, known: Known) -> Sequence[Span]:
        """The parts of a window with a clue: one search in all of it, then one in each part."""
        told = known.stretches.clues(window) if known.stretches else None
        if told is not None:
            return told
        clue, suspicious = known.suspicious, self._asked.screens.suspicious
        if clue is None:
            others = () if window.data.isascii() else (window.data,)
            clue = suspicious.any((window.data,), others)
        return clued(window, suspicious) if clue else ()

    def _local(self, window: Window, part: Window) -> None:
        """Add the hits of local rules in a part of a window."""
        asked = self._asked
        for rule, severity, hit in watched(asked.rules.locals, part, asked.settings):
            moved = with_edits_from(hit, part.offset)
            if hit.start >= 0:
                moved = moved.moved(part.offset - window.offset)
            self._found.add(rule, severity, moved, window)
            if self._documents and (hit.severity or severity) is Severity.ERROR:
                self._found.remember(part.offset + hit.start, part.offset + hit.end)


def _silenced(rules: RuleSet, flaws: Iterable[Flaw]) -> frozenset[str]:
    """Codes of the rules about bytes whose findings are dropped in a file with these flaws.

    After a fault of one family the bytes are noise to it and to the families that follow.
    """
    families = rules.wording.families(flaws)
    first = min(map(_ORDER.index, families or {"ENC"}))
    watchers = (*rules.locals, *rules.wholes)
    return frozenset(
        watcher.entry.code for watcher in watchers if _ORDER.index(watcher.entry.family) >= first
    )
