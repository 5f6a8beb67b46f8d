"""`body.code`: blocks of code that hold data must be readable, and fit a schema.

They are read and checked by the code that does it for metadata; this module only converts between
positions in the block and in the document. For a block that cannot be read, the rules about
metadata have the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from ..document import Document, Node
from ..memo import memo
from ..metadata import fields as metadata
from ..metadata.syntax.block_flaws import EmptyBlock, ExtraData, NotMapping
from ..metadata.syntax.json_words import width
from ..metadata.syntax.table import examine, load
from ..model import Aside, Flaw, Hit
from ..settings.options import Settings
from ..settings.terms import Said
from ..text.lines import Window
from .check_terms import said_of
from .code import Block
from .code_options import CODE, Code
from .fences import blocks
from .sections import SECTIONS

if TYPE_CHECKING:
    from ..metadata.schema.engine import Schema
    from ..metadata.schema.violation import Violation

Told = tuple[Flaw, Callable[[Hit], Hit]]
"""A flaw of a block, and a function: a hit on the text of the block -> a hit on the document."""


class Read(Struct, frozen=True):
    """A block as it was read: its value, its flaws, and a function that gives its tree."""

    block: Block
    asked: Code
    said: Said
    value: Any
    tree: Callable[[], Node | None]
    flaws: tuple[Flaw, ...] = ()


def is_clean(document: Document, settings: Settings) -> bool:
    """Whether all blocks are readable and fit."""
    return not any(
        one.flaws or not _fits(document, settings, one) for one in _asked(document, settings)
    )


def unreadable(document: Document, settings: Settings) -> Iterator[Told]:
    """The flaws of blocks: why they cannot be read, or are read otherwise by another reader."""
    for one in _asked(document, settings):
        finish = _finisher(one)
        for flaw in one.flaws:
            yield flaw, partial(_empty, finish) if isinstance(flaw, EmptyBlock) else finish


def _empty(finish: Callable[[Hit], Hit], hit: Hit) -> Hit:
    """The hit for an empty block, with the severity of a block that cannot be read.

    Metadata may be empty, a block of code that holds data may not.
    """
    return finish(replace(hit, severity=None))


def unfit(document: Document, settings: Settings) -> Iterator[Hit]:
    """A hit for each thing in a block that its schema does not allow."""
    for one in _asked(document, settings):
        if one.asked.schema and not _fits(document, settings, one):
            finish = _finisher(one)
            yield from (
                finish(said.hit("the block")) for said in _violations(document, settings, one)
            )


@memo
def _asked(document: Document, settings: Settings) -> tuple[Read, ...]:
    """The blocks whose language `body.code` is about, read."""
    return tuple(_read_all(document, settings))


def _read_all(document: Document, settings: Settings) -> Iterator[Read]:
    codes = settings[CODE]
    for block in blocks(document, settings[SECTIONS].syntax, codes.languages):
        for row in codes.rows:
            said = said_of(document, settings, row) if row.language == block.language else None
            if said:
                yield _read(block, row, said, settings)


def _read(block: Block, asked: Code, said: Said, settings: Settings) -> Read:
    value = load(asked.syntax, block.text, settings)
    if value is not None:
        return Read(block, asked, said, value, lambda: _examined(block, asked, settings)[0])
    tree, flaws = _examined(block, asked, settings)
    return Read(block, asked, said, tree.value if tree else None, lambda: tree, flaws)


def _examined(
    block: Block, asked: Code, settings: Settings
) -> tuple[Node | None, tuple[Flaw, ...]]:
    """The tree of a block and its flaws. A list is no flaw here: the schema decides."""
    span = 0, len(block.text)
    found = examine(asked.syntax, block.text, span, settings)
    tree = found.tree
    flaws: list[Flaw] = []
    for flaw in found.flaws:
        if isinstance(flaw, NotMapping) and flaw.tree is not None:
            tree = flaw.tree
            if flaw.rest >= 0:
                end = flaw.rest + width(block.text, flaw.rest)
                flaws.append(ExtraData(flaw.rest, end, False))
        elif not isinstance(flaw, EmptyBlock) or tree is None:
            flaws.append(flaw)
    return tree, tuple(flaws)


def _fits(document: Document, settings: Settings, one: Read) -> bool:
    """Whether a block fits its schema; one that cannot be read is not judged."""
    if not one.asked.schema or any(flaw.blocks for flaw in one.flaws):
        return True
    if one.value is None and one.tree() is None:
        return True
    schema, context = _schema(one), _context(document, settings, one)
    return schema.check(one.value, context)


def _violations(document: Document, settings: Settings, one: Read) -> Iterator[Violation]:
    yield from _schema(one).explained(one.value, one.tree, _context(document, settings, one))


def _schema(one: Read) -> Schema:
    from ..metadata.schema.engine import compiled

    return compiled(one.asked.schema)


def _context(document: Document, settings: Settings, one: Read) -> Any:
    from ..metadata.schema.violation import Context

    size = len(one.block.text)
    inner = Document(
        Window(one.block.text), (size, size), (0, size), one.asked.syntax, place=document.place
    )
    values = one.value if isinstance(one.value, Mapping) else {}
    return Context(values, inner, metadata.identity(document, settings))


def _finisher(one: Read) -> Callable[[Hit], Hit]:
    """A function: a hit on the text of a block -> the hit on the document."""
    block, language = one.block, one.asked.language

    def finish(hit: Hit) -> Hit:
        start, end = block.spanning(max(hit.start, 0), max(hit.end, 0))
        related = tuple(replace(aside, start=block.origin(aside.start)) for aside in hit.related)
        place = Aside(block.span[0], f"in the block of `{language}` that begins here")
        moved = replace(
            hit,
            start=start,
            end=end,
            fix=None,  # offsets of its edits are of the block
            data={**hit.data, "language": language},
            related=(*related, place),
        )
        return one.said.hit(moved)

    return finish
