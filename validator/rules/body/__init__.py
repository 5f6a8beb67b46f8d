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


NUMBERED = {
    "lines": {
        "classes": {"span": "[0-9]+-.*", "extra": r"[0-9]+\..*", "word": "[0-9].*"},
        "group": "sentence",
    },
    "columns": {"classes": ["word", "span", "extra"], "names": ["id", "word"], "separator": " "},
    "numbering": [{"classes": ["word"], "column": "id", "ranges": ["span"], "inserted": ["extra"]}],
}
"""A profile whose lines are numbered, with ranges and lines put between them."""

RECORDS: tuple[Option[Any], ...] = (LINES, COLUMNS, NUMBERING, REFERENCES, GROUPS)
"""The options that are about lines as records, the classes of lines first."""


def misfits(settings: Settings) -> Iterator[tuple[str, str]]:
    """What does not fit together: the key to blame, and the rest of the sentence "`key` ..."."""
    if all(option.key not in settings.values for option in RECORDS[1:]):
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
    """The check for one kind of fault of lines as records, where a row of the option is `asked`."""
    return _RECORDS.of(kind, lambda settings: any(map(asked, settings[option].rows)))


@memo
def _faults(document: Document, settings: Settings) -> tuple[tuple[str, Hit], ...]:
    from ...body.records.faults import faults

    return tuple(faults(document, settings, sheet_of(document, settings)))


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
