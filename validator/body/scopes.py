"""The parts of a document that a pattern is sought in; all other bytes are blotted out.

To blot out is to replace each byte by 0xFF, which no pattern over UTF-8 matches: so nothing is
found there or across it, and offsets stay the same. Line ends are kept.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Final

from msgspec import Meta, Struct

from ..document import Document, Span
from ..errors import did_you_mean
from ..memo import memo
from ..settings.annotations import As
from ..settings.value_types import shown
from ..text.lazy_re import later
from ..text.lines import line_starts
from ..text.re2 import any_of
from .headings import RST, sections
from .rst_literals import HIDES, literals

BODY: Final = "body"
PROSE: Final = "prose"
MARKUP: Final = "markup"
TEXT: Final = "text"
LINKS: Final = "links"
SECTION: Final = "section"
FIELD: Final = "field"
_PLAIN: Final = (BODY, PROSE, MARKUP, TEXT, LINKS)
_NAMED: Final = (SECTION, FIELD)


class Scope(Struct, frozen=True):
    """A part of a document; `name` is the name of a section or field, empty for other kinds."""

    kind: str = BODY
    name: str = ""


def _scope(written: str) -> Scope:
    kind, colon, name = written.partition(":")
    if (kind in _PLAIN and not colon) or (kind in _NAMED and name.strip()):
        return Scope(kind, name.strip())
    listed = ", ".join(f'"{word}"' for word in (*_PLAIN, f"{SECTION}:NAME", f"{FIELD}:NAME"))
    near = did_you_mean(kind, (*_PLAIN, *_NAMED))
    raise ValueError(f"must be one of {listed}, not {shown(written)}{near}")


Scoped = Annotated[
    Scope,
    As(str),
    Meta(pattern=f"^({'|'.join((*_PLAIN, f'{SECTION}:.+', f'{FIELD}:.+'))})$"),
    _scope,
    "where it is sought: the body (default), prose (the body without code and comments), markup "
    "(the body without code, but with its comments), text (prose without the addresses of links, "
    "images and HTML, and without bare ones), links (the targets of links and images), one "
    "section, one field of the metadata",
]

_ANY_LINK: Final = r"[\[<`]|\.\. |^__ |^[ \t]*:target:"
_OTHERWISE: Final = r"[\\&@]|<[^<>\r\n]*[\r\n]"
_ENDS: Final = later(r"[$^]|\\[AbBz]")

_COMMENT: Final = later(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_TICKS_OR_COMMENT: Final = later(rb"\\`|`+|<!--")
_LETTERS: Final = later(rb"[^\r\n]+")


def screen(pattern: str, scope: Scope) -> str:
    """A pattern that is found in every body in whose `scope` the given pattern is found.

    For links that is another pattern: a target may be written with escapes or over two lines, and
    `^` and `$` match at the ends of a target, which are not ends of the body.
    """
    if scope.kind != LINKS:
        return pattern
    return _ANY_LINK if _ENDS.search(pattern) else any_of([pattern, _OTHERWISE])


@memo
def prose(document: Document, syntax: str) -> bytes:
    """The body without code and comments."""
    return _without(document, syntax, comments=False)


@memo
def markup(document: Document, syntax: str) -> bytes:
    """The body without code, but with its comments."""
    return _without(document, syntax, comments=True)


def _without(document: Document, syntax: str, *, comments: bool) -> bytes:
    text = document.text
    hidden = _rst_code(text) if syntax == RST else _markdown_code(document)
    spans = sorted(span for span, is_comment in hidden if not (is_comment and comments))
    return blotted(text, spans)


def section(document: Document, syntax: str, name: str) -> Iterator[Span]:
    """The spans in the document of the text of each section of this name, without its heading."""
    for one in sections(document, syntax):
        if one.heading.title == name:
            yield one.heading.after, one.end


def blotted(text: bytes, spans: Iterable[Span]) -> bytes:
    """A text in which these spans, in order, are blotted out, but for their line ends."""
    parts: list[bytes] = []
    done = 0
    for start, end in spans:
        if end > done:
            begin = max(start, done)
            hidden = _LETTERS.sub(lambda match: b"\xff" * len(match.group()), text[begin:end])
            parts += (text[done:begin], hidden)
            done = end
    return b"".join((*parts, text[done:]))


_Hidden = tuple[Span, bool]
"""A span that is not prose, and whether it is a comment."""


def _markdown_code(document: Document) -> Iterator[_Hidden]:
    from .markdown import outlined

    text = document.text
    starts = line_starts(text)
    for block in outlined(document)[0]:
        start, end = starts[block.map[0]], starts[min(block.map[1], len(starts) - 1)]
        if block.type in ("fence", "code_block"):
            yield (start, end), False
        elif block.type == "html_block":
            yield from ((match.span(), True) for match in _COMMENT.finditer(text, start, end))
        elif block.type == "inline":
            yield from _hidden_in(text, start, end)


def _hidden_in(text: bytes, start: int, end: int) -> Iterator[_Hidden]:
    """Code spans and comments of the paragraph at `start:end`; none begins within another.

    A code span goes from a run of backticks to the next run of the same length. What is not closed
    is neither code nor comment.
    """
    runs = [match.span() for match in _TICKS_OR_COMMENT.finditer(text, start, end)]
    alike: dict[int, list[int]] = {}
    for at in range(len(runs) - 1, -1, -1):
        if text[runs[at][0]] == 0x60:
            alike.setdefault(runs[at][1] - runs[at][0], []).append(at)
    at = done = 0
    while at < len(runs):
        begin, stop = runs[at]
        if begin < done:
            at += 1
            continue
        close = text.find(b"-->", stop, end) if text[begin] == 0x3C else -1
        if close >= 0:
            done = close + 3
            yield (begin, done), True
        same = alike.get(stop - begin, []) if text[begin] == 0x60 else []
        while same and same[-1] <= at:
            same.pop()
        if same:
            at = same[-1]
            yield (begin, runs[at][1]), False
        at += 1


_LITERAL: Final = later(rb"``.+?``(?!`)", re.DOTALL)


_DIRECTIVE: Final = later(rb"[ \t]*\.\. [\w-]+::.*", re.DOTALL)


def _rst_code(text: bytes) -> Iterator[_Hidden]:
    """Literal blocks, code directives and comments with what is indented under them; literals."""
    hidden: list[_Hidden] = []
    starts, lines = line_starts(text), bytes.splitlines(text)
    for at, end in literals(lines):
        hides = HIDES.fullmatch(lines[at]) is not None
        is_comment = hides and not _DIRECTIVE.fullmatch(lines[at])
        for number in range(at if hides else at + 1, end):
            if lines[number].strip():
                span = starts[number], starts[number] + len(lines[number])
                hidden.append((span, is_comment))
    yield from hidden
    rest = blotted(text, (span for span, _ in hidden))
    yield from ((match.span(), False) for match in _LITERAL.finditer(rest))
