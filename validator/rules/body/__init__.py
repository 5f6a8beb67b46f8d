"""BOD: is the body built as agreed?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

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


def about_sections(kind: str, asked: Callable[[Sections], object]) -> Each:
    """The check for one kind of fault of sections, where `asked` says that it matters."""

    def wanted(settings: Settings) -> bool:
        return bool(asked(settings[SECTIONS]))

    def clean(document: Document, settings: Settings) -> bool:
        from ...prose.outline import faults

        return not any(found == kind for found, _ in faults(document, settings[SECTIONS]))

    def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
        from ...prose.outline import faults

        return (hit for found, hit in faults(document, settings[SECTIONS]) if found == kind)

    return Each(wanted, clean, diagnose)
