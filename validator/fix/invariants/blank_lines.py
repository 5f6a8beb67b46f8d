"""Blank lines come or go."""

from __future__ import annotations

from collections.abc import Iterator

from ...text.lines import Window
from . import Case, Invariant


def _holds(case: Case) -> bool:
    return [*_lines(case.before)] == [*_lines(case.after)]


def _lines(text: bytes) -> Iterator[bytes]:
    for start, end, _ in Window(text).lines():
        if text[start:end].strip(b" \t"):
            yield text[start:end]


INVARIANT = Invariant("the lines that are not blank are the same, in the same order", _holds)
