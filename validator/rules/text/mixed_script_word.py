"""A word of Latin and Cyrillic letters is a typo or a trick: `а` and `a` only look the same.

It is not found by search and passes every filter (UTS #39, CVE-2021-42694). In half a million
words of Russian, Ukrainian, Bulgarian, Serbian and Greek there was one, a real typo. Greek letters
that are signs in science (`μm`, `kΩ`, `ΔT`) are no fault, those that pass for Latin ones are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from stringzilla import find_first_of

from ...model import Hit, Severity
from ...settings.options import Settings, texts
from ...text.lines import Window
from ...text.screen.byte_rows import CONTINUATION, LETTERS, Rows
from ...text.screen.screen import Ask, Clue
from ...text.scripts import CYRILLIC, GREEK, LATIN
from ...text.visible import character_name, visible
from ..rule import Example, Local, Rule
from . import ALLOWED_CHARACTERS, sightings

WORDS = texts("text.allow-mixed-words", "words of letters of two scripts that are right so")

_OTHER = CYRILLIC + GREEK
_ANY = LATIN + _OTHER
_WORD = f"(?<![{_ANY}])(?:[{LATIN}]++[{_OTHER}]|[{_OTHER}]++[{LATIN}])[{_ANY}]*"

_LIKE_LATIN = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο")
"""Greek letters that nobody can tell from Latin ones (confusables.txt of UTS #39), without those
that science writes beside Latin letters (ν, κ, ρ).
"""
_SYMBOLS: Final = 2
"""Greek letters in one word that may be signs beside Latin ones: `ΔΔG`."""

_LATIN_LEADS: Final = bytes(range(0xC3, 0xCA))
_LEADS: Final = bytes(range(0xCE, 0xD4))
_MEETINGS: Final = Rows(
    (LETTERS, _LEADS),
    (_LEADS, CONTINUATION, LETTERS + _LATIN_LEADS),
    (_LATIN_LEADS, CONTINUATION, _LEADS),
)


def clues(settings: Settings) -> list[Clue]:
    return [Ask(_scripts_meet, beyond=True)]


def _scripts_meet(texts: Sequence[bytes]) -> bool:
    text = b" ".join(texts)
    return find_first_of(text, _LEADS) >= 0 and _MEETINGS.found(text)


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    for start, end, match in sightings(window, settings, _WORD):
        word = match.group()
        latin = re.findall(f"[{LATIN}]", word)
        other = re.findall(f"[{_OTHER}]", word)
        if word in settings[WORDS] or _is_notation(other):
            continue
        # the letters in the minority are the foreign ones
        foreign, among = (other, "Latin") if len(other) <= len(latin) else (latin, _script(other))
        yield Hit(
            start,
            end,
            f"`{visible(word)}` mixes two scripts: {character_name(ord(foreign[0]))} "
            f"among {among} letters",
            help="type the word again in one script; if it is right so, list it in "
            "`text.allow-mixed-words`",
            data={"word": word, "odd": f"U+{ord(foreign[0]):04X}"},
        )


def _script(letters: list[str]) -> str:
    return "Cyrillic" if re.match(f"[{CYRILLIC}]", letters[0]) else "Greek"


def _is_notation(other: list[str]) -> bool:
    """Whether the letters beside the Latin ones are Greek signs, as in `μm`."""
    greek = all(re.match(f"[{GREEK}]", letter) for letter in other)
    return greek and len(other) <= _SYMBOLS and _LIKE_LATIN.isdisjoint(other)


rule = Rule(
    code="TXT506",
    name="mixed-script-word",
    summary="A word mixes Latin letters with Cyrillic or Greek ones.",
    why=__doc__,
    check=Local(clues, diagnose),
    severity=Severity.WARNING,
    options=(WORDS, ALLOWED_CHARACTERS),
    bad=Example({"a.txt": "Title\nPаyPal, столt ΟK éдé.\n".encode()}),
    ok=Example({"a.txt": "Title\n5 μm, kΩ, ΔT, IT-отдел.\n".encode()}),
)
