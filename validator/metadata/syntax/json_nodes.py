"""The syntax `json`, the exact way: every key and value with its span, and all flaws.

Strict I-JSON (RFC 8259, RFC 7493). Without recursion, as a document may be a million brackets.
"""

from __future__ import annotations

import math
import sys
from functools import partial
from typing import Final

from ...document import NOWHERE, Node, Span
from ...encoding.utf8 import MARK
from ...settings.options import Settings
from ...text.lazy_re import later
from . import json_words as words
from .block_flaws import (
    DuplicateKey,
    EmptyBlock,
    ExtraData,
    NotFinite,
    NotMapping,
    TooDeep,
    UnsafeInteger,
    Vanishing,
)
from .block_text import SAFE_INTEGER, Examined, Stop, by_place, decoded, kind_of
from .json_cursor import WORD, Cursor, OpenValue
from .limits import MAX_DEPTH

_NUMBER: Final = later(rb"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_DIGIT: Final = later(rb"[1-9]")
_EXPONENT: Final = later(rb"[eE]")
_LITERALS: Final = {b"true": True, b"false": False, b"null": None}
_INFINITE: Final = {
    b"NaN": math.nan, b"Infinity": math.inf, b"-Infinity": -math.inf
}  # fmt: skip
LONGEST_INTEGER: Final = 400
"""Longest integer, in bytes, that is converted: longer ones are beyond a double, and slow."""


def parse(data: bytes, span: Span, settings: Settings) -> Examined:
    """The tree of a JSON object, None if there is none, and its flaws. Never raises."""
    parser = _Parser(data, *span, settings[MAX_DEPTH])
    try:
        tree = parser.document()
    except Stop as stop:
        return Examined(None, by_place((*parser.flaws, stop.flaw)))
    return Examined(tree, by_place(parser.flaws))


class _Parser(Cursor):
    """Goes over the block once; `name` and `key` are those of the value that comes next."""

    def __init__(self, data: bytes, start: int, end: int, limit: int) -> None:
        super().__init__(data, start, end)
        self.limit = limit
        self.name, self.key = "", NOWHERE

    def document(self) -> Node | None:
        """The one object of the block; None if it holds another value. Raises Stop."""
        if self.data.startswith(MARK, self.at, self.end):
            self.stop(self.at, self.at + 3, *words.MARK)
        if not self.peek():
            self.flaws.append(EmptyBlock(self.start, self.end, "json"))
            return None
        node = self.tree()
        if not isinstance(node.value, dict):
            found = kind_of(node.value)
            rest = self.at if self.peek() else -1
            self.flaws.append(NotMapping(*node.span, "json", found, words.FIELDS, node, rest))
            return None
        if self.peek():
            self.more()
        if not node.value:
            self.flaws.append(EmptyBlock(node.start, node.end, "json"))
        return node

    def tree(self) -> Node:
        """The node of the value that begins here, with its children."""
        while True:
            node = self.begun()
            while node is not None:
                if not self.open:
                    return node
                node = self.next_in(self.open[-1], node)

    def begun(self) -> Node | None:
        """The node of the value that begins here; None if it is a list or object that goes on."""
        first = self.peek()
        if first not in (b"{", b"["):
            return self.scalar(first)
        if len(self.open) == self.limit:
            raise Stop(TooDeep(self.at, self.at + 1, self.limit))
        self.open.append(OpenValue(self.at, first == b"{", self.name, self.key))
        self.name, self.key = "", NOWHERE
        self.at += 1
        if self.peek() == (b"}" if first == b"{" else b"]"):
            return self.closed()
        if first == b"{":
            self.read_key()
        return None

    def next_in(self, parent: OpenValue, node: Node) -> Node | None:
        """Put `node` into its parent; returns the parent's node if that ends here, else None."""
        if parent.is_mapping:
            parent.children[self.name] = node
        else:
            parent.items.append(node)
        closing = b"}" if parent.is_mapping else b"]"
        found = self.peek()
        if found == closing:
            return self.closed()
        if found != b",":
            self.stop_at(found, partial(words.no_comma, what=parent.what))
        comma = self.at
        self.at += 1
        if self.peek() == closing:
            self.stop(comma, comma + 1, *words.trailing_comma(parent.what))
        self.name, self.key = "", NOWHERE
        if parent.is_mapping:
            self.read_key()
        return None

    def closed(self) -> Node:
        """The node of the list or object that ends here; restores its own name and key."""
        self.at += 1
        done = self.open.pop()
        self.name, self.key = done.name, done.key
        return done.node(self.at, done.key)

    def read_key(self) -> None:
        """Read a key and its colon, into `name` and `key`."""
        found = self.peek()
        if found != b'"':
            self.unexpected_key(found)
        start = self.at
        name = self.string()
        self.name, self.key = name, (start, self.at)
        end = self.at
        first = self.open[-1].first(name)
        if first >= 0:
            spelled = decoded(self.data[start + 1 : end - 1])
            self.flaws.append(DuplicateKey(start, end, spelled, first))
        if self.peek() != b":":
            if not self.peek():
                self.cut()
            self.stop(start, end, *words.NO_COLON)
        self.at += 1

    def scalar(self, first: bytes) -> Node:
        """The node of a text, number, truth value or null that begins with the byte `first`."""
        start = self.at
        if first == b'"':
            text = self.string()
            return Node(text, start, self.at, self.key)
        match = WORD.match(self.data, start, self.end)
        if match is None:
            self.stop_at(first, words.no_value)
        word = match.group()
        self.at = match.end()
        if word in _LITERALS:
            return Node(_LITERALS[word], start, self.at, self.key)
        if word in _INFINITE:
            self.flaws.append(NotFinite(start, self.at, word.decode(), is_overflow=False))
            return Node(_INFINITE[word], start, self.at, self.key)
        return Node(self.number(word, start), start, self.at, self.key)

    def number(self, word: bytes, start: int) -> int | float:
        """The value of a number; adds a flaw if readers read it differently."""
        match = _NUMBER.fullmatch(word)
        if match is None:
            if self.at == self.end and words.may_be_cut(word):
                self.cut()
            self.stop(start, self.at, *words.bad_word(word))
        if match[1] is None and match[2] is None:
            value = int(word) if len(word) <= LONGEST_INTEGER else math.inf
            if abs(value) >= SAFE_INTEGER:
                self.flaws.append(UnsafeInteger(start, self.at, word.decode()))
            return value
        real = float(word)
        if abs(real) >= 1 << 64 and match[2] is None:  # all its digits are written
            self.flaws.append(UnsafeInteger(start, self.at, word.decode()))
        if math.isinf(real):
            self.flaws.append(NotFinite(start, self.at, word.decode(), is_overflow=True))
        elif abs(real) < sys.float_info.min and _DIGIT.search(_EXPONENT.split(word)[0]):
            self.flaws.append(Vanishing(start, self.at, word.decode(), not real))
        return real

    def more(self) -> None:
        """Add the flaw of the text that follows the value, or raise Stop."""
        rest = self.data[self.at : self.at + 1]
        if rest in (b"}", b"]"):
            self.stop(self.at, self.at + 1, *words.closes_nothing(rest))
        if words.comment(self.data[self.at : self.at + 2]):
            self.stop(self.at, self.at + 2, *words.COMMENT)
        is_record = rest == b"{"
        end = min(self.at + words.width(self.data, self.at), self.end)
        self.flaws.append(ExtraData(self.at, end, is_record))
