"""The schema rules out what is there: a field beside another one, a combination of values.

What a schema of JSON says beyond fields, types, values, forms and bounds is reported here.
"""

from __future__ import annotations

from ..rule import Rule
from . import SCHEMA_OPTIONS, holds, under

rule = Rule(
    __name__,
    code="MET112",
    summary="The metadata does not fit its schema in another way.",
    check=holds("schema-violation"),
    options=SCHEMA_OPTIONS,
    profile=under(
        schema={
            "not": {"required": ["draft", "published"]},
            "x-message": {"not": "a draft is not published"},
        }
    ),
    bad={"a.md": b"---\ndraft: true\npublished: 2001\n---\nText.\n"},
    ok={"a.md": b"---\npublished: 2001\n---\nText.\n"},
)
