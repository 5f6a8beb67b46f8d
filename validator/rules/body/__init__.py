"""BOD: is the body built as agreed?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from ...body.classes import LINES
from ...body.code_options import CODE, mentioned
from ...body.records.options import COLUMNS, GROUPS, NUMBERING, REFERENCES
from ...body.sections import SECTIONS, Sections
from ...document import Document
from ...memo import memo
from ...model import Hit
from ...settings.options import Option, Settings
from ...settings.value_types import Rows
from ..rule import Each, Shared

if TYPE_CHECKING:
    from ...body.records.sheet import Sheet


T = TypeVar("T")


def asks_of_code(settings: Settings) -> bool:
    """Whether the profile has checks of blocks of code."""
    return bool(settings[CODE].rows)


def code_is_clean(document: Document, settings: Settings) -> bool:
    """Whether no rule about blocks of code finds anything in a document."""
    if not mentioned(document.text, settings[CODE]):
        return True
    from ...body.code_blocks import is_clean

    return is_clean(document, settings)


def no_code_in(documents: Sequence[Document], settings: Settings) -> bool:
    """Whether none of these documents has a block of code that the profile has a check for."""
    return not any(mentioned(document.text, settings[CODE]) for document in documents)


NUMBERED = {
    "lines": {
        "classes": {"span": "[0-9]+-.*", "extra": r"[0-9]+\..*", "word": "[0-9].*"},
        "group": "sentence",
    },
    "columns": {"classes": ["word", "span", "extra"], "names": ["id", "word"], "separator": " "},
    "numbering": [{"classes": ["word"], "column": "id", "ranges": ["span"], "inserted": ["extra"]}],
}
"""A profile with numbered lines, ranges of them, and lines inserted between them."""

Options = tuple[Option[Any], ...]

OF_CELLS: Final[Options] = (LINES, COLUMNS)
OF_NUMBERS: Final[Options] = (*OF_CELLS, NUMBERING)
OF_REFERENCES: Final[Options] = (*OF_NUMBERS, REFERENCES)
OF_GROUPS: Final[Options] = (*OF_NUMBERS, GROUPS)
"""The options of rules about lines as records: their cells, numbers, references, groups."""


def misfits(settings: Settings) -> Iterator[tuple[str, str]]:
    """Options that do not fit together: the wrong key, and the rest of the sentence "`key` ..."."""
    if all(option.key not in settings.values for option in (*OF_REFERENCES[1:], GROUPS)):
        return iter(())
    from ...body.records.fitting import misfits as found

    return found(settings)


@memo
def sheet_of(document: Document, settings: Settings) -> Sheet:
    """The lines of a document as records."""
    from ...body.records.sheet import Sheet

    return Sheet(document, settings[LINES], settings[COLUMNS])


def about_records(
    kind: str, option: Option[Rows[T]], asked: Callable[[T], object] = lambda row: True
) -> Each:
    """The check for one kind of fault of records. It has work if `asked` holds for some row."""
    return _RECORDS.of(kind, lambda settings: any(map(asked, settings[option].rows)))


@memo
def _faults(document: Document, settings: Settings) -> tuple[tuple[str, Hit], ...]:
    from ...body.records.faults import faults

    return tuple(faults(document, settings, sheet_of(document, settings)))


_RECORDS: Final = Shared(lambda document, settings: not _faults(document, settings), _faults)
"""The common look at a document of all rules about numbers and references."""


def about_sections(kind: str, asked: Callable[[Sections], object]) -> Each:
    """The check for one kind of fault of sections. It has work if `asked` holds for the option."""
    return _SECTIONS.of(kind, lambda settings: bool(asked(settings[SECTIONS])))


def _misbuilt(document: Document, settings: Settings) -> tuple[tuple[str, Hit], ...]:
    from ...body.outline import faults

    return faults(document, settings)


_SECTIONS: Final = Shared(lambda document, settings: not _misbuilt(document, settings), _misbuilt)
"""The common look at a document of all rules about sections."""
