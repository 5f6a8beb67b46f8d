"""js-yaml 4 for Node.js: YAML 1.2 with moments (lib/type/*.js)."""

from __future__ import annotations

from typing import Final

from ...text.lazy_re import later
from ..moments import MOMENT, rolling
from ..readings import Reading, number
from ..resolver import Resolver, words

_INT = later(r"[-+]?(?:0b[01]+|0x[0-9a-fA-F]+|0o[0-7]+|[0-9]+)")
_FLOAT = later(r"[-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9]+(?:[eE][-+]?[0-9]+)?")
_BASES = {"b": 2, "x": 16, "o": 8}


def resolve(written: str) -> Reading | None:
    """The reading of a scalar as a number within the range of a double, or a moment; None for text.

    A moment that does not exist becomes a later one: 31 February is 2 March.
    """
    sign, digits = (-1 if written[0] == "-" else 1), written.lstrip("+-")
    if _INT.fullmatch(written):
        base = _BASES.get(digits[1:2])
        return number(sign * (int(digits[2:], base) if base else int(digits)))
    if _FLOAT.fullmatch(written):
        value = float(written)
        return number(value) if abs(value) != float("inf") else None
    return rolling(written) if MOMENT.fullmatch(written) else None


ANSWERS: Final = {
    "folded-in-flow": "an error",
    "second-dots": "an error",
    "dash-in-flow": "an error",
    "question-first": "text",
    "dashes-alone": "an item of the inner list",
}

RESOLVER = Resolver(
    "js-yaml 4",
    words(
        true="true True TRUE",
        false="false False FALSE",
    ),
    resolve,
    answers=ANSWERS,
)
