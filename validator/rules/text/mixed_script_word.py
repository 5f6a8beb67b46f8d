r"""A word of Latin and Cyrillic letters is a typo or a trick: `а` and `a` only look the same.

It is not found by search and passes every filter (UTS #39, CVE-2021-42694). In half a million
words of Russian, Ukrainian, Bulgarian, Serbian and Greek there was one, a real typo. Greek letters
that are signs in science (`μm`, `kΩ`, `ΔT`) are no fault, those that pass for Latin ones are. The
letter of an escape before a word (`\n`, `\fI`, `%s`) is none of the word, and a line that
names the scripts, or has pairs of letters as a table of keys does, shows it on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from stringzilla import find_first_of

from ...model import Hit, Severity
from ...settings.options import Settings, texts
from ...text.lazy_re import later
from ...text.lines import Window
from ...text.screen.byte_rows import CONTINUATION, LETTERS, Rows
from ...text.screen.screen import Ask
from ...text.scripts import CYRILLIC, GREEK, LATIN
from ...text.visible import character_name, visible
from ..rule import Local, Rule, always
from . import ALLOWED_CHARACTERS, is_spelled, line_test, sightings

WORDS = texts("text.allow-mixed-words", "words of letters of two scripts that are right so")

_OTHER = CYRILLIC + GREEK
_ANY = LATIN + _OTHER
_WORD = f"(?<![{_ANY}])(?:[{LATIN}]++[{_OTHER}]|[{_OTHER}]++[{LATIN}])[{_ANY}]*"

_LIKE_LATIN = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο")
"""Greek letters that look like Latin ones (confusables.txt of UTS #39), without those that science
writes beside Latin letters (ν, κ, ρ).
"""
_BEFORE: Final = 16
"""Characters before a word in which an escape is looked for."""

_ESCAPE: Final = later(
    r"(?:\x1b|\\e|\\E|\\x1[bB]|\\0?33|\\u001[bB]|\^\[)\[[0-9;?]*[A-Za-z]"
    r"|\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|f\([A-Z]{2}|f[A-Z]|[A-Za-z])"
    r"|%(?:\([^()%\r\n]*\))?[-+ #0]*[0-9]*(?:\.[0-9]+)?(?:hh?|ll?|[Lzjtq])?[A-Za-z]"
)

_NAMED: Final = (
    "(?i)cyrillic|greek|homoglyph|homograph|confusable|кирилли|латини"
    f"|(?:[{_OTHER}][{LATIN}],){{3}}|(?:[{LATIN}][{_OTHER}],){{3}}"
)
"""Words, or pairs of letters in a row, in a line that is about such letters and shows them."""

_SYMBOLS: Final = 2
"""Greek letters at most in a word that may be signs beside Latin letters: `ΔΔG`."""

_LATIN_LEADS: Final = bytes(range(0xC3, 0xCA))
_LEADS: Final = bytes(range(0xCE, 0xD4))
_MEETINGS: Final = Rows(
    (LETTERS, _LEADS),
    (_LEADS, CONTINUATION, LETTERS + _LATIN_LEADS),
    (_LATIN_LEADS, CONTINUATION, _LEADS),
)


def _scripts_meet(texts: Sequence[bytes]) -> bool:
    text = b" ".join(texts)
    return find_first_of(text, _LEADS) >= 0 and _MEETINGS.found(text)


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    shown = line_test(window, _NAMED)
    for start, end, match in sightings(window, settings, _WORD):
        taken = _of_escape(match)
        word = match.group()[taken:]
        latin = re.findall(f"[{LATIN}]", word)
        other = re.findall(f"[{_OTHER}]", word)
        if (
            not latin
            or word in settings[WORDS]
            or _is_notation(other)
            or _is_of_three(other)
            or shown(start)
            or is_spelled(match)
        ):
            continue
        # the letters of the script with fewer ones count as foreign
        foreign, among = (other, "Latin") if len(other) <= len(latin) else (latin, _script(other))
        yield Hit(
            start + taken,
            end,
            f"`{visible(word)}` mixes two scripts: {character_name(ord(foreign[0]))} "
            f"among {among} letters",
            help="type the word again in one script; if it is right so, list it in "
            "`text.allow-mixed-words`",
            data={"word": word, "odd": f"U+{ord(foreign[0]):04X}"},
        )


def _is_of_three(letters: Sequence[str]) -> bool:
    """Whether there are Greek and Cyrillic letters among the Latin ones: a sample of scripts."""
    return len({_script([one]) for one in letters}) > 1


def _of_escape(match: re.Match[str]) -> int:
    r"""The number of letters at the start of a word that belong to an escape before it.

    `\n` in code, `\fI` in roff, `ESC[31m` to a terminal, `%s` in a format.
    """
    if not match.group()[0].isascii():
        return 0
    before = match.string[max(0, match.start() - _BEFORE) : match.start()]
    for found in _ESCAPE.finditer(before + match.group()[:_BEFORE]):
        if found.start() < len(before) < found.end():
            return found.end() - len(before)
    return 0


def _script(letters: list[str]) -> str:
    return "Cyrillic" if re.match(f"[{CYRILLIC}]", letters[0]) else "Greek"


def _is_notation(other: list[str]) -> bool:
    """Whether the letters beside the Latin ones are Greek signs, as in `μm`."""
    greek = all(re.match(f"[{GREEK}]", letter) for letter in other)
    return greek and len(other) <= _SYMBOLS and _LIKE_LATIN.isdisjoint(other)


rule = Rule(
    __name__,
    code="TXT506",
    summary="A word mixes Latin letters with Cyrillic or Greek ones.",
    check=Local(always(Ask(_scripts_meet, beyond=True)), diagnose),
    severity=Severity.WARNING,
    options=(WORDS, ALLOWED_CHARACTERS),
    bad={"a.txt": "Title\nPаyPal, столt ΟK éдé.\n".encode()},
    ok={"a.txt": "Title\n5 μm, kΩ, ΔT, IT-отдел.\n".encode()},
)
