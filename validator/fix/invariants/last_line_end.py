"""Line ends behind the last line come or go."""

from __future__ import annotations

from . import Invariant, same


def _bare(text: bytes) -> bytes:
    return text.rstrip(b"\r\n")


INVARIANT = Invariant("the text is equal but for line ends behind its last line", same(_bare))
