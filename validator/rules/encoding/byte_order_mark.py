"""Three bytes that nobody sees become part of the first word, key or marker.

A JSON reader stops at them, a front matter reader no longer finds its `---`, a title compares
unequal to itself. UTF-8 has no byte order to mark.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...encoding.utf8 import MARK
from ...model import Edit, Fix, Hit
from ...settings.options import Settings, choice
from ...text.lines import Window
from ...text.screen.screen import Ask, Clue, Head
from ..rule import Local, Rule, safely

BOM = choice(
    "encoding.bom",
    "whether a file begins with a byte order mark",
    "forbid allow require",
)


def clues(settings: Settings) -> list[Clue]:
    if settings[BOM] == "allow":
        return []
    if settings[BOM] == "require":
        return [Ask(lambda texts: not all(text.startswith(MARK) for text in texts))]
    return [Head(MARK)]


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    if not window.first or (window.view and window.view.marked):
        return  # the declared encoding has its own mark
    count = 0
    while window.data.startswith(MARK, 3 * count):
        count += 1
    if settings[BOM] == "require" and not count:
        fix = Fix("put the byte order mark at the start", (Edit(0, 0, MARK),))
        yield Hit(0, 0, "the file has no byte order mark, which the profile requires", fix=fix)
    if settings[BOM] == "forbid" and count:
        times = "" if count == 1 else f" {count} times"
        yield Hit(
            0,
            3 * count,
            f"the file begins with a {'' if window.view else 'UTF-8 '}byte order mark "
            f"({'U+FEFF' if window.view else 'EF BB BF'}){times}",
            help="save it without one"
            if window.view
            else 'save it as "UTF-8", not "UTF-8 with BOM"',
            fix=Fix("remove the byte order mark", (Edit(0, 3 * count, b""),)),
        )


rule = Rule(
    __name__,
    code="ENC101",
    summary="A byte order mark is there, or missing, against the profile.",
    check=Local(clues, diagnose),
    options=(BOM,),
    repairs=(safely("The mark is removed, or added.", "all-but-the-mark", reveals=True),),
    bad={"a.txt": MARK + b"Title\nText.\n"},
)
