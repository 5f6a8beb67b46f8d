"""A zero width space cuts a word in two for every program, and nobody sees it.

Search, deduplication and filters miss what is written with them. Each has a script that needs it:
U+200B ends words in Thai, Lao, Khmer and Burmese, fillers stand in Hangul, U+034F in pointed
Hebrew; there they are text. The deprecated controls U+206A-206F have none.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Hit
from ...settings.options import Settings, choice
from ...text.lines import Window
from ...text.screen.screen import Beyond, Clue
from ...text.scripts import HALFWIDTH_HANGUL, HANGUL, HEBREW, KHMER, MONGOLIAN, UNSPACED
from ..rule import Example, Local, Rule
from . import ALLOWED_CHARACTERS, code_points, described, removal, sightings

INVISIBLE = choice(
    "text.invisible",
    "characters without width: `by-script` for only beside letters of a script that needs them, "
    "`forbid`, `allow`",
    "by-script forbid allow",
)

# The character, and the scripts beside which it is text.
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


def _homeless(characters: str, home: str) -> str:
    if not home:
        return f"[{characters}]"
    own = f"(?![{_ALL}])[{home}]"  # some of them are of the blocks of the script
    return f"(?<!{own})[{characters}](?!{own})"


def _stray(text: str) -> str:
    """What is not text, of the characters in `text`: a pattern for all takes 3 ms to compile."""
    ways = [
        _homeless(*pair) for pair in _HOMES if not pair[1] or any(one in text for one in pair[0])
    ]
    return f"(?:{'|'.join(ways)})[{_ALL}]*"


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
    for start, end, match in sightings(window, settings, pattern):
        run = match.group()
        yield Hit(
            start,
            end,
            f"invisible character {described(run)} in the text"
            + (", which the profile forbids" if forbidden else ""),
            help="remove it; where it should part words, write a space",
            fix=removal(start, end, "what nobody sees"),
            data={"code_points": code_points(run), "count": len(run)},
        )


rule = Rule(
    code="TXT206",
    name="invisible-character",
    summary="The text contains characters that nobody sees and its script does not need.",
    why=__doc__,
    check=Local(clues, diagnose),
    options=(INVISIBLE, ALLOWED_CHARACTERS),
    fix="The characters are removed.",
    bad=Example(
        {"a.txt": "Title\nA w\u200bo\u2060\u2060rd\u206a and \u3164 more\u200b.\n".encode()}
    ),
    ok=Example({"a.txt": "Title\n\u0e20\u0e32\u0e29\u0e32\u200b\u0e44\u0e17\u0e22.\n".encode()}),
)
