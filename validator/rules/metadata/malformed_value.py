"""Who reads a value takes it apart by its form; one that is written otherwise comes out wrong.

A schema should say with `x-message` or `x-form` how the value is written: a pattern is never shown.
`x-split` looks into lists that are written as text, `x-steps` finds the one thing that is wrong.
"""

from __future__ import annotations

from ..rule import Rule
from . import SCHEMA_OPTIONS, holds, under

rule = Rule(
    __name__,
    code="MET104",
    summary="A value is not written as the schema says.",
    check=holds("malformed-value"),
    options=SCHEMA_OPTIONS,
    profile=under(
        schema={
            "properties": {
                "author": {
                    "pattern": "^[^<>]+ <[^<>@ ]+@[^<>@ ]+>$",
                    "x-form": "Name <name@example.org>",
                }
            }
        }
    ),
    bad={"a.md": b"---\nauthor: Ann <ann@example.org\n---\nText.\n"},
    ok={"a.md": b"---\nauthor: Ann <ann@example.org>\n---\nText.\n"},
)
