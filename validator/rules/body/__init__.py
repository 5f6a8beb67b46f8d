"""BOD: is the body built as agreed?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ...code_options import CODE, mentioned
from ...document import Document
from ...model import Hit
from ...options import Option, Settings
from ...prose.classes import LINES_SCHEMA, Lines, read_lines
from ...prose.demands import FORBID_SCHEMA, REQUIRE_SCHEMA, Demands, read_forbid, read_require
from ...prose.sections import SECTIONS, Sections
from ...rule import Each

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
    from ...embedded import is_clean

    return is_clean(document, settings, settings[CODE], settings[SECTIONS].syntax)


def no_code_in(documents: Sequence[Document], settings: Settings) -> bool:
    """Whether none of these documents has a block of code that is asked something."""
    return not any(mentioned(document.text, settings[CODE]) for document in documents)


def about_sections(kind: str, asked: Callable[[Sections], object]) -> Each:
    """The check for one kind of fault of sections, where `asked` says that it matters."""

    def wanted(settings: Settings) -> bool:
        return bool(asked(settings[SECTIONS]))

    def clean(document: Document, settings: Settings) -> bool:
        from ...prose.outline import faults

        return not any(found == kind for found, _ in faults(document, settings, settings[SECTIONS]))

    def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
        from ...prose.outline import faults

        return (
            hit for found, hit in faults(document, settings, settings[SECTIONS]) if found == kind
        )

    return Each(wanted, clean, diagnose)
