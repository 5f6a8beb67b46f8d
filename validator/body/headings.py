"""Headings of a body in Markdown or reStructuredText, with the bytes that they stand in.

Most Markdown needs no parser to find its headings: a line that begins with `#` at the margin is a
heading unless it is code, and code at the margin stands in a fence. A text with underlined
headings, HTML or indented fences goes to a CommonMark parser, which is imported only then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from ..document import Document
from ..memo import memo
from ..text.lazy_re import later
from ..text.lines import line_end, line_starts

MARKDOWN: Final = "markdown"
RST: Final = "rst"


class Heading(Struct, frozen=True):
    """A heading: its level from 1, its text as written, its lines without the last line end.

    Offsets are of the document; `after` is the first byte of what follows.
    """

    level: int
    title: str
    start: int
    end: int
    after: int


class Section(Struct, frozen=True):
    """A heading and what stands under it: to the next heading of its level or above."""

    heading: Heading
    end: int


LONE_CR: Final = later(rb"\r(?!\n)")

# A pattern that begins with a line feed is sought five times faster than one with `^`. The text is
# searched with a line feed put before it, so that its first line has one, too.
_MARKS: Final = later(
    rb"(?m)\n(?:(?P<atx>#{1,6}(?![^ \t\r\n])[^\r\n]*)"
    rb"|(?P<fence>(?:`{3,}(?=[^`\r\n]*\r?$)|~{3,}))[^\r\n]*"
    rb"|(?P<odd>\ {1,3}(?:\#|`{3}|~{3}|<[A-Za-z/!?]|[=-]+[ \t]*\r?$)|<(?!https?:)[A-Za-z/!?])"
    rb"|(?P<under>(?:=+|-+)[ \t]*\r?$))"
)


@memo
def headings(document: Document, syntax: str) -> list[Heading]:
    """The headings of the body, in order."""
    text, start = document.text, document.body[0]
    if b"\r" in text:
        text = LONE_CR.sub(b"\n", text)  # offsets stay
    if syntax == RST:
        return list(_rst(text, start))
    quick = quick_headings(text, start)
    return list(parsed_headings(text, start)) if quick is None else quick


def sections(document: Document, syntax: str, level: int = 0) -> list[Section]:
    """The sections of the body, in order; only those of `level`, if it is not 0."""
    found = headings(document, syntax)
    stop = document.body[1]
    result = []
    for index, heading in enumerate(found):
        if level and heading.level != level:
            continue
        behind = map(found.__getitem__, range(index + 1, len(found)))
        later = (one.start for one in behind if one.level <= heading.level)
        result.append(Section(heading, next(later, stop)))
    return result


def quick_headings(text: bytes, start: int = 0) -> list[Heading] | None:
    """Headings of Markdown whose lines end in LF or CRLF; None if only a parser can find them.

    `start` is the byte of the document where `text` begins.
    """
    found: list[Heading] = []
    at = 0
    fed = b"\n" + text
    while match := _MARKS.search(fed, at):
        at = match.end()
        kind = match.lastgroup
        if kind == "atx":
            line = match.group("atx").decode("utf-8", "surrogateescape")
            level = len(line) - len(line.lstrip("#"))
            title = _title(line[level:].strip(" \t"))
            span = match.start() + start, at - 1 + start
            found.append(Heading(level, title, *span, start + line_end(text, at - 1)[1]))
        elif kind == "fence":
            mark = match.group("fence")
            close = _closing(mark).search(fed, at)
            if close is None:
                break
            at = close.end()
        elif kind == "odd":
            return None
        else:
            before = _line_before(text, match.start())
            if text[before[0] : before[1]].strip():
                return None  # it may underline the line above
    return found


def _title(written: str) -> str:
    """The text of a heading without the `#` that may close it."""
    bare = written.rstrip("#")
    return " ".join((written if bare and bare[-1] not in " \t" else bare).split())


def _closing(mark: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"(?m)\n {0,3}" + mark[:1] + b"{%d,}[ \\t]*\\r?$" % len(mark))


def parsed_headings(text: bytes, start: int = 0) -> Iterator[Heading]:
    """Headings of Markdown by a CommonMark parser, without those in quotes and lists."""
    from .markdown import blocks

    tokens = blocks(text)
    starts = line_starts(text)
    for number, token in enumerate(tokens):
        if token.type != "heading_open" or token.level or token.map is None:
            continue
        first, last = starts[token.map[0]], starts[token.map[1]]
        end = len(text[:last].rstrip(b"\r\n")) if last > first else last
        title = " ".join(tokens[number + 1].content.split())  # a heading may have two lines
        yield Heading(int(token.tag[1:]), title, first + start, end + start, last + start)


_RULE: Final = later(rb"(?m)\n([!-/:-@\[-`{-~])\1*[ \t]*\r?$")


def _rst(text: bytes, start: int) -> Iterator[Heading]:
    """Titles of reStructuredText. A level is a sign, and whether it stands above the title, too."""
    styles: list[tuple[bytes, bool]] = []
    done = 0
    for match in _RULE.finditer(b"\n" + text):
        if match.start() <= done:
            continue  # the rule above a title, or below one
        rule, above = match.group().strip(), _line_before(text, match.start())
        line = text[above[0] : above[1]]
        title = line.strip().decode("utf-8", "surrogateescape")
        if not title or _is_rule(line) or (len(rule) < 4 and len(title) > len(rule)):
            continue
        over = _line_before(text, above[0]) if above[0] > done else (above[0], above[0])
        roof = text[over[0] : over[1]].rstrip()
        framed = _is_rule(roof) and roof[:1] == rule[:1]
        if not framed and (roof or line[:1].isspace() or line.startswith(b".. ")):
            continue  # the end of a paragraph, or of a block
        style = rule[:1], framed
        if style not in styles:
            styles.append(style)
        first, end = over[0] if framed else above[0], match.start() + len(rule)
        done = line_end(text, match.end() - 1)[1]
        yield Heading(styles.index(style) + 1, title, first + start, end + start, done + start)


def _line_before(text: bytes, start: int) -> tuple[int, int]:
    """First byte and end, without its line end, of the line before the one at `start`."""
    end = max(0, start - 1)
    begin = text.rfind(b"\n", 0, end) + 1
    return begin, len(text[begin:end].removesuffix(b"\r")) + begin


def _is_rule(line: bytes) -> bool:
    return bool(line) and _RULE.fullmatch(b"\n" + line) is not None
