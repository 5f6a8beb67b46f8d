"""The one door to RE2: patterns that users write run in linear time, on bytes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import re2

_ANCHOR: Final[Any] = re2._re2.RE2.Anchor


class Pattern:
    """A compiled RE2 pattern over UTF-8 bytes."""

    __slots__ = ("_match", "names", "source")

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
        # The wrapper's own `fullmatch` builds a match object in Python (3.2 us with its groups
        # against 0.8): names are matched once per file, so take the spans from the program.
        self._match = program._regexp.Match
        self.names: tuple[str | None, ...] = _group_names(program)

    def spans(self, text: bytes) -> list[tuple[int, int]] | None:
        """Span of the whole and of each group, or None when `text` as a whole does not match.

        A group that took no part has the span (-1, -1).
        """
        spans: list[tuple[int, int]] = self._match(_ANCHOR.ANCHOR_BOTH, text, 0, len(text))
        return spans if spans[0][0] == 0 else None


def _group_names(program: Any) -> tuple[str | None, ...]:
    named = {index: name.decode("utf-8") for name, index in program.groupindex.items()}
    return tuple(named.get(index) for index in range(1, program.groups + 1))


@lru_cache(maxsize=None)
def compiled(source: str) -> Pattern:
    """The pattern for `source`, compiled once in a process. Raises ValueError as `Pattern`."""
    return Pattern(source)
