"""Byte order marks at the start of a file come or go."""

from __future__ import annotations

from ...encoding.utf8 import MARK
from . import Invariant, same


def _unmarked(text: bytes) -> bytes:
    while text.startswith(MARK):
        text = text[len(MARK) :]
    return text


INVARIANT = Invariant(
    "the text is equal but for byte order marks before its first byte", same(_unmarked)
)
