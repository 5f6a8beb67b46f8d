"""A fence of code that nothing closes makes code of the rest of the page, or up to the next block.

A closing fence was lost, or has text behind it, or fewer signs than the opening one. What follows
is shown as it is written: no headings, no links. In Markdown, after front matter or without.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...body.anchors import syntax_of
from ...body.headings import MARKDOWN
from ...body.open_fences import may_be_open
from ...delimiters.options import BLOCK
from ...document import Document
from ...model import Applicability, Aside, Edit, FindingKind, Fix, Hit
from ...settings.options import Settings, choice
from ..rule import Each, Rule, unsafely

if TYPE_CHECKING:
    from ...body.open_fences import OpenFence

OPEN = choice(
    "body.unclosed-code",
    "fences of code in Markdown that are not closed, where documents may have front matter",
    "forbid allow",
)


def wanted(settings: Settings) -> bool:
    return settings[BLOCK] == "front-matter" and settings[OPEN] == "forbid"


def clean_many(documents: Sequence[Document], settings: Settings) -> bool:
    return not any(b"```" in one.text or b"~~~" in one.text for one in documents)


def clean(document: Document, settings: Settings) -> bool:
    if syntax_of(document.place.path) not in (MARKDOWN, "") or not may_be_open(document.text):
        return True
    return next(diagnose(document, settings), None) is None


def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
    from ...body.open_fences import open_fences

    for fence in open_fences(document):
        close = f'write "{fence.mark}" alone on the line after its last one'
        message = "the block of code that begins here is never closed: the rest of the page is code"
        advice = "if this line should close a block, look for the fence above that nothing closes"
        related: tuple[Aside, ...] = ()
        if fence.again >= 0:
            row = document.window.location(fence.again).row
            message = f"the block of code that begins here is not closed before line {row} begins "
            message += "another one"
            longer = fence.mark + fence.mark[0]
            advice = f'a block that shows fences itself opens with "{longer}"'
            related = (Aside(fence.again, "the next block begins here, as text of this one"),)
        fix = None if related else _closed(document, fence)
        said = f"{close}; {advice}"
        yield Hit(fence.start, fence.end, message, help=said, related=related, fix=fix)


def _closed(document: Document, fence: OpenFence) -> Fix:
    """The fix that writes the closing fence behind the last line of the document."""
    end = document.body[0] + len(document.text.rstrip())
    edit = Edit(end, end, b"\n" + fence.mark.encode())
    words = "close it behind the last line"
    return Fix(words, (edit,), Applicability.UNSAFE, how=(fence.mark,), ends_lines=True)


rule = Rule(
    __name__,
    code="BOD043",
    summary="A fence of code in Markdown is not closed.",
    own_kind=FindingKind.READER,
    check=Each(wanted, clean, diagnose, clean_many=clean_many),
    options=(OPEN, BLOCK),
    repairs=(
        unsafely("The fence is written behind the last line of the document.", "markers-written"),
    ),
    profile={"delimiters": {"block": "front-matter", "block-presence": "allow"}},
    bad={"a.md": b"# Run it\n\n```sh\nmake\n\n## More\n\nText.\n"},
    ok={"a.md": b"# Run it\n\n```sh\nmake\n```\n\n## More\n\nText.\n"},
)
