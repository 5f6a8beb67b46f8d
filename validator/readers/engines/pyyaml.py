"""PyYAML, its safe loaders: YAML 1.1 without `y` and `n` (resolver.py, constructor.py)."""

from __future__ import annotations

from ...text.lazy_re import later
from ..moments import MOMENT, exact
from ..readings import ERROR, Reading, number
from ..resolver import Resolver, base_60, whole, words

_INT = later(
    r"[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]+|0|[1-9][0-9_]*(?::[0-5]?[0-9])*)",
)
_FLOAT = later(
    r"[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*"
)


def resolve(written: str) -> Reading | None:
    """The reading of a scalar as a number or a moment; None for text.

    A moment that does not exist is an error.
    """
    bare = written.replace("_", "")
    sign, digits = (-1 if bare[0] == "-" else 1), bare.lstrip("+-")
    try:
        if _INT.fullmatch(written):
            return number(sign * whole(digits))
        if _FLOAT.fullmatch(written):
            return number(sign * (base_60(digits.split(":")) if ":" in digits else float(digits)))
        if MOMENT.fullmatch(written):
            return exact(written)
    except ValueError:
        return ERROR
    return None


RESOLVER = Resolver(
    "PyYAML",
    words(
        true="yes Yes YES true True TRUE on On ON",
        false="no No NO false False FALSE off Off OFF",
        error="= <<",
    ),
    resolve,
)
