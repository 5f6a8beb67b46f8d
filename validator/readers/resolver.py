"""How a library of YAML takes an unquoted scalar for a number, a truth value, a moment or text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from typing import Final

from msgspec import Struct

from .readings import ERROR, FALSE, NAN, NULL, TRUE, Reading, number, text

FIRST: Final = frozenset("0123456789+-.:")
"""The first characters of all scalars, words aside, that some library does not read as text."""

LONGEST: Final = 400
"""Characters at most of a scalar that is read as a number: longer ones exceed a double."""


class Resolver(Struct, frozen=True):
    """How a library of YAML reads an unquoted scalar.

    `words` has the readings of words that are not text to it. `resolve` is asked about scalars that
    begin with one of FIRST; it gives None for text. `is_text_only`: the program passes on all
    numbers as text. `answers` are the answers of all readers with this library, as in `Reader`.
    """

    name: str
    words: Mapping[str, Reading]
    resolve: Callable[[str], Reading | None]
    is_text_only: bool = False
    answers: Mapping[str, str] = {}

    def read(self, written: str) -> Reading:
        """The reading of a scalar as it is written."""
        known = self.words.get(written)
        if known is not None:
            return known
        if written[:1] in FIRST and len(written) <= LONGEST:
            return self.resolve(written) or text(written)
        return text(written)


def words(
    true: str,
    false: str,
    null: str = "~ null Null NULL",
    infinite: str = ".inf .Inf .INF +.inf +.Inf +.INF",
    negative: str = "-.inf -.Inf -.INF",
    nan: str = ".nan .NaN .NAN",
    error: str = "",
) -> dict[str, Reading]:
    """The readings of words, given by kind and separated by blanks; an empty scalar is null.

    The defaults are those of YAML 1.2 (10.3.2).
    """
    said = {
        true: TRUE,
        false: FALSE,
        null: NULL,
        infinite: number(float("inf")),
        negative: number(float("-inf")),
        nan: NAN,
        error: ERROR,
    }
    return {"": NULL, **{word: one for spelled, one in said.items() for word in spelled.split()}}


def any_case(spelled: str) -> str:
    """Words, separated by blanks, in every mixture of capitals and small letters."""
    return " ".join(
        "".join(letters)
        for word in spelled.split()
        for letters in product(*({one.lower(), one.upper()} for one in word))
    )


def base_60(parts: list[str]) -> float:
    """The value of a number in base 60 by its parts: `1:30:00`, as YAML 1.1 has it."""
    value: float = 0
    for part in parts:
        value = value * 60 + (float(part) if "." in part else int(part))
    return value


def whole(digits: str) -> float:
    """The value of an integer of YAML 1.1 without its sign, in base 2, 8, 10, 16 or 60."""
    if digits.startswith(("0b", "0x")):
        return int(digits[2:], 2 if digits[1] == "b" else 16)
    if digits.startswith("0"):
        return int(digits, 8)
    return base_60(digits.split(":")) if ":" in digits else int(digits)
