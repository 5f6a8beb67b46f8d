"""A cell that is not what its column holds: every count and every search over the column is wrong.

`body.columns.schema` is a JSON Schema for each line, whose fields are the columns; it has the
keywords of `metadata.schema`, so that a cell may be a list (`x-split`) or a number (`x-coerce`).
`body.columns.by-class` has further schemas for the lines of one class.
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
    columns = settings[COLUMNS]
    return bool(columns.schema or columns.by_class)


def clean(document: Document, settings: Settings) -> bool:
    from ...body.records.judge import judge

    return judge(settings[COLUMNS]).clean(sheet_of(document, settings))


def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
    from ...body.records.columns import unfit

    return unfit(sheet_of(document, settings), settings)


rule = Rule(
    __name__,
    code="BOD016",
    summary="A cell is not what the schema of its column says.",
    check=Each(wanted, clean, diagnose),
    options=(LINES, COLUMNS),
    profile={
        "body": {
            "columns": {
                "names": ["term", "class"],
                "schema": {"properties": {"class": {"enum": ["noun", "verb"]}}},
            }
        }
    },
    bad={"a.tsv": b"fox\tnoun\nrun\tvreb\n"},
    ok={"a.tsv": b"fox\tnoun\nrun\tverb\n"},
)
