"""Line ends are written in another way: there are as many lines, and they say the same."""

from __future__ import annotations

from ...text.lines import NEWLINE
from . import Invariant, same


def _with_lf(text: bytes) -> bytes:
    return NEWLINE.sub(b"\n", text)


INVARIANT = Invariant("the text is equal but for how its lines end", same(_with_lf))
