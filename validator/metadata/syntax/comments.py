"""The syntax `comments`: comment lines of CoNLL-U, `# key = value` above a sentence.

`# newdoc` and `# newpar` may have no value (universaldependencies.org/format.html). All other
comments are prose, not metadata.
"""

from __future__ import annotations

from typing import Any, Final

from ...document import Node, Span
from ...model import Flaw
from ...settings.options import Settings
from ...text.lazy_re import later
from ...text.lines import NEWLINE, line_end, lines_of
from .block_flaws import DuplicateKey
from .block_text import Examined, decoded, node_of
from .syntax import Head, Syntax

_FIELD: Final = later(
    rb"#[ \t]*(?:((?:new(?:doc|par)[ \t]+)?[^\s=]+)[ \t]*=[ \t]*([^\r\n]*?)|(newdoc|newpar))[ \t]*"
)


def load(block: bytes, settings: Settings) -> dict[str, Any] | None:
    """The fields of a block of comments; None if it must be examined."""
    fields: dict[str, Any] = {}
    try:
        for line in NEWLINE.split(block):
            match = _FIELD.fullmatch(line) if line[:1] == b"#" else None
            if match is None:
                continue
            name = (match[1] or match[3]).decode("utf-8")
            if name in fields:
                return None
            fields[name] = None if match[3] else match[2].decode("utf-8")
    except UnicodeDecodeError:
        return None
    return fields


def examine(data: bytes, span: Span, settings: Settings) -> Examined:
    """The fields of a block of comments with their spans, and its flaws. Never raises."""
    start, end = span
    flaws: list[Flaw] = []
    children: dict[str, Node] = {}
    for first, last, _ in lines_of(data, start, end):
        match = _FIELD.fullmatch(data, first, last)
        if match is None:
            continue
        key = match.span(1) if match[1] else match.span(3)
        name = decoded(data[key[0] : key[1]])
        if name in children:
            flaws.append(DuplicateKey(*key, name, children[name].key[0]))
        elif match[3]:
            children[name] = Node(None, key[1], key[1], key)
        else:
            children[name] = Node(decoded(match[2]), *match.span(2), key)
    return Examined(node_of(children, start, end), tuple(flaws))


def _find(data: bytes, start: int, stop: int) -> tuple[int, int] | None:
    """Where the lines that begin with `#` end, and the body begins; None if there are none."""
    at = start
    while at < stop and data.startswith(b"#", at):
        _, at = line_end(data, at)
    return (at, at) if at > start else None


SYNTAX = Syntax(
    name="comments",
    called="the block of comments",
    load=load,
    examine=examine,
    example=b"# title = Sea\n",
    head=Head("# name = value", "lines `# name = value`", "comment lines", _find),
)
