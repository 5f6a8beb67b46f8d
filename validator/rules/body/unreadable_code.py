"""Data in a block of code that no reader can read, or that two readers read in two ways.

`[[body.code]]` names the `language` of blocks, the first word behind the fence (in reStructuredText
that of the directive `code-block`), and the `syntax` that they are written in, such as `json`. What
is wrong is said as it is of metadata: a comma too many, a key that stands twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...body.code_options import CODE
from ...document import Document
from ...model import FindingKind, Hit
from ...settings.options import Settings
from ..rule import Each, Rule
from . import asks_of_code, code_is_clean, no_code_in

if TYPE_CHECKING:
    from ...body.code_blocks import Told


def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
    return iter(())


def flaws(document: Document, settings: Settings) -> Iterator[Told]:
    from ...body.code_blocks import unreadable

    return unreadable(document, settings)


rule = Rule(
    __name__,
    code="BOD040",
    summary="A block of code is not written in the syntax that it should be.",
    own_kind=FindingKind.READER,
    check=Each(asks_of_code, code_is_clean, diagnose, clean_many=no_code_in, flaws=flaws),
    options=(CODE,),
    profile={"body": {"code": [{"language": "geojson", "syntax": "json"}]}},
    bad={"a.md": b'```geojson\n{"type": "Point",}\n```\n'},
    ok={"a.md": b'```geojson\n{"type": "Point"}\n```\n'},
)
