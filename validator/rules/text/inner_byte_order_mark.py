"""A byte order mark inside a text is where two files were joined.

Nobody sees it, but the word it clings to is another word to every program: it is not found, not
counted, not equal. U+FEFF as a "zero width no-break space" is deprecated since Unicode 3.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Hit
from ...settings.options import Settings
from ...text.lines import Window
from ...text.screen.screen import Beyond
from ..rule import Local, Rule, always, safely
from . import ALLOWED_CHARACTERS, removal, sightings

_RUN = "\ufeff+"


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    for start, end, match in sightings(window, settings, _RUN):
        if start == 0 and window.offset == 0:
            continue  # at the start of a file the rule byte-order-mark reports it
        count = len(match.group())
        times = "" if count == 1 else f", {count} times"
        yield Hit(
            start,
            end,
            f"byte order mark U+FEFF inside the text{times}",
            help="remove it, and look in what joined the files: each may have begun with one",
            fix=removal(start, end, "the byte order mark", safe=True),
            data={"count": count},
        )


rule = Rule(
    __name__,
    code="TXT201",
    summary="There is a byte order mark inside the text.",
    check=Local(always(Beyond(b"\xef\xbb\xbf", b"")), diagnose),
    options=(ALLOWED_CHARACTERS,),
    repairs=(safely("The mark is removed.", "characters-removed"),),
    bad={"a.txt": "Title\n\ufeffText and te\ufeff\ufeffxt.\n".encode()},
)
