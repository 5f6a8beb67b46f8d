"""U+FFFD stands where a character was lost: some program could not decode it and went on.

What it was is in the source, if anywhere. The file is valid, so nothing else will ever complain.
A line that shows the character, in a dump beside its bytes or by its name, is passed by;
in an indented line, as code has, it is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...model import Hit, Severity
from ...settings.options import Settings
from ...text.lines import Window
from ...text.screen.screen import Beyond
from ..rule import Local, Rule, always
from . import ALLOWED_CHARACTERS, by_line, described, line_test, more_in_line, sightings

_RUN = "\ufffd+"
_ON_PURPOSE: Final = (
    r"(?i)(?:\b[0-9a-f]{2}[ \t]){4}|replacement character|\bu\+?fffd|[\"'`(]\ufffd[\"'`)]"
)
"""A line about the character itself: with its bytes, its name, or it alone between quotes."""

_IN_COMMENT: Final = r"(?://|>>>)[^\r\n]*[\"'`][^\"'`\r\n]*\ufffd[^\"'`\r\n]*[\"'`]"
"""A comment in code, or a session of Python, that quotes a text with the character: it shows what a
program makes of bytes."""

_IN_TURN: Final = "(?:\ufffd[!-~]){3}"
"""The character at every second place: pairs of bytes on a terminal, the second one in ASCII."""

_INDENTED: Final = r"\A(?: {4}|\t| {0,3}///?)"
"""Code and its comments, which may show what a program makes of bytes that it cannot decode."""


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    shows, indented = (
        line_test(window, f"{_ON_PURPOSE}|{_IN_COMMENT}|{_IN_TURN}"),
        line_test(window, _INDENTED),
    )
    for line in by_line(window, sightings(window, settings, _RUN)):
        start, end, match = line[0]
        if shows(start):
            continue
        yield Hit(
            start,
            end,
            f"{described(match.group())}: text was lost here before the file was written"
            f"{more_in_line(line)}",
            help="make the file again from its source, decoded with the encoding that it has",
            data={"count": sum(len(one[2].group()) for one in line)},
            severity=Severity.WARNING if indented(start) else None,
        )


rule = Rule(
    __name__,
    code="TXT501",
    summary="The text contains U+FFFD, left where a character was lost.",
    check=Local(always(Beyond(b"\xef\xbf", rb"\xbd")), diagnose),
    options=(ALLOWED_CHARACTERS,),
    bad={"a.txt": "Title\nCaf\ufffd and \ufffd\ufffd.\n".encode()},
    ok={"a.txt": "Title\nCaf\u00e9.\n".encode()},
)
