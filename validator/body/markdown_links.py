"""Links of Markdown, by the CommonMark parser, with the bytes that they were read from.

The parser finds links, but does not give their positions. So its rules for links, images and HTML
are wrapped in functions that record the first and last character of each match in its paragraph.
The lines of a paragraph are then found in the text, behind the signs of quotes and lists.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import Any, Final

from msgspec import Struct

from ..document import NOWHERE, Document, Span
from ..text.lazy_re import later
from ..text.lines import line_starts
from .link import Link, Links
from .markdown import outlined

_RULES: Final = ("link", "image", "autolink", "html_inline")
_LABEL_END: Final = later(r"(?<!\\)\]:[ \t]*(?:\n[ \t>]*)?")
_OPENS: Final = later(r"[\[<]")
_ADDRESS: Final = later(r"<[A-Za-z][A-Za-z0-9+.-]*:")


class Seen(Struct, frozen=True):
    """What a rule of the parser found in a paragraph; offsets count characters of the paragraph."""

    rule: str
    start: int
    end: int
    label: int
    target: Span
    written: str


def _wrapped(name: str, rule: Callable[[Any, bool], bool]) -> Callable[[Any, bool], bool]:
    """A rule of the parser that also records what it finds in the text of the paragraph itself."""

    def found(state: Any, silent: bool) -> bool:
        start = state.pos
        if not rule(state, silent):
            return False
        if not silent and state.src is state.env["paragraph"]:  # else it is the text of an image
            state.env["seen"].append(_seen(name, state, start))
        return True

    return found


def _seen(name: str, state: Any, start: int) -> Seen:
    """What stands between `start` and the place where the parser is now."""
    end, text = state.pos, state.src
    if name == "autolink":
        written = text[start + 1 : end - 1]
        scheme = "" if _ADDRESS.match(text, start) else "mailto:"
        return Seen(name, start, end, end - 1, (start + 1, end - 1), scheme + written)
    if name == "html_inline":
        return Seen(name, start, end, end, NOWHERE, "")
    label = state.md.helpers.parseLinkLabel(state, start + (name == "image"), name == "link")
    if text[label + 1 : label + 2] != "(" or end == label + 1:
        return Seen(name, start, end, label, NOWHERE, "")  # `[text][name]`: target is elsewhere
    at = label + 2
    while text[at] in " \t\n":
        at += 1
    found = state.md.helpers.parseLinkDestination(text, at, end)
    if not found.ok:
        return Seen(name, start, end, label, NOWHERE, "")
    angle = text[at] == "<"
    return Seen(name, start, end, label, (at + angle, found.pos - angle), found.str)


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    parser: Any = MarkdownIt("commonmark")
    parser.disable(["emphasis", "newline"])
    parser.inline.ruler2.enableOnly([])
    parser.normalizeLink = str  # an address stays as it is written
    parser.validateLink = lambda url: True
    known = {rule.name: rule.fn for rule in parser.inline.ruler.__rules__}
    for name in _RULES:
        parser.inline.ruler.at(name, _wrapped(name, known[name]))
    return parser


def links_of(document: Document) -> Links:
    """The links of the body, its reference definitions among them, and its HTML."""
    parser, (blocks, references) = _parser(), outlined(document)
    env = {**references, "seen": [], "paragraph": ""}
    source = _Source(document.text)
    found: list[Link] = []
    html: list[Span] = []
    for block in blocks:
        if block.type == "html_block":
            html.append(source.lines(block.map))
        elif block.type == "inline" and ("[" in block.content or "<" in block.content):
            place = source.paragraph(block.content, block.map)
            plain = plain_links(block.content)
            for seen in _parsed(parser, block.content, env) if plain is None else plain:
                start, end = place(seen.start), place(seen.end)
                if seen.rule == "html_inline":
                    html.append((start, end))
                else:
                    found.append(_link(seen, start, end, place))
    found += _definitions(parser, source, env)
    return Links(sorted(found, key=lambda one: (one.start, -one.end)), html)


_PLAIN: Final = later(r"""`[^`]*`|\[((?:[^\[\]`]|`[^`]*`)*)\]\(([^\s\x00-\x1f\x7f()<>\\&"'`]+)\)""")
_UNCLEAR: Final = later(r"[<\\]|``|!\[")


def plain_links(content: str) -> list[Seen] | None:
    """The links of a paragraph, if all its brackets belong to links `[text](target)`; else None.

    No escape, quotation mark or blank may be in a target: then no parser is needed.
    """
    if _UNCLEAR.search(content) or "[" in (rest := _PLAIN.sub("", content)):
        return None
    if "]" in rest or "`" in rest:
        return None
    return [
        Seen("link", one.start(), one.end(), one.end(1), one.span(2), one[2])
        for one in _PLAIN.finditer(content)
        if one[2]
    ]


def _parsed(parser: Any, content: str, env: dict[str, Any]) -> list[Seen]:
    env["seen"], env["paragraph"] = [], content
    parser.inline.parse(content, parser, env, [])
    seen: list[Seen] = env["seen"]
    return seen


def _link(seen: Seen, start: int, end: int, place: Callable[[int], int]) -> Link:
    shown = NOWHERE if seen.rule == "image" else (place(seen.start + 1), place(seen.label))
    if seen.target == NOWHERE:
        return Link(start, end, shown)
    span = place(seen.target[0]), place(seen.target[1])
    return Link(start, end, shown, span, seen.written.encode("utf-8", "surrogateescape"))


def _definitions(parser: Any, source: _Source, env: Mapping[str, Any]) -> Iterator[Link]:
    """The definitions `[name]: target`, also second ones of the same name."""
    every = [*env.get("references", {}).values(), *env.get("duplicate_refs", ())]
    for one in every:
        start, end = source.lines(one["map"])
        lines = source.text[start:end].decode("utf-8", "surrogateescape")
        bare = lines.replace("\r\n", " \n").replace("\r", "\n")  # offsets stay
        label = _LABEL_END.search(bare)
        if label is None or bare.lstrip(" >").startswith("[^"):
            continue  # a footnote in most programs, though CommonMark has none
        at = label.end()
        to = parser.helpers.parseLinkDestination(bare, at, len(bare))
        if not to.ok:
            continue
        angle = bare[at : at + 1] == "<"
        place = _bytes_of(bare, start, 0)
        span = place(at + angle), place(to.pos - angle)
        yield Link(start, end, NOWHERE, span, to.str.encode("utf-8", "surrogateescape"))


class _Source:
    """The text, to find in it the lines and paragraphs that the parser names."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self._starts = line_starts(text)

    def lines(self, span: Sequence[int]) -> Span:
        """The bytes of the lines `span`: first line, and line behind the last one, from 0."""
        last = len(self._starts) - 1
        return self._starts[min(span[0], last)], self._starts[min(span[1], last)]

    def paragraph(self, content: str, span: Sequence[int]) -> Callable[[int], int]:
        """A function: character of the paragraph on these lines -> its byte in the text."""
        firsts: list[int] = []
        places: list[Callable[[int], int]] = []
        done = 0
        for number, line in enumerate(content.split("\n"), span[0]):
            firsts.append(done)
            places.append(self._line(line, number))
            done += len(line) + 1
        if len(firsts) == 1:
            return places[0]

        def place(at: int) -> int:
            which = bisect_right(firsts, at) - 1
            return places[which](at - firsts[which])

        return place

    def _line(self, line: str, number: int) -> Callable[[int], int]:
        start, end = self.lines((number, number + 1))
        raw = self.text[start:end].rstrip(b"\r\n")
        bare = line.strip(" \t")
        sought = bare.encode("utf-8", "surrogateescape")
        full = raw.rstrip(b" \t")
        at = len(full) - len(sought) if full.endswith(sought) else max(0, raw.find(sought))
        lost = len(line) - len(line.lstrip(" \t"))
        return _bytes_of(bare, start + at, lost)


def _bytes_of(text: str, start: int, lost: int) -> Callable[[int], int]:
    """A function: character of a line -> its byte; the line's text begins at the byte `start`.

    `lost` is the number of blanks before it that are in the parser's text and not in the file.
    """
    if text.isascii():
        size = len(text)
        return lambda at: start + min(max(at - lost, 0), size)
    sizes = [0, *accumulate(len(one.encode("utf-8", "surrogateescape")) for one in text)]
    last = len(sizes) - 1
    return lambda at: start + sizes[min(max(at - lost, 0), last)]
