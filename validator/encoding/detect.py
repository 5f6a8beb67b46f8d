"""Asks chardet what a file is that is known not to be UTF-8.

It advises; nothing passes or fails by its word. What it is asked, and what its answer is worth, is
bounded: only lines with bytes beyond ASCII go in (in ASCII it sees UTF-7, a magic number or a
declaration in a quoted line), its confidence is no probability but has bands that measure well, and
an answer counts only if the whole file decodes under it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from ..text.lines import Window

SAMPLE: Final = 1 << 16
"""Bytes of lines that are shown to chardet. More makes it slower and hardly more often right."""

LIKELY: Final = 0.15
POSSIBLE: Final = 0.05
"""chardet 7 named the right text for 98 % and more of legacy files at a confidence of 0.15 and
above, for 86 to 93 % at 0.05 to 0.15, and for half of the few below."""

_NO_MATCH: Final = 0.1
"""The confidence, exactly, of an answer that chardet gives when nothing fits."""

TRIES: Final = 3
"""Answers that are held against the whole file, one after the other."""

_LATIN, _OTHER = "A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u024f", "\u0370-\u052f"
_NONSENSE: Final = f"[{_LATIN}][{_OTHER}]|[{_OTHER}][{_LATIN}]|[\x80-\x9f]"
"""A Latin letter beside one of Greek or Cyrillic, and the C1 controls, which no text has. Compiled
where it is needed, as most runs need none of this module."""

COMMON: Final = (
    "cp1252", "iso8859-1", "iso8859-15", "cp1250", "iso8859-2", "cp1251", "koi8-r", "cp1253",
    "iso8859-7", "cp1254", "iso8859-9", "cp1257", "iso8859-13", "cp932", "gb18030", "cp949",
    "mac-roman", "cp437", "cp850", "cp866",
)  # fmt: skip
"""Encodings that files are in, the most likely first: of those that give the same text as the
answer, this order says which one to name."""


class Advice(Struct, frozen=True):
    """What a file may be in. Under each of `codecs` (Python's names) all of it is the same text."""

    codecs: tuple[str, ...]
    confidence: float

    @property
    def wording(self) -> str:
        """How sure it is: `most likely` or `possibly`."""
        return "most likely" if self.confidence >= LIKELY else "possibly"


def advise(windows: Iterable[Window]) -> Advice | None:
    """What a file is in that is not UTF-8, if that can be told. Goes over the windows twice."""
    for name, confidence in _ask(sample(windows)):
        same = _same_text(windows, name)
        if same:
            return Advice(same, confidence)
    return None


def sample(windows: Iterable[Window]) -> bytes:
    """The lines with bytes beyond ASCII, the first SAMPLE bytes of them."""
    lines: list[bytes] = []
    size = 0
    for window in windows:
        if window.data.isascii():
            continue
        for start, _, end in window.lines():
            line = window.data[start:end]
            if not line.isascii():
                lines.append(line[: SAMPLE - size])
                size += len(lines[-1])
                if size >= SAMPLE:
                    return b"".join(lines)
    return b"".join(lines)


def _ask(lines: bytes) -> list[tuple[str, float]]:
    """The codecs that chardet names with their confidences, the first few that make sense."""
    if not lines or b"\0" in lines:
        return []  # NUL: no text in an encoding of one byte or two
    import chardet  # 50 ms, and 100 more for the first answer: only where there is a question

    try:
        found = chardet.detect_all(
            lines,
            ignore_threshold=True,
            compat_names=False,
            prefer_superset=False,
            max_bytes=SAMPLE,
        )
    except Exception:  # noqa: BLE001 - a guess that cannot be had is no reason to stop
        return []
    answers = [(str(one["encoding"]), one["confidence"]) for one in found]
    return [
        (codecs.lookup(name).name, confidence)
        for name, confidence in answers
        if confidence >= POSSIBLE and confidence != _NO_MATCH and _makes_sense(lines, name)
    ][:TRIES]


def _makes_sense(lines: bytes, name: str) -> bool:
    """Whether there is such a codec, and nothing that is in no text appears under it."""
    try:
        return not re.search(_NONSENSE, lines.decode(name, "ignore"))
    except (LookupError, UnicodeError):
        return False


def _same_text(windows: Iterable[Window], name: str) -> tuple[str, ...]:
    """`name` and the COMMON encodings under which a whole file is the same text, COMMON first.

    Nothing when the file does not decode under `name`.
    """
    # What has no codec to decode by, or is UTF-8, which the file is known not to be, is no answer.
    names = [*COMMON, *([name] if name not in COMMON and name != "utf-8" else [])]
    decoders = {one: codecs.getincrementaldecoder(one)() for one in names}
    if name not in decoders:
        return ()
    for window in windows:
        texts: dict[str, str] = {}
        for one, decoder in decoders.items():
            try:
                texts[one] = decoder.decode(window.data, window.last)
            except UnicodeError:
                continue
        if name not in texts:
            return ()
        decoders = {one: decoders[one] for one, text in texts.items() if text == texts[name]}
    return tuple(decoders)
