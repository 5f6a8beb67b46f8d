"""The one door to RE2: patterns that users write run in linear time, on bytes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import re2

Spans = list[tuple[int, int]]
"""Span of the whole match and of each group; a group that took no part has (-1, -1)."""


class Pattern:
    """A compiled RE2 pattern over UTF-8 bytes.

    `spans(text)` is where the whole and each group match, or None when `text` as a whole does not.
    """

    __slots__ = ("names", "source", "spans")

    def __init__(self, source: str) -> None:
        """Compile `source`. Raises ValueError in our words when RE2 does not accept it."""
        options = re2.Options()
        options.log_errors = False
        try:
            program = re2.compile(source.encode("utf-8"), options)
        except re2.error as error:
            detail = error.args[0] if error.args else b""
            words = detail.decode("utf-8", "replace") if isinstance(detail, bytes) else str(detail)
            raise ValueError(
                f"is not a pattern that RE2 accepts ({words}); "
                "look-around and back-references are not part of it"
            ) from None
        self.source = source
        self.spans = _matcher(program)
        self.names: tuple[str | None, ...] = _group_names(program)


def _matcher(program: Any) -> Callable[[bytes], Spans | None]:
    """The full match of a program, without the wrapper's match object.

    Building that in Python takes 3.2 us with its groups against 0.8, and names are matched once a
    file.
    """
    match = program._regexp.Match
    both = re2._re2.RE2.Anchor.ANCHOR_BOTH

    def spans(text: bytes) -> Spans | None:
        found: Spans = match(both, text, 0, len(text))
        return found if found[0][0] == 0 else None

    return spans


def _group_names(program: Any) -> tuple[str | None, ...]:
    named = {index: name.decode("utf-8") for name, index in program.groupindex.items()}
    return tuple(named.get(index) for index in range(1, program.groups + 1))


@cache
def compiled(source: str) -> Pattern:
    """The pattern for `source`, compiled once in a process. Raises ValueError as `Pattern`."""
    return Pattern(source)
