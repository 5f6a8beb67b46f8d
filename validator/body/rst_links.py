"""Links of reStructuredText, by their marks: references, roles, explicit targets, images.

There is no parser that gives byte positions, and none is needed: a link stands on one line or
between two backticks. A target that ends in an underscore is the name of another target.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..document import NOWHERE
from ..text.lazy_re import later
from .headings import LONE_CR
from .link import Link, Links

_MARKS: Final = later(
    rb"""(?mx)
    (?P<role>:[A-Za-z][\w:+.-]{0,60}:)?
    `(?P<text>[^`<>\xff]*)(?:<(?P<to>[^<>`\xff]+)>)?`(?P<reference>__?)?
    | (?<![\w`])(?P<name>[A-Za-z0-9]+(?:[-._+:][A-Za-z0-9]+){0,20})__?(?![\w`])
    | (?P<address>\bhttps?://[^\s<>`\xff]+)
    """
)
_LINES: Final = later(
    rb"""(?mx)
    ^[ \t]*(?:
        \.\.[ ](?:__|_(?:`[^`\r\n]+`|(?:\\.|[^:`\r\n\\])+)):[ \t]+
      | __[ ]
      | \.\.[ ](?:\|[^|\r\n]+\|[ ]+)?(?:image|figure)::[ \t]+
      | :target:[ \t]+
    )(?P<to><?[^\r\n\xff]+)
    """
)
_NO_LINKS: Final = (b"code", b"math", b"raw", b"literal", b"sub", b"sup", b"emphasis", b"strong")


def links_of(text: bytes) -> Links:
    """The links of a text whose code and comments are blotted out."""
    if b"\r" in text:
        text = LONE_CR.sub(b"\n", text)  # offsets stay
    defined = list(_defined(text))
    lines = {one.start for one in defined}
    marked = (one for one in _marked(text) if one.start not in lines)
    return Links(sorted([*defined, *marked], key=lambda one: (one.start, -one.end)))


def _defined(text: bytes) -> Iterator[Link]:
    """Targets that stand on a line of their own."""
    for match in _LINES.finditer(text):
        yield _link(match, match.start("to"), match.end(), NOWHERE)


def _marked(text: bytes) -> Iterator[Link]:
    for match in _MARKS.finditer(text):
        if match.lastgroup in ("name", "address"):
            yield Link(*match.span(), match.span(match.lastgroup))
        elif match["role"] is not None:
            if match["role"].strip(b":") not in _NO_LINKS:
                yield Link(*match.span(), match.span("text"))
        elif match["reference"]:
            if match["to"] is None:
                yield Link(*match.span(), match.span("text"))
            else:
                yield _link(match, *match.span("to"), match.span("text"))


def _link(match: re.Match[bytes], start: int, end: int, shown: tuple[int, int]) -> Link:
    """A link with its target; without one if the target is only the name of another target."""
    raw = match.string[start:end]
    bare = raw.strip().removeprefix(b"<").removesuffix(b">")
    target = b"".join(bare.split()) if b"\\" not in bare else bare.replace(b"\\ ", b" ")
    if not bare or (target.endswith(b"_") and not target.endswith(b"\\_")):
        return Link(*match.span(), shown)
    at = start + raw.find(bare)
    return Link(*match.span(), shown, (at, at + len(bare)), target.replace(b"\\_", b"_"))
