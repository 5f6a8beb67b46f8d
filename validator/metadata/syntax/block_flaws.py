"""The flaws that are found when a metadata block is read. Rules put them into words.

`start` and `end` are the bytes that are shown, as offsets in the data that was examined.
"""

from __future__ import annotations

from typing import ClassVar

from ...document import Node
from ...model import SpanFlaw
from ...readers.reader_set import Evidence


class Barrier(SpanFlaw, frozen=True):
    """A flaw after which the fields of the block are not checked."""

    blocks: ClassVar[bool] = True


class Unparsable(Barrier, frozen=True):
    """No reader of this syntax can read the block. `reason` and `advice` are our own words."""

    syntax: str
    reason: str
    advice: str


class NotMapping(Barrier, frozen=True):
    """The block is well-formed, but holds `found` (a list, a text ...) where fields should be.

    `advice` is in our own words. `tree` is the value that it holds. `rest` is where more text
    follows that value, -1 if none does.
    """

    syntax: str
    found: str
    advice: str
    tree: Node | None = None
    rest: int = -1


class EmptyBlock(SpanFlaw, frozen=True):
    """The block holds no field."""

    syntax: str


class DuplicateKey(SpanFlaw, frozen=True):
    """A key that occurs again; it is first at `first_start`. `key` is as the document spells it."""

    key: str
    first_start: int


class AmbiguousScalar(SpanFlaw, frozen=True):
    """An unquoted YAML scalar that the readers of the profile read as different values.

    `kind` is one of the words of `metadata.allow-ambiguous`; `evidence` says which reader reads
    what. `field` is the name of the top-level field whose value it is, else empty.
    """

    text: str
    kind: str
    evidence: Evidence
    is_key: bool
    field: str = ""


class Respelled(SpanFlaw, frozen=True):
    """An unquoted YAML scalar that all readers read as a number, and print in another spelling.

    `value` is the number; `kind` is one of the words of `metadata.allow-ambiguous`.
    """

    text: str
    kind: str
    value: float
    is_key: bool


class CommentCut(SpanFlaw, frozen=True):
    """A blank and `#` inside of a value of the field `key`: `text`, the rest, is read as a comment.

    `is_empty` says that nothing is left of the value.
    """

    key: str
    text: str
    is_empty: bool


class CurlyQuotes(SpanFlaw, frozen=True):
    """A YAML value between typographic quotation marks, which readers take as part of the value."""

    text: str


class Template(Barrier, frozen=True):
    """The block holds a place for a template engine (`{{ … }}`, `{% … %}`); `sign` begins it."""

    sign: str
    syntax: str


class KeyNotText(SpanFlaw, frozen=True):
    """A YAML key that is not text: a number, null, a list. `found` says what it is."""

    text: str
    found: str


class TabIndent(Barrier, frozen=True):
    """A YAML line is indented by tabs."""


class AnchorUsed(SpanFlaw, frozen=True):
    """A YAML anchor (`&name`) or, if `is_alias`, the use of one (`*name`)."""

    name: str
    is_alias: bool


class TagUsed(SpanFlaw, frozen=True):
    """A YAML tag."""

    tag: str


class MergeKey(SpanFlaw, frozen=True):
    """The key `<<`, which some YAML readers replace by the fields of its value."""


class SecondDocument(SpanFlaw, frozen=True):
    """Another YAML document begins inside the block."""


class TooDeep(Barrier, frozen=True):
    """A list or mapping that is nested deeper than `limit` begins here."""

    limit: int


class TooLarge(Barrier, frozen=True):
    """The block has `size` bytes, more than `limit`; it was not read.

    `is_expanded` says that `size` counts its aliases as if they were written out.
    """

    size: int
    limit: int
    is_expanded: bool = False


class NotFinite(SpanFlaw, frozen=True):
    """`NaN`, `Infinity` or a number beyond the range of a double. `text` is its spelling."""

    text: str
    is_overflow: bool


class Vanishing(SpanFlaw, frozen=True):
    """A number other than 0 that is too small for a double.

    `is_zero` says that it is read as 0; else it is read with fewer digits.
    """

    text: str
    is_zero: bool


class LoneSurrogate(SpanFlaw, frozen=True):
    r"""A JSON escape, such as `\ud83d`, that is half of a surrogate pair."""

    escape: str


class UnsafeInteger(SpanFlaw, frozen=True):
    """An integer beyond 2^53, which is rounded by readers that hold numbers as doubles."""

    text: str


class ExtraData(SpanFlaw, frozen=True):
    """More text follows a whole JSON value. `is_record` says that it begins an object."""

    is_record: bool


class CutShort(Barrier, frozen=True):
    """The JSON ends inside of a value that begins at `opened`.

    `what` is `list`, `object` or `text`, or `value` if none was opened.
    """

    opened: int
    what: str


class NotAHeader(SpanFlaw, frozen=True):
    """A line of a header block that is not written as `Name: value`.

    `problem` is `no-colon`, `blank-line`, `blank-before-colon`, `blank-in-name`, `empty-name`,
    `leading-continuation` or `no-blank-after-colon`.
    """

    problem: str
    name: str
