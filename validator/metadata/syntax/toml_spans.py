"""Where the keys and values of a block of TOML stand. The values are another's matter."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from ...text.lazy_re import later

Path = tuple[str | int, ...]
"""The keys, and indexes in lists, that lead to a value."""

Range = tuple[int, int]
"""First code point and end."""

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


class Lost(Exception):  # noqa: N818 - no error: the block is not TOML, which another will say
    """The scanner does not know what stands here."""


class Deep(Exception):  # noqa: N818 - no error: the way out of a block that is too deep
    """A list, table or dotted key is too deep; `at` is where."""

    def __init__(self, at: int) -> None:
        self.at = at


class Mention(Struct, frozen=True):
    """A key and its value, where they are first written."""

    key: Range
    value: Range


class Scanner:
    """Goes over the block once. `twice` are keys that have a value already, with the first one."""

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
        """`[table]` or `[[list of tables]]`; gives the path of the table."""
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
        """`key = value`."""
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
        """A dotted key: the parts and where they stand."""
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
        """Go over the value of `path`, and mention what is in it."""
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
        """Pass blanks, after which something must be left. Raises Lost."""
        if not self._skip():
            raise Lost
        return True

    def _skip(self) -> bool:
        """Pass blanks, line ends and comments; whether something is left."""
        match = _SKIP.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at < len(self.text)

    def _blanks(self) -> int:
        match = _BLANKS.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at

    def _takes(self, sign: str) -> bool:
        """Pass `sign` if it comes next, after blanks."""
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
    """What a part of a key says."""
    if spelled[0] == "'":
        return spelled[1:-1]
    if spelled[0] != '"' or "\\" not in spelled:
        return spelled.strip('"')
    import tomllib

    try:
        return next(iter(tomllib.loads(f"{spelled} = 0")))
    except ValueError:
        raise Lost from None
