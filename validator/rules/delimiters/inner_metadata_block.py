"""A line `---` directly over text begins metadata for pandoc, wherever it stands in Markdown.

Meant as a rule between two parts it makes a part of the page vanish, up to the next `---`, or stops
the conversion with an error of YAML. With a blank line behind it, it is a rule to all readers.
With `by-readers` this is told where `pandoc` is one of the profile's readers; elsewhere only a
second block directly behind the front matter is, which other readers take for text. With `forbid`
it is told whoever reads, but for a table under a rule where pandoc is none of the readers. Pages
with components of MDX, shortcodes or tags of Liquid are for another engine, and left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from ...body.anchors import syntax_of
from ...body.headings import MARKDOWN
from ...body.inner_blocks import InnerBlock, inner_blocks, may_hold_block
from ...delimiters.options import BLOCK
from ...document import Document
from ...model import Hit
from ...readers.options import READERS
from ...settings.options import Settings, choice
from ...text.lines import NEWLINE
from ..rule import Each, Rule

INNER = choice(
    "delimiters.inner-block",
    "lines `---` directly over text in Markdown with front matter, which pandoc takes for "
    "metadata: `by-readers` for only where pandoc is one of the `readers`, `forbid`, `allow`",
    "by-readers forbid allow",
)

_EFFECT = {
    "error": "it is no YAML, and the conversion stops",
    "mapping": "they vanish from the page",
    "nothing": "they vanish from the page",
}


def wanted(settings: Settings) -> bool:
    return settings[BLOCK] == "front-matter" and settings[INNER] != "allow"


def clean_many(documents: Sequence[Document], settings: Settings) -> bool:
    return not any(b"\n---" in one.text or one.text.startswith(b"---") for one in documents)


def clean(document: Document, settings: Settings) -> bool:
    if syntax_of(document.place.path) not in (MARKDOWN, "") or not may_hold_block(document.text):
        return True
    return next(diagnose(document, settings), None) is None


def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
    found = [*inner_blocks(document)]
    if "pandoc" not in settings[READERS]:
        found = [one for one in found if not _is_table(one, document)]
        second = [_second(one) for one in found[:1] if _is_second(one, document)]
        if second or settings[INNER] != "forbid":
            yield from second
            return
    for block in found[:1]:
        more = len(found) - 1
        also = f"; so it does with {more} more {'part' if more == 1 else 'parts'}" if more else ""
        yield Hit(
            block.start,
            block.end,
            f"pandoc reads the lines from this `---` to line {block.last} as metadata: "
            f"{_EFFECT[block.kind]}{also}",
            help="put a blank line behind it if it is a rule, or write the rule as `***`",
            data={"last": block.last, "kind": block.kind, "count": len(found)},
        )


def _is_table(block: InnerBlock, document: Document) -> bool:
    """Whether a table begins under the line: other readers do not take it for metadata."""
    data = document.window.data
    ends = [*islice(NEWLINE.finditer(data, block.start), 3)]
    if len(ends) < 3:
        return False
    head, rule = (data[one.end() : other.start()] for one, other in pairwise(ends))
    return b"|" in head and b"|" in rule and b"-" in rule and not rule.strip(b" \t|:-")


def _is_second(block: InnerBlock, document: Document) -> bool:
    """Whether fields stand between two fences directly behind the front matter."""
    return document.head is not None and block.start == document.body[0] and block.kind == "mapping"


def _second(block: InnerBlock) -> Hit:
    return Hit(
        block.start,
        block.end,
        f"a second block of metadata, to line {block.last}, stands behind the front matter: "
        "readers take it for text",
        help="move its fields into the block above",
        data={"last": block.last, "kind": block.kind, "count": 1},
    )


rule = Rule(
    __name__,
    code="DEL035",
    summary="A line `---` directly over text, which pandoc takes for metadata.",
    check=Each(wanted, clean, diagnose, clean_many=clean_many),
    options=(INNER, BLOCK, READERS),
    profile={
        "": {"readers": ["pandoc"]},
        "delimiters": {"block": "front-matter", "block-presence": "allow"},
    },
    bad={"a.md": b"# Sea\n\n---\nNote: deep.\n\nIt is.\n\n---\n"},
    ok={"a.md": b"# Sea\n\n---\n\nNote: deep.\n\nIt is.\n\n---\n"},
)
