"""An escape sequence is a command to a terminal: it colours, hides, moves, retitles, types.

Whoever prints the document obeys it (CWE-150). Most come from captured output of programs; what
is left of a text when they are stripped is what a reader should get.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Hit
from ...settings.options import Settings
from ...text.lines import Window
from ...text.screen.screen import AnyByte, Beyond, Clue
from ...text.visible import visible
from ..rule import Local, Rule, unsafely
from . import ALLOWED_CHARACTERS, ALLOWED_CONTROLS, forbidden_controls, removal, sightings

# Stray introducers before a sequence belong to it; possessive, so that a run of them is linear.
# ECMA-48: control sequences (5.4), and control strings (5.6) up to ST, or to BEL as xterm has it.
_SEQUENCE = (
    r"(?<![\x1b\x9b])[\x1b\x9b]++(?:(?<=\x1b)\[|(?<=\x9b))[0-?]*[ -/]*[@-~]"
    r"|(?:(?<!\x1b)\x1b++[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x00-\x08\x0a-\x1f\x80-\x9f]*+"
    r"(?:\x07|\x1b\\|\x9c)"
)
_SHOWN = 40


def clues(settings: Settings) -> list[Clue]:
    if 0x1B not in forbidden_controls(settings):
        return []
    return [AnyByte(b"\x1b"), Beyond(b"\xc2", rb"[\x80-\x9f]")]


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    for start, end, match in sightings(window, settings, _SEQUENCE):
        sequence = match.group()
        cut = sequence if len(sequence) <= _SHOWN else sequence[: _SHOWN - 1] + "\u2026"
        yield Hit(
            start,
            end,
            f"terminal escape sequence `{visible(cut)}` in the text",
            help="strip the sequences from the source, or have the program that wrote it "
            "write plain text (many heed the variable NO_COLOR)",
            fix=removal(start, end, "the sequence"),
            data={"bytes": end - start},
        )


rule = Rule(
    __name__,
    code="TXT004",
    summary="The text contains commands to a terminal.",
    check=Local(clues, diagnose),
    options=(ALLOWED_CONTROLS, ALLOWED_CHARACTERS),
    covers=("control-character", "c1-control"),
    repairs=(unsafely("The sequence is removed.", "sequences-removed"),),
    bad={"a.txt": b"Title\n\x1b[1;31m red \x1b[0m and \x1b]0;name\x07 done.\n"},
    ok={"a.txt": b"Title\nThe code [1;31m alone is text.\n"},
)
