"""Asks chardet what bytes are in, where they read well in no encoding that we know ourselves.

It knows more of them: those of mainframes, old ones of Macintosh and DOS. It is shown the lines
with bytes beyond ASCII alone (in ASCII it sees UTF-7, a magic number or a declaration in a quoted
line), and few of them, as it takes milliseconds; to load it takes 150 more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .charsets import text_codec

LIKELY: Final = 0.35
"""Its confidence is no probability: what it answers below that is wrong more often than right,
where nothing else reads well (measured for chardet 7.7 on files in 12 such encodings)."""

_NO_MATCH: Final = 0.1
"""The confidence, exactly, of an answer that it gives when nothing fits."""


def answers(lines: bytes) -> Iterator[tuple[str, float]]:
    """The codecs that it names, the most likely first, with its confidences from LIKELY on."""
    import chardet  # 50 ms, and 100 more for the first answer: only where there is a question

    try:
        found = chardet.detect_all(
            lines,
            ignore_threshold=True,
            compat_names=False,
            prefer_superset=False,
            max_bytes=max(1, len(lines)),
        )
    except Exception:  # noqa: BLE001 - a guess that cannot be had is no reason to stop
        return
    for one in found:
        name, confidence = text_codec(str(one["encoding"])), one["confidence"]
        if name and confidence >= LIKELY and confidence != _NO_MATCH:
            yield name, confidence
