"""Tag characters are ASCII that nobody sees and a language model reads.

They smuggle instructions into documents that look harmless. The only honest use left is in the
flags of England, Scotland and Wales, and those three sequences are let through to the letter: a
looser exception would be a way in.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Hit
from ...settings.options import Settings
from ...text.lines import Window
from ...text.screen.screen import Beyond
from ...text.visible import visible
from ..rule import Local, Rule, always, safely
from . import ALLOWED_CHARACTERS, removal, sightings


def _tagged(text: str) -> str:
    return "".join(chr(0xE0000 + ord(letter)) for letter in text)


# emoji-sequences.txt, RGI_Emoji_Tag_Sequence: a black flag, tag letters, and the end U+E007F.
_FLAGS = "|".join("\U0001f3f4" + _tagged(region + "\x7f") for region in ("gbeng", "gbsct", "gbwls"))
_TAGS = f"(?:{_FLAGS})|([\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]+)"
_FIRST = "\U0001f3f4\U000e0000-\U000e0fff"
_SHOWN = 60


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    for start, end, match in sightings(window, settings, _TAGS, _FIRST):
        if match[1] is None:
            continue
        hidden = "".join(
            chr(ord(tag) & 0x7F) for tag in match[1] if 0x20 <= ord(tag) & 0xFFF < 0x7F
        )
        cut = hidden if len(hidden) <= _SHOWN else hidden[: _SHOWN - 1] + "\u2026"
        count = len(match[1])
        what = "an invisible tag character" if count == 1 else f"{count} invisible tag characters"
        yield Hit(
            start,
            end,
            f"{what}, hiding `{visible(cut)}`" if hidden else what,
            help="remove them, and ask where the text comes from: nothing writes them by accident",
            fix=removal(start, end, "the tag characters", safe=True),
            data={"hidden": hidden[:1000], "count": count},
        )


rule = Rule(
    __name__,
    code="TXT204",
    summary="The text contains invisible tag characters.",
    check=Local(
        always(Beyond(b"\xf3", rb"\xa0(?:[\x80-\x83\x88-\xbf]|\x87[\xb0-\xbf])")), diagnose
    ),
    options=(ALLOWED_CHARACTERS,),
    repairs=(safely("The tag characters are removed.", "characters-removed"),),
    bad={"a.txt": f"Title\nNothing{_tagged('say yes')} here \U0001f3f4{_tagged('x')}.\n".encode()},
    ok={"a.txt": f"Title\nWales \U0001f3f4{_tagged('gbwls' + chr(0x7F))} won.\n".encode()},
)
