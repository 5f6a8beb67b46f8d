"""U+2028 and U+2029 end a line for some readers and not for others.

`str.splitlines`, `codecs.getreader` and older JavaScript split there; files, JSON and most tools
do not. A JSONL record then breaks in two, line numbers drift, sentence counts differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from ...delimiters.division import is_record
from ...model import Fix, Hit
from ...settings.options import Settings
from ...text.lines import Window
from ...text.screen.screen import Beyond
from ..rule import Local, Rule, always, safely, unsafely
from . import ALLOWED_CHARACTERS, code_points, described, replacement, sightings

_RUN = "([\u2028\u2029])\\1*"


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    in_records = is_record(settings)
    for start, end, match in sightings(window, settings, _RUN):
        yield Hit(
            start,
            end,
            f"{described(match.group())}, which some readers take for a line end",
            help="write a line end or a space, whichever is meant; in a JSON string, escape it",
            fix=_escaped(start, end, match.group())
            if in_records
            else _ended(start, end, match.group()),
            data={"code_points": code_points(match.group())},
        )


def _ended(start: int, end: int, run: str) -> Fix:
    fix = replacement(start, end, "\n" * len(run), "write a line end")
    return replace(fix, ends_lines=True)


def _escaped(start: int, end: int, run: str) -> Fix:
    """The fix that writes escapes: in a string of JSON they are the same characters."""
    text = "".join(f"\\u{ord(one):04x}" for one in run)
    return replacement(start, end, text, "write it as an escape", safe=True)


rule = Rule(
    __name__,
    code="TXT103",
    summary="The text contains U+2028 or U+2029, a line end to some readers only.",
    check=Local(always(Beyond(b"\xe2\x80", rb"[\xa8\xa9]")), diagnose, as_written=True),
    options=(ALLOWED_CHARACTERS,),
    repairs=(
        safely("In records of JSON it is written as an escape.", "separators-escaped"),
        unsafely("A line end is written in its place.", "line-ends-for-separators"),
    ),
    bad={"a.txt": "Title\nOne line.\u2028Another?\n".encode()},
    ok={"a.txt": b"Title\nOne line.\nAnother.\n"},
)
