"""BOD: is the body built as agreed?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from ...body.classes import LINES_SCHEMA, Lines, read_lines
from ...body.code_options import CODE, mentioned
from ...body.demands import FORBID_SCHEMA, REQUIRE_SCHEMA, Demands, read_forbid, read_require
from ...body.records.option_reader import (
    read_columns,
    read_groups,
    read_numbering,
    read_references,
    sound_columns,
)
from ...body.records.option_schema import (
    COLUMNS_SCHEMA,
    GROUPS_SCHEMA,
    NUMBERING_SCHEMA,
    REFERENCES_SCHEMA,
)
from ...body.records.options import Columns, Rows
from ...body.sections import SECTIONS, Sections
from ...document import Document
from ...memo import memo
from ...model import Hit
from ...settings.options import Option, Settings
from ..rule import Each, Shared

if TYPE_CHECKING:
    from ...body.records.sheet import Sheet

LINES = Option(
    "body.lines",
    "line classes by pattern, a content model over their names, and what the lines of a class "
    "must fulfil",
    Lines(),
    LINES_SCHEMA,
    read_lines,
)

FORBID = Option(
    "body.forbid",
    "patterns that must match nowhere, each with the message that tells it",
    Demands(),
    FORBID_SCHEMA,
    read_forbid,
)

REQUIRE = Option(
    "body.require",
    "patterns that must match, once or as often as `min` and `max` say, each with its message",
    Demands(),
    REQUIRE_SCHEMA,
    read_require,
)


def asks_of_code(settings: Settings) -> bool:
    """Whether something is asked of blocks of code."""
    return bool(settings[CODE].rows)


def code_is_clean(document: Document, settings: Settings) -> bool:
    """Whether all blocks of code are as they should be: one question for all rules about them."""
    if not mentioned(document.text, settings[CODE]):
        return True
    from ...body.code_blocks import is_clean

    return is_clean(document, settings)


def no_code_in(documents: Sequence[Document], settings: Settings) -> bool:
    """Whether none of these documents has a block of code that is asked something."""
    return not any(mentioned(document.text, settings[CODE]) for document in documents)


COLUMNS = Option(
    "body.columns",
    "lines that are records: the columns by name, what stands between them, a schema for each line",
    Columns(),
    COLUMNS_SCHEMA,
    read_columns,
    read_columns,
    sound_columns,
)

NUMBERING = Option(
    "body.numbering",
    "lines that are numbered 1, 2, 3 …, ranges of their numbers, numbers put between them",
    Rows(),
    NUMBERING_SCHEMA,
    read_numbering,
)

REFERENCES = Option(
    "body.references",
    "columns that refer to other lines, and whether these references are a tree",
    Rows(),
    REFERENCES_SCHEMA,
    read_references,
)

GROUPS = Option(
    "body.groups",
    "how many lines of a class each group of lines has, and what no two lines share",
    Rows(),
    GROUPS_SCHEMA,
    read_groups,
)

ROWS = (NUMBERING, REFERENCES, GROUPS)
"""The options whose rows are asked of groups of lines."""

RECORDS: tuple[Option[Any], ...] = (LINES, COLUMNS, NUMBERING, REFERENCES, GROUPS)
"""The options that are about lines as records, the classes of lines first."""


def misfits(settings: Settings) -> Iterator[tuple[str, str]]:
    """What does not fit together: the key to blame, and the rest of the sentence "`key` ..."."""
    if all(option.key not in settings.values for option in RECORDS[1:]):
        return iter(())
    from ...body.records.fitting import misfits as found

    return found(settings[LINES], settings[COLUMNS], *map(settings.__getitem__, ROWS))


@memo
def sheet_of(document: Document, settings: Settings) -> Sheet:
    """The lines of a document as records."""
    from ...body.records.sheet import Sheet

    return Sheet(document, settings[LINES], settings[COLUMNS])


def about_records(kind: str, asked: Callable[[Settings], object]) -> Each:
    """The check for one kind of fault of numbers and references, where `asked` says it matters."""
    return _RECORDS.of(kind, lambda settings: bool(asked(settings)))


@memo
def _faults(document: Document, settings: Settings) -> tuple[tuple[str, Hit], ...]:
    from ...body.records.faults import faults

    rows = map(settings.__getitem__, ROWS)
    return tuple(faults(document, settings, sheet_of(document, settings), *rows))


_RECORDS: Final = Shared(lambda document, settings: not _faults(document, settings), _faults)
"""What the rules about numbers and references share."""


def about_sections(kind: str, asked: Callable[[Sections], object]) -> Each:
    """The check for one kind of fault of sections, where `asked` says that it matters."""
    return _SECTIONS.of(kind, lambda settings: bool(asked(settings[SECTIONS])))


def _misbuilt(document: Document, settings: Settings) -> tuple[tuple[str, Hit], ...]:
    from ...body.outline import faults

    return faults(document, settings)


_SECTIONS: Final = Shared(lambda document, settings: not _misbuilt(document, settings), _misbuilt)
"""What the rules about sections share."""
