"""The encodings of one byte a character, and the kinds of their characters, in any language.

A character is a capital, a small letter, a sign or a control: no letters are counted for that.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from msgspec import Struct

from .languages import SIGNS, language

_WEST: Final = "en fr de es it pt ca gl nl sv da nb fi is fo ga sq af br"
_CENTRAL: Final = "en pl cs sk sl sh hu ro sq de"
_BALTIC: Final = "en lt lv et pl"
_CYRILLIC: Final = "ru uk be bg mk sr"

ENCODINGS: Final = (
    ("cp1252", 0, _WEST), ("iso8859-1", 0.2, _WEST), ("iso8859-15", 2, f"{_WEST} et"),
    ("cp1250", 2, _CENTRAL), ("iso8859-2", 2, _CENTRAL), ("cp1254", 3, "en tr az"),
    ("iso8859-9", 3.2, "en tr az"), ("cp1257", 3, _BALTIC), ("iso8859-13", 4, _BALTIC),
    ("cp1258", 5, "en vi"), ("mac-roman", 5, _WEST), ("cp850", 5, _WEST), ("cp858", 5.5, _WEST),
    ("cp437", 6, _WEST), ("cp852", 5, _CENTRAL), ("cp857", 6, "en tr az"), ("cp775", 6, _BALTIC),
    ("iso8859-4", 6, _BALTIC), ("iso8859-16", 6, "en ro pl hu sl sh sq"),
    ("cp865", 7, "en da nb fi sv"), ("cp860", 7, "en pt"), ("cp861", 7, "en is"),
    ("cp863", 8, "en fr"), ("mac-latin2", 7, _CENTRAL), ("iso8859-3", 7, "en mt eo"),
    ("iso8859-10", 8, "en is fo et lv lt"), ("mac-turkish", 8, "en tr"),
    ("iso8859-14", 9, "en cy ga br"), ("mac-iceland", 9, "en is fo"),
    ("mac-croatian", 9, "en sl sh"), ("mac-romanian", 9, "en ro"), ("hp-roman8", 10, _WEST),
    ("cp1251", 0, _CYRILLIC), ("koi8-r", 1, "ru bg"), ("koi8-u", 2, "uk ru be"),
    ("cp866", 2, "ru uk be bg"), ("iso8859-5", 3, _CYRILLIC), ("mac-cyrillic", 4, _CYRILLIC),
    ("cp1125", 4, "uk be"), ("cp855", 5, _CYRILLIC), ("kz1048", 6, "kk"), ("ptcp154", 7, "kk"),
    ("koi8-t", 8, "tg"),
    ("cp1253", 1, "el"), ("iso8859-7", 1.2, "el"), ("cp737", 5, "el"), ("cp869", 6, "el"),
    ("mac-greek", 7, "el"), ("cp1255", 1, "he"), ("iso8859-8", 1.5, "he"), ("cp862", 5, "he"),
    ("cp1256", 1, "ar fa ur"), ("iso8859-6", 2, "ar"), ("cp720", 5, "ar"),
    ("cp874", 1, "th"), ("tis-620", 1.1, "th"), ("iso8859-11", 1.5, "th"),
)  # fmt: skip
"""Codec, cost in bits (set by judgement: high where few files are in it), and the languages that it
was made for. Of several codecs that decode bytes to the same text, the first is named.
"""

_RARITY: Final = {
    "fr": 0, "de": 0, "es": 0, "pl": 0, "cs": 0, "ru": 0, "el": 0, "he": 0, "ar": 0, "th": 0,
    "en": 1, "it": 0.5, "pt": 0.5, "nl": 1, "sv": 1, "da": 1, "nb": 1, "fi": 1, "hu": 1, "ro": 1,
    "sk": 1, "sh": 1, "tr": 1, "uk": 1, "bg": 1, "ca": 2, "sl": 2, "sr": 2, "fa": 2,
}  # fmt: skip
_SELDOM: Final = 3
"""Cost in bits of a language (`_RARITY`), and that of a language which is not in the table."""

_OFTEN: Final = frozenset(
    "cp1252 iso8859-1 iso8859-15 cp1250 iso8859-2 cp1254 iso8859-9 cp1257 iso8859-13 cp1251 koi8-r "
    "koi8-u iso8859-5 cp1253 iso8859-7 cp1255 iso8859-8 cp1256 iso8859-6 cp874 tis-620".split()
)
_WITH_THEM: Final = frozenset("mac-roman cp850 cp437 cp852 cp866 mac-cyrillic cp737".split())
"""Encodings that files are often in, and those that are tried with them, as they are similar."""

_LONELY: Final = 6
"""Cost in bits of a quotation mark whose other half is not in the file."""

_WEIGHTS: Final = {"u": 3, "l": 2, "s": 18, " ": 8}
_WEIGHT_OF_SIGN: Final = 6
_WEIGHT_OF_CONTROL: Final = 30
"""About how many bits a character beyond ASCII takes, by its shape, in any language."""

Costs = tuple[tuple[str, float], ...]
"""Pairs of a language and its cost in bits."""


class Group(Struct, frozen=True):
    """Encodings that decode a set of bytes to the same characters; `costs` are its languages.

    `shapes` and `weights` have 256 items: the shape and the weight of the character of each byte.
    """

    codecs: tuple[str, ...]
    latin: bool
    shapes: bytes
    weights: bytes
    costs: Costs

    @property
    def is_frequent(self) -> bool:
        """Whether files are often in its first encoding."""
        return self.codecs[0] in _OFTEN


@lru_cache(1024)
def groups(high: bytes, *, often: bool) -> list[Group]:
    """The encodings that decode all bytes of `high`; those that decode them alike are one group.

    With `often`, only encodings that files are often in, and some that are similar.
    """
    found: dict[str, list[Group]] = {}
    for one in _encodings(often=often):
        meant = high.decode(one.codecs[0], "replace")
        if "\ufffd" not in meant:
            found.setdefault(meant, []).append(one)
    return [_joined(same, meant) for meant, same in found.items()]


@cache
def characters(codec: str) -> str:
    """The characters of the bytes 0 to 255 in `codec`, U+FFFD for a byte that has none."""
    return bytes(range(256)).decode(codec, "replace")


def _joined(groups: Sequence[Group], meant: str) -> Group:
    costs: dict[str, float] = {}
    for group in groups:
        for code, cost in group.costs:
            costs[code] = min(cost, costs.get(code, cost))
    lonely = _LONELY * _lonely(meant)
    all_costs = tuple((code, cost + lonely) for code, cost in costs.items())
    codecs = tuple(group.codecs[0] for group in groups)
    return Group(
        codecs, any(group.latin for group in groups), groups[0].shapes, groups[0].weights, all_costs
    )


def _lonely(meant: str) -> int:
    """How many kinds of quotation marks are in `meant` without their other half."""
    there = frozenset(meant)
    return (
        (("«" in there) != ("»" in there))
        + (("‹" in there) != ("›" in there))
        + ("‘" in there and "’" not in there)
        + ("„" in there and there.isdisjoint("“”"))
        + ("“" in there and there.isdisjoint("„”"))
    )


@cache
def _encodings(*, often: bool) -> list[Group]:
    """A group for each encoding."""
    wanted = _OFTEN | _WITH_THEM if often else {codec for codec, _, _ in ENCODINGS}
    return [_encoding(*one) for one in ENCODINGS if one[0] in wanted]


def _encoding(codec: str, rarity: float, home: str) -> Group:
    shapes = "".join(map(_shape_of, characters(codec)))
    weights = bytes(map(_weight_of, characters(codec), shapes))
    costs = tuple((code, rarity + _RARITY.get(code, _SELDOM)) for code in home.split())
    latin = language(costs[0][0]).script == "LATIN"
    return Group((codec,), latin, shapes.encode(), weights, costs)


@lru_cache(1 << 12)
def _shape_of(character: str) -> str:
    """`u` for a capital, `l` for another letter, `s` for a sign outside of words, else a blank."""
    if character.isupper():
        return "u"
    if unicodedata.category(character)[0] in "LM":
        return "l"
    return "s" if character > "\x7f" and character not in "’´·\xad" else " "


def _weight_of(character: str, shape: str) -> int:
    if character.isascii():
        return 0
    if character in SIGNS:
        return _WEIGHT_OF_SIGN
    return _WEIGHT_OF_CONTROL if character < "\xa0" else _WEIGHTS[shape]
