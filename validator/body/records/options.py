"""The options `body.columns`, `body.numbering`, `body.references` and `body.groups`."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, field

from ...errors import MisplacedError, undeclared
from ...metadata.schema.declaration import Declared
from ...metadata.schema.options import SCHEMA_TYPE
from ...model import Hit
from ...settings.options import Count, Option, Pattern, Word
from ...settings.terms import Terms
from ...settings.value_types import Rows, Table
from ..line_checks import Classes

NUMBER: Final = "broken-numbering"
RANGE: Final = "wrong-range"
INSERTED: Final = "wrong-insertion"
UNKNOWN: Final = "unknown-reference"
CIRCLE: Final = "circular-reference"
UNREACHED: Final = "unreached-line"
ROOTS: Final = "wrong-root-count"
COUNT: Final = "wrong-group"
REPEATED: Final = "repeated-label"
"""The kinds of faults of numbers, references and groups: each is the name of a rule."""

Fault = tuple[str, Hit]
"""The kind of a fault, and the hit."""

TREE, CONNECTED = "tree", "connected"

_Schema = Annotated[
    Declared,
    SCHEMA_TYPE,
    "a JSON Schema with the vocabulary of seed-validator, here or in a file; its properties are "
    "columns",
]
_Within = Annotated[
    Literal["group", "body"],
    "whether each group of lines is looked at by itself (default) or all together",
]


def _within_a_line(text: str) -> str:
    if "\n" in text or "\r" in text:
        raise ValueError("must be text within a line")
    return text


class Columns(Table, frozen=True, dict=True):
    """Lines of these classes are records: cells with a separator between them, one per column."""

    names: Annotated[
        tuple[Word, ...],
        Meta(min_length=1, extra_json_schema={"uniqueItems": True}),
        "the columns",
    ]
    classes: Annotated[Classes, "the classes of lines that are records (default `other`)"] = (
        "other",
    )
    separator: Annotated[Word, _within_a_line, "what stands between two cells (default a tab)"] = (
        "\t"
    )
    quotes: Annotated[
        Literal["csv", "text"],
        'what a `"` at the start of a cell is: the first of two, as in CSV (default), or text',
    ] = "csv"
    min: Annotated[int, Meta(ge=1), "how many of them a line must have (default all)"] = 0
    schema: _Schema = field(default_factory=Declared)
    by_class: Annotated[
        Mapping[str, Annotated[Declared, SCHEMA_TYPE]],
        "schemas for the lines of one class, by its name",
    ] = {}

    def __post_init__(self) -> None:
        if self.min > len(self.names):
            words = f"must be a number from 1 to {len(self.names)}, that of the columns"
            raise MisplacedError(words, ("min",))
        for keys, schema in self._schemas():
            for name in schema.get("properties", ()):
                if name not in self.names:
                    words = undeclared("column", name, self.names)
                    raise MisplacedError(words, (*keys, "properties"), (name,))

    def _schemas(self) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
        yield ("schema",), self.schema
        for name, schema in self.by_class.items():
            yield ("by-class", name), schema

    @property
    def least(self) -> int:
        """How many columns a line must have."""
        return self.min or len(self.names)


class Numbering(Terms, frozen=True):
    """Lines of `classes` are numbered from `first` on, without a gap.

    The number is a cell of `column`, or what the first group of `pattern` finds. Lines of the
    classes `ranges` have two numbers, the first and the last line that they are about, and stand
    before the first one. Lines of the classes `inserted` have two: the number of the line that they
    stand behind, and their own.
    """

    classes: Annotated[Classes, "the lines that are numbered"]
    column: Annotated[Word, "the column with the number"] = ""
    pattern: Annotated[Pattern, "its first group finds the number in the line"] = ""
    ranges: Annotated[
        Classes, "lines with the first and the last number of those that they stand before"
    ] = ()
    inserted: Annotated[
        Classes, "lines with the number that they stand after, and one of their own"
    ] = ()
    first: Annotated[Count, "the number of the first line (default 1)"] = 1
    within: _Within = "group"

    def __post_init__(self) -> None:
        if bool(self.column) == bool(self.pattern):
            raise ValueError("needs one of `column` and `pattern`: where the number stands")


class References(Terms, frozen=True):
    """Cells of `column` in lines of `classes` name cells of the column `to` in those of `among`."""

    classes: Annotated[Classes, "the lines that refer to others"]
    column: Annotated[Word, "the column with the reference"]
    to: Annotated[Word, "the column that is referred to"]
    split: Annotated[Word, "what stands between several references in a cell"] = ""
    pattern: Annotated[Pattern, "its first group is the reference"] = ""
    among: Annotated[Classes, "the lines that are referred to (default `classes`)"] = ()
    none: Annotated[str, "a cell that refers to nothing (default empty)"] = ""
    root: Annotated[Word, "a reference that leads to no line and is right"] = ""
    roots: Annotated[Count | None, "how many lines refer to the root"] = None
    shape: Annotated[
        Literal["any", "tree", "connected"],
        "tree: references go in no circle; connected: every line is reached from the root",
    ] = "any"
    within: _Within = "group"

    def __post_init__(self) -> None:
        if not self.root and (self.roots is not None or self.shape == CONNECTED):
            words = "is about the `root`, which is not there: say how it is written"
            raise MisplacedError(words, ("shape" if self.roots is None else "roots",))

    @property
    def targets(self) -> tuple[str, ...]:
        """The classes of the lines that are referred to."""
        return self.among or self.classes


class GroupCheck(Terms, frozen=True):
    """How many lines of these classes a group has, and what must be different in each of them."""

    classes: Annotated[Classes, "a class of lines, or a list of classes"] = field(name="class")
    min: Annotated[Count, "how many a group must have at least"] = 0
    max: Annotated[Count | None, "how many a group may have"] = None
    unique: Annotated[Pattern, "what its first group finds is found in no other line"] = ""

    def __post_init__(self) -> None:
        if not (self.min or self.max is not None or self.unique):
            raise ValueError("needs one of `min`, `max` and `unique`")
        if self.max is not None and self.max < self.min:
            raise ValueError(f"asks for at least {self.min} and at most {self.max}")


COLUMNS: Final = Option(
    "body.columns",
    "lines that are records: the columns by name, what stands between them, a schema for each line",
    Columns(classes=(), names=()),
    Columns,
)
NUMBERING: Final = Option(
    "body.numbering",
    "lines that are numbered 1, 2, 3 …, ranges of their numbers, numbers put between them",
    Rows[Numbering](),
    Annotated[tuple[Numbering, ...], Rows],
)
REFERENCES: Final = Option(
    "body.references",
    "columns that refer to other lines, and whether these references are a tree",
    Rows[References](),
    Annotated[tuple[References, ...], Rows],
)
GROUPS: Final = Option(
    "body.groups",
    "how many lines of a class each group of lines has, and what no two lines share",
    Rows[GroupCheck](),
    Annotated[tuple[GroupCheck, ...], Rows],
)
