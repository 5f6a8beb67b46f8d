"""How bytes read as text: the record that judging an encoding ends in."""

from __future__ import annotations

from msgspec import Struct


class Reading(Struct, frozen=True):
    """How bytes read: the same under each of `codecs`, in `bits` for `size` bytes of them."""

    codecs: tuple[str, ...]
    language: str
    bits: float
    size: int

    @property
    def rate(self) -> float:
        """Bits a byte: 4 or 5 for text in its encoding, twice as many in another."""
        return self.bits / max(self.size, 1)
