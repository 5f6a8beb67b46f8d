r"""`\ud83d` without its second half is half of a character. Strict readers refuse the whole record.

The others read a string that no encoding can write, and fail when they write it. Where
`text.surrogate-escapes` is forbidden, lone-surrogate-escape says so instead.
"""

from __future__ import annotations

from ...metadata.syntax.block_flaws import LoneSurrogate
from ...model import Hit
from ...settings.options import Settings
from ..rule import Explain, Rule
from . import RECORDS


def explain(flaw: LoneSurrogate, settings: Settings) -> Hit | None:
    if settings.values.get("text.surrogate-escapes") == "forbid":
        return None  # lone-surrogate-escape speaks of it
    first = flaw.escape[3] in "89abAB"
    have, lack = ("first", "second") if first else ("second", "first")
    return flaw.hit(
        f"`{flaw.escape}` is the {have} half of a surrogate pair, and the {lack} is not there",
        help="write the whole character, or U+FFFD where it is lost",
        data={"escape": flaw.escape},
    )


rule = Rule(
    __name__,
    code="MET025",
    summary="A JSON text holds half of a surrogate pair.",
    check=Explain(LoneSurrogate, explain),
    profile=RECORDS,
    bad={"a.jsonl": rb'{"text": "cut \ud83d"}' + b"\n"},
    ok={"a.jsonl": rb'{"text": "whole \ud83d\ude00"}' + b"\n"},
)
