"""Files that hold their document twice: pasted or appended once more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import FileIO
from typing import Final

from stringzilla import find

from ..model import BlockingFlaw
from ..text.lazy_re import later
from ..text.lines import NEWLINE
from ..text.screen.screen import Ask

HEAD: Final = 40
"""A document that stands twice has its first bytes twice."""

LEAST: Final = 128
"""Fewest bytes of a doubled document: a shorter text may repeat itself on purpose, as songs do."""

LEAST_WITH_HEAD: Final = 40
"""The same for a document with front matter or a heading, which no other text has."""

_HEAD: Final = later(rb"\A(?:---|\+\+\+)\r?\n|^#{1,6} ", re.MULTILINE)

BLOCK: Final = 1 << 18
"""Bytes of a large file that are compared at a time."""

RETURNS: Final = 16
"""Most times that the first bytes may be repeated in a document, as a title is in its text."""


class Doubled(BlockingFlaw, frozen=True):
    """A second copy begins at the byte `start`, in line `row`; of the body only, if `body`.

    Its first line ends at the byte `end`.
    """

    start: int
    end: int
    row: int
    body: bool


_SHIFT: Final = 5
"""Places in the middle where the second copy may begin: blanks and line ends may part the two."""

_FENCES: Final = b"-+"
_FRONT_MATTER: Final = later(rb"(---|\+\+\+)\r?\n(?s:.*?)\n\1\r?\n\s*")


def _may_be_doubled(texts: Sequence[bytes]) -> bool:
    """Whether one of these files, none of them empty, may hold its document twice.

    Then its first bytes stand again in its middle. Of nearly every file the first byte alone, which
    is in none of the places where they could begin there, tells that they do not.
    """
    for text in texts:
        middle = len(text) // 2
        if text[0] in text[middle : middle + _SHIFT] and _begins_again(text, 0) >= 0:
            return True
    return False


def _may_have_doubled_body(texts: Sequence[bytes]) -> bool:
    """Whether what is behind front matter may stand twice in one of these: then its end does."""
    return any(
        0 <= find(text, text[-HEAD:-2]) < len(text) - HEAD
        for text in texts
        if len(text) >= 2 * LEAST_WITH_HEAD
    )


CLUES: Final = (Ask(_may_be_doubled), Ask(_may_have_doubled_body, heads=_FENCES))
"""The clues that a file may hold its document, or the body of it, twice."""


def doubled(data: bytes) -> Doubled | None:
    """Where the document, or its body behind front matter, begins once more up to the end."""
    at = _second(data, 0)
    block = _FRONT_MATTER.match(data) if at < 0 else None
    at = _second(data, block.end()) if block else at
    if at < 0:
        return None
    line = NEWLINE.search(data, at)
    row = 1 + len(NEWLINE.findall(data, 0, at))
    return Doubled(at, line.start() if line else len(data), row, block is not None)


def _second(data: bytes, start: int) -> int:
    """Where `data` from `start` on is repeated to its end; -1 if it is not."""
    at = _begins_again(data, start)
    if at < 0:
        return -1
    first, rest = data[start:at].rstrip(), data[at:].rstrip()
    if first != rest or len(first) < (LEAST_WITH_HEAD if _HEAD.search(first) else LEAST):
        return -1
    return -1 if _repeats(first) else at  # as a list does


def _begins_again(data: bytes, start: int) -> int:
    """Where the first bytes from `start` on stand in the middle of the rest; -1 if they do not."""
    if len(data) < 2 * LEAST_WITH_HEAD:
        return -1
    middle = (start + len(data)) // 2
    return int(find(data, data[start : start + HEAD], middle, middle + HEAD + _SHIFT - 1))


def _repeats(text: bytes) -> bool:
    """Whether a text is one part over and over: from some return of its head on it begins anew."""
    at = text.find(text[:HEAD], 1)
    for _ in range(RETURNS):
        if at < 0 or 2 * at > len(text) + 2:
            return False
        if text.startswith(text[at:]):
            return True
        at = text.find(text[:HEAD], at + 1)
    return True


def doubled_in(file: FileIO, size: int) -> Doubled | None:
    """`doubled` for a large file of `size` bytes, block by block. Raises OSError."""
    head, middle = file.read(HEAD), size // 2
    file.seek(middle)
    found = file.read(HEAD + _SHIFT - 1).find(head)
    if found < 0 or not head.strip():
        return None
    at, row, done = middle + found, 1, 0
    line = b""
    while done < at:
        first, rest = _block(file, done, at), _block(file, at + done, size)
        line = line or NEWLINE.split(first, 1)[0]
        row += first.count(b"\n") or first.count(b"\r")
        if done + BLOCK >= at:  # the line ends after the copies may differ
            first, rest = first.rstrip(), rest.rstrip()
        if first != rest or first.count(head) != (done == 0):
            return None
        done += BLOCK
    return Doubled(at, at + len(line), row, body=False)


def _block(file: FileIO, start: int, stop: int) -> bytes:
    file.seek(start)
    return file.read(min(BLOCK, max(0, stop - start)))
