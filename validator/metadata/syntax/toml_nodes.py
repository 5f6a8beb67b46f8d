"""The syntax `toml`, the exact way: values from the standard library, spans from our scanner."""

from __future__ import annotations

import math
import re
import tomllib
from typing import Any, Final

from ...document import NOWHERE, Node, Span
from ...encoding.utf8 import MARK
from ...model import Flaw
from ...settings.options import Settings
from ...text.lazy_re import later
from ...text.visible import visible
from .block_flaws import (
    DuplicateKey,
    EmptyBlock,
    NotFinite,
    TooDeep,
    Unparsable,
    UnsafeInteger,
)
from .block_text import SAFE_INTEGER, Examined, Text, by_place, node_of
from .limits import MAX_DEPTH
from .template_signs import template_in
from .toml_spans import Deep, Lost, Path, Range, Scanner
from .toml_values import simple

_AT: Final = later(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def parse(data: bytes, span: Span, settings: Settings) -> Examined:
    """The tree of a block of TOML, None if there is none, and its flaws. Never raises."""
    start, end = span
    deepest = settings[MAX_DEPTH]
    if data.startswith(MARK, start, end):
        reason = "a byte order mark (U+FEFF) stands before it"
        advice = "remove the byte order mark: it was the start of a file once"
        return Examined(None, (Unparsable(start, start + 3, "toml", reason, advice),))
    text = Text(data, start, end)
    scanner = Scanner(text.text, deepest)
    try:
        scanner.run()
    except Deep as deep:
        at = text.at(deep.at)
        return Examined(None, (TooDeep(at, min(at + 1, end), deepest),))
    except Lost:
        pass  # the parser reports the error
    except RecursionError:
        return Examined(None, (TooDeep(start, start + 1, deepest),))
    try:
        table = tomllib.loads(text.text)
    except ValueError as error:
        template = template_in(data, span, "toml")
        flaws = (template,) if template else _unreadable(error, text, scanner)
        return Examined(None, by_place(flaws))
    except RecursionError:
        return Examined(None, (TooDeep(start, start + 1, deepest),))
    builder = _Builder(text, scanner, (start, end))
    tree = builder.node(table, ())
    if not table:
        builder.flaws.append(EmptyBlock(start, end, "toml"))
    return Examined(tree, by_place(builder.flaws))


class _Builder:
    """Puts the values of the parser and the spans of the scanner together to nodes."""

    def __init__(self, text: Text, scanner: Scanner, whole: Span) -> None:
        self.text, self.mentions, self.whole = text, scanner.mentions, whole
        self.flaws: list[Flaw] = []

    def node(self, value: Any, path: Path) -> Node:
        """The node of the value at `path`, with its children."""
        mention = self.mentions.get(path)
        start, end = self.whole if mention is None else self.span(mention.value)
        key = NOWHERE if mention is None else self.span(mention.key)
        if isinstance(value, dict):
            fields = {name: self.node(item, (*path, name)) for name, item in value.items()}
            return node_of(fields, start, end, key)
        if isinstance(value, list):
            items = [self.node(item, (*path, at)) for at, item in enumerate(value)]
            return node_of(items, start, end, key)
        plain = simple(value)
        spelled = self.text.text[slice(*mention.value)] if mention else repr(plain)
        if isinstance(value, float) and not math.isfinite(value):
            is_overflow = spelled.lstrip("+-") not in ("inf", "nan")
            self.flaws.append(NotFinite(start, end, spelled, is_overflow))
        elif type(value) is int and abs(value) >= SAFE_INTEGER:
            shown = str(value) if plain is value else spelled
            self.flaws.append(UnsafeInteger(start, end, shown))
        return Node(plain, start, end, key)

    def span(self, found: Range) -> Span:
        """The span in bytes of a range of code points; NOWHERE if the range is unknown."""
        if found[0] < 0:
            return NOWHERE
        return self.text.at(found[0]), self.text.at(found[1])


def _unreadable(error: ValueError, text: Text, scanner: Scanner) -> tuple[Flaw, ...]:
    """The flaws of a block that the parser cannot read: repeated keys, else its error."""
    if scanner.twice:
        return tuple(
            DuplicateKey(text.at(span[0]), text.at(span[1]), name, text.at(first[0]))
            for name, span, first in scanner.twice
        )
    message = str(error)
    match = _AT.search(message)
    index = len(text.text.rstrip())
    if match and match[1]:
        index = _index(text.text, int(match[1]), int(match[2]))
    reason, advice = _words(message, text.text, index)
    start = text.at(min(index, max(0, len(text.text) - 1)))
    return (Unparsable(start, max(start, text.at(index + 1)), "toml", reason, advice),)


def _index(text: str, row: int, column: int) -> int:
    """The index of the code point at a row and column (from 1) of the parser.

    The parser ends lines at LF and CRLF only.
    """
    start = 0
    for _ in range(row - 1):
        start = text.find("\n", start) + 1
    return min(start + column - 1, len(text))


def _words(message: str, text: str, index: int) -> tuple[str, str]:
    """Reason and advice for an error of the parser."""
    found = visible(text[index : index + 1]) or "the end of the line"
    line = re.split(r"[\r\n]", text[max(0, index - 200) : index])[-1]
    key = visible(line.partition("=")[0].strip()[:40]) or "key"
    if re.search(r"[=\[,][ \t]*[-+]?0$", line) and found.isdigit():
        return (
            f"the number after `{key} =` has leading zeros",
            "remove them; if it is an id, put it in quotes",
        )
    for parts, reason, advice in _PROBLEMS:
        if any(part in message for part in parts.split(" | ")):
            return reason.format(found=found, key=key), advice.format(found=found, key=key)
    return "this line is not TOML", "write `key = value`, and texts in double quotes"


# Parts of the parser's messages, in its various releases; then our reason and advice.
_PROBLEMS: Final = (
    ("Exceeds the limit", "a number has too many digits to be read", "put it in quotes"),
    (
        "Invalid value",
        "what stands after `{key} =` is no value of TOML",
        (
            'put a text in double quotes: `{key} = "..."`; write `true` and `false` in small '
            "letters, and numbers without leading zeros"
        ),
    ),
    (
        "Expected '='",
        "there is no `=` after the key",
        'write `key = "value"`; a key with blanks or other signs stands in quotes',
    ),
    (
        "Unterminated string | Expected \"'",
        "a quotation mark that opens a text is not closed",
        "close it; a text of several lines stands between three quotation marks",
    ),
    (
        "Illegal character '\\n' | Found invalid character '\\n'",
        "a line ends inside of a text",
        "close the quotation mark; a text of several lines stands between three of them",
    ),
    (
        "Illegal character | Found invalid character",
        "the character `{found}` must not stand here",
        "remove it, or write it as an escape, `\\u` and four digits, in double quotes",
    ),
    (
        "Unescaped '\\'",
        "a backslash in double quotes begins no escape that TOML knows",
        "write it twice, or put the text in single quotes, where it is itself",
    ),
    ("Invalid hex value", "`\\u` is not followed by its digits", "write all four digits"),
    ("not a Unicode scalar", "an escape is half of a surrogate pair", "write the whole character"),
    ("Unclosed array", "a list is not closed, or a comma is missing in it", "write `]` or a comma"),
    (
        "Unclosed inline table",
        "a table in braces is not closed, or a comma is missing in it",
        "write `}}` or a comma",
    ),
    (
        "Expected newline or end of document",
        "something follows the value on its line",
        'put each `key = value` on a line of its own; inside of a text write `\\"`',
    ),
    (
        "Invalid initial character for a key part",
        "no key begins with `{found}`",
        "put a key with other signs than letters, digits, `-` and `_` in quotes",
    ),
    ("Invalid statement", "no `key = value` begins with `{found}`", "write `key = value`"),
    ("Invalid date", "there is no such date or time", "correct it, or put it in quotes as text"),
    (
        "Expected ']",
        "the bracket of a table's name is not closed",
        "write `[name]`, or `[[name]]` for one of a list of tables",
    ),
    (
        "Cannot",
        "a key that has a value already is used as a table, or a table is opened again",
        "write all fields of a table in one place, and give each key one value",
    ),
)
