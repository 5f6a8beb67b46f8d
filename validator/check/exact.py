"""The exact and slow way through one file, for files in which something was seen."""

from __future__ import annotations

import os
from array import array
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace
from stringzilla import find

from ..corpus.fact_rows import Rows
from ..delimiters.divider import divides, divides_members
from ..delimiters.kind import Item
from ..delimiters.options import SIDECAR
from ..document import Place
from ..encoding import damage, declared
from ..encoding.binary import NUL_TAIL, Binary, NulFilled, recognise
from ..encoding.charsets import other_charsets
from ..encoding.transcode import Recoded
from ..encoding.utf8 import all_utf8
from ..file.compression import Packing, bounds
from ..file.reading import Blank, Empty, Pages, unreadable
from ..file.walk import odd
from ..model import Diagnostic, Flaw, Severity, Totals
from ..rules.catalog import FAMILIES
from ..text.lines import Window
from .byte_rules import watched
from .dividing import divider_of
from .documents import Count, Documents, asked_of_documents
from .file_names import file_names
from .findings import NOBODY, Findings, Late, Owner, with_edits_from
from .placing import place_whole, placing
from .plan import Bound
from .ruleset import RuleSet, rule_set
from .screens import screens
from .sidecar_rules import of_sidecars

_ORDER: Final = list(FAMILIES)


class Diagnosed(Struct, frozen=True):
    """What came of one file; `rows` are the facts of its documents, if the corpus wants any.

    `rejected` are the indexes of the rejected documents, where there are many. `blocked` says that
    there is no telling what the file says.
    """

    totals: Totals
    diagnostics: tuple[Diagnostic, ...]
    rows: Rows
    rejected: list[int] = field(default_factory=list)
    blocked: bool = False


class Known(Struct, frozen=True):
    """What the quick way has found out of a file already.

    `suspicious` is whether there is a clue in its bytes; None if that is not known. `items` is what
    it is divided into, where there is no clue and it is text.
    """

    suspicious: bool | None = None
    items: Iterable[Item] | None = None


NOTHING: Final = Known()


class Exact:
    """What the rules of a profile have to say of one file after the other, and its figures.

    At most `limit` findings of a rule are kept for a file. Facts of very many documents go into
    files in the directory `spool`, if there is one.
    """

    def __init__(self, bound: Bound, today: date, limit: int, spool: str = "") -> None:
        self.settings = bound.settings
        self.rules = rule_set(bound)
        self.suspicious = screens(bound).suspicious
        self.divider = divider_of(bound)
        self.divides = divides(bound.settings)
        self.by_member = divides_members(bound.settings)
        self.charsets = other_charsets(bound.settings)
        self._names, self._today = file_names(bound), today
        self._asked = asked_of_documents(bound)
        self._bounds = bounds(bound.settings)
        self._limit, self._spool = limit, spool
        beside = of_sidecars(bound)
        self._beside = Exact(beside, today, limit) if beside else None

    def pages(self, path: bytes, data: bytes | None, packing: Packing | None) -> Pages:
        """The windows of a file, or of `data`, as this profile has them read."""
        members = array("q") if packing and self.by_member else None
        return Pages(path, data, packing, self._bounds, members)

    def diagnose(
        self, path: str, name: bytes, pages: Pages, known: Known = NOTHING, of: str = ""
    ) -> Diagnosed:
        """What is to be said of a file, whose bytes are `pages`.

        `of` is the path of the document that the file is beside. Raises OSError and
        BrokenStreamError when the file cannot be read to its end.
        """
        found = self._begun(path, name, of)
        place = self._names.place(os.fsencode(path), name, self._today)
        beside = self._said_beside(place, path)
        mute = beside is not None and beside.blocked
        documents = (
            Documents(self._asked, found, self._spool, mute) if self.divider is not None else None
        )
        reading = _Reading(self, found, pages, place, documents)
        size, unread, blocked = reading.run(known)
        diagnostics = found.diagnostics()
        totals = _figures(found, len(diagnostics), size)
        if beside is not None:
            totals += replace(beside.totals, files=0, documents=0, rejected=0, unread=0, outside=0)
            diagnostics = tuple(sorted((*diagnostics, *beside.diagnostics), key=_in_order))
            unread = unread or beside.totals.unread > 0
        rows = documents.rows if documents else Rows(0)
        rejected = documents.rejected if documents and self.divides else []
        totals += self._counted(documents.count if documents else Count(), totals, size, unread)
        return Diagnosed(totals, diagnostics, rows, rejected, blocked)

    def unread(self, path: str, name: bytes, flaw: Flaw, of: str = "") -> Diagnosed:
        """What is to be said of a file whose bytes cannot be had, as `flaw` says."""
        found = self._begun(path, name, of)
        place_whole(found, self.rules.wording.explained([flaw]))
        diagnostics = found.diagnostics()
        totals = _figures(found, len(diagnostics), 0)
        totals += self._counted(Count(), totals, 0, unread=True)
        return Diagnosed(totals, diagnostics, Rows(self._width), blocked=True)

    @property
    def _width(self) -> int:
        return len(self._asked.facts.of_documents)

    def _begun(self, path: str, name: bytes, of: str) -> Findings:
        """The findings of a file, with what is wrong with its name."""
        owner = NOBODY if self.divides else Owner(1, self._names.document_id(name))
        found = Findings(path, owner, self._limit, of)
        if name:
            place_whole(found, self._names.said_of(name))
        return found

    def _counted(self, count: Count, totals: Totals, size: int, unread: bool) -> Totals:
        """The documents of a file, whose findings are in `totals`."""
        if not self.divides:  # the file is the document: what is wrong with either is with both
            count = Count(1, int(totals.errors > 0), size)
        return Totals(
            files=1,
            documents=count.documents,
            rejected=count.rejected,
            unread=int(unread),
            outside=size - count.size,
        )

    def _said_beside(self, place: Place, of: str) -> Diagnosed | None:
        """What is to be said of the bytes of the file that holds a document's metadata, if any.

        What they say is said with the document.
        """
        if self._beside is None:
            return None
        from ..delimiters.beside import path_of  # few profiles have them

        path = path_of(place.path, self.settings[SIDECAR])
        if not os.path.lexists(path):
            return None
        shown, flaw = os.fsdecode(path), odd(path, os.path.dirname(path) or b".")
        if flaw is not None:
            return self._beside.unread(shown, b"", flaw, of)
        try:
            return self._beside.diagnose(shown, b"", Pages(path), of=of)
        except OSError as error:
            return self._beside.unread(shown, b"", unreadable(error), of)


def _figures(found: Findings, kept: int, size: int) -> Totals:
    """The bytes of a file and its findings by severity, of which so many are kept."""
    counts = dict.fromkeys(Severity, 0)
    for (_, severity), number in found.counts.items():
        counts[severity] += number
    return Totals(
        bytes=size,
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        infos=counts[Severity.INFO],
        omitted=sum(counts.values()) - kept,
    )


def _in_order(found: Diagnostic) -> tuple[str, int, str]:
    return found.path, found.byte_offset, found.code


class _Reading:
    """One file, read once for the local rules and again for what must see all of it."""

    def __init__(
        self,
        exact: Exact,
        found: Findings,
        pages: Pages,
        place: Place,
        documents: Documents | None,
    ) -> None:
        self._exact, self._found, self._raw, self._place = exact, found, pages, place
        self._pages = declared.view(pages, exact.charsets) if exact.charsets else pages
        self._documents = documents
        self._size = self._filled = 0
        self._blank = self._text = True
        self._binary: Flaw | None = None
        self._suspects: dict[str, None] = {}

    def run(self, known: Known) -> tuple[int, bool, bool]:
        """Add every finding about the bytes and the documents.

        Gives how many bytes there are; whether most was left unchecked without a finding that says
        so, as what blocks the rules is a flaw whose own rule is switched off; and whether there is
        no telling what the file says.
        """
        flaws = self._gone_over(known)
        documents, wording = self._documents, self._exact.rules.wording
        blocked = any(flaw.blocks for flaw in flaws)
        if blocked:
            self._silence(flaws)
        elif documents and self._raw.members:
            flaws += documents.members(self._raw.members, self._size)
        hits: list[Late] = [(*said, None) for said in wording.explained(flaws)]
        hits += self._of_the_whole()
        hits += self._found.take_late()
        self._add_late(hits)
        if documents and blocked and any(hit.start < 0 for _, _, hit, _ in hits):
            documents.reject_all()
        unread = any(flaw.blocks and not wording.has(flaw) for flaw in flaws)
        return self._size, unread or (documents is not None and documents.unsaid), blocked

    def _gone_over(self, known: Known) -> list[Flaw]:
        """Go over the bytes and the documents once; what is wrong with the file as a whole."""
        documents, divider = self._documents, self._exact.divider
        if known.items is not None and documents and self._raw.data is not None:
            self._size = len(self._raw.data)
            documents.go_over(known.items)
            return []
        windows = self._watched(known.suspicious)
        if documents and divider:
            documents.go_over(divider.divide(windows, self._place))
        else:
            deque(windows, maxlen=0)
        return self._flaws()

    def _of_the_whole(self) -> Iterator[Late]:
        """What rules say that must see all of the file."""
        for watcher in self._exact.rules.wholes:
            if watcher.rule.code in self._suspects:
                rule, severity = watcher.rule, watcher.severity
                hits = watcher.diagnose(self._pages, self._exact.settings)
                for hit in self._found.first(rule, severity, hits):
                    yield rule, severity, hit, None

    def _add_late(self, hits: list[Late]) -> None:
        """Add hits that count from the start of the file, and give each to its document."""
        documents, divider = self._documents, self._exact.divider
        placed = placing(self._found, hits, self._pages)
        if (
            self._exact.divides
            and (documents and divider)
            and any(owner is None and hit.start >= 0 for _, _, hit, owner in hits)
        ):
            documents.claim_late(divider.divide(placed, self._place))
        elif hits:
            deque(placed, maxlen=0)

    def _silence(self, flaws: list[Flaw]) -> None:
        """Take back what rules said of bytes that turn out not to mean what they seemed to."""
        silenced = _silenced(self._exact.rules, flaws)
        if not self._exact.divides:
            self._found.drop(silenced)
        self._suspects = {code: None for code in self._suspects if code not in silenced}

    def _watched(self, suspicious: bool | None) -> Iterator[Window]:
        """Go over the bytes once and add what local rules say; gives on the windows of text.

        Whether there is a clue is asked of each window where it is not known.
        """
        exact = self._exact
        for window in self._pages:
            self._size = window.origin(len(window.data))
            self._blank = self._blank and (window.data.isspace() or not window.data)
            others = () if window.data.isascii() else (window.data,)
            decodes = all_utf8(others)
            text = decodes and find(window.data, b"\0") < 0
            self._text = self._text and text
            if window.first and not text:
                self._binary = self._recognised(window)
            if self._binary:
                continue  # the rest of it is only counted
            kept = len(window.data.rstrip(b"\0"))
            self._filled = len(window.data) - kept + (0 if kept else self._filled)
            clue = suspicious
            if clue is None:  # one search for all rules, then one for each
                clue = exact.suspicious.any((window.data,), others)
            if clue and (decodes or not exact.divides):
                self._local(window)
                wholes = (one for one in exact.rules.wholes if one.screen(window.data))
                self._suspects.update({watcher.rule.code: None for watcher in wholes})
            yield window

    def _flaws(self) -> list[Flaw]:
        """What is wrong with the file as a whole, and with its encoding."""
        pages, size, filled = self._pages, self._size, self._filled
        if self._blank:
            return [Blank(size) if size else Empty()]
        if self._binary:
            return [self._binary]
        if isinstance(pages, Recoded | declared.Opaque):
            return list(declared.flaws(pages))
        if filled >= NUL_TAIL or filled == size:
            return [NulFilled(size - filled, filled)]
        return [] if self._text else list(damage.flaws(pages))

    def _recognised(self, window: Window) -> Flaw | None:
        """What the file is, if it is no text; in another encoding only a signature tells."""
        if self._pages is self._raw:
            return recognise(window.data)
        found = recognise(next(iter(self._raw)).data)
        return found if isinstance(found, Binary) and found.kind else None

    def _local(self, window: Window) -> None:
        exact = self._exact
        for rule, severity, hit in watched(exact.rules.locals, window, exact.settings):
            moved = with_edits_from(hit, window.offset)
            self._found.add(rule, severity, moved, window)


def _silenced(rules: RuleSet, flaws: Iterable[Flaw]) -> frozenset[str]:
    """Codes of the rules about bytes that must not speak of a file with these flaws.

    After a fault of one family the bytes are noise to it and to the families that follow.
    """
    families = rules.wording.families(flaws)
    first = min(map(_ORDER.index, families or {"ENC"}))
    watchers = (*rules.locals, *rules.wholes)
    return frozenset(
        watcher.rule.code for watcher in watchers if _ORDER.index(watcher.rule.family) >= first
    )
