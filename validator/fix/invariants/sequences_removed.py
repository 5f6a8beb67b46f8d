"""Commands to a terminal are removed, and nothing else is."""

from __future__ import annotations

from ...text.lazy_re import later
from . import Invariant, removed

_SEQUENCE = later(
    "[\x1b\x9b]+\\[?[0-?]*[ -/]*[@-~]"
    "|\x1b*[\x1b\x90\x98\x9d-\x9f][\\]PX^_]?[^\x1b\x07\x9c]*(?:\x07|\x1b\\\\|\x9c)"
)
"""Control sequences and control strings of ECMA-48, 5.4 and 5.6; strings end at BEL, too."""


def _is_sequence(text: str) -> bool:
    return _SEQUENCE.fullmatch(text) is not None


INVARIANT = Invariant(
    "only whole sequences that begin with ESC, or with its C1 form, are gone", removed(_is_sequence)
)
