"""The stage of documents: the metadata of each is read, and rules about documents check it.

Findings about the bytes of a file are given to the document in which they stand, and each document
is counted as valid or rejected.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from ..body.headings import LONE_CR
from ..corpus.fact_rows import Row, Rows
from ..delimiters.flaws import SharedMember, Spoiling
from ..delimiters.kind import Item
from ..delimiters.runs import Passed, Run, halves
from ..document import Document
from ..encoding.utf8 import is_utf8
from ..metadata import fields as metadata
from ..metadata.stubs import is_stub
from ..metadata.syntax.block_flaws import ExtraData, Unparsable
from ..model import Flaw, Severity
from ..text.lines import Window
from .asked import Asked
from .byte_rules import escaped
from .edits import with_edits_from
from .findings import Findings, Late, Owner
from .memories import Memories
from .ruleset import Said
from .surveyor import clean_records, fields_of, hides_in

if TYPE_CHECKING:
    from .documents_ahead import Clean, DocumentsAhead

_TOGETHER: Final = 4
"""So many records, or fewer, are checked one by one if one may not be clean; more are halved."""


class Count(Struct):
    """The number of documents of a file, how many are rejected, and the bytes in them."""

    documents: int = 0
    rejected: int = 0
    size: int = 0


class Documents:
    """The documents of one file on the exact way."""

    def __init__(self, asked: Asked, found: Findings, spool: str = "", mute: bool = False) -> None:
        """`mute`: the sidecar with their metadata cannot be read, and that is told already."""
        self._asked, self._settings, self._found = asked, asked.settings, found
        self.count = Count()
        self.rows = Rows(len(asked.facts.of_documents), spool)
        self._starts = array("q")
        self._rejected: set[int] = set()
        self._unreadable: list[int] = []  # no UTF-8
        self._spoilt, self._mute = False, mute
        self.unsaid = False  # metadata could not be read, and the rule that says so is off
        self._memories = Memories(asked.settings, asked.rules.series if found.divided else ())
        self._at_line_ends: list[Late] = []
        self._ahead: DocumentsAhead | None = None

    def may_pass(self, passed: Passed) -> bool:
        """Whether records that are clean alone are clean when compared with those before them."""
        return self._memories.agrees(passed.shapes)

    def go_over(
        self,
        items: Iterable[Item],
        facts: Callable[[int], Sequence[Row]] = lambda start: (),
        ahead: DocumentsAhead | None = None,
    ) -> None:
        """Check each document; a hit whose window is not at hand is postponed.

        `facts` gives the facts of a stretch of clean records by its first byte. If helpers look
        `ahead`, documents wait for their results.
        """
        if ahead is not None:
            self._ahead = ahead
            ahead.begin(self._take)
            for item in items:
                ahead.add(item)
            ahead.drain()
            return
        for item in items:
            if isinstance(item, Passed):
                self._pass(item, facts)
            else:
                self._take(item)

    def come_up(self) -> None:
        """Check all documents that wait for helpers, before findings of the next window come in."""
        if self._ahead is not None:
            self._ahead.drain()

    def _take(self, item: Item, known: Clean | None = None) -> None:
        """Check an item; `known` is what a helper found of a document that is clean alone."""
        if isinstance(item, Run):
            self._run(item)
        elif isinstance(item, Document):
            if known is None or not self._is_taken(item, known):
                self._document(item)
        elif isinstance(item, Flaw):
            self._flaw(item)
            self._spoilt = self._spoilt or isinstance(item, Spoiling)

    def _is_taken(self, document: Document, known: Clean) -> bool:
        """Count a document that is clean alone; False if it must be compared with those before."""
        asked = self._asked
        if self._spoilt or (self._memories and not self._memories.take({known.shape}, 1)):
            return False
        if asked.by_member:
            self._starts.append(document.window.offset)
        self.count.documents += 1
        self.count.size += document.size
        self._claim(document, rejected=False)
        if asked.facts.rows:
            self.rows.extend([known.row])
        return True

    def members(self, begun: array[int], size: int) -> Iterator[Flaw]:
        """Flaws of members of a compressed file that do not hold one document each.

        `begun` are the bytes at which members begin, in the `size` bytes that the file expands to.
        """
        starts = self._starts
        sharing = sorted({*starts} - {*begun})
        inside = sorted(at for at in {*begun} - {*starts} if at < size)
        if sharing:
            yield SharedMember(sharing[0], sharing[0], len(sharing), len(starts), inside=False)
        if inside:
            yield SharedMember(inside[0], inside[0], len(inside), len(starts), inside=True)

    def claim_late(self, items: Iterable[Item]) -> None:
        """Go over the file again, to give documents the findings that were made after them.

        Of a file in another encoding no document was counted, so none is rejected.
        """
        for item in items:
            if isinstance(item, Run) and not self._waits_in(item.window):
                continue
            for document in item.documents() if isinstance(item, Run) else [item]:
                if isinstance(document, Document) and document.index <= self.count.documents:
                    self._claim(document, rejected=False)

    @property
    def rejected(self) -> list[int]:
        """The indexes of the rejected documents."""
        return sorted(self._rejected)

    def reject_all(self) -> None:
        """Reject all documents: what they say cannot be read."""
        self._rejected.update(range(1, self.count.documents + 1))
        self.count.rejected = self.count.documents

    def reject_unreadable(self) -> None:
        """Reject the documents that are not UTF-8: the file is in another encoding."""
        self._rejected.update(self._unreadable)
        self.count.rejected = len(self._rejected)

    def _run(self, run: Run) -> None:
        """Check neighbouring records: all at once if they are clean, else in halves."""
        asked, window = self._asked, run.window
        records = None
        if not self._waits_in(window):
            records = clean_records(run, self._settings, asked.surveyor)
        if records is None:
            parts = halves(run) if run.count > _TOGETHER and not self._spoilt else None
            for part in parts or ():
                self._run(part)
            if not parts:
                self._each(run)
            return
        if not self._memories.agree(records):
            for document, record in zip(run.documents(), records, strict=True):
                self._compare(document, record)
        if asked.by_member:
            self._starts.extend(document.window.offset for document in run.documents())
        self.count.documents += run.count
        self.count.size += len(window.data)
        if asked.facts.rows:
            self.rows.extend(asked.facts.rows_of(run, records))

    def _pass(self, passed: Passed, facts: Callable[[int], Sequence[Row]]) -> None:
        """Count records that are known to be clean."""
        self._memories.take(passed.shapes, passed.count)
        self.count.documents += passed.count
        self.count.size += passed.stop - passed.start
        if self._asked.facts.rows:
            self.rows.extend(facts(passed.start))

    def _waits_in(self, window: Window) -> bool:
        """Whether a finding in this window, or before it, waits for its document."""
        return self._found.waits_before(window.offset + len(window.data))

    def _each(self, run: Run) -> None:
        """Check neighbouring records one by one."""
        known = fields_of(run, self._settings)
        for at, document in enumerate(run.documents()):
            if known is not None:
                metadata.remember(document, self._settings, known[at])
            self._document(document)

    def _compare(self, document: Document, record: Mapping[str, Any]) -> None:
        """Compare a record that is clean alone with those before it."""
        metadata.remember(document, self._settings, record)
        if self._tell(self._compared(document), document):
            self._claim(document, rejected=True)

    def _tell(self, every: Iterable[Said], document: Document) -> bool:
        """Take in the hits of a document. True if one of them is an error and not muted."""
        rejected, owner = False, None
        for said in every:
            owner = owner or self._owner(document)  # most documents need none
            told = self._add(said, document, owner)
            rejected = rejected or (told and (said[2].severity or said[1]) is Severity.ERROR)
        return rejected

    def _document(self, document: Document) -> None:
        asked, count = self._asked, self.count
        count.documents += 1
        if asked.by_member:
            self._starts.append(document.window.offset)
        count.size += document.size
        rejected = False
        data = document.data
        readable = is_utf8(data) if data else True
        if not readable:
            self._unreadable.append(document.index)
        if data and not self._spoilt and readable:
            rejected = self._tell(self._said(document), document)
        spoilt, self._spoilt = self._spoilt, False
        self._claim(document, rejected)
        if asked.facts.rows:
            # the facts of a document without an end may be those of another document, too
            width = len(asked.facts.of_documents)
            self.rows.extend([(None,) * width if spoilt else asked.facts.row(document)])

    def _said(self, document: Document) -> Iterator[Said]:
        """The hits about how the metadata is written and, if it can be read, about the document."""
        asked, settings = self._asked, self._settings
        holder = document.holder
        blocked = holder is not document and (self._mute or not _is_text(holder.data))
        if not blocked and holder.syntax and metadata.values(document, settings) is None:
            blocked = yield from self._of_block(document)
        if not blocked:
            yield from self._compared(document)
            if hides_in(document, self._settings, asked.screens):
                yield from escaped(asked.rules.of_text, document, settings)
        silent = {"MET", "BOD"} if is_stub(document, settings) else {"MET"} if blocked else set()
        for look in asked.rules.looks:
            if look.family in silent:
                continue  # the metadata cannot be read, or the document is a stub
            if not look.clean(document, settings):
                yield from look.said(document, settings)

    def _of_block(self, document: Document) -> Generator[Said, None, bool]:
        """Yields the hits about the block of metadata; returns whether it cannot be read."""
        blocked, wording = False, self._asked.rules.wording
        for flaw in metadata.examined(document, self._settings).flaws:
            blocked = blocked or flaw.blocks
            self.unsaid = self.unsaid or (flaw.blocks and not wording.has(flaw))
            if not self._is_told(flaw, document):
                yield from wording.explained([flaw])
        return blocked

    def _is_told(self, flaw: Flaw, document: Document) -> bool:
        """Whether a flaw of a parser is not to be told now.

        A flaw at bytes for which an error has been told is left out. One at a lone CR waits until
        the findings about the file's line ends are known.
        """
        holder = document.holder
        if not isinstance(flaw, Unparsable | ExtraData) or holder is not document:
            return False
        offset = document.window.offset
        if flaw.blocks and self._found.is_told(flaw.start + offset, flaw.end + offset):
            return True
        if not _is_at_lone_cr(document.data, flaw.start):
            return False
        for rule, severity, hit in self._asked.rules.wording.explained([flaw]):
            late = rule, severity, hit.moved(offset), self._owner(document)
            self._at_line_ends.append(late)
            self._reject(document)
        return True

    def tell_what_is_left(self, told: Collection[str]) -> None:
        """Tell the findings at lone CRs that wait, but not those of the rules named in `told`."""
        for rule, severity, hit, owner in self._at_line_ends:
            if rule.name not in told:
                self._found.postpone(rule, severity, hit, owner)

    def _compared(self, document: Document) -> Iterator[Said]:
        """The hits of rules that compare a document with those before it."""
        record = metadata.fields(document, self._settings) if self._memories else {}
        return self._memories.compared(document, record)

    def _add(self, said: Said, document: Document, owner: Owner) -> bool:
        """Take in a hit of a document; False if it is muted."""
        rule, severity, hit = said
        if document.sidecar is not None and (hit.beside or rule.family == "MET"):
            return self._found.add(rule, severity, hit, document.sidecar.window, owner)
        hit = with_edits_from(hit, document.window.offset)
        if self._asked.charsets and hit.start >= 0:  # only the file's windows know its encoding
            late = hit.moved(document.window.offset)
            return self._found.postpone(rule, severity, late, owner)
        return self._found.add(rule, severity, hit, document.window, owner)

    def _owner(self, document: Document) -> Owner:
        return Owner(document.index, metadata.identity(document, self._settings))

    def _claim(self, document: Document, rejected: bool) -> None:
        start = document.window.offset
        end = start + max(document.size, 1)
        claimed = self._found.claim(start, end, lambda: self._owner(document))
        if claimed or rejected:
            self._reject(document)

    def _reject(self, document: Document) -> None:
        if document.index not in self._rejected:
            self._rejected.add(document.index)
            self.count.rejected += 1

    def _flaw(self, flaw: Flaw) -> None:
        """A flaw of the division; its window may be gone, so that it is placed at the end."""
        for rule, severity, hit in self._asked.rules.wording.explained([flaw]):
            self._found.postpone(rule, severity, hit)


def _is_at_lone_cr(data: bytes, at: int) -> bool:
    """Whether a CR without LF stands at this byte, or before it with nothing but blanks between."""
    before = data[max(0, at - 64) : at].rstrip(b" \t")
    return before.endswith(b"\r") or LONE_CR.match(data, at) is not None


def _is_text(data: bytes) -> bool:
    """Whether there are bytes, and they are UTF-8."""
    return data != b"" and is_utf8(data)
