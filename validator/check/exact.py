"""The exact and slow way through one file, for files in which a screen has seen something."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace
from stringzilla import find

from ..corpus.fact_rows import Rows
from ..delimiters.options import SIDECAR
from ..document import Place
from ..encoding import damage, declared
from ..encoding.binary import NUL_TAIL, Binary, NulFilled, recognise
from ..encoding.transcode import Recoded
from ..encoding.utf8 import all_utf8
from ..file.name_fields import UnexpectedName
from ..file.reading import Blank, Empty, Pages, unreadable
from ..file.walk import odd
from ..model import Diagnostic, Flaw, Severity, Totals
from ..text.lines import Window
from .byte_rules import watched
from .documents import Count, Documents
from .findings import NOBODY, Findings, Late, Owner, with_edits_from
from .placing import Placed, place_whole, placing
from .ruleset import Duty


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


def diagnose(
    duty: Duty,
    path: str,
    name: bytes,
    pages: Pages | None,
    flaw: Flaw | None,
    limit: int,
    spool: str = "",
) -> Diagnosed:
    """What every rule on duty has to say of one file, and the figures of it.

    Facts of very many documents go into files in the directory `spool`, if there is one.
    Either `pages` (its bytes) or `flaw` (why they cannot be had) is given. Raises OSError when
    the file cannot be read to its end.
    """
    owner = NOBODY if duty.divides else Owner(1, duty.document_id(name))
    found = Findings(path, owner, limit)
    if name:
        place_whole(found, _about_name(duty, name))
    count, blocked, unread = Count(), flaw is not None, flaw is not None
    size, rows, rejected = 0, Rows(len(duty.document_facts)), list[int]()
    beside = None
    if pages is not None:
        place = duty.place(os.fsencode(path), name)
        beside = _beside(duty, place, limit) if duty.beside else None
        mute = beside is not None and beside.blocked
        reading = _Reading(duty, found, pages, place, spool, mute)
        size, count, unread = reading.run()
        rows, rejected, blocked = reading.rows, reading.rejected, reading.blocked
    elif flaw is not None:
        place_whole(found, duty.explained([flaw]))
    diagnostics = found.diagnostics()
    totals = _figures(found, len(diagnostics), size)
    if beside is not None:
        totals += replace(beside.totals, files=0, documents=0, rejected=0, unread=0, outside=0)
        more = (replace(one, of=path) for one in beside.diagnostics)
        diagnostics = tuple(sorted((*diagnostics, *more), key=_in_order))
        unread = unread or beside.totals.unread > 0
    if not duty.divides:  # the file is the document: what is wrong with either is wrong with both
        count = Count(1, int(totals.errors > 0), size)
    totals += Totals(
        files=1,
        documents=count.documents,
        rejected=count.rejected,
        unread=int(unread),
        outside=size - count.size,
    )
    return Diagnosed(totals, diagnostics, rows, rejected, blocked)


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


def _beside(duty: Duty, place: Place, limit: int) -> Diagnosed | None:
    """What is to be said of the bytes of the file that holds a document's metadata, if there is it.

    What they say is said with the document.
    """
    from ..delimiters.beside import path_of  # few profiles have them

    path = path_of(place.path, duty.settings[SIDECAR])
    assert duty.beside is not None
    if not os.path.lexists(path):
        return None
    shown, flaw = os.fsdecode(path), odd(path, os.path.dirname(path) or b".")
    try:
        pages = None if flaw else Pages(path)
        return diagnose(duty.beside, shown, b"", pages, flaw, limit)
    except OSError as error:
        return diagnose(duty.beside, shown, b"", None, unreadable(error), limit)


class _Reading:
    """One file, read once for the local rules and again for what must see all of it."""

    def __init__(
        self,
        duty: Duty,
        found: Findings,
        pages: Pages,
        place: Place,
        spool: str,
        mute: bool,
    ) -> None:
        self._duty, self._found, self._raw = duty, found, pages
        self._pages = declared.view(pages, duty.charsets) if duty.charsets else pages
        self._documents = (
            Documents(duty, duty.divider, found, place, spool, mute) if duty.divider else None
        )
        self._size = self._filled = 0
        self._blank = self._text = True
        self._binary: Flaw | None = None
        self._suspects: dict[str, None] = {}
        self.blocked = False

    def run(self) -> tuple[int, Count, bool]:
        """Add every finding about the bytes.

        Gives how many bytes there are, the count of documents, and whether most was left unchecked
        without a finding that says so: what blocks the rules is then a flaw whose own rule is
        switched off.
        """
        duty, found = self._duty, self._found
        documents = self._documents
        if documents:
            documents.go_over(self._watched())
        else:
            deque(self._watched(), maxlen=0)
        flaws = self._flaws()
        self.blocked = blocked = any(flaw.blocks for flaw in flaws)
        if blocked:
            self._silence(flaws)
        elif documents and self._raw.members:
            flaws += documents.members(self._raw.members, self._size)
        hits: list[Late] = [(*placed, None) for placed in duty.explained(flaws)]
        for watcher in duty.wholes:
            if watcher.rule.code in self._suspects:
                rule, severity = watcher.rule, watcher.severity
                said = found.first(rule, severity, watcher.diagnose(self._pages, duty.settings))
                hits += [(rule, severity, hit, None) for hit in said]
        hits += found.take_late()
        if documents and duty.divides and hits:
            documents.claim_late(placing(found, hits, self._pages))
        elif hits:
            deque(placing(found, hits, self._pages), maxlen=0)
        count = documents.count if documents else Count()
        if documents and blocked and any(hit.start < 0 for _, _, hit, _ in hits):
            documents.reject_all()
        unread = any(flaw.blocks and type(flaw) not in duty.words for flaw in flaws)
        unread = unread or (documents is not None and documents.unsaid)
        return self._size, count, unread

    @property
    def rows(self) -> Rows:
        """The facts of each document."""
        return self._documents.rows if self._documents else Rows(0)

    @property
    def rejected(self) -> list[int]:
        """The rejected documents of a divided file."""
        return self._documents.rejected if self._documents and self._duty.divides else []

    def _silence(self, flaws: list[Flaw]) -> None:
        """Take back what rules said of bytes that turn out not to mean what they seemed to."""
        silenced = self._duty.silenced(flaws)
        if not self._duty.divides:
            self._found.drop(silenced)
        self._suspects = {code: None for code in self._suspects if code not in silenced}

    def _watched(self) -> Iterator[Window]:
        """Go over the bytes once and add what local rules say; gives on the windows of text."""
        duty = self._duty
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
            # one search for all rules, then one for each
            if duty.suspicious.any((window.data,), others) and (decodes or not duty.divides):
                self._local(window)
                wholes = (w for w in duty.wholes if w.screen(window.data))
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
        for rule, severity, hit in watched(self._duty.locals, window, self._duty.settings):
            moved = with_edits_from(hit, window.offset)
            self._found.add(rule, severity, moved, window)


def _about_name(duty: Duty, name: bytes) -> Iterable[Placed]:
    if duty.spans and duty.spans(name) is None:
        hits = list(duty.explained([UnexpectedName(name)]))
        if hits:
            return hits  # a name that is none of ours need not be a portable one
    return [
        (watcher.rule, watcher.severity, hit)
        for watcher in duty.names
        for hit in watcher.diagnose(name, duty.settings)
    ]
