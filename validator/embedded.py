"""`body.code`: blocks of code that hold data must be readable, and fit a schema.

They are read and judged by what reads and judges metadata; here is only the way into the block and
back. What cannot be read is said in the words of the rules about metadata.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from . import metadata
from .document import Document, Node
from .exemptions import SCHEMA as EXCEPT_SCHEMA
from .exemptions import Exempt
from .fields import ID
from .grades import SCHEMA as SEVERITY_SCHEMA
from .grades import Grade
from .lines import Window
from .model import Aside, Flaw, Hit
from .options import Option, Settings
from .prose import tables
from .prose.code import Block, blocks, mentions
from .prose.severity import exempt, exempt_in, grade_in, grade_of
from .syntax import examine, load
from .syntax.flaws import EmptyBlock, ExtraData, NotMapping

if TYPE_CHECKING:
    from .schema.engine import Schema
    from .schema.violation import Violation

KEYS: Final = ("language", "syntax", "schema", "message", "help", "severity", "except")
SYNTAXES: Final = ("json", "yaml", "toml")


class Code(Struct, frozen=True):
    """What blocks of one language must be."""

    language: str
    syntax: str
    schema: Mapping[str, Any] = {}
    message: str = ""
    help: str = ""
    grade: Grade = Grade()
    exempt: Exempt = Exempt()


class Codes(Struct, frozen=True):
    """All that is asked of blocks of code, and as it was written."""

    rows: tuple[Code, ...] = ()
    written: tuple[Mapping[str, Any], ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that are spoken of."""
        return tuple(row.language for row in self.rows)


Told = tuple[Flaw, Callable[[Hit], Hit]]
"""What a parser stumbled on in a block, and what makes of its words a hit on the document."""


class Read(Struct, frozen=True):
    """A block as it was read: its value, its tree where that had to be known, its flaws."""

    block: Block
    asked: Code
    value: Any
    tree: Callable[[], Node | None]
    flaws: tuple[Flaw, ...] = ()


def mentioned(text: bytes, codes: Codes) -> bool:
    """Whether a text may have a block that is asked something. Cheap; it may cry wolf."""
    return mentions(text, codes.languages)


def is_clean(document: Document, settings: Settings, codes: Codes, syntax: str) -> bool:
    """Whether all blocks are readable and fit."""
    if not mentioned(document.text, codes):
        return True
    return not any(
        one.flaws or not _fits(document, settings, one)
        for one in _asked(document, settings, codes, syntax)
    )


def unreadable(document: Document, settings: Settings, codes: Codes, syntax: str) -> Iterator[Told]:
    """What keeps blocks from being read, or from being read alike by all readers."""
    for one in _asked(document, settings, codes, syntax):
        finish = _finisher(document, settings, one)
        for flaw in one.flaws:
            yield flaw, partial(_empty, finish) if isinstance(flaw, EmptyBlock) else finish


def _empty(finish: Callable[[Hit], Hit], hit: Hit) -> Hit:
    """A block without data is as grave as one that cannot be read; metadata may be empty."""
    return finish(replace(hit, severity=None))


def unfit(document: Document, settings: Settings, codes: Codes, syntax: str) -> Iterator[Hit]:
    """A hit for all that the schema does not allow in blocks."""
    for one in _asked(document, settings, codes, syntax):
        if one.asked.schema and not _fits(document, settings, one):
            finish = _finisher(document, settings, one)
            yield from (finish(_hit(said)) for said in _violations(document, settings, one))


def _asked(document: Document, settings: Settings, codes: Codes, syntax: str) -> tuple[Read, ...]:
    """The blocks that something is asked of, read; worked out once for a document."""
    kept = document.__dict__
    if "embedded" not in kept:
        kept["embedded"] = tuple(_read_all(document, settings, codes, syntax))
    found: tuple[Read, ...] = kept["embedded"]
    return found


def _read_all(document: Document, settings: Settings, codes: Codes, syntax: str) -> Iterator[Read]:
    for block in blocks(document, syntax, codes.languages):
        for row in codes.rows:
            if row.language == block.language and not exempt(document, settings, row.exempt)[0]:
                yield _read(block, row, settings)


def _read(block: Block, asked: Code, settings: Settings) -> Read:
    value = load(asked.syntax, block.text, settings)
    if value is not None:
        return Read(block, asked, value, lambda: _examined(block, asked, settings)[0])
    tree, flaws = _examined(block, asked, settings)
    return Read(block, asked, tree.value if tree else None, lambda: tree, flaws)


def _examined(
    block: Block, asked: Code, settings: Settings
) -> tuple[Node | None, tuple[Flaw, ...]]:
    """The tree of a block and its flaws. It may be a list, and empty: that is for the schema."""
    span = 0, len(block.text)
    found = examine(asked.syntax, block.text, span, settings)
    tree = found.tree
    flaws: list[Flaw] = []
    for flaw in found.flaws:
        if isinstance(flaw, NotMapping) and flaw.tree is not None:
            tree = flaw.tree
            rest = block.text[tree.end :].lstrip() if asked.syntax == "json" else b""
            if rest:
                at = len(block.text) - len(rest)
                flaws.append(ExtraData(at, at + 1, at, False))
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
    yield from _schema(one).violations(one.value, one.tree, _context(document, settings, one))


def _schema(one: Read) -> Schema:
    from .schema.engine import compiled

    return compiled(one.asked.schema)


def _context(document: Document, settings: Settings, one: Read) -> Any:
    from .schema.violation import Context

    size = len(one.block.text)
    inner = Document(
        Window(one.block.text), (size, size), (0, size), one.asked.syntax, place=document.place
    )
    name = metadata.field(document, settings, settings[ID]) if settings[ID] else None
    values = one.value if isinstance(one.value, Mapping) else {}
    return Context(values, inner, "" if name is None else str(name))


def _hit(said: Violation) -> Hit:
    message = said.message
    if message.startswith("the metadata "):  # which the whole is to the schema
        message = message.replace("the metadata", "the block", 1)
    return Hit(
        said.start,
        said.end,
        message,
        help=said.help,
        notes=said.notes,
        data=said.data,
        severity=said.severity,
        related=said.related,
    )


def _finisher(document: Document, settings: Settings, one: Read) -> Callable[[Hit], Hit]:
    """What makes of a hit on the text of a block one on the document."""
    block, asked = one.block, one.asked
    notes = exempt(document, settings, asked.exempt)[1]
    severity = grade_of(asked.grade, document, settings)

    def finish(hit: Hit) -> Hit:
        start, end = block.spanning(max(hit.start, 0), max(hit.end, 0))
        own = (hit.message,) if asked.message else ()
        related = tuple(replace(one, start=block.origin(one.start)) for one in hit.related)
        place = Aside(block.span[0], f"in the block of `{asked.language}` that begins here")
        return replace(
            hit,
            start=start,
            end=end,
            message=asked.message or hit.message,
            help=asked.help or hit.help,
            notes=(*own, *hit.notes, *notes),
            fix=None,  # its edits count in the block
            data={**hit.data, "language": asked.language},
            severity=severity or hit.severity,
            related=(*related, place),
        )

    return finish


def read_code(value: object, folder: str = ".", sound: bool = False) -> Codes:
    """`body.code` as written. Raises ValueError with the rest of the sentence."""
    rows = tuple(tables.each(value, lambda row: _code(row, folder, sound)))
    return Codes(rows, tuple(value) if isinstance(value, list) else ())


def _code(row: Mapping[str, Any], folder: str, sound: bool) -> Code:
    found = tables.table(row, KEYS)
    language = tables.word(found, "language")
    if not language or language.split() != [language]:
        with tables.at("language"):
            raise ValueError(f"must be one word, as behind a fence, not {tables.shown(language)}")
    tables.needed(found, "syntax")
    schema: Mapping[str, Any] = {}
    if "schema" in found:
        with tables.at("schema"):
            schema = _schema_of(found["schema"], folder, sound)
    return Code(
        language,
        tables.one_of(found, "syntax", "", SYNTAXES),
        schema,
        tables.word(found, "message"),
        tables.word(found, "help"),
        grade_in(found),
        exempt_in(found),
    )


def _schema_of(written: Any, folder: str, sound: bool) -> Mapping[str, Any]:
    if sound:
        from .schema.tables import plain_table

        return plain_table(written)
    from .schema.reading import schema_of  # only where there is a schema

    return schema_of(written, folder)


CODE_SCHEMA: Final[Mapping[str, Any]] = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["language", "syntax"],
        "properties": {
            "language": {
                "type": "string",
                "pattern": r"^\S+$",
                "description": "the first word behind the fence, or that of the directive",
            },
            "syntax": {"enum": [*SYNTAXES], "description": "how the text of the block is written"},
            "schema": {
                "type": ["object", "string"],
                "description": "a JSON Schema, as of the metadata, or the path of a file with one",
            },
            "message": tables.TEXT,
            "help": tables.TEXT,
            "severity": SEVERITY_SCHEMA,
            "except": EXCEPT_SCHEMA,
        },
    },
}

CODE: Final = Option[Codes](
    "body.code",
    "blocks of code in a language that must be readable in a syntax, and fit a schema",
    Codes(),
    CODE_SCHEMA,
    read_code,
    read_code,
    lambda value: read_code(value, sound=True),
)
