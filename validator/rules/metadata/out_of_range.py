"""A title that is too long is cut somewhere else, where nobody looks.

Lengths count code points, not bytes.
"""

from __future__ import annotations

from ...model import FindingKind
from ..rule import Example, Rule
from . import SCHEMA_OPTIONS, holds, under

PROFILE = under(schema={"properties": {"title": {"maxLength": 10}}})

rule = Rule(
    __name__,
    code="MET105",
    summary="A length, a number or a count is outside its bounds.",
    own_kind=FindingKind.PROFILE,
    check=holds("out-of-range"),
    options=SCHEMA_OPTIONS,
    bad=Example({"a.md": b"---\ntitle: A title that is long\n---\nText.\n"}, PROFILE),
    ok=Example({"a.md": b"---\ntitle: A title\n---\nText.\n"}, PROFILE),
)
