"""The core schema of YAML 1.2 (10.3.2), as the package `yaml` for Node.js reads it."""

from __future__ import annotations

from ...text.lazy_re import later
from ..readings import Reading, number
from ..resolver import Resolver, words

_INT = later(r"[-+]?[0-9]+")
_BASED = later(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = later(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


def resolve(written: str) -> Reading | None:
    """The reading of a scalar as a number; None for text."""
    if _INT.fullmatch(written):
        return number(int(written))
    if _BASED.fullmatch(written):
        return number(int(written[2:], 8 if written[1] == "o" else 16))
    return number(float(written)) if _FLOAT.fullmatch(written) else None


RESOLVER = Resolver(
    "YAML 1.2",
    words(
        true="true True TRUE",
        false="false False FALSE",
    ),
    resolve,
)
