"""Finds the places of a metadata block that its readers read differently (`readers/questions`).

Each disputed question has a quick test, one or two searches in the block, and a function that finds
the places exactly, in the tree of the block.
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
from ..text.lines import line_start
from . import fields

_GLUED: Final = later(rb"(?m)^---[^\s][^\r\n]*|^---$")
_START: Final = later(rb"(?m)^---[ \t]+[^\s][^\r\n]*")
_LINE: Final = later(rb"(?m)^[^#\s]")
_BLANK: Final = later(rb"(?m)^---[ \t]+$")
_DOTS: Final = later(rb"(?m)^\.\.\.[^\r\n]*")
_DOTS_ALONE: Final = later(rb"(?m)^\.\.\.(?=[ \t\r\n]|$)")
_KEPT: Final = later(rb"[|>][0-9]?\+")
_EMPTY_ITEM: Final = later(
    rb"(?m)(?:^|(?<=\r))(?P<before>[ ]*(?:-[ \t]+)*)-[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)"
    rb"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r))*(?P<next>[ ]*)-(?=[ \t\r\n]|$)"
)
_DASH_ENDS: Final = later(rb"-[ \t]*[#\r\n]")
_BLANK_END: Final = later(rb"(?<![ \t])[ \t]++(?=[\r\n])")
_LONE_DASH: Final = later(rb"-(?<=[\[{,:\s]-)\s*[,\]}:#]")
_BRACKETS: Final = later(rb"[\[{][^\r\n]*")
_COMMA_FIRST: Final = later(rb"(?:\A|[\r\n])[ \t]*,")
_QUOTES_OR_BRACKETS: Final = (b'"', b"'", b"[", b"{")
_AT_MARGIN: Final = later(rb"[\r\n]+[^ \t\r\n#]")


class Search(Struct, frozen=True):
    """How places are found: `may` is quick and asked for every block, `find` only where it is true.

    `find` takes the document and the tree of its block, and gives spans in the document.
    """

    may: Callable[[bytes], bool]
    find: Callable[[Document, Node | None], Iterator[Span]]


@memo
def asked(settings: Settings) -> tuple[tuple[str, Search], ...]:
    """The questions that the readers of this profile answer differently, with their searches."""
    readers = readers_for(settings, "front-matter")
    return tuple((name, SEARCHES[name]) for name in readers.disputed(SEARCHES))


def _may_be_asked(block: bytes) -> bool:
    """Whether a question mark and brackets are in a block."""
    return b"?" in block and (b"[" in block or b"{" in block)


def _may_go_on(block: bytes) -> bool:
    """Whether a value in brackets may go on in the next line."""
    if b"[" not in block and b"{" not in block:
        return False
    if not all(one.rstrip().endswith((b"]", b"}")) for one in _BRACKETS.findall(block)):
        return True
    return _COMMA_FIRST.search(block) is not None


def _may_end_in_blank(block: bytes) -> bool:
    """Whether a line ends in a blank."""
    return b" \n" in block or b"\t\n" in block or b" \r" in block or b"\t\r" in block


def _block_of(document: Document) -> bytes | None:
    """The metadata block of a document with YAML front matter; None for others."""
    return document.head if document.syntax == "yaml" and document.block[0] >= 0 else None


def _lines(pattern: re.Pattern[bytes]) -> Callable[[Document, Node | None], Iterator[Span]]:
    def find(document: Document, tree: Node | None) -> Iterator[Span]:
        return (match.span() for match in pattern.finditer(document.data, *document.block))

    return find


def nodes(tree: Node | None) -> Iterator[Node]:
    """The node `tree` and all nodes below it, in order; none if `tree` is None."""
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


def _flows(document: Document, tree: Node | None) -> Iterator[Node]:
    """The values in brackets that are not inside of other such values."""
    end = 0
    for node in nodes(tree):
        if node.start >= end and document.data[node.start : node.start + 1] in (b"[", b"{"):
            end = node.end
            yield node


def _in_flow(document: Document, flow: Node) -> Iterator[tuple[Span, bytes]]:
    """The spans and bytes of the unquoted keys and values in the brackets of `flow`."""
    for child in nodes(flow):
        for start, end in (child.key, child.span):
            raw = document.data[start:end]
            if raw and start > flow.start and raw[:1] not in _QUOTES_OR_BRACKETS:
                yield (start, end), raw


def _flow(is_it: Callable[[bytes], bool]) -> Callable[[Document, Node | None], Iterator[Span]]:
    def find(document: Document, tree: Node | None) -> Iterator[Span]:
        for flow in _flows(document, tree):
            yield from (span for span, raw in _in_flow(document, flow) if is_it(raw))

    return find


def _folded(document: Document, tree: Node | None) -> Iterator[Span]:
    for flow in _flows(document, tree):
        column = _column_of(document.data, flow.start)
        for span, raw in _in_flow(document, flow):
            if b"\n" in raw and _goes_on_at(document.data, span) <= column:
                yield span


def _goes_on_at(data: bytes, span: Span) -> int:
    """The least column, from 0, in which a line of a value begins, without its first line."""
    rest = data[slice(*span)].split(b"\n")[1:]
    return min(len(line) - len(line.lstrip(b" ")) for line in rest if line.strip())


def _column_of(data: bytes, at: int) -> int:
    """The column, from 0, of the key or dash before the value in brackets that begins at `at`."""
    before = data[line_start(data, at) : at]
    key = len(before) - len(before.lstrip(b" -\t"))
    return key if key < len(before) else max(before.rfind(b"-"), 0)


def _second(document: Document, tree: Node | None) -> Iterator[Span]:
    for match in [*_DOTS_ALONE.finditer(document.data, *document.block)][1:]:
        yield match.span()


def _outdented(document: Document, tree: Node | None) -> Iterator[Span]:
    """The spans of dashes of empty items that an item of an outer list follows."""
    start, end = document.block
    while match := _EMPTY_ITEM.search(document.data, start, end):
        if len(match["next"]) < len(match["before"]):
            yield match.end("before"), match.end("before") + 1
        start = match.start("next")


def _folds(document: Document, tree: Node | None) -> Iterator[Span]:
    for node in nodes(tree):
        if document.data[node.start : node.start + 1] in (b'"', b"'"):
            yield from (one.span() for one in _BLANK_END.finditer(document.data, *node.span))


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
    "dash-in-flow": Search(
        lambda block: _LONE_DASH.search(block) is not None, _flow(lambda raw: raw == b"-")
    ),
    "question-first": Search(_may_be_asked, _flow(lambda raw: raw.startswith(b"?"))),
    "question-within": Search(_may_be_asked, _flow(lambda raw: b"?" in raw[1:])),
    "folded-in-flow": Search(_may_go_on, _folded),
    "second-dots": Search(lambda block: block.count(b"...") > 1, _second),
    "dashes-alone": Search(lambda block: _DASH_ENDS.search(block) is not None, _outdented),
    "blank-before-fold": Search(_may_end_in_blank, _folds),
}
"""The searches by question."""


def may_be_disputed(document: Document, settings: Settings) -> bool:
    """Whether the readers of the profile may differ about a place of the document's block."""
    block = _block_of(document)
    return block is not None and any(search.may(block) for _, search in asked(settings))


def disputed(document: Document, settings: Settings) -> Iterator[tuple[str, Span]]:
    """The places that these readers read differently: the question, and the span in bytes."""
    block = _block_of(document)
    if block is None:
        return
    tree = fields.examined(document, settings).tree
    for name, search in asked(settings):
        if search.may(block):
            yield from ((name, span) for span in search.find(document, tree))
