"""Two checkouts of one document differ in every line when their line ends do.

Hashes, diffs and counts no longer agree; a CR that stays in the text makes `---` unequal to `---`
and a field's value unequal to itself. A file that ends all its lines the other way is one finding,
as it was one setting that made it so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ...model import Fix, Hit
from ...settings.options import Settings
from ...text.lines import NEWLINE, Window
from ...text.screen.screen import AnyByte, Ask, Clue
from ..rule import Rule, Whole, safely
from . import NAMES, NEWLINE_STYLE, STYLES, ending, majority


def clues(settings: Settings) -> list[Clue]:
    style = settings[NEWLINE_STYLE]
    if style not in STYLES:
        return []
    if style == "lf":
        return [AnyByte(b"\r")]
    return [AnyByte(b"\n")] if style == "cr" else [Ask(_not_crlf)]


def _not_crlf(texts: Sequence[bytes]) -> bool:
    return any(not text.count(b"\r\n") == text.count(b"\n") == text.count(b"\r") for text in texts)


def diagnose(windows: Iterable[Window], settings: Settings) -> Iterator[Hit]:
    wanted = STYLES[settings[NEWLINE_STYLE]]
    counts: Counter[bytes] = Counter()
    first: dict[bytes, int] = {}
    for window in windows:
        for match in NEWLINE.finditer(window.data):
            end = match.group()
            counts[end] += 1
            first.setdefault(end, window.offset + match.start())
    if not counts:
        return
    end = majority(counts)
    if end == wanted:
        return  # mixed-newlines names the lines of a file that mixes
    total = sum(counts.values())
    lines = f"{counts[end]} of its {total} lines" if len(counts) > 1 else f"its {total} lines"
    lines = "its one line" if total == 1 else lines
    yield Hit(
        first[end],
        first[end] + len(end),
        f"the file ends {lines} with {NAMES[end]}, the profile says {NAMES[wanted]}",
        help=f"save it with {NAMES[wanted]} line ends; if every file is so, look at "
        "`core.autocrlf` and `.gitattributes`",
        fix=Fix(f"end every line with {NAMES[wanted]}", (), recipe=ending(wanted)),
        data={"found": NAMES[end], "expected": NAMES[wanted], "count": counts[end]},
    )


rule = Rule(
    __name__,
    code="ENC201",
    summary="The lines of a file end in another way than the profile declares.",
    check=Whole(clues, diagnose),
    options=(NEWLINE_STYLE,),
    covers=("unparsable-metadata", "fused-records"),
    repairs=(safely("Every line is ended as the profile declares.", "line-ends"),),
    bad={"a.txt": b"Title\r\nText.\r\n"},
)
