"""U+2028 and U+2029 become line ends, as the readers that know them have taken them."""

from __future__ import annotations

from . import Case, Invariant

_SEPARATORS = ("\u2028".encode(), "\u2029".encode())


def _holds(case: Case) -> bool:
    return _lines(case.before) == _lines(case.after)


def _lines(text: bytes) -> bytes:
    for separator in _SEPARATORS:
        text = text.replace(separator, b"\n")
    return text


INVARIANT = Invariant("the text is equal where U+2028 and U+2029 are taken for line ends", _holds)
