"""What reading a metadata block stumbles on, as typed flaws. Rules put them into words.

`start` and `end` are the bytes that are shown; they count in the same data as the span that was
examined.
"""

from __future__ import annotations

from typing import ClassVar

from ...document import Node
from ...model import SpanFlaw
from ...readers.reader_set import Evidence


class Barrier(SpanFlaw, frozen=True):
    """A flaw that leaves no fields to speak of."""

    blocks: ClassVar[bool] = True


class Unparsable(Barrier, frozen=True):
    """No reader of this syntax can read the block. `reason` and `advice` are words of ours."""

    syntax: str
    reason: str
    advice: str


class NotMapping(Barrier, frozen=True):
    """The block is well-formed, but holds `found` (a list, a text ...) where fields should be.

    `advice` is words of ours. `tree` is what it holds; more follows it from `rest` on, unless -1.
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
    """The same key again; it stood first at `first_start`. `key` is as the document spells it."""

    key: str
    first_start: int


class AmbiguousScalar(SpanFlaw, frozen=True):
    """An unquoted YAML scalar that the readers of the profile take for different things.

    `kind` is one of the words of `metadata.allow-ambiguous`; `evidence` says who reads what.
    `field` is the field of the whole block that it is the value of, empty for others.
    """

    text: str
    kind: str
    evidence: Evidence
    is_key: bool
    field: str = ""


class Respelled(SpanFlaw, frozen=True):
    """An unquoted YAML scalar that all readers take for the number `value`, spelled otherwise.

    `kind` is one of the words of `metadata.allow-ambiguous`.
    """

    text: str
    kind: str
    value: float
    is_key: bool


class CommentCut(SpanFlaw, frozen=True):
    """A blank and `#` within what was to be one value: `text` is lost, of the field `key`.

    `is_empty` says that nothing is left of the value.
    """

    key: str
    text: str
    is_empty: bool


class CurlyQuotes(SpanFlaw, frozen=True):
    """A YAML value between typographic quotation marks, which are part of it."""

    text: str


class Template(Barrier, frozen=True):
    """The block holds what a template engine fills in (`{{ … }}`, `{% … %}`): `sign` begins it."""

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
    """The key `<<`, which some readers of YAML replace by the fields of its value."""


class SecondDocument(SpanFlaw, frozen=True):
    """Another YAML document begins inside the block."""


class TooDeep(Barrier, frozen=True):
    """More than `limit` lists and mappings within each other begin here."""

    syntax: str
    limit: int


class TooLarge(Barrier, frozen=True):
    """The block is `size` bytes long, more than `limit`; it was not read.

    `is_expanded` says that it is only with its aliases written out.
    """

    size: int
    limit: int
    is_expanded: bool = False


class NotFinite(SpanFlaw, frozen=True):
    """`NaN`, `Infinity` or a number beyond the range of a double. `text` is its spelling."""

    text: str
    is_overflow: bool


class Vanishing(SpanFlaw, frozen=True):
    """A number that is not 0, and too small for a double to hold; `is_zero` where it is read as 0.

    Else it is read with fewer digits.
    """

    text: str
    is_zero: bool


class LoneSurrogate(SpanFlaw, frozen=True):
    r"""A JSON escape, such as `\ud83d`, that is half of a surrogate pair."""

    escape: str


class UnsafeInteger(SpanFlaw, frozen=True):
    """An integer beyond 2^53, which readers that hold numbers as doubles round."""

    text: str


class ExtraData(SpanFlaw, frozen=True):
    """After a whole JSON value more follows; from `offset` on. `is_record`: it begins a record."""

    offset: int
    is_record: bool


class CutShort(Barrier, frozen=True):
    """The JSON text ends inside of something that was opened at `opened`: `what` it is."""

    opened: int
    what: str


class NotAHeader(SpanFlaw, frozen=True):
    """A line of a header block that is no `Name: value`.

    `problem` is `no-colon`, `blank-line`, `blank-before-colon`, `blank-in-name`, `empty-name`,
    `leading-continuation` or `no-blank-after-colon`.
    """

    problem: str
    name: str
