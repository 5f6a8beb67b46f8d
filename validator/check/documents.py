"""The stage of documents: each is divided off, its metadata is read, and rules look at it.

Findings that rules made of the bytes of a file are given to the document that they stand in, and
every document is counted as valid or rejected.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..corpus.fact_rows import Rows
from ..delimiters.divider import Divider
from ..delimiters.flaws import At, SharedMember
from ..delimiters.runs import Run
from ..document import Document, Place
from ..encoding.utf8 import is_utf8
from ..metadata import fields as metadata
from ..model import Flaw, Hit, Severity
from ..rules.rule import Rule
from ..text.lines import Window
from .byte_rules import escaped
from .fast import Surveyor, agree, compared
from .findings import Findings, Owner, with_edits_from
from .ruleset import Duty


class Count(Struct):
    """Documents of a file: how many, how many of them are rejected, and the bytes in them."""

    documents: int = 0
    rejected: int = 0
    size: int = 0


class Documents:
    """The documents of one file, on the slow and exact way."""

    def __init__(
        self,
        duty: Duty,
        divider: Divider,
        found: Findings,
        place: Place,
        spool: str = "",
        mute: bool = False,
    ) -> None:
        """With `mute` the file that holds their metadata cannot be read, as has been said."""
        self._duty, self._divider, self._found, self._place = duty, divider, found, place
        self._surveyor = Surveyor(duty)
        self.count = Count()
        self.rows = Rows(len(duty.document_facts), spool)
        self._starts = array("q")
        self._rejected: set[int] = set()
        self._spoilt, self._mute = False, mute
        self.unsaid = False  # metadata could not be read, and the rule that says so is off
        self._memories = duty.memories() if divider.divides else []

    def go_over(self, windows: Iterable[Window]) -> None:
        """Divide the file and look at each document; what has no window at hand is postponed."""
        for item in self._divider.divide(windows, self._place):
            if isinstance(item, Run):
                self._run(item)
            elif isinstance(item, Document):
                self._document(item)
            else:
                self._flaw(item)
                self._spoilt = self._spoilt or (isinstance(item, At) and item.spoils)

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

    def claim_late(self, windows: Iterable[Window]) -> None:
        """Go over the file again, to give each document what was found only after it."""
        for item in self._divider.divide(windows, self._place):
            for document in item.documents() if isinstance(item, Run) else [item]:
                if isinstance(document, Document):
                    self._claim(document, rejected=False)

    @property
    def rejected(self) -> list[int]:
        """The indexes of the rejected documents."""
        return sorted(self._rejected)

    def reject_all(self) -> None:
        """There is no telling what the documents say."""
        self._rejected.update(range(1, self.count.documents + 1))
        self.count.rejected = self.count.documents

    def _run(self, run: Run) -> None:
        """Records that stand together: at once, where all of them are clean."""
        duty, window = self._duty, run.window
        records = None
        if not self._found.waits_before(window.offset + len(window.data)):
            records = self._surveyor.clean_records(run, self._place)
        if records is None:
            for document in run.documents():
                self._document(replace(document, place=self._place))
            return
        if not agree(self._memories, records):
            for document, record in zip(run.documents(), records, strict=True):
                self._compare(document, record)
        if duty.by_member:
            self._starts.extend(document.window.offset for document in run.documents())
        self.count.documents += run.count
        self.count.size += len(window.data)
        if duty.rows:
            self.rows.extend(self._surveyor.rows_of(run, records))

    def _compare(self, document: Document, record: Mapping[str, Any]) -> None:
        """A record that is clean by itself, in the light of those before it."""
        metadata.remember(document, self._duty.settings, record)
        rejected = False
        for rule, severity, hit in self._compared(document):
            self._add(rule, severity, hit, document, self._owner(document))
            rejected = rejected or (hit.severity or severity) is Severity.ERROR
        if rejected:
            self._claim(document, rejected)

    def _document(self, document: Document) -> None:
        duty, count = self._duty, self.count
        count.documents += 1
        if duty.by_member:
            self._starts.append(document.window.offset)
        count.size += document.size
        rejected = False
        data = document.data
        if data and not self._spoilt and is_utf8(data):
            owner = Owner(document.index, "")
            for rule, severity, hit in self._hits(document):
                if owner.id == "":
                    owner = self._owner(document)
                self._add(rule, severity, hit, document, owner)
                rejected = rejected or (hit.severity or severity) is Severity.ERROR
        spoilt, self._spoilt = self._spoilt, False
        self._claim(document, rejected)
        if duty.rows:
            # what a document without an end says of itself may be said by another one, too
            row = (None,) * len(duty.document_facts) if spoilt else self._surveyor.row(document)
            self.rows.extend([row])

    def _hits(self, document: Document) -> Iterator[tuple[Rule, Severity, Hit]]:
        """What is wrong with the metadata and, where it can be read, with what they say."""
        duty, settings = self._duty, self._duty.settings
        holder = document.holder
        blocked = holder is not document and (self._mute or not _is_text(holder.data))
        if not blocked and holder.syntax and metadata.values(document, settings) is None:
            for flaw in metadata.examined(document, settings).flaws:
                blocked = blocked or flaw.blocks
                self.unsaid = self.unsaid or (flaw.blocks and type(flaw) not in duty.words)
                yield from duty.explained([flaw])
        if not blocked:
            yield from self._compared(document)
            if self._surveyor.hides_in(document):
                yield from escaped(duty, document)
        for rule, severity, check in duty.each:
            if blocked and rule.family == "MET":
                continue  # the metadata cannot be read; the body can
            if not check.clean(document, settings):
                yield from ((rule, severity, hit) for hit in check.diagnose(document, settings))
                for flaw, finish in check.flaws(document, settings) if check.flaws else ():
                    said = duty.worded(flaw)
                    if said is not None:
                        yield rule, severity, finish(said)

    def _compared(self, document: Document) -> Iterator[tuple[Rule, Severity, Hit]]:
        """What is wrong with a document in the light of those before it."""
        settings = self._duty.settings
        record = metadata.fields(document, settings) if self._memories else {}
        return compared(self._memories, document, record, settings)

    def _add(
        self, rule: Rule, severity: Severity, hit: Hit, document: Document, owner: Owner
    ) -> None:
        if document.sidecar is not None and (hit.beside or rule.family == "MET"):
            self._found.add(rule, severity, hit, document.sidecar.window, owner)
            return
        hit = with_edits_from(hit, document.window.offset)
        if self._duty.charsets and hit.start >= 0:  # only the file's windows know its encoding
            self._found.postpone(rule, severity, hit.moved(document.window.offset), owner)
        else:
            self._found.add(rule, severity, hit, document.window, owner)

    def _owner(self, document: Document) -> Owner:
        return Owner(document.index, self._duty.id_of(document))

    def _claim(self, document: Document, rejected: bool) -> None:
        start = document.window.offset
        end = start + max(document.size, 1)
        claimed = self._found.claim(start, end, lambda: self._owner(document))
        if (claimed or rejected) and document.index not in self._rejected:
            self._rejected.add(document.index)
            self.count.rejected += 1

    def _flaw(self, flaw: Flaw) -> None:
        """A flaw of the division; its window may be gone, so that it is placed at the end."""
        for rule, severity, hit in self._duty.explained([flaw]):
            self._found.postpone(rule, severity, hit)


def _is_text(data: bytes) -> bool:
    """Whether there is anything, and it can be read."""
    return data != b"" and is_utf8(data)
