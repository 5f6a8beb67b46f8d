"""How bytes read as text: the result of judging an encoding."""

from __future__ import annotations

from msgspec import Struct


class Reading(Struct, frozen=True):
    """How bytes read as text, which is the same under each of `codecs`.

    The text takes `bits` for `size` bytes, as text in `language` (a code, or empty if unknown).
    """

    codecs: tuple[str, ...]
    language: str
    bits: float
    size: int

    @property
    def rate(self) -> float:
        """Bits a byte: 4 or 5 for text in its own encoding, twice as many in another one."""
        return self.bits / max(self.size, 1)
