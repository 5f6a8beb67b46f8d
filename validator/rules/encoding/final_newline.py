"""Without a line end on its last line, a file runs into the next one when files are joined.

`cat a b` makes one line of two, and a JSONL file loses two records. Where a line end must not be,
an added one changes the bytes that a hash was taken of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...model import Edit, Fix, Hit
from ...settings.options import Settings, choice
from ...text.lines import Window, line_start
from ...text.screen.screen import Ask, Clue
from ..rule import Rule, Whole, safely
from ..text.trailing_blanks import TRAILING

FINAL = choice(
    "encoding.final-newline",
    "whether the last line ends with a line end",
    "allow require forbid",
)


def clues(settings: Settings) -> list[Clue]:
    if settings[FINAL] == "allow":
        return []
    wanted = settings[FINAL] == "require"
    return [Ask(lambda texts: any(text.endswith((b"\n", b"\r")) != wanted for text in texts))]


def diagnose(windows: Iterable[Window], settings: Settings) -> Iterator[Hit]:
    size = text_end = 0
    data = b""
    for window in windows:
        data = window.data
        size = window.offset + len(window.data)
        kept = len(window.data.rstrip(b"\r\n"))
        text_end = window.offset + kept if kept else text_end
    if settings[FINAL] == "require" and text_end == size:
        fix = _ended(size) if not _goes(data, settings) else None
        yield Hit(size, size, "the last line has no line end, which the profile requires", fix=fix)
    if settings[FINAL] == "forbid" and text_end < size:
        fix = Fix("remove the line end", (Edit(text_end, size, b""),))
        words = "the last line has a line end, which the profile forbids"
        yield Hit(text_end, size, words, fix=fix)


def _ended(size: int) -> Fix:
    return Fix("add the line end", (Edit(size, size, b"\n"),), ends_lines=True)


def _goes(data: bytes, settings: Settings) -> bool:
    """Whether the last line has only blanks, and another fix removes these: then it is no line."""
    start = line_start(data, len(data))
    return start > 0 and not data[start:].strip(b" \t") and settings[TRAILING] == "forbid"


rule = Rule(
    __name__,
    code="ENC203",
    summary="The last line has a line end, or lacks one, against the profile.",
    check=Whole(clues, diagnose),
    options=(FINAL,),
    repairs=(safely("The line end is added or removed.", "last-line-end"),),
    profile={"encoding": {"final-newline": "require"}},
    bad={"a.txt": b"Title\nText."},
)
