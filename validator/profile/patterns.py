"""Patterns of files as a configuration writes them, and the directory that they count from."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

MOST_PATTERNS: Final = 10_000
"""Patterns at one key of a configuration: every file may be held against each of them."""


class Patterns(Struct, frozen=True):
    """.gitignore patterns, relative to the directory `base`."""

    lines: tuple[str, ...] = ()
    base: str = "."

    def __bool__(self) -> bool:
        return bool(self.lines)

    @property
    def hidden(self) -> tuple[str, ...]:
        """Those that name a hidden file or directory: `.meta/config.json`."""
        return tuple(line for line in self.lines if any(_hidden_parts(line)))

    @property
    def hidden_parts(self) -> frozenset[str]:
        """The names of hidden files and directories in them, which may have wildcards."""
        return frozenset(part for line in self.lines for part in _hidden_parts(line))


def _hidden_parts(line: str) -> list[str]:
    return [part for part in line.lstrip("!").split("/") if part.startswith(".")]
