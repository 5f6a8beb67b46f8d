"""Finds the spans of keys and values in a block of TOML, without reading the values."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from ...text.lazy_re import later

Path = tuple[str | int, ...]
"""The keys, and indexes in lists, that lead to a value."""

Range = tuple[int, int]
"""Indexes of the first code point and of the one after the last."""

_SKIP: Final = later(r"(?:[ \t\r\n]++|#[^\r\n]*+)*")
_BLANKS: Final = later(r"[ \t]*+")
_KEY: Final = later(r"""[A-Za-z0-9_-]++|"[^"\\\r\n]*+(?:\\.[^"\\\r\n]*+)*"|'[^'\r\n]*+'""")
_VALUE: Final = later(
    r'"""(?:[^"\\]++|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']++|'(?!''))*'{3,5}"
    r'|"[^"\\\r\n]*+(?:\\.[^"\\\r\n]*+)*"'
    r"|'[^'\r\n]*+'"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9][^\s,\]}#]*+"
    r"|[^\s,\[\]{}#\"'=]++",
    re.DOTALL,
)


class Lost(Exception):  # noqa: N818 - no error: the block is not TOML, which the parser reports
    """The scanner cannot go on."""


class Deep(Exception):  # noqa: N818 - no error: the way out of a block that is too deep
    """A list, table or dotted key is nested too deeply; `at` is the index of its code point."""

    def __init__(self, at: int) -> None:
        self.at = at


class Mention(Struct, frozen=True):
    """The ranges of a key and its value, where they are first written."""

    key: Range
    value: Range


class Scanner:
    """Goes over the block once. `mentions` has the ranges of each value, by its path.

    `twice` are repeated keys: the name, the range of the key, and that of the first one.
    """

    def __init__(self, text: str, limit: int) -> None:
        self.text, self.limit, self.at = text, limit, 0
        self.mentions: dict[Path, Mention] = {}
        self.twice: list[tuple[str, Range, Range]] = []
        self._given: dict[Path, Range] = {}
        self._counts: dict[Path, int] = {}

    def run(self) -> None:
        """Fill `mentions` and `twice`. Raises Lost or Deep."""
        table: Path = ()
        while self._skip():
            if self._takes("["):
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Path:
        """Go over `[table]` or `[[list of tables]]`; returns the path of the table."""
        start, is_list = self.at - 1, self._takes("[")
        keys = self._keys(0)
        if not self._takes("]") or (is_list and not self._takes("]")):
            raise Lost
        path: Path = ()
        for name, span in keys[:-1]:
            path = (*path, name)
            self._mention(path, span, (start, self.at))
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        name, span = keys[-1]
        path = (*path, name)
        self._mention(path, span, (start, self.at))
        if not is_list:
            self._give(path, span)
            return path
        number = self._counts.get(path, 0)
        self._counts[path] = number + 1
        path = (*path, number)
        self._mention(path, span, (start, self.at))
        return path

    def _pair(self, table: Path) -> None:
        """Go over `key = value` in the table at the path `table`."""
        keys = self._keys(len(table))
        if not self._takes("="):
            raise Lost
        path = (*table, *(name for name, _ in keys))
        start = self._blanks()
        self._value(path)
        for depth, (_, span) in enumerate(keys[:-1], len(table) + 1):
            self._mention(path[:depth], span, (keys[0][1][0], self.at))
        span = keys[-1][1]
        self._give(path, span)
        self._mention(path, span, (start, self.at))

    def _keys(self, depth: int) -> list[tuple[str, Range]]:
        """Go over a dotted key; returns its parts with their ranges."""
        keys: list[tuple[str, Range]] = []
        while True:
            start = self._blanks()
            match = _KEY.match(self.text, start)
            if match is None:
                raise Lost
            if depth + len(keys) >= self.limit:
                raise Deep(start)
            keys.append((_name(match.group()), match.span()))
            self.at = match.end()
            if not self._takes("."):
                return keys

    def _value(self, path: Path) -> None:
        """Go over the value at `path`, and record the mentions of values inside."""
        start = self._blanks()
        if len(path) >= self.limit and self.text[start : start + 1] in ("[", "{"):
            raise Deep(start)
        if self._takes("["):
            self._members(path, "]")
        elif self._takes("{"):
            self._members(path, "}")
        else:
            match = _VALUE.match(self.text, start)
            if match is None:
                raise Lost
            self.at = match.end()

    def _members(self, path: Path, closing: str) -> None:
        """Go over the items of a list, or the pairs of a table in braces, up to its end."""
        number = 0
        while self._left() and not self._takes(closing):
            if closing == "}":
                self._pair(path)
            else:
                item, begin = (*path, number), self.at
                self._value(item)
                self._mention(item, (-1, -1), (begin, self.at))
                number += 1
            self._skip()
            if not self._takes(",") and not self.text.startswith(closing, self.at):
                raise Lost

    def _left(self) -> bool:
        """Skip blanks; always True. Raises Lost if nothing is left."""
        if not self._skip():
            raise Lost
        return True

    def _skip(self) -> bool:
        """Skip blanks, line ends and comments; returns whether something is left."""
        match = _SKIP.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at < len(self.text)

    def _blanks(self) -> int:
        match = _BLANKS.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at

    def _takes(self, sign: str) -> bool:
        """Skip blanks, and then `sign` if it comes next; returns whether it did."""
        found = self.text.startswith(sign, self._blanks())
        self.at += len(sign) if found else 0
        return found

    def _mention(self, path: Path, key: Range, value: Range) -> None:
        self.mentions.setdefault(path, Mention(key, value))

    def _give(self, path: Path, span: Range) -> None:
        if path in self._given:
            name = ".".join(str(part) for part in path)
            self.twice.append((name, span, self._given[path]))
        else:
            self._given[path] = span


def _name(spelled: str) -> str:
    """The value of a part of a key. Raises Lost if it has a bad escape."""
    if spelled[0] == "'":
        return spelled[1:-1]
    if spelled[0] != '"' or "\\" not in spelled:
        return spelled.strip('"')
    import tomllib

    try:
        return next(iter(tomllib.loads(f"{spelled} = 0")))
    except ValueError:
        raise Lost from None
