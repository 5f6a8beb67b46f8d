"""A header over two lines is one value to some readers; to others a line end is in it, or it ends.

Mail folds long headers (RFC 5322, 2.2.3). The readers of WARC do not agree on what stands at the
fold: a blank, the line end and the blanks, or nothing more of the value.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...document import Document
from ...model import Hit
from ...settings.options import Settings, choice
from ...text.lazy_re import later
from ..rule import Each, Rule

FOLDING = choice(
    "metadata.header-folding",
    "headers that go on in a line which begins with a blank",
    "allow forbid",
)

_FOLD = later(rb"(?:\r\n|\n|\r)([ \t]+)(?=[^ \t\r\n])")


def wanted(settings: Settings) -> bool:
    return settings[FOLDING] == "forbid"


def clean(document: Document, settings: Settings) -> bool:
    head = document.head if document.syntax == "headers" else b""
    return not any(fold in head for fold in (b"\n ", b"\n\t", b"\r ", b"\r\t"))


def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
    for match in _FOLD.finditer(document.data, *document.block):
        yield Hit(
            *match.span(1),
            "the header of the line before goes on here",
            help="write it on one line: readers do not agree on what stands at the fold",
        )


rule = Rule(
    __name__,
    code="MET043",
    summary="A header goes over more than one line.",
    check=Each(wanted, clean, diagnose),
    options=(FOLDING,),
    profile={"delimiters": {"block": "headers"}, "metadata": {"header-folding": "forbid"}},
    bad={"a.txt": b"Title: The\n  sea\n\nText.\n"},
    ok={"a.txt": b"Title: The sea\n\nText.\n"},
)
