"""The syntax `headers`: lines `Name: value`, as in mail (RFC 5322, 2.2) and in PEPs.

A line that begins with a blank continues the value before it. A value keeps such folds, each as a
line feed and the blanks after it, as lists over several lines need them. Names are compared without
regard to case. If a header may be repeated, the first one is the field.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

from ...document import Node, Span
from ...model import Flaw
from ...settings.options import Settings
from ...text.lazy_re import later
from ...text.lines import NEWLINE, lines_of
from .block_flaws import DuplicateKey, EmptyBlock, NotAHeader
from .block_text import Examined, by_place, decoded, node_of
from .limits import HEADER_BLANK, REPEATED_HEADERS
from .syntax import Head, Syntax

_HEADER: Final = later(r"([^\s:\x00-\x1f\x7f]+):([ \t]*)(.*)", re.DOTALL)
_FIELDS: Final = later(
    r"(?m)^([^\s:\x00-\x1f\x7f]++):([ \t]*)([^\n]*(?:\n[ \t]+[^ \t\n][^\n]*)*)(?:\n|\Z)"
)
_BREAK: Final = later(r"\r\n|\n|\r")
_FIRST: Final = later(rb"[!-9;-~]+[ \t]*:")
_BLANK_LINE: Final = later(rb"(?>\r\n|\n|\r)(\r\n|\n|\r)")
_BLANKS: Final = " \t"
_AROUND: Final = " \t\n"

_ONCE: Final = frozenset(
    "date from sender reply-to to cc bcc message-id in-reply-to references subject mime-version "
    "content-type content-transfer-encoding content-id content-description content-disposition "
    "content-length".split()
)
"""Headers that a mail has at most once (RFC 5322, 3.6; RFC 2045, 3), in small letters."""


def load(block: bytes, settings: Settings) -> dict[str, Any] | None:
    """The fields of a header block; None if it must be examined."""
    try:
        text = block.decode("utf-8")
    except UnicodeDecodeError:
        return None
    text = _BREAK.sub("\n", text.rstrip("\r\n")) if "\r" in text else text.rstrip("\n")
    found = _FIELDS.findall(text)
    if sum(map(len, chain.from_iterable(found))) + 2 * len(found) - 1 != len(text):
        return None  # some text is in no field (each has a colon and a line end, too)
    names = Counter(name.casefold() for name, _, _ in found)
    twice = len(names) != len(found)
    if twice and not all(_may_repeat(name, settings) for name in names if names[name] > 1):
        return None
    if settings[HEADER_BLANK] == "require" and any(
        not gap and value[:1] not in ("", "\n") for _, gap, value in found
    ):
        return None
    if not twice:
        return {name: value.strip(_AROUND) for name, _, value in found}
    first: dict[str, tuple[str, str]] = {}
    for name, _, value in found:
        first.setdefault(name.casefold(), (name, value))
    return {name: value.strip(_AROUND) for name, value in first.values()}


def _may_repeat(name: str, settings: Settings) -> bool:
    """Whether a header may be repeated; `name` is in small letters."""
    return settings[REPEATED_HEADERS] == "as-in-mail" and name not in _ONCE


def examine(data: bytes, span: Span, settings: Settings) -> Examined:
    """The fields of a header block with their spans, and its flaws. Never raises."""
    start, end = span
    flaws: list[Flaw] = []
    children: dict[str, Node] = {}
    places: dict[str, int] = {}
    for first, stop in _folded(data, span, flaws):
        child = _header(data, first, stop, settings, flaws)
        if child is None:
            continue
        name = decoded(data[child.key[0] : child.key[1]])
        folded = name.casefold()
        if folded in places and not _may_repeat(folded, settings):
            flaws.append(DuplicateKey(*child.key, name, places[folded]))
        elif folded not in places:
            places[folded] = child.key[0]
            children[name] = child
    if not children and not flaws:
        flaws.append(EmptyBlock(start, end, "headers"))
    return Examined(node_of(children, start, end), by_place(flaws))


def _folded(data: bytes, span: Span, flaws: list[Flaw]) -> Iterator[Span]:
    """The span of each header with its continuation lines; adds flaws of lines that are none.

    Blank lines at the end of the block are left out.
    """
    begun: Span | None = None
    last = span[0] + len(data[slice(*span)].rstrip(b"\r\n"))
    for start, end, _ in lines_of(data, span[0], last):
        line = data[start:end]
        if not line.strip(b" \t"):
            flaws.append(NotAHeader(start, end, "blank-line", ""))
        elif line[:1] not in (b" ", b"\t"):
            if begun:
                yield begun
            begun = (start, end)
        elif begun:
            begun = (begun[0], end)
        else:
            flaws.append(NotAHeader(start, end, "leading-continuation", ""))
    if begun:
        yield begun


def _header(
    data: bytes, start: int, end: int, settings: Settings, flaws: list[Flaw]
) -> Node | None:
    """The node of the header at `start:end`; None, and a flaw is added, if it is no header."""
    folded = data[start:end]
    first = NEWLINE.split(folded, maxsplit=1)[0]
    text = decoded(first)
    name, colon, _ = text.partition(":")
    problem = _problem(name, bool(colon))
    if problem:
        flaws.append(NotAHeader(start, start + len(first), problem, name.strip(_BLANKS)))
        return None
    key = (start, first.index(b":") + start)
    match = _HEADER.match(text)
    if match is not None and _lacks_blank(match, settings):
        flaws.append(NotAHeader(key[0], key[1] + 1, "no-blank-after-colon", name))
    raw = folded[key[1] + 1 - start :]
    begin = end - len(raw.lstrip(b" \t\r\n"))
    stop = max(begin, start + len(folded.rstrip(b" \t")))
    value = decoded(NEWLINE.sub(b"\n", raw)).strip(_AROUND)
    if not value:
        begin = stop = key[1] + 1
    return Node(value, begin, stop, key)


def _problem(name: str, has_colon: bool) -> str:
    """The problem of `NotAHeader` with the name of a header; empty if it has none."""
    if not has_colon:
        return "no-colon"
    if not name:
        return "empty-name"
    if name.rstrip(_BLANKS) != name and not re.search(r"\s", name.rstrip(_BLANKS)):
        return "blank-before-colon"
    return "" if _HEADER.fullmatch(f"{name}:") else "blank-in-name"


def _lacks_blank(match: re.Match[str], settings: Settings) -> bool:
    """Whether the blank after the colon is missing that the profile requires."""
    return settings[HEADER_BLANK] == "require" and not match[2] and bool(match[3])


def _find(data: bytes, start: int, stop: int) -> tuple[int, int] | None:
    """Where the headers end, and where the body begins; None if no header begins at `start`."""
    if not _FIRST.match(data, start):
        return None
    found = _BLANK_LINE.search(data, start, stop)
    return found.span(1) if found else (stop, stop)


SYNTAX = Syntax(
    name="headers",
    called="the header block",
    load=load,
    examine=examine,
    example=b"title: Sea\n",
    head=Head(
        "Name: value", "lines `Name: value` up to the first blank line", "header lines", _find
    ),
)
