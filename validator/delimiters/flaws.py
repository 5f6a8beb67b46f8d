"""What a divider stumbles on. Each flaw is one fault of one author, whatever follows from it.

`start` and `end` are bytes of the file.
"""

from __future__ import annotations

from msgspec import Struct

from ..model import Flaw, SpanFlaw


class Near(Struct, frozen=True):
    """A line that looks like a marker: where it is, what it says, what it was taken for.

    `exact` says that the marker is always written as its `form`.
    """

    start: int
    end: int
    row: int
    line: bytes
    form: str
    why: str
    exact: bool = False


class Spoiling(SpanFlaw, frozen=True):
    """A flaw that leaves nothing to be said of the metadata and the body of its document."""


class Miscounting(SpanFlaw, frozen=True):
    """A flaw after which the number of documents is wrong, for a reason that has been told."""


class Unclosed(Spoiling, Miscounting, frozen=True):
    """A document that begins at `start:end` and has no end; it is read up to row `until`.

    `reason` is what ended it: the next `begin`, at the byte `next`, or the end of the `file`.
    """

    form: str
    index: int
    until: int
    reason: str
    wanted: str
    near: Near | None
    next: int = -1


class StrayEnd(Miscounting, frozen=True):
    """An end marker where no document is open; `size` bytes of text before it belong to none."""

    form: str
    begin: str
    size: int
    near: Near | None


class Nested(Miscounting, frozen=True):
    """A document that begins inside another one, which began on `row`, at the byte `outer`."""

    form: str
    row: int
    index: int
    outer: int = -1


class Disagreeing(SpanFlaw, frozen=True):
    """An end marker whose capture `name` says `found` where the begin, on `row`, said `wanted`.

    `begin` is the byte where that said it.
    """

    name: str
    wanted: bytes
    found: bytes
    row: int
    begin: int = -1


class Stranger(SpanFlaw, frozen=True):
    """A marker of a form that no other one in the file has, as its capture `name` says."""

    name: str
    line: bytes
    index: int


class Ordinal(SpanFlaw, frozen=True):
    """A marker that counts `found` where `wanted` is due; `wanted` is -1 when it is no number."""

    name: str
    wanted: int
    found: bytes


class Outside(SpanFlaw, frozen=True):
    """Text that belongs to no document: `place` is `before`, `between`, `after` or `all` of them.

    In the last case there is no document in the file.
    """

    place: str
    form: str
    near: Near | None


class EmptyDocument(SpanFlaw, frozen=True):
    """A document without any text."""

    index: int
    blank_separator: bool


class NearMiss(SpanFlaw, frozen=True):
    """A line that looks like a marker and is none, in a file that is divided without it."""

    near: Near
    inside: int


class MarkerInBody(Miscounting, frozen=True):
    """A marker without the blank line before it: some readers divide here, others do not."""

    form: str
    index: int


class SeparatorEnd(SpanFlaw, frozen=True):
    """The last separator is missing (`required`), or is one too many."""

    required: bool
    form: str


class MissingLine(SpanFlaw, frozen=True):
    """The opening or closing line of the file is missing; `which` of the two."""

    which: str
    form: str
    near: Near | None


class Oversized(Spoiling, frozen=True):
    """A document that has more bytes than may be held; its metadata and body are not checked."""

    index: int
    size: int
    limit: int


class WrongCount(Flaw, frozen=True):
    """The file has `found` documents, not as many as declared."""

    found: int
    least: int
    most: int


class WrongLength(SpanFlaw, frozen=True):
    """A record whose length, `told` by its header, leads to no end; `actual` is -1 if unknown."""

    field: str
    told: int
    actual: int
    index: int


class NoAfter(SpanFlaw, frozen=True):
    """A record of the length that it says, behind which not `wanted` follows but `found`."""

    wanted: bytes
    found: bytes
    index: int


class NoLength(Spoiling, frozen=True):
    """A record whose header does not say its length, or says what is no number (`found`)."""

    field: str
    found: bytes
    index: int


class CutFrame(Spoiling, frozen=True):
    """The file ends inside the last record: `have` of `told` bytes are there.

    `told` is -1 where it ends in the header.
    """

    told: int
    have: int
    index: int


class SharedMember(SpanFlaw, frozen=True):
    """`count` of `documents` do not begin a compressed member, or `count` members no document.

    The first of them is at `start`. Which of the two it is, `inside` says: members that begin
    inside of a document.
    """

    count: int
    documents: int
    inside: bool


class NoBlock(Spoiling, frozen=True):
    """A document without the metadata block that it must have; `wanted` is how one begins.

    Where it begins with a marker, `start:end` is that, and `marker` what it says.
    """

    wanted: str
    near: Near | None
    marker: bytes = b""


class NoSidecar(Flaw, frozen=True):
    """A document without the file beside it that must hold its metadata: it is called `name`.

    `near` is a name that differs from that in case only, if there is one.
    """

    name: bytes
    near: bytes = b""


class UnclosedBlock(Spoiling, frozen=True):
    """A metadata block that no fence closes; `closing` is missing.

    `last` is the row of the last line that reads as metadata, `first` that of the first line that
    does not (0 if there is none), with its bytes. `insert` is the byte behind line `last`, -1 if
    there is none.
    """

    fence: str
    closing: str
    last: int
    first: int
    line: bytes
    near: Near | None
    insert: int = -1


class DoubledFence(Spoiling, frozen=True):
    """A second opening fence, in line `row`: the fields follow it, up to a fence in line `last`."""

    fence: str
    row: int
    last: int


class LateBlock(Spoiling, frozen=True):
    """A metadata block that does not stand at the first byte: `what` is before it."""

    what: str
    fence: str


class BlankLine(SpanFlaw, frozen=True):
    """A blank line between two records of a line each; `next` is the byte after its line end."""

    next: int


class BrokenRecord(Spoiling, Miscounting, frozen=True):
    """One record over several lines, the last of which is row `until`."""

    until: int
    index: int


class NotLines(Miscounting, frozen=True):
    """A file that is one JSON array and not a record a line.

    Without its `brackets` it is the elements of one, each with a comma.
    """

    brackets: bool = True
