"""Normal forms of Unicode, in time that grows with n log n.

`unicodedata` puts the marks on a letter in order by insertion, which takes the square of their
number: a megabyte of marks on one letter would take a day.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import Final, Literal

Form = Literal["NFC", "NFD", "NFKC", "NFKD"]

_HEAP: Final = 64
"""So many marks on a letter, or more, are put in order here; twice what UAX #15 calls safe."""


def normalized(form: Form, text: str) -> str:
    """The text in this form, as `unicodedata.normalize` gives it."""
    return unicodedata.normalize(form, _in_order(form, text) if _is_heaped(text) else text)


def is_normalized(form: Form, text: str) -> bool:
    """Whether the text is in this form, as `unicodedata.is_normalized` says."""
    if _is_heaped(text):
        return normalized(form, text) == text
    return unicodedata.is_normalized(form, text)


def _is_heaped(text: str) -> bool:
    """Whether many marks stand on one letter."""
    if len(text) < _HEAP or text.isascii():
        return False
    runs = groupby(map(unicodedata.combining, text), bool)
    return any(is_mark and sum(1 for _ in run) >= _HEAP for is_mark, run in runs)


def _in_order(form: Form, text: str) -> str:
    """The text decomposed, its marks in canonical order (Unicode, definition D108)."""
    apart: Form = "NFKD" if "K" in form else "NFD"
    parts = "".join(unicodedata.normalize(apart, one) for one in text)
    runs = groupby(parts, lambda one: bool(unicodedata.combining(one)))
    return "".join(
        "".join(sorted(run, key=unicodedata.combining) if is_mark else run) for is_mark, run in runs
    )
