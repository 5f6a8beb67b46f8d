"""What readers of YAML make of an unquoted scalar.

The value is that of the core schema of YAML 1.2.2 (10.3.2). YAML 1.1, which PyYAML, Ruby and many
others read, resolves more words (yaml.org/type: bool, int, float, timestamp); where the two
differ, no document is safe to read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct

from ...model import Flaw
from ...text.lazy_re import later
from .block_flaws import NotFinite, UnsafeInteger
from .block_text import SAFE_INTEGER

DOUBTFUL: Final = object()
"""Given instead of a value that must be examined."""

LONGEST_INTEGER: Final = 400
"""Digits of an integer that is read as one: more are beyond a double, and slow to convert."""


class Doubt(Struct, frozen=True):
    """Why a scalar is ambiguous, and what two readers make of it."""

    kind: str
    readings: tuple[str, ...]


_TRUE: Final = ("true", "True", "TRUE")
_FALSE: Final = ("false", "False", "FALSE")
_NULL: Final = ("", "~", "null", "Null", "NULL")
_OLD_TRUE: Final = ("y", "Y", "yes", "Yes", "YES", "on", "On", "ON")
_OLD_FALSE: Final = ("n", "N", "no", "No", "NO", "off", "Off", "OFF")

_CERTAIN: Final[dict[str, Any]] = {
    **dict.fromkeys(_TRUE, True),
    **dict.fromkeys(_FALSE, False),
    **dict.fromkeys(_NULL),
}
_DOUBTS: Final = {
    **dict.fromkeys(_OLD_TRUE, "true"),
    **dict.fromkeys(_OLD_FALSE, "false"),
}
_FIRST: Final = frozenset("0123456789+-.")

# Spelled the same way in 1.1, 1.2 and JSON, and printed again as it was.
_CLEAN: Final = later(r"-?(?:0|[1-9][0-9]{0,14})(\.(?:0|[0-9]{0,14}[1-9]))?")
_LIKE: Final = later(r"[-+.:_0-9a-fA-FoOxXtTzZ \tinIN]+")

_INT: Final = later(r"[-+]?[0-9]+")
_OCTAL: Final = later(r"0o[0-7]+")
_HEX: Final = later(r"0x[0-9a-fA-F]+")
_FLOAT: Final = later(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INFINITE: Final = later(r"[-+]?\.(?:inf|Inf|INF)")
_NAN: Final = (".nan", ".NaN", ".NAN")

_OLD_BINARY: Final = later(r"[-+]?0b[01_]+")
_OLD_OCTAL: Final = later(r"[-+]?0[0-7_]+")
_OLD_INT: Final = later(r"[-+]?(?:0|[1-9][0-9_]*)")
_OLD_HEX: Final = later(r"[-+]?0x[0-9a-fA-F_]+")
_OLD_BASE_60: Final = later(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_OLD_FLOAT: Final = later(
    r"[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|[-+]?\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
)
_DATE: Final = later(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    r"(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
    r"(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))?)?"
)
_LEADING_ZERO: Final = later(r"[-+]?0[0-9]+")
# Numbers to the core schema and to YAML 1.1, text to those who know only the numbers of JSON.
_NOT_JSON: Final = later(r"\+[0-9.]+|[-+]?(?:\.[0-9]+|[0-9]+\.)")
_TRAILING_ZERO: Final = later(r"[-+]?[0-9]+\.(?:[0-9]*[1-9]0+|00+)")

_SPELLED: Final = (
    ("octal", _LEADING_ZERO),
    ("trailing-zero", _TRAILING_ZERO),
    ("hexadecimal", _HEX),
    ("other", _NOT_JSON),
)
"""Numbers to all that are not printed as they were written: an id is text to people."""


def plain(text: str, allowed: tuple[str, ...]) -> Any:
    """The value of an unquoted scalar; DOUBTFUL if readers may differ, unless that is allowed."""
    if text[:1] not in _FIRST:
        if text in _CERTAIN:
            return _CERTAIN[text]
        if text in _DOUBTS:
            return text if _truth(text) in allowed else DOUBTFUL
        return text if text not in ("=", "<<") else DOUBTFUL
    match = _CLEAN.fullmatch(text)
    if match is not None:
        return int(text) if match[1] is None else float(text)
    if _LIKE.fullmatch(text) is None:
        return text
    doubt = doubt_of(text)
    if doubt is not None and doubt.kind not in allowed:
        return DOUBTFUL
    value = core(text)
    safe = isinstance(value, str) or -SAFE_INTEGER < value < SAFE_INTEGER  # NaN is not
    return value if safe else DOUBTFUL


def core(text: str) -> Any:
    """The value of an unquoted scalar in the core schema of YAML 1.2."""
    if text in _CERTAIN:
        return _CERTAIN[text]
    if text[:1] not in _FIRST:
        return text
    if _INT.fullmatch(text):
        return int(text) if len(text) <= LONGEST_INTEGER else float(text)
    if _OCTAL.fullmatch(text):
        return _whole(text[2:], 8)
    if _HEX.fullmatch(text):
        return _whole(text[2:], 16)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _INFINITE.fullmatch(text):
        return float("-inf" if text[0] == "-" else "inf")
    return float("nan") if text in _NAN else text


def doubt_of(text: str) -> Doubt | None:
    """Why readers differ about an unquoted scalar; None if they do not."""
    as_text = "text"
    if text in _DOUBTS:
        return Doubt(_truth(text), (as_text, _DOUBTS[text]))
    if text in ("=", "<<"):
        return Doubt("other", (as_text, "an error"))
    if text[:1] not in _FIRST or _LIKE.fullmatch(text) is None:
        return None
    if len(text) > LONGEST_INTEGER:
        return None  # no reader has any use of it; as a number it is a flaw of its own
    new = core(text)
    shown = as_text if isinstance(new, str) else _number(new)
    kind, old = _old(text)
    if old is None and text.lower().endswith(("inf", "nan")):
        return None  # the same to all
    old = old or as_text
    if old != shown:
        return Doubt(kind or _kind_of_new(text), (shown, old))
    found = (kind for kind, pattern in _SPELLED if pattern.fullmatch(text))
    kind = next(found, "")
    return Doubt(kind, (shown, as_text)) if kind else None


def number_flaw(value: Any, text: str, start: int, end: int) -> Flaw | None:
    """What is wrong with a scalar that is a number no other format can hold."""
    if type(value) is int and abs(value) >= SAFE_INTEGER:
        return UnsafeInteger(start, end, text)
    if not isinstance(value, float) or math.isfinite(value):
        return None
    if text.lstrip("+-").isdigit():
        return UnsafeInteger(start, end, text)
    return NotFinite(start, end, text, is_overflow=text.lower()[-3:] not in ("inf", "nan"))


def _truth(text: str) -> str:
    """The kind of a word that is true or false to YAML 1.1; few readers know the letters."""
    return "truth-letter" if len(text) == 1 else "truth-word"


def _old(text: str) -> tuple[str, str | None]:
    """Kind and reading of a scalar in YAML 1.1; no reading if it is text there."""
    if _DATE.fullmatch(text):
        return "date", f"the date {text}" if len(text) < 11 else "a date with a time"
    bare = text.replace("_", "").lstrip("+-")
    for kind, pattern, read in _OLD_NUMBERS:
        if pattern.fullmatch(text):
            value = read(bare) if len(bare) <= LONGEST_INTEGER else math.inf
            vague = not kind or (kind == "octal" and not bare.strip("0"))
            named = "underscore" if vague and "_" in text else kind
            return named, _number(-value if text[0] == "-" else value)
    return "", None


def _kind_of_new(text: str) -> str:
    """The kind of a scalar that is a number in YAML 1.2 alone."""
    if text.startswith("0o") or _INT.fullmatch(text):
        return "octal"  # `08`: no octal number, and so text to 1.1
    return "exponent" if "e" in text.lower() else "other"


def _whole(digits: str, base: int) -> float:
    return int(digits, base) if len(digits) <= LONGEST_INTEGER else math.inf


def _base_60(bare: str) -> float:
    value: float = 0
    for part in bare.split(":"):
        value = value * 60 + (float(part) if "." in part else int(part))
    return value


def _based(base: int, skip: int) -> Callable[[str], int]:
    def read(bare: str) -> int:
        return int(bare[skip:] or "0", base)

    return read


def _number(value: float) -> str:
    return "infinity" if math.isinf(value) else f"the number {value!r}"


_OLD_NUMBERS: Final[tuple[tuple[str, re.Pattern[str], Callable[[str], float]], ...]] = (
    ("binary", _OLD_BINARY, _based(2, 2)),
    ("octal", _OLD_OCTAL, _based(8, 0)),
    ("", _OLD_INT, int),
    ("hexadecimal", _OLD_HEX, _based(16, 2)),
    ("base-60", _OLD_BASE_60, _base_60),
    ("", _OLD_FLOAT, float),
)
