"""A cell that begins with a quotation mark swallows the next ones where CSV is read.

Readers of tables (`csv` of Python, pandas, spreadsheets) take a mark at the start of a cell for
the first of two. Without the second one they read on to the next mark, however many lines below,
and say nothing; a mark that ends before the cell does is dropped. A cell between two marks, with
those within doubled, is read alike by all of them. Formats whose readers know no quotes, as
CoNLL-U, say so with `body.columns.quotes = "text"`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...body.classes import LINES
from ...body.records.options import COLUMNS
from ...document import Document
from ...model import FindingKind, Hit
from ...settings.options import Settings
from ..rule import Each, Rule
from . import sheet_of


def wanted(settings: Settings) -> bool:
    columns = settings[COLUMNS]
    return bool(columns.names) and columns.quotes == "csv"


def clean(document: Document, settings: Settings) -> bool:
    if b'"' not in document.text:
        return True
    return not any(diagnose(document, settings))


def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
    from ...body.records.columns import open_quotes

    return open_quotes(sheet_of(document, settings))


rule = Rule(
    __name__,
    code="BOD017",
    summary="A cell begins with a quotation mark that does not enclose it.",
    own_kind=FindingKind.READER,
    check=Each(wanted, clean, diagnose),
    options=(LINES, COLUMNS),
    profile={"body": {"columns": {"names": ["term", "meaning"]}}},
    bad={"a.tsv": b'fox\t"an animal\nrun\t"to" move\n'},
    ok={"a.tsv": b'fox\t"an animal"\nrun\tto "move"\n'},
)
