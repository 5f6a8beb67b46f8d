"""Patterns of files as a configuration has them, and suppressed findings in matching files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from ..text.visible import visible

MOST_PATTERNS: Final = 10_000
"""Patterns at most at one key of a configuration: every file may be compared with each of them."""


class Patterns(Struct, frozen=True):
    """.gitignore patterns, relative to the directory `base`."""

    lines: tuple[str, ...] = ()
    base: str = "."

    def __bool__(self) -> bool:
        return bool(self.lines)

    @property
    def hidden(self) -> tuple[str, ...]:
        """The patterns that name a hidden file or directory: `.meta/config.json`."""
        return tuple(line for line in self.lines if any(_hidden_parts(line)))

    @property
    def hidden_parts(self) -> frozenset[str]:
        """The names of hidden files and directories in the patterns; they may have wildcards."""
        return frozenset(part for line in self.lines for part in _hidden_parts(line))


class Suppress(Struct, frozen=True):
    """Findings that are not reported: of these rules, by code, in these files.

    `until` is the last day on which this counts; None for always. It is written in the file
    `origin`, at `keys`.
    """

    files: Patterns
    codes: frozenset[str]
    reason: str
    until: date | None
    origin: str
    keys: tuple[str | int, ...]

    def holds(self, today: date) -> bool:
        """Whether it counts on the day `today`."""
        return self.until is None or today <= self.until


def _hidden_parts(line: str) -> list[str]:
    return [part for part in line.lstrip("!").split("/") if part.startswith(".")]


def checked_patterns(lines: Sequence[str]) -> Sequence[str]:
    """The lines, unchanged. Raises ValueError with the rest of "`key` ..." if one is no pattern."""
    for line in lines:
        if "[" in line or "\\" in line or line.startswith("!"):  # any other line is a pattern
            from ..file.pattern_set import is_pattern  # few have such lines

            if not is_pattern(line):
                raise ValueError(
                    f"has `{visible(line)}`, which is no .gitignore pattern: look at its brackets, "
                    "and at what follows `!` and each `\\`"
                )
    return lines
