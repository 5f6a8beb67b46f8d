"""A line that is no `Name: value` ends the headers for one reader, and is lost to another."""

from __future__ import annotations

from ...metadata.syntax.block_flaws import NotAHeader
from ...metadata.syntax.limits import HEADER_BLANK
from ...model import Hit
from ..rule import Explain, Rule
from . import shortened

_WORDS = {
    "no-colon": (
        "the line is no header: it has no colon",
        (
            "write `Name: value`; indent the line if it continues the value before it; put a blank "
            "line before it if the text begins here"
        ),
    ),
    "blank-line": (
        "a blank line stands within the header block",
        "remove it: headers end at a blank line",
    ),
    "blank-before-colon": (
        "a blank stands between the name `{name}` and its colon",
        "write `{name}: value`",
    ),
    "blank-in-name": (
        "`{name}` is no name of a header: it holds a blank or a control character",
        "write `-` for the blank; indent the line if it continues the value before it",
    ),
    "empty-name": ("there is no name before the colon", "write `Name: value`"),
    "leading-continuation": (
        "the line is indented, but there is no header before it that it could continue",
        "remove the blanks at its start",
    ),
    "no-blank-after-colon": (
        "no blank follows the colon after `{name}`",
        "write `{name}: value`",
    ),
}


def explain(flaw: NotAHeader) -> Hit:
    reason, advice = _WORDS[flaw.problem]
    name = shortened(flaw.name)
    return flaw.hit(
        reason.format(name=name),
        help=advice.format(name=name),
        data={"problem": flaw.problem},
    )


rule = Rule(
    __name__,
    code="MET028",
    summary="A line of a header block is no `Name: value`.",
    check=Explain.of(NotAHeader, explain),
    options=(HEADER_BLANK,),
    profile={"delimiters": {"block": "headers"}},
    bad={"a.txt": b"Title: Sea\nAuthor Ann\n\nText.\n"},
    ok={"a.txt": b"Title: Sea\nAuthor: Ann\n\nText.\n"},
)
