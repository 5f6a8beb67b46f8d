"""What is a number to one document and text to the next breaks every table that holds both.

Without quotes `1.10` is a number and loses its nought; with them `3` is text and sorts after `20`.
"""

from __future__ import annotations

from ..rule import Rule, safely
from . import SCHEMA_OPTIONS, holds, under

rule = Rule(
    __name__,
    code="MET102",
    summary="A value is of another type than the schema says.",
    check=holds("wrong-type"),
    repairs=(safely("A number is put in quotes where the schema wants text.", "values-quoted"),),
    options=SCHEMA_OPTIONS,
    profile=under(schema={"properties": {"version": {"type": "string"}}}),
    bad={"a.md": b"---\nversion: 1.1\n---\nText.\n"},
    ok={"a.md": b'---\nversion: "1.1"\n---\nText.\n'},
)
