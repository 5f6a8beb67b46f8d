"""A file that mixes line ends was edited on two systems, or joined from two sources.

Tools count its lines differently (a lone CR is a line end to some and not to others), so line
numbers, sentence counts and annotations drift apart. The lines in the minority are named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ...model import Edit, Fix, Hit
from ...settings.options import Settings
from ...text.lines import NEWLINE, Window
from ...text.screen.screen import AnyByte, Clue
from ..rule import Example, Rule, Whole
from . import NAMES, NEWLINE_STYLE, STYLES, majority


def clues(settings: Settings) -> list[Clue]:
    return [] if settings[NEWLINE_STYLE] == "any" else [AnyByte(b"\r")]


def diagnose(windows: Iterable[Window], settings: Settings) -> Iterator[Hit]:
    counts: Counter[bytes] = Counter()
    for window in windows:
        counts.update(NEWLINE.findall(window.data))
    if len(counts) < 2:
        return
    right = majority(counts)
    if STYLES.get(settings[NEWLINE_STYLE], right) != right:
        return  # most lines are wrong, which wrong-newline says once
    told = ", ".join(f"{count} {NAMES[end]}" for end, count in counts.most_common())
    for window in windows:
        for match in NEWLINE.finditer(window.data):
            if match.group() == right:
                continue
            start, end = window.offset + match.start(), window.offset + match.end()
            yield Hit(
                start,
                end,
                f"this line ends with {NAMES[match.group()]}; the file mixes line ends ({told})",
                help=f"end every line with {NAMES[right]}",
                fix=Fix(f"end the line with {NAMES[right]}", (Edit(start, end, right),)),
                data={NAMES[key]: count for key, count in counts.items()},
            )


rule = Rule(
    code="ENC202",
    name="mixed-newlines",
    summary="A file ends its lines in more than one way.",
    why=__doc__,
    check=Whole(clues, diagnose),
    options=(NEWLINE_STYLE,),
    fix="The minority lines are ended as the profile declares.",
    bad=Example({"a.txt": b"Title\nText.\r\nMore.\n"}),
    ok=Example({"a.txt": b"Title\nText.\nMore.\n"}),
)
