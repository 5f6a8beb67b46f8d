"""The YAML of pandoc: a number becomes text again, as its library prints it (1.10 is `1.1`)."""

from __future__ import annotations

from ...text.lazy_re import later
from ..readings import Reading, text
from ..resolver import Resolver, words

_NUMBER = later(r"([-+])?0*([0-9]+)(?:\.([0-9]*))?(?:[eE]([-+]?[0-9]{1,6}))?")
_BASED = later(r"0o[0-7]+|0x[0-9a-fA-F]+")


def resolve(written: str) -> Reading | None:
    """The text that pandoc prints for a scalar that is a number; None for any other."""
    if _BASED.fullmatch(written):
        return text(_printed("", str(int(written[2:], 8 if written[1] == "o" else 16)), 0))
    match = _NUMBER.fullmatch(written)
    if match is None:
        return None
    fraction = match[3] or ""
    sign = "-" if match[1] == "-" else ""
    return text(_printed(sign, match[2] + fraction, int(match[4] or 0) - len(fraction)))


def _printed(sign: str, digits: str, exponent: int) -> str:
    """A number as text: an integer within 64 bits in digits, others with a point or an exponent."""
    front = len(digits) + exponent  # digits before the point, where it has any
    front -= len(digits) - len(digits.lstrip("0"))
    digits = digits.strip("0")
    if not digits:
        return "0"
    whole = digits.ljust(front, "0") if len(digits) <= front < 20 else ""
    if whole and -(1 << 63) <= int(sign + whole) < 1 << 63:
        return sign + whole
    if 0 <= front <= 7 and len(digits) > front:
        return f"{sign}{digits[:front] or '0'}.{digits[front:]}"
    return f"{sign}{digits[0]}.{digits[1:] or '0'}e{front - 1}"


RESOLVER = Resolver(
    "pandoc",
    words(
        true="true True TRUE yes Yes YES on On ON y Y",
        false="false False FALSE no No NO off Off OFF n N",
        infinite="",
        negative="",
        nan="",
    ),
    resolve,
    is_text_only=True,
)
