"""Where a metadata block holds what readers of its format dispute (`readers/questions`).

Each question has a screen, one or two searches in the block, and a function that finds the places
exactly; it has the tree of the block.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from ..document import Document, Node, Span
from ..memo import memo
from ..readers.reader_set import readers_for
from ..settings.options import Settings
from ..text.lazy_re import later
from . import fields

_GLUED: Final = later(rb"(?m)^---[^\s][^\r\n]*|^---$")
_START: Final = later(rb"(?m)^---[ \t]+[^\s][^\r\n]*")
_LINE: Final = later(rb"(?m)^[^#\s]")
_BLANK: Final = later(rb"(?m)^---[ \t]+$")
_DOTS: Final = later(rb"(?m)^\.\.\.[^\r\n]*")
_KEPT: Final = later(rb"[|>][0-9]?\+")
_AT_MARGIN: Final = later(rb"[\r\n]+[^ \t\r\n#]")


class Search(Struct, frozen=True):
    """How places are found: `may` is asked of every block, `find` of those in which they may be."""

    may: Callable[[bytes], bool]
    find: Callable[[Document, Node | None], Iterator[Span]]


@memo
def asked(settings: Settings) -> tuple[tuple[str, Search], ...]:
    """The questions that the readers of this profile answer differently, with their searches."""
    readers = readers_for(settings, "front-matter")
    return tuple((name, SEARCHES[name]) for name in readers.disputed(SEARCHES))


def block_of(document: Document) -> bytes:
    """The metadata block of a document with YAML front matter; empty for others."""
    start, end = document.block
    return document.data[start:end] if document.syntax == "yaml" and start >= 0 else b""


def _lines(pattern: re.Pattern[bytes]) -> Callable[[Document, Node | None], Iterator[Span]]:
    def find(document: Document, tree: Node | None) -> Iterator[Span]:
        return (match.span() for match in pattern.finditer(document.data, *document.block))

    return find


def nodes(tree: Node | None) -> Iterator[Node]:
    """A tree with all that is in it; nothing where there is none."""
    if tree is None:
        return
    yield tree
    children = tree.children
    for child in children.values() if isinstance(children, Mapping) else children or ():
        yield from nodes(child)


def _kept(document: Document, tree: Node | None) -> Iterator[Span]:
    for node in nodes(tree):
        is_last = not node.children and not document.data[node.end : document.block[1]].strip()
        if is_last and _KEPT.match(document.data, node.start):
            yield node.start, node.start + 2


def _slashes(document: Document, tree: Node | None) -> Iterator[Span]:
    for node in nodes(tree):
        for start, end in (node.span, node.key):
            raw = document.data[start:end]
            if raw.startswith(b'"'):
                found = re.finditer(rb"(?s)\\.", raw)
                yield from (
                    (start + one.start(), start + one.end()) for one in found if one[0] == b"\\/"
                )


def _margins(document: Document, tree: Node | None) -> Iterator[Span]:
    for node in nodes(tree):
        if document.data[node.start : node.start + 1] in (b"[", b"{") and node.key[1] > 0:
            match = _AT_MARGIN.search(document.data, *node.span)
            if match:
                yield match.end() - 1, match.end()


def _cases(document: Document, tree: Node | None) -> Iterator[Span]:
    for node in nodes(tree):
        if isinstance(node.children, Mapping):
            known: set[str] = set()
            for name, child in node.children.items():
                if name.lower() in known:
                    yield child.key
                known.add(name.lower())


def _capitals(document: Document, tree: Node | None) -> Iterator[Span]:
    for node in nodes(tree):
        if isinstance(node.children, Mapping):
            yield from (child.key for name, child in node.children.items() if name != name.lower())


def _empty(document: Document, tree: Node | None) -> Iterator[Span]:
    if tree is None or not tree.value:
        yield document.block


def _unended(document: Document, tree: Node | None) -> Iterator[Span]:
    end = document.block[1]
    if document.body[0] == len(document.data) and document.data[-1:] not in (b"\n", b"\r"):
        yield end, len(document.data)


SEARCHES: Final[Mapping[str, Search]] = {
    "glued-fence": Search(
        lambda block: b"\n---" in block or block.startswith(b"---"), _lines(_GLUED)
    ),
    "second-start": Search(lambda block: b"--- " in block or b"---\t" in block, _lines(_START)),
    "blank-behind-fence": Search(
        lambda block: b"--- " in block or b"---\t" in block, _lines(_BLANK)
    ),
    "capital-key": Search(lambda block: block != block.lower(), _capitals),
    "empty-block": Search(lambda block: not _LINE.search(block), _empty),
    "unended-fence": Search(lambda block: True, _unended),
    "dots-line": Search(lambda block: b"..." in block, _lines(_DOTS)),
    "kept-block-last": Search(lambda block: b"+" in block, _kept),
    "slash-escape": Search(lambda block: rb"\/" in block, _slashes),
    "flow-at-margin": Search(lambda block: b"[" in block or b"{" in block, _margins),
    "keys-by-case": Search(bool, _cases),
}
"""The searches by question."""


def may_be_disputed(document: Document, settings: Settings) -> bool:
    """Whether something in a document may be disputed by the readers of its profile."""
    block = block_of(document)
    if document.block[0] < 0 or document.syntax != "yaml":
        return False
    return any(search.may(block) for _, search in asked(settings))


def disputed(document: Document, settings: Settings) -> Iterator[tuple[str, Span]]:
    """What is, with its bytes, by question."""
    if document.block[0] < 0 or document.syntax != "yaml":
        return
    block = block_of(document)
    tree = fields.examined(document, settings).tree
    for name, search in asked(settings):
        if search.may(block):
            yield from ((name, span) for span in search.find(document, tree))
