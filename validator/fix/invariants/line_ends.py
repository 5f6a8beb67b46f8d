"""Line ends are replaced by others: the number of lines and their text stay the same."""

from __future__ import annotations

from ...text.lines import NEWLINE
from . import Invariant, same


def _with_lf(text: bytes) -> bytes:
    return NEWLINE.sub(b"\n", text)


INVARIANT = Invariant("the text is equal but for how its lines end", same(_with_lf))
