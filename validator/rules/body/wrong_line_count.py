"""More lines of a kind than agreed, or fewer: the ninth example of a page that should have eight.

`[[body.lines.check]]` names a `class` and how many of its lines a document has at least (`min`) and
at most (`max`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...body.classes import LINES
from ...body.quick import plain
from ...document import Document
from ...model import Hit
from ...settings.options import Settings
from ..rule import Each, Rule


def wanted(settings: Settings) -> bool:
    return any(check.min or check.max is not None for check in settings[LINES].check)


def clean(document: Document, settings: Settings) -> bool:
    if settings[LINES].screens.counts(plain(document.text)):
        return True
    return next(diagnose(document, settings), None) is None


def clean_many(documents: Sequence[Document], settings: Settings) -> bool:
    counts = settings[LINES].screens.counts
    return all(counts(plain(document.text)) for document in documents)


def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
    from ...body.fulfil import miscounted

    return miscounted(document, settings, settings[LINES])


rule = Rule(
    __name__,
    code="BOD012",
    summary="There are more lines of a class than there may be, or fewer.",
    check=Each(wanted, clean, diagnose, clean_many=clean_many),
    options=(LINES,),
    profile={
        "body": {
            "lines": {
                "classes": {"step": {"pattern": "- .+", "form": "- Step"}},
                "check": [{"class": "step", "max": 2}],
            }
        }
    },
    bad={"a.md": b"- One\n- Two\n- Three\n"},
    ok={"a.md": b"- One\n- Two\n"},
)
