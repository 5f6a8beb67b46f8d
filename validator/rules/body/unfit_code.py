"""Data in a block of code that lack what the programs which take them out of the text expect.

`[[body.code]]` with a `schema`, a JSON Schema as that of the metadata or the path of a file with
one: each block of the `language` must fit. A block may be a table, a list, or what the schema says.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...body.code_options import CODE
from ...document import Document
from ...model import Hit
from ...settings.options import Settings
from ..rule import Each, Rule
from . import asks_of_code, code_is_clean, no_code_in


def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
    from ...body.code_blocks import unfit

    return unfit(document, settings)


_POINT = {"required": ["type", "coordinates"], "properties": {"type": {"enum": ["Point"]}}}

rule = Rule(
    __name__,
    code="BOD041",
    summary="A block of code does not fit its schema.",
    check=Each(asks_of_code, code_is_clean, diagnose, clean_many=no_code_in),
    options=(CODE,),
    profile={"body": {"code": [{"language": "geojson", "syntax": "json", "schema": _POINT}]}},
    bad={"a.md": b'1. Here:\n\n   ```geojson\n   {"type": "Pint"}\n   ```\n'},
    ok={"a.md": b'```geojson\n{"type": "Point", "coordinates": [1, 2]}\n```\n'},
)
