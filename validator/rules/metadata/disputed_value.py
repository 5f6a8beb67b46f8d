"""`[null, 1]` loses its null in pyarrow, and `"001"` is 1 to pandas unless it is told otherwise.

Readers that make tables take values for something else now and then: a text that looks like a day
for a moment, a text of digits for a number. What is found here is what the `readers` of the profile
differ about, or all read otherwise than it is written. `seed-validator readers NAME` tells what
each of them does; those that guess have a second name, `pandas-typed`, for the same program that is
told the types.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ...model import Hit
from ...readers.options import READERS
from ...readers.reader_set import dispute_at, readers_for
from ...settings.options import Settings
from ...text.lazy_re import later
from ...text.lines import Window
from ...text.screen.screen import Clue, Literal
from ..rule import Local, Rule
from . import RECORDS

FORMAT: Final = "json-lines"
_TOKEN: Final = later(
    rb'"(?P<text>[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*)"(?P<key>[ \t]*:)?'
    rb"|(?P<null>\[[ \t]*null\b)"
)
_MOMENT: Final = later(
    rb"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}(?::?[0-9]{2}(?::?[0-9]{2}(?:\.[0-9]+)?)?)?"
    rb"(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_CLUES: Final = {
    "null-first": (b"[null", b"[ null"),
    "moment-text": (b"-",),
    "digit-text": (b'"',),
}


def clues(settings: Settings) -> list[Clue]:
    if settings.values.get("delimiters.kind") != FORMAT:
        return []
    asked = readers_for(settings, FORMAT).disputed(_CLUES)
    return [Literal(sign) for name in asked for sign in _CLUES[name]]


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    readers = readers_for(settings, FORMAT)
    asked = {name: found for name in _CLUES if (found := readers.dispute(name))}
    for match in _TOKEN.finditer(window.data):
        name = _name(match)
        if name in asked:
            span = match.span("text" if match["text"] is not None else 0)
            yield dispute_at(*span, name, asked[name])


def _name(match: re.Match[bytes]) -> str:
    """The name of the question that arises from a token; empty if there is none."""
    if match["null"]:
        return "null-first"
    if match["key"]:
        return ""
    text = match["text"]
    if text.isdigit():
        return "digit-text"
    return "moment-text" if _MOMENT.fullmatch(text) else ""


rule = Rule(
    __name__,
    code="MET051",
    summary="A value of JSON is read otherwise than it is written.",
    check=Local(clues, diagnose, as_written=True),
    options=(READERS,),
    profile=RECORDS,
    bad={"a.jsonl": b'{"id":"a","n":[null,1]}\n'},
    ok={"a.jsonl": b'{"id":"a","n":[1,null]}\n'},
)
