"""Readers that look for the first marker at the first byte find none behind a blank line.

One says that the file is none of its kind, one reads the first document alone; the others pass the
blank line by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...model import Edit, Fix, Hit
from ...settings.options import Settings, choice
from ...text.lines import NEWLINE, Window, line_start
from ...text.screen.screen import Head
from ..rule import Rule, Whole, safely, where

START = choice(
    "delimiters.blank-start",
    "blank lines before the first document of a file",
    "allow forbid",
)

_BLANKS = b" \t\r\n"


def diagnose(windows: Iterable[Window], settings: Settings) -> Iterator[Hit]:
    end = count = 0
    for window in windows:
        data = window.data
        blank = data[: len(data) - len(data.lstrip(_BLANKS))]
        whole = line_start(blank, len(blank))  # the last line may be indented
        count += len(NEWLINE.findall(blank, 0, whole))
        end = window.offset + whole if whole else end
        if len(blank) < len(data):
            break
    else:
        return  # there is no document at all
    if count:
        what = "a blank line stands" if count == 1 else f"{count} blank lines stand"
        yield Hit(
            0,
            end,
            f"{what} before the first document",
            help="begin the file with its first document",
            fix=Fix("remove what is blank", (Edit(0, end, b""),)),
        )


rule = Rule(
    __name__,
    code="DEL053",
    summary="Blank lines stand before the first document.",
    check=Whole(where(START, "forbid", *map(Head, (b"\n", b"\r", b" ", b"\t"))), diagnose),
    options=(START,),
    repairs=(safely("The blank lines are removed.", "blank-lines", reveals=True),),
    profile={
        "delimiters": {
            "kind": "marked",
            "begin": "[begin]",
            "end": "[end]",
            "blank-start": "forbid",
        }
    },
    bad={"a.txt": b"\n[begin]\nOne.\n[end]\n"},
    ok={"a.txt": b"[begin]\nOne.\n[end]\n\n[begin]\nTwo.\n[end]\n"},
)
