"""A variation selector picks a form of the character before it; without one it hides data.

There are 256, one for each value of a byte, and nobody sees them: malware was shipped in them.
They are right after emoji, Han, Mongolian and mathematical characters, one at a time. The same one
a second time, as editors of emoji leave it, hides nothing and is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Hit, Severity
from ...settings.options import Settings, choice
from ...text.lines import Window
from ...text.screen.screen import Beyond, Clue
from ...text.scripts import EMOJI, HAN, MATHEMATICAL, MONGOLIAN, MYANMAR, PHAGS_PA
from ..rule import Local, Rule, unsafely
from . import ALLOWED_CHARACTERS, code_points, described, removal, sightings

SELECTORS = choice(
    "text.variation-selectors",
    "`by-base` for one after a character that has variations, `forbid`, `allow`",
    "by-base forbid allow",
)

# StandardizedVariants.txt, emoji-variation-sequences.txt, IVD_Sequences.txt, rounded to blocks;
# quotation marks and fullwidth punctuation have an East Asian form.
_BASES = (
    EMOJI + MATHEMATICAL + HAN + MYANMAR + PHAGS_PA + "\u2018-\u201d\u3001\u3002\uff01-\uff1f"
    "\U00010ac0-\U00010aff\U00013000-\U0001345f"  # Manichaean, Egyptian hieroglyphs
)
_SELECTOR = "\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180d\u180f"
_STRAY = (
    f"(?:(?<![{_BASES}])[\ufe00-\ufe0f]|(?<![{HAN}])[\U000e0100-\U000e01ef]"
    f"|(?<![{MONGOLIAN}])[\u180b-\u180d\u180f])[{_SELECTOR}]*"
)
# Emoji of U+1F000-1FAFF and of U+21C0-2BBF: what a selector mostly follows.
_NOT_AFTER = (
    rb"(?<!\xf0\x9f[\x80-\xab][\x80-\xbf]\xef\xb8.)(?<!\xe2[\x87-\xae][\x80-\xbf]\xef\xb8.)"
)


def clues(settings: Settings) -> list[Clue]:
    if settings[SELECTORS] == "allow":
        return []
    unlike = b"" if settings[SELECTORS] == "forbid" else _NOT_AFTER
    return [
        Beyond(b"\xef\xb8", rb"[\x80-\x8f]" + unlike),
        Beyond(b"\xf3", rb"\xa0(?:[\x84-\x86]|\x87[\x80-\xaf])"),
        Beyond(b"\xe1\xa0", rb"[\x8b-\x8d\x8f]"),
    ]


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    forbidden = settings[SELECTORS] == "forbid"
    pattern = f"[{_SELECTOR}]+" if forbidden else _STRAY
    for start, end, match in sightings(window, settings, pattern, _SELECTOR):
        run = match.group()
        several = len(run) > 1
        again = (
            not (several or forbidden) and match.string[match.start() - 1 : match.start()] == run
        )
        what = f"{len(run)} variation selectors in a row" if several else described(run)
        yield Hit(
            start,
            end,
            f"{what}, {_why(several, again, forbidden)}",
            help="remove what cannot be seen; a long run hides data, one byte in each"
            if several
            else "remove it",
            fix=removal(start, end, "the variation selectors" if several else "the selector"),
            data={"code_points": code_points(run), "count": len(run)},
            severity=Severity.WARNING if again else None,
        )


def _why(several: bool, again: bool, forbidden: bool) -> str:
    if forbidden:
        return "which the profile forbids"
    if several:
        return "which nobody sees"
    return "a second time" if again else "after a character without variations"


rule = Rule(
    __name__,
    code="TXT205",
    summary="A variation selector follows nothing that has variations.",
    check=Local(clues, diagnose),
    options=(SELECTORS, ALLOWED_CHARACTERS),
    repairs=(unsafely("The selectors are removed.", "characters-removed"),),
    bad={"a.txt": "Title\ufe01\nA \u2764\ufe0f\ufe00\U000e0101 heart.\n".encode()},
    ok={"a.txt": "Title\nA \u2764\ufe0f heart, 1\ufe0f\u20e3, \u845b\U000e0100.\n".encode()},
)
