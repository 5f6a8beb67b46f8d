"""The encoding that a file which is not UTF-8 is probably in, and how sure that is."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

LIKELY: Final = 0.85
"""The least confidence (0 to 1) at which messages say `most likely`."""


class Rival(Struct, frozen=True):
    """Other encodings under which the file reads nearly as well as under those of the `Advice`.

    `row` (from 1) and `line` are the first line whose text is different under them.
    """

    codecs: tuple[str, ...]
    row: int
    line: bytes


class Advice(Struct, frozen=True):
    """The encodings that a file may be in: under each of `codecs` (Python's names) it is one text.

    `confidence` is 0 to 1. `rate` is how well the text reads, in bits a byte: fewer are better.
    `rival` is the next best encoding, None if it reads much worse. `eastern` says that the text is
    Chinese, Japanese or Korean.
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
