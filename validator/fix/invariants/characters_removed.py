"""Characters that show nothing are removed, and nothing else is."""

from __future__ import annotations

import unicodedata

from . import Invariant, removed

_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u3164\uffa0"
"""Characters that Unicode counts as letters or marks, though they show nothing."""


def _shows_nothing(text: str) -> bool:
    return all(map(_is_unseen, text))


def _is_unseen(character: str) -> bool:
    return (
        unicodedata.category(character) == "Cf"
        or character in _UNSEEN
        or "\ufe00" <= character <= "\ufe0f"  # variation selectors
        or "\U000e0000" <= character <= "\U000e0fff"  # more of them, and tags
        or "\u2065" <= character <= "\u2069"
    )


INVARIANT = Invariant(
    "only characters that show nothing are gone, and none is new", removed(_shows_nothing)
)
