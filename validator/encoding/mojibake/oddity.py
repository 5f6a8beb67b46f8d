"""How odd a piece of text looks beside its neighbours, judged by characters alone.

Languages differ, but none writes a capital after a small letter, a symbol between letters, or two
scripts in one word. Each such place is odd and counts one. Text as it was written has hardly an odd
place; the same text read in the wrong encoding has many.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from ...text.scripts import script_of

_CACHED: Final = 1 << 14
"""Characters that are cached: more than any language has, and a bound for hostile texts."""

_LETTERS: Final = frozenset(("small", "capital", "caseless"))
_CASED: Final = frozenset(("small", "capital"))
_SIGNS: Final = frozenset(("symbol", "operator", "mark"))

# Kinds that differ from those of the Unicode category: Ÿ and ƒ are letters, but rare ones.
_KINDS: Final = {
    **dict.fromkeys("«»“”„‹›‚‘", "quote"),  # either side: »so«, ”så”, „so“
    **dict.fromkeys("®©™°²³¹ªº†‡", "mark"),  # may follow a letter
    **dict.fromkeys("±×÷≤≥≠≈√∞∂∑∏∫∆πµΩ¬", "operator"),
    **dict.fromkeys("¡¿§", "opener"),
    **dict.fromkeys("Ÿƒ¶‰\uf8ff", "symbol"),
    **dict.fromkeys("·•№\xad", "punctuation"),
}
_BY_CATEGORY: Final = {
    "Ll": "small", "Lu": "capital", "Lt": "capital", "Lo": "caseless", "Lm": "caseless",
    "Mn": "combining", "Mc": "combining", "Me": "combining", "Nd": "digit",
    "No": "symbol", "Nl": "symbol", "Sm": "symbol", "Sc": "symbol", "Sk": "symbol", "So": "symbol",
    "Cc": "control", "Co": "rare", "Cn": "rare", "Cs": "rare", "Zs": "space",
}  # fmt: skip

# Letters of phonetics and palaeography: half of Latin Extended-B, IPA, modifiers, historic
# Cyrillic, and the blocks from Syriac to Arabic Extended-A.
_RARE: Final = (range(0x180, 0x250), range(0x250, 0x300), range(0x460, 0x48A), range(0x700, 0x900))
_NOT_RARE: Final = frozenset("ƠơƯưȘșȚțƏəɑʻʼǍǎǐǒǔǚǧǰƒ")

# Scripts that are mixed with each other, or put no space before a Latin word.
_EAST: Final = frozenset(
    (
        *("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "IDEOGRAPHIC", "FULLWIDTH", "BOPOMOFO"),
        *("THAI", "LAO", "KHMER", "MYANMAR"),
    )
)

# Pairs of characters that are common one by one, but that no language and no formula joins.
_ODD_PAIRS: Final = frozenset(
    [a + b for a in "ÂÃÅ" for b in "šžŠŽœŒ"]
    + [a + b for a in "Ä" for b in "œŒ"]
    + [a + b for a in "Ă" for b in "ĄąĽľŁłŻżŹźŚśŤťŽž"]
    + [a + b for a in "√≈∆" for b in "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûüßÆØæø"]
    + [a + b for a in "√" for b in "≠≤≥±•∂∫"]
    + ["‚¬"]
)


def oddity(text: str, before: str = "", after: str = "") -> int:
    """How many odd places `text` has, given the characters `before` and `after` it.

    At most two before it count, and one after it. A character that is odd wherever it stands (a
    control, a rare letter) counts two.
    """
    before, after = before[-2:], after[:1]
    whole = before + text + after
    kinds = [_kind(character) for character in whole]
    count = 2 * sum(_kind(character) in {"control", "rare"} for character in text)
    for at in range(max(1, len(before)), len(whole)):
        count += _odd_pair(whole[at - 1], whole[at], kinds[at - 1], kinds[at])
        count += _camel(whole, at, kinds)
    for at in range(1, len(whole) - 1):
        between = kinds[at - 1] in _CASED and kinds[at + 1] in _CASED
        count += kinds[at] == "quote" and between
    return count


def _camel(text: str, at: int, kinds: list[str]) -> bool:
    """Whether a capital follows a small letter, and not as in an alphabet: `AaÀàÁá`."""
    if kinds[at] != "capital" or kinds[at - 1] != "small" or text[at - 1 : at + 1].isascii():
        return False
    return at < 2 or text[at - 2] != text[at - 1].upper()


def one_script(text: str) -> bool:
    """Whether `text` is letters (with their marks) of one script, and none of them is rare."""
    kinds = {_kind(character) for character in text}
    return kinds <= _LETTERS | {"combining"} and len({_script(one) for one in text}) == 1


def scripts(text: str) -> frozenset[str]:
    """The scripts of the letters of `text`: the first words of their Unicode names, or `EAST`."""
    return frozenset(_script(one) for one in text if is_letter(one)) - {""}


def is_letter(character: str) -> bool:
    """Whether `character` counts as a letter here; no if it is empty or a rare letter."""
    return _kind(character) in _LETTERS if character else False


def closes(text: str) -> bool:
    """Whether `text` is only typography that may follow any letter: `»`, `…”`, a no-break space."""
    return all(one in "«»“”„‹›‘’…–—\xa0" for one in text)


def _odd_pair(a: str, b: str, kind_a: str, kind_b: str) -> bool:
    if a.isascii() and b.isascii():
        return False
    if a + b in _ODD_PAIRS:
        return True
    if kind_a in _LETTERS:
        return _odd_after_letter(a, b, kind_b)
    if kind_b == "combining":
        return kind_a != "combining" and b != "\ufe0f"
    if kind_b in _LETTERS:
        return _odd_before_letter(a, b, kind_a)
    if kind_a in _SIGNS and kind_b in _SIGNS:
        return "operator" not in {kind_a, kind_b} or kind_a != kind_b
    return kind_a in _SIGNS and kind_b == "opener"


def _odd_after_letter(a: str, b: str, kind_b: str) -> bool:
    if kind_b in _LETTERS or kind_b == "combining":
        both = {_script(a), _script(b)}
        return len(both) == 2 and "" not in both and both != {"LATIN", "EAST"}
    if kind_b == "operator":  # 1.54 Å±0.02 is a length, 220 В±10 % a voltage
        return not a.isascii() and a not in "Åå" and _script(a) == "LATIN"
    return kind_b in {"symbol", "opener"}


def _odd_before_letter(a: str, b: str, kind_a: str) -> bool:
    if kind_a == "mark":
        return not (a in "°©®" and b.isupper())  # 20 °C, ©Éditions
    if kind_a == "digit":
        return b in "ÂÃ"
    return kind_a == "symbol" or (a == "‚" and not b.isascii())


@lru_cache(_CACHED)
def _kind(character: str) -> str:
    if character in _KINDS:
        return _KINDS[character]
    code = ord(character)
    if character not in _NOT_RARE and any(code in rare for rare in _RARE):
        return "rare"
    return _BY_CATEGORY.get(unicodedata.category(character), "punctuation")


@lru_cache(_CACHED)
def _script(character: str) -> str:
    """The script of a letter: the first word of its name, or `EAST`; empty for common marks."""
    script = script_of(character)
    if script in _EAST or script.startswith("KATAKANA"):
        return "EAST"
    return "" if script in {"COMBINING", "VARIATION", "MODIFIER"} else script
