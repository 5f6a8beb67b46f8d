"""js-yaml 3 for Node.js: the words of YAML 1.2, most numbers of 1.1 (lib/js-yaml/type/*.js)."""

from __future__ import annotations

from ...text.lazy_re import later
from ..moments import MOMENT, rolling
from ..readings import Reading, number
from ..resolver import Resolver, base_60, whole, words
from .js_yaml_4 import ANSWERS

_INT = later(
    r"[-+]?(?:0b[01_]*[01]|0x[0-9a-fA-F_]*[0-9a-fA-F]|0[0-7_]*[0-7]|0|[1-9](?:[0-9_]*[0-9])?"
    r"|[1-9][0-9_]*(?::[0-5]?[0-9])+)"
)
_FLOAT = later(
    r"(?:[-+]?(?:0|[1-9][0-9_]*)(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9_]+(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)(?<!_)"
)


def resolve(written: str) -> Reading | None:
    """The reading of a scalar as a number or a moment; None for text.

    A moment that does not exist becomes a later one: 31 February is 2 March.
    """
    bare = written.replace("_", "")
    sign, digits = (-1 if bare[0] == "-" else 1), bare.lstrip("+-")
    if _INT.fullmatch(written):
        return number(sign * whole(digits))
    if _FLOAT.fullmatch(written):
        return number(sign * _fraction(digits))
    return rolling(written) if MOMENT.fullmatch(written) else None


def _fraction(digits: str) -> float:
    if ":" in digits:
        return base_60(digits.split(":"))
    try:
        return float(digits)
    except ValueError:
        return float("nan")  # `._e1`


RESOLVER = Resolver(
    "js-yaml 3",
    words(
        true="true True TRUE",
        false="false False FALSE",
    ),
    resolve,
    answers={**ANSWERS, "blank-before-fold": "kept, but for one"},
)
