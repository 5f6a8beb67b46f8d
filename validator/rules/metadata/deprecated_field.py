"""A field that is on its way out is still read by some, and by others no longer.

The schema says so with `deprecated`, `x-deprecated` or `x-alias`.
"""

from __future__ import annotations

from ...model import FindingKind, Severity
from ..rule import Example, Rule, safely
from . import SCHEMA_OPTIONS, holds, under

PROFILE = under(schema={"properties": {"author": {"x-alias": ["authors"]}}})

rule = Rule(
    __name__,
    code="MET111",
    summary="A field is deprecated, or goes by another name now.",
    own_kind=FindingKind.PROFILE,
    check=holds("deprecated-field"),
    repairs=(
        safely(
            "A field that goes by another name of it, as `x-alias` says, gets its own.",
            "fields-renamed",
        ),
    ),
    options=SCHEMA_OPTIONS,
    severity=Severity.WARNING,
    bad=Example({"a.md": b"---\nauthors: Ann\n---\nText.\n"}, PROFILE),
    ok=Example({"a.md": b"---\nauthor: Ann\n---\nText.\n"}, PROFILE),
)
