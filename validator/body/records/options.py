"""What `body.columns`, `body.numbering`, `body.references` and `body.groups` say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct, field

from ...metadata.schema.declaration import Declared
from ...model import Hit
from ...settings.terms import Terms

NUMBER: Final = "broken-numbering"
RANGE: Final = "wrong-range"
INSERTED: Final = "wrong-insertion"
UNKNOWN: Final = "unknown-reference"
CIRCLE: Final = "circular-reference"
UNREACHED: Final = "unreached-line"
ROOTS: Final = "wrong-root-count"
COUNT: Final = "wrong-group"
REPEATED: Final = "repeated-label"
"""What may be wrong with numbers, references and groups: each is the name of a rule."""

Fault = tuple[str, Hit]
"""What is wrong, and the hit."""

TREE, CONNECTED = "tree", "connected"


class Columns(Struct, frozen=True, dict=True):
    """Lines of these classes are records: cells with a separator between, a column each.

    `least` is how many columns a line must have. `own` are schemas for lines of one class.
    """

    classes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    separator: str = "\t"
    least: int = 0
    schema: Declared = field(default_factory=Declared)
    own: Mapping[str, Declared] = field(default_factory=dict)
    written: Mapping[str, Any] = field(default_factory=dict)


class Numbering(Struct, frozen=True):
    """Lines of `classes` are numbered from `first` on, without a gap.

    The number is a cell of `column`, or what the first group of `pattern` finds. Lines of `ranges`
    have two, the first and the last that they are about, and stand before the first. Those of
    `inserted` have two, the number that they stand after and their own.
    """

    classes: tuple[str, ...]
    column: str = ""
    pattern: str = ""
    ranges: tuple[str, ...] = ()
    inserted: tuple[str, ...] = ()
    first: int = 1
    by_group: bool = True
    terms: Terms = Terms()


class References(Struct, frozen=True):
    """Cells of `column` in lines of `classes` name cells of the column `to` in those of `among`.

    `split` stands between several; `pattern` finds the name in each. `none` is a cell without
    one, `root` a name that is no line, `roots` the number of lines that refer to it.
    """

    column: str
    to: str
    classes: tuple[str, ...]
    among: tuple[str, ...]
    split: str = ""
    pattern: str = ""
    none: str = ""
    root: str = ""
    roots: int | None = None
    shape: str = "any"
    by_group: bool = True
    terms: Terms = Terms()


class GroupCheck(Struct, frozen=True):
    """How many lines of these classes a group has, and what no two of them share."""

    classes: tuple[str, ...]
    least: int = 0
    most: int | None = None
    unique: str = ""
    terms: Terms = Terms()


class Rows(Struct, frozen=True):
    """The rows of an array of tables, and the array as it was written."""

    rows: tuple[Any, ...] = ()
    written: tuple[Mapping[str, Any], ...] = ()
