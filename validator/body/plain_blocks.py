"""The blocks of Markdown that links, headings and code are told by; plain ones need no parser.

Most of a page is headings at the margin, fences at the margin, and paragraphs and lists whose lines
begin as nothing else does. These are read here; what is not as plain goes to the CommonMark parser,
from the line where it begins to the next line at the margin behind a blank one: there every quote
and list has ended, and only a block of code or HTML at the margin may go on, which is looked for.
What comes out is what the parser gives of the whole text: a law, held by tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from msgspec import Struct

from ..text.lazy_re import later


class Block(Struct, frozen=True):
    """A block by the parser's name for it, the lines that it stands on, and its text if `inline`.

    Lines count from 0, the last one is not of it. `content` has no blanks around.
    """

    type: str
    map: tuple[int, int]
    content: str = ""


Parse = Callable[[str, dict[str, Any]], Sequence[Any]]
"""The parser: the tokens of a text; definitions of references go into the mapping."""

_KEPT: Final = frozenset(("heading_open", "inline", "fence", "code_block", "html_block"))
_OPEN_ENDED: Final = frozenset(("fence", "html_block"))

_HEADING: Final = later(r"#{1,6}[ ]+([^#]*)")
_FENCE: Final = later(r"(`{3,})[^`]*|(~{3,}).*")
_CLOSING: Final = later(r" {0,3}(`{3,}|~{3,})[ \t]*")
_PLAIN_LINE: Final = later(
    r"""(?x)([ ]*)(?:([-+*]|[0-9]{1,9}[.)])([ ]{1,4}))?
    (?=[^\s\#>`~<+\-*_=0-9]|[*_]+[^\s*_]|`{1,2}(?!`)|~{1,2}(?!~)|[-+][^\s\-+]
    |[0-9]+(?:[^\s0-9.)]|[.)][^\s]|[ ]|$))"""
)
"""A line of a paragraph, behind blanks and perhaps the sign of a list: it begins no other block,
and underlines none."""

_DEEPEST: Final = 8
"""Lists in each other that are read here; the parser gives up at ten."""

_INDENTED: Final = 4
"""Blanks that make a line one of code."""


def blocks_of(text: str, parse: Parse) -> tuple[list[Block], dict[str, Any]]:
    """The blocks of a text whose lines end in LF and that has no NUL, and what it defines."""
    reader = _Reader(text.split("\n"), parse)
    reader.read()
    return reader.found, reader.references


class _UnclearError(Exception):
    """What stands here is for the parser."""


class _Reader:
    def __init__(self, lines: list[str], parse: Parse) -> None:
        self._lines, self._parse = lines, parse
        self.found: list[Block] = []
        self.references: dict[str, Any] = {}

    def read(self) -> None:
        """Go from block to block, each of which begins where none goes on."""
        at = 0
        while (at := _next_full(self._lines, at)) < len(self._lines):
            at = self._heading(at) or self._fence(at) or self._plain(at) or self._parsed(at)

    def _heading(self, at: int) -> int:
        match = _HEADING.fullmatch(self._lines[at])
        if match is None:
            return 0
        place = at, at + 1
        self.found += (Block("heading_open", place), Block("inline", place, match[1].strip()))
        return at + 1

    def _fence(self, at: int) -> int:
        """The line behind a fence at the margin that is closed."""
        match = _FENCE.fullmatch(self._lines[at])
        if match is None:
            return 0
        mark = match[1] or match[2]
        for number in range(at + 1, len(self._lines)):
            line = self._lines[number]
            closing = _CLOSING.fullmatch(line) if mark in line else None
            if closing and closing[1].startswith(mark):
                self.found.append(Block("fence", (at, number + 1)))
                return number + 1
        return 0

    def _plain(self, at: int) -> int:
        """The line behind plain paragraphs and lists that begin at the margin."""
        if _PLAIN_LINE.match(self._lines[at]) is None or self._lines[at][0] == " ":
            return 0
        plain = _Paragraphs(self._lines)
        try:
            end = plain.read(at)
        except _UnclearError:
            return 0
        self.found += plain.found
        return end

    def _parsed(self, at: int) -> int:
        """The line where the parser may stop that begins here."""
        for end in self._ends(at):
            known = {key: len(every) for key, every in self.references.items()}
            last = len(self._lines)
            part = "\n".join(self._lines[at:end]) + ("\n" if end < last else "")
            tokens = self._parse(part, self.references)
            if end == last or not _goes_on(tokens, end - at):
                break
            _forget(self.references, known)
        _shift(self.references, known, at)
        for token in tokens:
            if token.type in _KEPT and token.map:
                first, stop = token.map
                self.found.append(Block(token.type, (first + at, stop + at), token.content))
        return end

    def _ends(self, at: int) -> Iterator[int]:
        """Where to try to stop: each time what is read has at least twice as many lines."""
        lines, least = self._lines, at + 1
        for end in range(at + 1, len(lines)):
            if end < least or not lines[end] or lines[end][0] in " \t":
                continue
            if not lines[end - 1].strip(" \t"):
                yield end
                least = at + 2 * (end - at)
        yield len(lines)


def _next_full(lines: Sequence[str], at: int) -> int:
    """The first line from here on that is not blank."""
    while at < len(lines) and not lines[at].strip(" \t"):
        at += 1
    return at


def _goes_on(tokens: Sequence[Any], count: int) -> bool:
    """Whether code or HTML at the margin goes on behind so many lines, the last of them blank."""
    return any(
        token.type in _OPEN_ENDED and token.level == 0 and token.map[1] >= count for token in tokens
    )


def _forget(references: dict[str, Any], known: dict[str, int]) -> None:
    """Leave of the definitions those that were known, which are the first ones."""
    for key, every in references.items():
        while len(every) > known.get(key, 0):
            every.popitem() if isinstance(every, dict) else every.pop()


def _shift(references: dict[str, Any], known: dict[str, int], by: int) -> None:
    """Let the lines of definitions that were not known count from the first of the text."""
    for key, every in references.items():
        last_first = reversed(every.values() if isinstance(every, dict) else every)
        for one in islice(last_first, len(every) - known.get(key, 0)):
            one["map"] = [line + by for line in one["map"]]


class _Paragraphs:
    """Paragraphs and lists, from a line at the margin to where none of them goes on.

    `_lists` has, of each list that is open, how far what it stands in is indented, and its text.
    """

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self.found: list[Block] = []
        self._lists: list[tuple[int, int]] = []
        self._part: list[str] = []
        self._start = self._indent = 0

    def read(self, at: int) -> int:
        """The line behind them. Raises _UnclearError where something else may be meant."""
        lines = self._lines
        while at < len(lines):
            line = lines[at]
            match = _PLAIN_LINE.match(line)
            if match is None:
                self._end(at)
                after = _next_full(lines, at)
                if after == len(lines) or (after > at and lines[after][0] not in " \t"):
                    return after
                if after == at:
                    if _HEADING.fullmatch(line) or _FENCE.fullmatch(line):
                        return at
                    raise _UnclearError
                at = after
                continue
            if match[2]:
                self._item(at, match)
            elif self._part:
                self._part.append(line[min(len(match[1]), self._indent) :])
            else:
                self._begin(at, line, self._within(len(match[1])))
            at += 1
        self._end(at)
        return at

    def _item(self, at: int, match: Any) -> None:
        """The first line of an item of a list."""
        indent, sign = len(match[1]), match[2]
        if self._lists and indent < self._lists[-1][1]:
            if indent - self._lists[-1][0] >= _INDENTED:
                raise _UnclearError
        elif self._part and len(sign) > 1 and int(sign[:-1]) != 1:
            raise _UnclearError  # a number in the text
        around = self._within(indent)
        if len(self._lists) == _DEEPEST:
            raise _UnclearError
        self._end(at)
        self._lists.append((around, match.end()))
        self._begin(at, match.string, match.end())

    def _within(self, indent: int) -> int:
        """End the lists that a line indented so is not in; how far what it is in is indented."""
        while self._lists and indent < self._lists[-1][1]:
            self._lists.pop()
        around = self._lists[-1][1] if self._lists else 0
        if indent - around >= _INDENTED:
            raise _UnclearError
        return around

    def _begin(self, at: int, line: str, indent: int) -> None:
        self._part, self._start, self._indent = [line[indent:]], at, indent

    def _end(self, at: int) -> None:
        """End the paragraph, if there is one, before this line."""
        if self._part:
            content = "\n".join(self._part).strip()
            if content.startswith("[") and "]:" in content:
                raise _UnclearError  # it may define where a name leads
            self.found.append(Block("inline", (self._start, at), content))
            self._part = []
