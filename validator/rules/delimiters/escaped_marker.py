"""`>From ` is how a line of a mail that begins with `From ` is kept from starting another mail.

Some writers put a `>` before it, some before each line that has one already, some none; some
readers take one off, others leave it. What the text said can no longer be known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...delimiters.kinds import KIND
from ...delimiters.options import BEGIN, END, SEPARATOR
from ...model import Hit
from ...settings.options import Settings, text
from ...text.lines import Window
from ...text.screen.screen import Clue, LineStart, Literal
from ..rule import Local, Rule
from . import quoted

DISPUTED = text(
    "delimiters.disputed-escape",
    "what some writers put before a line of a body that looks like a marker, and not all readers "
    "take off again; such lines are reported",
)


def clues(settings: Settings) -> list[Clue]:
    escape = settings[DISPUTED]
    if not escape or settings[KIND] != "marked":
        return []
    starts = {marker.start for key in (BEGIN, SEPARATOR, END) for marker in settings[key]}
    if "" in starts:
        return [LineStart(escape.encode())]
    return [Literal((escape + start).encode()) for start in sorted(starts)]


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    escape = re.escape(settings[DISPUTED].encode())
    markers = [marker for key in (BEGIN, SEPARATOR, END) for marker in settings[key]]
    for match in re.finditer(rb"(?:\A|(?<=[\r\n]))(?:%b)+" % escape, window.data):
        found = (marker.match(window.data, match.end()) for marker in markers)
        end = next((one[0] for one in found if one), -1)
        if end >= 0:
            yield Hit(
                match.start(),
                end,
                f"the line {quoted(window.data[match.start() : end])} is a marker behind "
                f"`{settings[DISPUTED]}`, which some readers take off and others leave",
                help="begin the line in another way; a mail may write `=46rom ` in "
                "quoted-printable",
            )


rule = Rule(
    __name__,
    code="DEL052",
    summary="A line is a marker behind an escape that not all readers take off.",
    check=Local(clues, diagnose),
    options=(KIND, BEGIN, SEPARATOR, END, DISPUTED),
    profile={
        "delimiters": {
            "kind": "marked",
            "begin": {"pattern": "From .+", "form": "From SENDER DATE"},
            "disputed-escape": ">",
        }
    },
    bad={"a.mbox": b"From a@b.org Mon\n\nOne.\n\n>From here on.\n"},
    ok={"a.mbox": b"From a@b.org Mon\n\nOne.\n\n> From here on.\n"},
)
