"""What is wrong with a text that is not TOML, in plain words, and where."""

from __future__ import annotations

import re
from typing import Final

from ..text.lazy_re import later
from ..text.visible import visible

_PLACE: Final = later(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")

_SAID: Final = {
    "Cannot overwrite a value": "a key or table that is there already stands here again",
    "Cannot declare": "a table that is there already stands here again; write its keys together",
    "Cannot mutate": "a table that is complete already gets more keys here",
    "Duplicate inline table key": "a key stands twice in this table",
    "Unescaped '\\' in a string": (
        "between double quotes a `\\` must be written `\\\\`; write patterns between single "
        "quotes: '\\d+'"
    ),
    "Invalid value": "a value is expected; text stands in quotes, truth is `true` or `false`",
    "Expected '=' after a key": "`=` is expected behind the key",
    "Unclosed array": "a list is not closed with `]`, or lacks a comma between two items",
    "Unclosed inline table": "a table is not closed with `}`, or lacks a comma between two keys",
    "Illegal character '\\n'": "a text is not closed on its line",
    "Illegal character": "a control character stands here",
    "Expected newline or end of document": "the value ends here, and something follows it",
    "Expected ']'": "`]` is expected; a name with blanks in it stands in quotes",
    "Expected ']]'": "`]]` is expected; a name with blanks in it stands in quotes",
    "Invalid initial character for a key": (
        "a key is expected; a table between `{` and `}` stands on one line, without a comma at its "
        "end"
    ),
    "Invalid statement": "a key or a table is expected; a comment begins with `#`",
    "Unterminated string": "a text is not closed",
}
"""Our words, by the beginning of the message of the standard library."""


def told(message: str, text: str) -> tuple[int, int, str]:
    """Row and column, from 1, and plain words, for a `message` of `tomllib` about a text."""
    at = _PLACE.search(message)
    lines = text.rstrip("\n").split("\n")
    row, column = len(lines), len(lines[-1]) + 1
    if at and at[1]:
        row, column = int(at[1]), int(at[2])
    if message.startswith("Cannot "):  # the place is the end of a statement; name its start
        column = 1
    known = (words for start, words in _SAID.items() if message.startswith(start))
    plain = visible(re.sub(r" \(at .*\)$", "", message))
    return row, column, next(known, plain)
