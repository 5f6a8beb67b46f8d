r"""`\ud83d` without its second half is valid JSON, and a string that no encoding can write.

It is half an emoji, left by a program that cut text between UTF-16 units. Parsers accept it;
hours later `surrogates not allowed` ends an export to Parquet, a database or a file.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import FindingKind, Hit
from ...settings.options import Settings, choice
from ...text.lazy_re import later
from ...text.lines import Window
from ...text.screen.screen import Literal
from ..rule import Local, Rule, where

ESCAPES = choice(
    "text.surrogate-escapes",
    r"halves of a surrogate pair in JSON escapes, `\ud83d` alone",
    "allow forbid",
)

# Matches every escape, so that the second backslash of `\\ud83d` does not begin another one.
_ESCAPE = later(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # a pair
    rb"|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
    rb"|\\[^\r\n]"
)


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    for match in _ESCAPE.finditer(window.data):
        if match[1] is None:
            continue
        escape = match[1].decode()
        first = escape[3] in "89abAB"
        yield Hit(
            *match.span(),
            f"`{escape}` is the {'first' if first else 'second'} half of a surrogate pair, and the "
            f"{'second' if first else 'first'} is not there",
            help="write the whole character, or U+FFFD where it is lost",
            data={"escape": escape},
        )


rule = Rule(
    __name__,
    code="TXT302",
    summary="A JSON escape is half of a surrogate pair.",
    own_kind=FindingKind.READER,
    check=Local(
        where(ESCAPES, "forbid", Literal(rb"\ud"), Literal(rb"\uD")), diagnose, as_written=True
    ),
    options=(ESCAPES,),
    profile={"text": {"surrogate-escapes": "forbid"}},
    bad={"a.txt": rb"Title" b"\n" rb'{"a": "cut \ud83d here \\ud83d, \ude00"}' b"\n"},
    ok={"a.txt": rb"Title" b"\n" rb'{"a": "whole \ud83d\ude00, \\ud83d"}' b"\n"},
)
