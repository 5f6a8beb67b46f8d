"""Readers that look for the first marker at the first byte find none behind a blank line.

One says that the file is none of its kind, one reads the first document alone; the others pass the
blank line by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...lines import NEWLINE, Window
from ...model import Edit, Fix, Hit
from ...options import Settings, choice
from ...rule import Example, Local, Rule
from ...screen import Clue, Head

START = choice(
    "delimiters.blank-start",
    "blank lines before the first document of a file",
    "allow",
    "allow",
    "forbid",
)

_BLANK = re.compile(rb"(?:[ \t]*+(?:\r\n|\n|\r))++")


def clues(settings: Settings) -> list[Clue]:
    starts = (b"\n", b"\r", b" ", b"\t") if settings[START] == "forbid" else ()
    return [Head(start) for start in starts]


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    match = _BLANK.match(window.data) if window.first else None
    if match is None or match.end() == len(window.data):
        return
    count = len(NEWLINE.findall(window.data, 0, match.end()))
    what = "a blank line stands" if count == 1 else f"{count} blank lines stand"
    yield Hit(
        0,
        match.end(),
        f"{what} before the first document",
        help="begin the file with its first document",
        fix=Fix("remove what is blank", (Edit(0, match.end(), b""),)),
    )


_PROFILE = {
    "delimiters": {
        "kind": "marked",
        "begin": "[begin]",
        "end": "[end]",
        "blank-start": "forbid",
    }
}

rule = Rule(
    code="DEL053",
    name="late-first-marker",
    summary="Blank lines stand before the first document.",
    why=__doc__,
    check=Local(clues, diagnose),
    options=(START,),
    fix="The blank lines are removed.",
    bad=Example({"a.txt": b"\n[begin]\nOne.\n[end]\n"}, _PROFILE),
    ok=Example({"a.txt": b"[begin]\nOne.\n[end]\n\n[begin]\nTwo.\n[end]\n"}, _PROFILE),
)
