"""Two places that say the same thing are right only together.

`x-equals` holds a field against others and against the file's name, `x-hash` against the digest of
the body. Where they disagree, one of them was copied from somewhere else. `x-listed` holds what a
text names against the field that should list it.
"""

from __future__ import annotations

from ..rule import Rule
from . import SCHEMA_OPTIONS, holds, under

rule = Rule(
    __name__,
    code="MET107",
    summary="A value does not agree with another field, the file name or the content.",
    check=holds("value-mismatch"),
    options=SCHEMA_OPTIONS,
    profile=under(schema={"properties": {"slug": {"x-equals": "a-{title}"}}}),
    bad={"a.md": b"---\nslug: other-page\ntitle: page\n---\nText.\n"},
    ok={"a.md": b"---\nslug: a-page\ntitle: page\n---\nText.\n"},
)
