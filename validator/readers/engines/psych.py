"""Psych 4, the YAML of Ruby: YAML 1.1 with commas in numbers (psych/scalar_scanner.rb)."""

from __future__ import annotations

from ...text.lazy_re import later
from ..moments import Parts, exact, shifted
from ..readings import ERROR, Reading, number
from ..resolver import Resolver, any_case, whole, words

_MOMENT = later(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|\s+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
    r"(?:\s*(?:Z|[-+][0-9]{1,2}:?(?:[0-9]{2})?))?"
)
_DAY = later(r"[0-9]{4}-(?:1[012]|0[0-9]|[0-9])-(?:[12][0-9]|3[01]|0[0-9]|[0-9])")
_BASE_60 = later(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9]){1,2}(\.[0-9_]*)?")
_FLOAT = later(r"[-+]?(?:[0-9][0-9_,]*)?\.[0-9]*(?:[eE][-+][0-9]+)?")
_INT = later(
    r"[-+]?(?:0b[01_,]+|0[0-7_,]+|0|[1-9](?:[0-9]|,[0-9]|_[0-9])*|0x[0-9a-fA-F_,]+)",
)
_LEADING = later(r"[-+]?[0-9]+(?:_[0-9]+)*(?:\.[0-9]+(?:_[0-9]+)*)?")
_DOT = later(r"\.(?=[Ee]|$)")


def resolve(written: str) -> Reading | None:
    """The reading of a scalar as a number or a moment; None for text.

    A symbol is an error: the safe loader of Ruby refuses it.
    """
    if written.startswith(":"):
        return ERROR if len(written) > 1 else None
    if _MOMENT.fullmatch(written):
        return _moment(written)
    if _DAY.fullmatch(written):
        return _day(written)
    try:
        return _number(written)
    except ValueError:
        return ERROR


def _day(written: str) -> Reading | None:
    """The reading of a day that exists, the year 0 included; None for any other: it is text."""
    if written.startswith("0000"):
        found = _day(f"2000{written[4:]}")
        return Reading("moment", f"0000{found.value[4:]}") if found else None
    try:
        return exact(written)
    except ValueError:
        return None


def _number(written: str) -> Reading | None:
    clock = _BASE_60.fullmatch(written)
    if clock is not None:
        parts = [_leading(one) for one in written.split(":")]
        return number(sum(part * 60 ** abs(at - 2) for at, part in enumerate(parts)))
    bare = written.replace(",", "").replace("_", "")
    if _FLOAT.fullmatch(written):
        return None if written in (".", "-.", "+.") else number(float(_DOT.sub("", bare)))
    sign, digits = (-1 if bare[0] == "-" else 1), bare.lstrip("+-")
    return number(sign * whole(digits)) if _INT.fullmatch(written) else None


def _leading(part: str) -> float:
    """The number that a text begins with, as `to_i` and `to_f` of Ruby find it."""
    match = _LEADING.match(part)
    return float(match[0].replace("_", "")) if match else 0.0


def _moment(written: str) -> Reading | None:
    """The reading of a moment; 31 February is 2 March. Ruby reads the zone `-00:30` as `+00:30`."""
    if "\t" in written:
        return ERROR
    if written.startswith("0000"):
        return Reading("moment", written)  # no other library has this year
    try:
        one = Parts(written.rstrip(":"))
        if not (0 < one.day < 32 and one.hour < 25 and one.minute < 60 and one.second < 61):
            return None
        if abs(one.zone) >= 24 * 60 or (one.hour == 24 and (one.minute or one.second)):
            return None
        zone = one.zone if one.zone_hour else abs(one.zone)
        return shifted(one.from_first(one.year, one.month, 6), zone)
    except (ValueError, OverflowError):
        return None


RESOLVER = Resolver(
    "Psych 4",
    words(
        true=any_case("yes true on"),
        false=any_case("no false off"),
        null=f"~ {any_case('null')}",
        infinite=f"{any_case('.inf')} {any_case('+.inf')}",
        negative=any_case("-.inf"),
        nan=any_case(".nan"),
    ),
    resolve,
)
