"""A field that is on its way out is still read by some, and by others no longer.

The schema says so with `deprecated`, `x-deprecated` or `x-alias`.
"""

from __future__ import annotations

from ...model import Severity
from ..rule import Rule, safely
from . import SCHEMA_OPTIONS, holds, under

rule = Rule(
    __name__,
    code="MET111",
    summary="A field is deprecated, or goes by another name now.",
    check=holds("deprecated-field"),
    repairs=(
        safely(
            "A field that goes by another name of it, as `x-alias` says, gets its own.",
            "fields-renamed",
        ),
    ),
    options=SCHEMA_OPTIONS,
    severity=Severity.WARNING,
    profile=under(schema={"properties": {"author": {"x-alias": ["authors"]}}}),
    bad={"a.md": b"---\nauthors: Ann\n---\nText.\n"},
    ok={"a.md": b"---\nauthor: Ann\n---\nText.\n"},
)
