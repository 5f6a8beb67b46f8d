"""The stage of documents: each is divided off, its metadata is read, and rules look at it.

Findings that rules made of the bytes of a file are given to the document that they stand in, and
every document is counted as valid or rejected.
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
"""Records that are looked at one by one where one of them may not be clean; more are halved."""


class Count(Struct):
    """Documents of a file: how many, how many of them are rejected, and the bytes in them."""

    documents: int = 0
    rejected: int = 0
    size: int = 0


class Documents:
    """The documents of one file, on the slow and exact way."""

    def __init__(self, asked: Asked, found: Findings, spool: str = "", mute: bool = False) -> None:
        """With `mute` the file that holds their metadata cannot be read, as has been said."""
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
        """Whether records that are clean by themselves are so after those before them."""
        return self._memories.agrees(passed.shapes)

    def go_over(
        self,
        items: Iterable[Item],
        facts: Callable[[int], Sequence[Row]] = lambda start: (),
        ahead: DocumentsAhead | None = None,
    ) -> None:
        """Look at each document; what has no window at hand is postponed.

        `facts` are those of records that are passed by, which begin at a byte. With helpers that
        look `ahead` documents wait for what these tell.
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
        """Be done with all documents before the next window: there is something in it."""
        if self._ahead is not None:
            self._ahead.drain()

    def _take(self, item: Item, known: Clean | None = None) -> None:
        """Look at an item by itself; of a clean document it may be `known`."""
        if isinstance(item, Run):
            self._run(item)
        elif isinstance(item, Document):
            if known is None or not self._is_taken(item, known):
                self._document(item)
        elif isinstance(item, Flaw):
            self._flaw(item)
            self._spoilt = self._spoilt or isinstance(item, Spoiling)

    def _is_taken(self, document: Document, known: Clean) -> bool:
        """Count a document that is clean by itself, if it is so after those before it."""
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
        """What is wrong with the members of a compressed file, which begin at these bytes.

        `size` is that of what it expands to.
        """
        starts = self._starts
        sharing = sorted({*starts} - {*begun})
        inside = sorted(at for at in {*begun} - {*starts} if at < size)
        if sharing:
            yield SharedMember(sharing[0], sharing[0], len(sharing), len(starts), inside=False)
        if inside:
            yield SharedMember(inside[0], inside[0], len(inside), len(starts), inside=True)

    def claim_late(self, items: Iterable[Item]) -> None:
        """Go over the file again, to give each document what was found only after it.

        Of a file in another encoding, no document was counted: none is rejected.
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
        """There is no telling what the documents say."""
        self._rejected.update(range(1, self.count.documents + 1))
        self.count.rejected = self.count.documents

    def reject_unreadable(self) -> None:
        """The file is in another encoding: what is beyond ASCII in a document cannot be read."""
        self._rejected.update(self._unreadable)
        self.count.rejected = len(self._rejected)

    def _run(self, run: Run) -> None:
        """Records that stand together: at once, where all of them are clean."""
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
        """Records of which it is known that they are clean."""
        self._memories.take(passed.shapes, passed.count)
        self.count.documents += passed.count
        self.count.size += passed.stop - passed.start
        if self._asked.facts.rows:
            self.rows.extend(facts(passed.start))

    def _waits_in(self, window: Window) -> bool:
        """Whether something that stands in a window, or before it, is still to be claimed."""
        return self._found.waits_before(window.offset + len(window.data))

    def _each(self, run: Run) -> None:
        """Records that stand together, one by one."""
        known = fields_of(run, self._settings)
        for at, document in enumerate(run.documents()):
            if known is not None:
                metadata.remember(document, self._settings, known[at])
            self._document(document)

    def _compare(self, document: Document, record: Mapping[str, Any]) -> None:
        """A record that is clean by itself, in the light of those before it."""
        metadata.remember(document, self._settings, record)
        if self._tell(self._compared(document), document):
            self._claim(document, rejected=True)

    def _tell(self, every: Iterable[Said], document: Document) -> bool:
        """Take in what is said of a document; whether an error is told."""
        rejected = False
        for said in every:
            told = self._add(said, document, self._owner(document))
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
            # what a document without an end says of itself may be said by another one, too
            width = len(asked.facts.of_documents)
            self.rows.extend([(None,) * width if spoilt else asked.facts.row(document)])

    def _said(self, document: Document) -> Iterator[Said]:
        """What is wrong with the metadata and, where it can be read, with what they say."""
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
                continue  # the metadata cannot be read, though the body can; or nothing is asked
            if not look.clean(document, settings):
                yield from look.said(document, settings)

    def _of_block(self, document: Document) -> Generator[Said, None, bool]:
        """What is wrong with the block of metadata; gives whether it cannot be read."""
        blocked, wording = False, self._asked.rules.wording
        for flaw in metadata.examined(document, self._settings).flaws:
            blocked = blocked or flaw.blocks
            self.unsaid = self.unsaid or (flaw.blocks and not wording.has(flaw))
            if not self._is_told(flaw, document):
                yield from wording.explained([flaw])
        return blocked

    def _is_told(self, flaw: Flaw, document: Document) -> bool:
        """Whether a parser stopped at bytes of which it has been told that they are wrong.

        What it says of a lone CR waits until it is known what is said of the file's line ends.
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
        """Tell what stands at lone CRs, but for what rules of these names say."""
        for rule, severity, hit, owner in self._at_line_ends:
            if rule.name not in told:
                self._found.postpone(rule, severity, hit, owner)

    def _compared(self, document: Document) -> Iterator[Said]:
        """What is wrong with a document in the light of those before it."""
        record = metadata.fields(document, self._settings) if self._memories else {}
        return self._memories.compared(document, record)

    def _add(self, said: Said, document: Document, owner: Owner) -> bool:
        """Take in what is said of a document; False where it is not told."""
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
    """Whether there is anything, and it can be read."""
    return data != b"" and is_utf8(data)
