"""The one door to what google-re2 does not publish: its matcher, without the wrapper around it.

A match with its groups takes 0.8 us so; the match object that the wrapper builds, 3.2 us.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import re2

Match = Callable[[Any, bytes, int, int], list[tuple[int, int]]]
"""Gives, from an anchor, a text, its first byte and its end, the span of the whole match and of
each group; (-1, -1) for a group that took no part, and for all where there is no match."""

try:
    ANYWHERE: Final[Any] = re2._re2.RE2.Anchor.UNANCHORED
    WHOLE: Final[Any] = re2._re2.RE2.Anchor.ANCHOR_BOTH
except AttributeError as error:
    from importlib.metadata import version

    raise ImportError(
        f"google-re2 {version('google-re2')} no longer has `{error.name}`: "
        "validator/text/re2_private.py must be adapted"
    ) from error


def matcher(program: Any) -> Match:
    """What matches a compiled pattern against bytes."""
    match: Match = program._regexp.Match
    return match


def set_matcher(patterns: Any) -> Callable[[bytes], Iterable[int]]:
    """What gives the numbers of the patterns of a compiled set that match a text."""
    match: Callable[[bytes], Iterable[int]] = patterns._set.Match
    return match
