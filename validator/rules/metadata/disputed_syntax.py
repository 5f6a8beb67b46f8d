"""A line `---a: 1` in front matter is a key to python-frontmatter and ends it for gray-matter.

Readers of one format differ about some of its corners: which line closes a block, what a text `|+`
keeps, whether a TAB is a blank. What is asked here is whether the `readers` of the profile differ:
`seed-validator readers NAME` tells what each of them answers, and the real programs are asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...document import Document
from ...metadata.disputes import asked, disputed, may_be_disputed
from ...model import Hit
from ...readers.options import READERS
from ...readers.reader_set import dispute_at, readers_for
from ...settings.options import Settings
from ..rule import Each, Rule
from . import FRONT_MATTER


def wanted(settings: Settings) -> bool:
    has_block = settings.values.get("delimiters.block") == "front-matter"
    return has_block and bool(asked(settings))


def clean(document: Document, settings: Settings) -> bool:
    return not may_be_disputed(document, settings)


def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
    readers = readers_for(settings, "front-matter")
    for name, span in disputed(document, settings):
        evidence = readers.dispute(name)
        if evidence:
            yield dispute_at(*span, name, evidence)


rule = Rule(
    __name__,
    code="MET050",
    summary="The readers of the profile differ about something in the metadata.",
    check=Each(wanted, clean, diagnose),
    options=(READERS,),
    profile=FRONT_MATTER,
    bad={"a.md": b"---\n---a: 1\n---\nText.\n"},
    ok={"a.md": b"---\na: 1\n---\nText.\n"},
)
