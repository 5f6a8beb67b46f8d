"""A header block without a blank line behind it is a document to Python, and an error to Go.

Readers of `Name: value` lines differ about blanks at the end of a value, about line ends, and about
what a `Content-Type` makes of the text. What is asked here is whether the `readers` of the profile
differ: `seed-validator readers NAME` tells what each of them answers, and the real programs are
asked.
"""

from __future__ import annotations

from ...readers.options import READERS
from ..by_readers import by_readers
from ..rule import Rule

rule = Rule(
    __name__,
    code="MET052",
    summary="The readers of the profile make different things of the header lines.",
    check=by_readers("header"),
    options=(READERS,),
    profile={
        "": {"readers": ["email", "go-mail"]},
        "delimiters": {"block": "headers"},
    },
    bad={"a.txt": b"Title: Sea \n\nText.\n"},
    ok={"a.txt": b"Title: Sea\n\nText.\n"},
)
