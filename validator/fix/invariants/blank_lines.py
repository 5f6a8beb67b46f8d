"""Blank lines come or go."""

from __future__ import annotations

from ...text.lines import Window
from . import Invariant, same


def _lines(text: bytes) -> list[bytes]:
    lines = (text[start:end] for start, end, _ in Window(text).lines())
    return [line for line in lines if line.strip(b" \t")]


INVARIANT = Invariant("the lines that are not blank are the same, in the same order", same(_lines))
