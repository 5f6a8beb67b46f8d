"""The flaws that dividers find. Each is one mistake of an author, with all that follows from it.

`start` and `end` are byte offsets in the file. Rows count from 1, and so does `index`, the number
of a document in its file.
"""

from __future__ import annotations

from msgspec import Struct

from ..model import Flaw, SpanFlaw


class Near(Struct, frozen=True):
    """A line that looks like a marker: where it is, its bytes, and the `form` of that marker.

    `why` says in words how the line differs. `exact` says that the marker is always written as its
    `form`.
    """

    start: int
    end: int
    row: int
    line: bytes
    form: str
    why: str
    exact: bool = False


class Spoiling(SpanFlaw, frozen=True):
    """A flaw after which the metadata and the body of its document are not checked."""


class Miscounting(SpanFlaw, frozen=True):
    """A flaw after which the documents are not counted: the flaw is why their number is wrong."""


class Unclosed(Spoiling, Miscounting, frozen=True):
    """A document whose begin marker is at `start:end`, and which has no end marker (`wanted`).

    `reason` says what ended it instead: `begin`, the next begin marker, in row `until` at the byte
    `next`; or `file`, the end of the file. `near` is a line that looks like the end marker.
    """

    index: int
    until: int
    reason: str
    wanted: str
    near: Near | None
    next: int = -1


class StrayEnd(Miscounting, frozen=True):
    """An end marker where no document is open; the `size` bytes of text before it are in none."""

    form: str
    begin: str
    size: int
    near: Near | None


class Nested(Miscounting, frozen=True):
    """A document that begins inside another one, which begins in `row`, at the byte `outer`."""

    row: int
    outer: int


class Disagreeing(SpanFlaw, frozen=True):
    """An end marker whose capture `name` is `found`, while that of its begin marker is `wanted`.

    The begin marker is in `row`; its capture is at the byte `begin`.
    """

    name: str
    wanted: bytes
    found: bytes
    row: int
    begin: int = -1


class Stranger(SpanFlaw, frozen=True):
    """A marker with the capture `name`, which the first marker of the file does not have."""

    name: str
    line: bytes
    index: int


class Ordinal(SpanFlaw, frozen=True):
    """A marker with the number `found` where `wanted` is due; `wanted` is -1 if it is no number."""

    name: str
    wanted: int
    found: bytes


class Outside(SpanFlaw, frozen=True):
    """Text that belongs to no document: `place` says where, `before`, `between` or `after` them.

    It is `all` if the file has no document.
    """

    place: str
    form: str
    near: Near | None


class EmptyDocument(SpanFlaw, frozen=True):
    """A document without any text."""

    index: int
    blank_separator: bool


class NearMiss(SpanFlaw, frozen=True):
    """A line that looks like a marker and is none, in the document number `inside`."""

    near: Near
    inside: int


class MarkerInBody(Miscounting, frozen=True):
    """A marker without a blank line before it: some readers divide there, others do not."""

    form: str
    index: int


class SeparatorEnd(SpanFlaw, frozen=True):
    """The separator after the last document is missing (`required`), or is one too many."""

    required: bool
    form: str


class MissingLine(SpanFlaw, frozen=True):
    """The opening or closing line of the file is missing; `which` is `opening` or `closing`."""

    which: str
    form: str
    near: Near | None


class Oversized(Spoiling, frozen=True):
    """A document of more bytes than the limit; its metadata and body are not checked."""

    index: int
    size: int
    limit: int


class WrongCount(Flaw, frozen=True):
    """The file has `found` documents, not as many as declared."""

    found: int
    least: int
    most: int


class WrongLength(SpanFlaw, frozen=True):
    """A record that does not end after the length `told` by its header; `actual` is the right one.

    `actual` is -1 if it is unknown. `field` is the name of the header.
    """

    field: str
    told: int
    actual: int
    index: int


class NoAfter(SpanFlaw, frozen=True):
    """A record of the right length that is followed by `found` and not by `wanted`."""

    wanted: bytes
    found: bytes
    index: int


class NoLength(Spoiling, frozen=True):
    """A record without the header for its length, or with one that is no number (`found`)."""

    field: str
    found: bytes
    index: int


class CutFrame(Spoiling, frozen=True):
    """The file ends inside the last record: it has `have` of the `told` bytes.

    `told` is -1 if the file ends in the header.
    """

    told: int
    have: int
    index: int


class SharedMember(SpanFlaw, frozen=True):
    """Documents and members of a compressed file that do not begin at the same bytes.

    If `inside`, `count` members begin inside of a document; else `count` of the `documents` do not
    begin a member. The first of them is at `start`.
    """

    count: int
    documents: int
    inside: bool


class NoBlock(Spoiling, frozen=True):
    """A document without the metadata block that it must have; `wanted` is how a block begins.

    If the document begins with a marker, `start:end` is its span and `marker` its bytes.
    """

    wanted: str
    near: Near | None
    marker: bytes = b""


class NoSidecar(Flaw, frozen=True):
    """A document without its sidecar, the file `name` that must hold its metadata.

    `near` is the name of a file that differs in case or Unicode form only, or empty.
    """

    name: bytes
    near: bytes = b""


class UnclosedBlock(Spoiling, frozen=True):
    """A metadata block without its closing fence (`closing`); `fence` is the opening one.

    `last` is the row of the last line that reads as metadata, `first` that of the first line that
    does not (0 if there is none), and `line` its bytes. `insert` is the byte after the line `last`,
    -1 if there is none.
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
    """A metadata block that does not begin at the start of its document: `what` is before it."""

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

    If it has no `brackets`, it is the elements of an array, each with a comma.
    """

    brackets: bool = True
