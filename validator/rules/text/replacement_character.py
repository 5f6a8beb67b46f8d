"""U+FFFD stands where a character was lost: some program could not decode it and went on.

What it was is in the source, if anywhere. The file is valid, so nothing else will ever complain.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Hit
from ...settings.options import Settings
from ...text.lines import Window
from ...text.screen.screen import Beyond, Clue
from ..rule import Example, Local, Rule
from . import ALLOWED_CHARACTERS, described, sightings

_RUN = "\ufffd+"


def clues(settings: Settings) -> list[Clue]:
    return [Beyond(b"\xef\xbf", rb"\xbd")]


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    for start, end, match in sightings(window, settings, _RUN):
        count = len(match.group())
        yield Hit(
            start,
            end,
            f"{described(match.group())}: text was lost here before the file was written",
            help="make the file again from its source, decoded with the encoding that it has",
            data={"count": count},
        )


rule = Rule(
    code="TXT501",
    name="replacement-character",
    summary="The text contains U+FFFD, left where a character was lost.",
    why=__doc__,
    check=Local(clues, diagnose),
    options=(ALLOWED_CHARACTERS,),
    bad=Example({"a.txt": "Title\nCaf\ufffd and \ufffd\ufffd.\n".encode()}),
    ok=Example({"a.txt": "Title\nCaf\u00e9.\n".encode()}),
)
