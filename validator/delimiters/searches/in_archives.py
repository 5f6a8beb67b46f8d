"""Places of txtar files that its readers read differently."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...document import Document
from ...text.lazy_re import later
from .document_search import Search, every, first_line

# Line ends for `str.splitlines` of Python, beside LF and CR (docs.python.org/3).
_ENDS: Final = later(rb"[\x0b\x0c\x1c-\x1e]|\xc2\x85|\xe2\x80[\xa8\xa9]")
_BLANK_NAME: Final = later(rb"\n(-- [ \t]+ --)(?=\n|\Z)")
_PADDED: Final = later(rb"-- (?:[ \t]|[^\n]*[ \t] --(?:\n|\Z))")


def _is_padded(document: Document) -> bool:
    return _PADDED.match(document.data) is not None


def _has_blank_name(document: Document) -> bool:
    return b"\n--   " in document.data or b"\n-- \t" in document.data


def _has_ends(document: Document) -> bool:
    return _ENDS.search(document.data) is not None


SEARCHES: Final[Mapping[str, Search]] = {
    "blank-in-marker": Search("division", _is_padded, first_line),
    "blank-name": Search("division", _has_blank_name, every(_BLANK_NAME, 1)),
    "unicode-line-end": Search("division", _has_ends, every(_ENDS)),
}
"""The searches by question."""
