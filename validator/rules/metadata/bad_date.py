"""Dates that are written in two ways do not sort, and one of them is read as another day.

`x-date` holds them to one format in which each day has one spelling; `x-not-after` and
`x-not-before` know the day of the run: `now+14d`.
"""

from __future__ import annotations

from ..rule import Rule
from . import SCHEMA_OPTIONS, holds, under

rule = Rule(
    __name__,
    code="MET106",
    summary="A date is not written as agreed, does not exist, or is out of its bounds.",
    check=holds("bad-date"),
    options=SCHEMA_OPTIONS,
    profile=under(schema={"properties": {"created": {"x-date": "%d-%b-%Y"}}}),
    bad={"a.md": b"---\ncreated: 3-Jul-2001\n---\nText.\n"},
    ok={"a.md": b"---\ncreated: 03-Jul-2001\n---\nText.\n"},
)
