"""A title that is too long is cut somewhere else, where nobody looks.

Lengths count code points, not bytes.
"""

from __future__ import annotations

from ..rule import Rule
from . import SCHEMA_OPTIONS, holds, under

rule = Rule(
    __name__,
    code="MET105",
    summary="A length, a number or a count is outside its bounds.",
    check=holds("out-of-range"),
    options=SCHEMA_OPTIONS,
    profile=under(schema={"properties": {"title": {"maxLength": 10}}}),
    bad={"a.md": b"---\ntitle: A title that is long\n---\nText.\n"},
    ok={"a.md": b"---\ntitle: A title\n---\nText.\n"},
)
