"""U+2028 and U+2029 are written as escapes of JSON, which read as the same characters."""

from __future__ import annotations

from . import Case, Invariant

_ESCAPES = {"\u2028": b"\\u2028", "\u2029": b"\\u2029"}


def _holds(case: Case) -> bool:
    return _escaped(case.before) == _escaped(case.after) and case.keeps_fields


def _escaped(text: bytes) -> bytes:
    for character, escape in _ESCAPES.items():
        text = text.replace(character.encode(), escape)
    return text


INVARIANT = Invariant(
    "all records have the same fields; U+2028 and U+2029 are escapes, and nothing else is changed",
    _holds,
)
