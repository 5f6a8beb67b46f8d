"""A cell too many moves all that follow it: readers take a part of speech for a lemma, and go on.

`body.columns` says which lines are records: `classes` of `body.lines`, the `names` of the columns,
the `separator` between them (a tab, unless it is said). With `min` the last columns may be left
out. A separator within a cell is not known: what quotes or escapes is none of these formats.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...body.classes import LINES
from ...body.records.options import COLUMNS
from ...document import Document
from ...model import Hit
from ...settings.options import Settings
from ..rule import Each, Rule
from . import sheet_of


def wanted(settings: Settings) -> bool:
    return bool(settings[COLUMNS].names)


def clean(document: Document, settings: Settings) -> bool:
    return not sheet_of(document, settings).uneven


def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
    from ...body.records.columns import uneven

    return uneven(sheet_of(document, settings))


rule = Rule(
    __name__,
    code="BOD015",
    summary="A line has too few columns, or too many.",
    check=Each(wanted, clean, diagnose),
    options=(LINES, COLUMNS),
    profile={"body": {"columns": {"names": ["term", "class", "meaning"]}}},
    bad={"a.tsv": b"fox\tnoun\tan animal\nrun\tto move\n"},
    ok={"a.tsv": b"fox\tnoun\tan animal\nrun\tverb\tto move\n"},
)
