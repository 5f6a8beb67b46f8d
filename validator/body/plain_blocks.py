"""The blocks of Markdown that are needed to find links, headings and code.

Most of a page is headings at the margin, fences at the margin, and plain paragraphs and lists: none
of their lines can begin another block. These are read here. The rest goes to the CommonMark parser,
in parts that end before a line at the margin behind a blank line: there every quote and list has
ended; only a block of code or HTML at the margin may go on, which is checked. The result is the
same as the parser's for the whole text: a law that tests hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from msgspec import Struct

from ..text.lazy_re import later


class Block(Struct, frozen=True):
    """A block: the parser's name for its type, its lines, and its text if the type is `inline`.

    `map` is the first line, from 0, and the line behind the last one. `content` has no blanks
    around it.
    """

    type: str
    map: tuple[int, int]
    content: str = ""


Parse = Callable[[str, dict[str, Any]], Sequence[Any]]
"""The parser: gives the tokens of a text, and puts definitions of references into the mapping."""

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
"""A line of a paragraph, behind blanks and perhaps the sign of a list. It begins no other block,
and does not underline the line above."""

_DEEPEST: Final = 8
"""Depth of nested lists that are read here; the parser gives up at ten."""

_INDENTED: Final = 4
"""Blanks of indentation that make a line code."""


def blocks_of(text: str, parse: Parse) -> tuple[list[Block], dict[str, Any]]:
    """The blocks of a text, and the references that it defines.

    Its lines must end in LF, and it must have no NUL.
    """
    reader = _Reader(text.split("\n"), parse)
    reader.read()
    return reader.found, reader.references


class _UnclearError(Exception):
    """Only the parser can read what stands here."""


class _Reader:
    def __init__(self, lines: list[str], parse: Parse) -> None:
        self._lines, self._parse = lines, parse
        self.found: list[Block] = []
        self.references: dict[str, Any] = {}

    def read(self) -> None:
        """Read all blocks, one after the other: each begins where the one before has ended."""
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
        """The line behind the fenced block that begins at `at`, at the margin; 0 if there is none.

        0 also where nothing closes it.
        """
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
        """The line behind plain paragraphs and lists that begin at `at`; 0 if none is plain."""
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
        """Let the parser read from line `at`; the line where it stopped."""
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
        """Lines where the parser may stop; each time its part is at least twice as long."""
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
    """Whether code or HTML at the margin may go on behind the `count` lines that were parsed."""
    return any(
        token.type in _OPEN_ENDED and token.level == 0 and token.map[1] >= count for token in tokens
    )


def _forget(references: dict[str, Any], known: dict[str, int]) -> None:
    """Remove the definitions that were added since `known` was taken: the counts of each kind."""
    for key, every in references.items():
        while len(every) > known.get(key, 0):
            every.popitem() if isinstance(every, dict) else every.pop()


def _shift(references: dict[str, Any], known: dict[str, int], by: int) -> None:
    """Add `by` to the line numbers of new definitions, so that they count from the text's start."""
    for key, every in references.items():
        last_first = reversed(every.values() if isinstance(every, dict) else every)
        for one in islice(last_first, len(every) - known.get(key, 0)):
            one["map"] = [line + by for line in one["map"]]


class _Paragraphs:
    """Reads paragraphs and lists, from a line at the margin to where all of them have ended.

    `_lists` has a pair for each open list: the indentation of what the list stands in, and that of
    the text of its items.
    """

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self.found: list[Block] = []
        self._lists: list[tuple[int, int]] = []
        self._part: list[str] = []
        self._start = self._indent = 0

    def read(self, at: int) -> int:
        """The line behind the paragraphs and lists that begin at `at`.

        Raises _UnclearError where only the parser can tell.
        """
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
            raise _UnclearError  # maybe a number in the text, not an item
        around = self._within(indent)
        if len(self._lists) == _DEEPEST:
            raise _UnclearError
        self._end(at)
        self._lists.append((around, match.end()))
        self._begin(at, match.string, match.end())

    def _within(self, indent: int) -> int:
        """End the lists that a line with this indentation is not in.

        The result is the indentation of the text that it is in.
        """
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
                raise _UnclearError  # it may be a definition, `[name]: target`
            self.found.append(Block("inline", (self._start, at), content))
            self._part = []
