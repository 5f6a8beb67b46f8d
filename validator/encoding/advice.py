"""What is said of the encoding of a file that is not UTF-8, and how sure that is."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

LIKELY: Final = 0.85
"""The confidence from which on it is called likely."""


class Rival(Struct, frozen=True):
    """Another encoding that reads nearly as well; `row` is the first line that is another text."""

    codecs: tuple[str, ...]
    row: int
    line: bytes


class Advice(Struct, frozen=True):
    """What a file may be in. Under each of `codecs` (Python's names) all of it is the same text.

    `rate` are the bits that a byte of it takes as text; `rival` is what reads nearly as well;
    `eastern` says that it is Chinese, Japanese or Korean.
    """

    codecs: tuple[str, ...]
    confidence: float
    rate: float
    rival: Rival | None = None
    eastern: bool = False

    @property
    def wording(self) -> str:
        """How sure it is: `most likely` or `possibly`."""
        return "most likely" if self.confidence >= LIKELY else "possibly"
