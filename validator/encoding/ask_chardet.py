"""Asks chardet for the encoding of bytes that read well in no encoding of our own tables.

chardet knows more encodings: those of mainframes, old ones of Macintosh and DOS. It is given only
lines with bytes beyond ASCII (in ASCII lines it finds UTF-7, a magic number or a quoted
declaration), and only a few, because an answer takes milliseconds; loading it takes 150 ms.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .charsets import text_codec

LEAST_CONFIDENCE: Final = 0.35
"""Answers of chardet with less confidence are left out: they are wrong more often than right, where
no encoding of our tables reads well (measured for chardet 7.7 on files in 12 such encodings). Its
confidence is no probability."""

_NO_MATCH: Final = 0.1
"""chardet gives exactly this confidence to its answer when no encoding fits."""


def answers(lines: bytes) -> Iterator[tuple[str, float]]:
    """The codecs (Python's names) that chardet names for `lines`, the most likely first.

    Each comes with its confidence, LEAST_CONFIDENCE or more. Empty if it has no answer or fails.
    """
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
        if name and confidence >= LEAST_CONFIDENCE and confidence != _NO_MATCH:
            yield name, confidence
