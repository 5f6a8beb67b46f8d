"""A zero width space cuts a word in two for every program, and nobody sees it.

Search, deduplication and filters miss what is written with them. Each has a script that needs it:
U+200B ends words in Thai, Lao, Khmer and Burmese, fillers stand in Hangul, U+034F in pointed
Hebrew and between marks on one letter, invisible operators in MathML; there they are text. What
stands often in a line is one finding. The deprecated controls U+206A-206F have none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from ...model import Hit
from ...settings.options import Settings, choice
from ...text.lazy_re import later
from ...text.lines import Window
from ...text.screen.screen import Beyond, Clue
from ...text.scripts import HALFWIDTH_HANGUL, HANGUL, HEBREW, KHMER, MONGOLIAN, UNSPACED
from ..rule import Local, Rule, unsafely
from . import (
    ALLOWED_CHARACTERS,
    by_line,
    code_points,
    described,
    in_mathml,
    is_spelled,
    line_test,
    more_in_line,
    removal_of,
    sightings,
)

INVISIBLE = choice(
    "text.invisible",
    "characters without width: `by-script` for only beside letters of a script that needs them, "
    "`forbid`, `allow`",
    "by-script forbid allow",
)

# Characters, and for each the scripts beside which it has a meaning.
_HOMES = (
    ("\u200b", UNSPACED),
    ("\u17b4\u17b5", KHMER),
    ("\u180e", MONGOLIAN),
    ("\u034f", HEBREW),
    ("\u115f\u1160\u3164", HANGUL),
    ("\uffa0", HALFWIDTH_HANGUL),
    ("\u2060-\u2064\u206a-\u206f\ufff9-\ufffb", ""),
)
_ALL = "".join(characters for characters, _ in _HOMES)
_OPERATORS: Final = frozenset("\u2061\u2062\u2063\u2064")
"""Invisible operators of mathematics: they say how two letters side by side are related."""


def _homeless(characters: str, home: str) -> str:
    if not home:
        return f"[{characters}]"
    own = f"(?![{_ALL}])[{home}]"  # some of them are of the blocks of the script
    return f"(?<!{own})[{characters}](?!{own})"


def _stray(text: str) -> str:
    """A pattern of the stray ones among the characters in `text`: one for all compiles in 3 ms."""
    return _stray_of(tuple(not home or any(map(text.__contains__, own)) for own, home in _HOMES))


@lru_cache(128)
def _stray_of(there: tuple[bool, ...]) -> str:
    ways = [_homeless(*pair) for pair, is_there in zip(_HOMES, there, strict=True) if is_there]
    return f"(?:{'|'.join(ways)})[{_ALL}]*"


_NAMED: Final = "(?i)zero[- ]width|invisible (?:char|separ)|word joiner"
"""Words in a line that is about such characters, and so may have examples of them."""
_UNSPACED_LETTER: Final = later(f"(?![{_ALL}])[{UNSPACED}]")
_BETWEEN: Final = " \t\u200b\u2060\u00a0"
_NEAR: Final = 64


def _is_at_home(match: re.Match[str]) -> bool:
    """Whether a match is legitimate for another reason than the characters beside it.

    A word may end in U+200B and a blank, U+034F separates marks on one letter, and invisible
    operators stand in MathML.
    """
    run, text = {*match.group()}, match.string
    if run <= _OPERATORS:
        return in_mathml(match)
    if run == {"\u034f"}:
        beside = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        return all(one and unicodedata.combining(one) for one in beside)
    if run != {"\u200b"}:
        return False
    before = text[max(0, match.start() - _NEAR) : match.start()].rstrip(_BETWEEN)[-1:]
    after = text[match.end() : match.end() + _NEAR].lstrip(_BETWEEN)[:1]
    return any(_UNSPACED_LETTER.match(one) for one in (before, after))


# Not beside Thai, Lao, Tibetan (E0 B8-BF), Burmese (E1 80-81), Khmer (E1 9E-9F).
_UNSPACED = rb"(?:\xe0[\xb8-\xbf]|\xe1[\x80\x81\x9e\x9f])[\x80-\xbf]"


def clues(settings: Settings) -> list[Clue]:
    if settings[INVISIBLE] == "allow":
        return []
    zero_width_space = rb"\x8b"
    if settings[INVISIBLE] == "by-script":
        zero_width_space = rb"\x8b(?<!" + _UNSPACED + rb"\xe2\x80.)(?!" + _UNSPACED + b")"
    return [
        Beyond(b"\xe2\x80", zero_width_space),
        Beyond(b"\xe2\x81", rb"[\xa0-\xa4\xaa-\xaf]"),
        Beyond(b"\xef\xbf", rb"[\xb9-\xbb]"),
        Beyond(b"\xe1\x85", rb"[\x9f\xa0]"),
        Beyond(b"\xe1\xa0", rb"\x8e"),
        *(Beyond(one.encode(), b"") for one in "\u034f\u17b4\u17b5\u3164\uffa0"),
    ]


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    forbidden = settings[INVISIBLE] == "forbid"
    pattern = f"[{_ALL}]+" if forbidden else _stray(window.text)
    is_named = line_test(window, _NAMED)
    found = (
        one
        for one in sightings(window, settings, pattern, _ALL)
        if forbidden or not (_is_at_home(one[2]) or is_named(one[0]) or is_spelled(one[2]))
    )
    for line in by_line(window, found):
        start, end, match = line[0]
        run, count = match.group(), sum(len(one[2].group()) for one in line)
        yield Hit(
            start,
            end,
            f"invisible character {described(run)} in the text{more_in_line(line)}"
            + (", which the profile forbids" if forbidden else ""),
            help="remove it; where it should part words, write a space",
            fix=removal_of(line, "what nobody sees"),
            data={"code_points": code_points(run), "count": count},
        )


rule = Rule(
    __name__,
    code="TXT206",
    summary="The text contains characters that nobody sees and its script does not need.",
    check=Local(clues, diagnose),
    options=(INVISIBLE, ALLOWED_CHARACTERS),
    repairs=(unsafely("The characters are removed.", "characters-removed"),),
    bad={"a.txt": "Title\nA w\u200bo\u2060\u2060rd\u206a and \u3164 more\u200b.\n".encode()},
    ok={"a.txt": "Title\n\u0e20\u0e32\u0e29\u0e32\u200b\u0e44\u0e17\u0e22.\n".encode()},
)
