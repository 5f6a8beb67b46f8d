"""go-yaml 2, as it decodes into values of any type: moments stay text (resolve.go, decode.go)."""

from __future__ import annotations

from ...text.lazy_re import later
from ..readings import Reading, number
from ..resolver import Resolver, words

_INT = later(
    r"[-+]?(?:0[bB][01]+|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[0-7]*|[1-9][0-9]*)",
)
_FLOAT = later(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_POINT_FIRST = later(r"\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?")
_BASES = {"b": 2, "x": 16, "o": 8}


def resolve(written: str) -> Reading | None:
    """The reading of a scalar as a number, beyond 64 bits as a float; None for text."""
    if written[0] == ":":
        return None
    if written[0] == ".":
        return number(float(written)) if _POINT_FIRST.fullmatch(written) else None
    bare = written.replace("_", "")
    if _INT.fullmatch(bare):
        value = _whole(bare)
        if -(1 << 63) <= value < 1 << 64:
            return number(value)
    if _FLOAT.fullmatch(bare):
        value = float(bare)
        return number(value) if abs(value) != float("inf") else None
    return None


def _whole(bare: str) -> float:
    sign, digits = (-1 if bare[0] == "-" else 1), bare.lstrip("+-").lower()
    base = _BASES.get(digits[1:2])
    if base:
        return sign * int(digits[2:], base)
    return sign * int(digits, 8 if digits[0] == "0" and len(digits) > 1 else 10)


RESOLVER = Resolver(
    "go-yaml 2",
    words(
        true="y Y yes Yes YES true True TRUE on On ON",
        false="n N no No NO false False FALSE off Off OFF",
    ),
    resolve,
)
