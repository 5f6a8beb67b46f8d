"""The fingerprint of a finding: a digest of what it is about, not of where that stands.

It stays the same when other lines change, when files are moved or renamed, and when a new version
words the message differently. `docs/adopting.md` says exactly what is hashed.
"""

from __future__ import annotations

import os
from typing import Final

from xxhash import xxh3_128_hexdigest

from ..file.reading import Pages
from ..file.streams import BrokenStreamError
from ..text.lines import Window

AROUND: Final = 40
"""Bytes of the line on each side of where the finding begins: lines of prose and of JSONL are long,
and a change elsewhere in them must not change the fingerprint."""


def fingerprint(code: str, word: str, document: str, text: bytes, occurrence: int) -> str:
    """The fingerprint of a finding: 32 hexadecimal digits.

    `word` is what its message quotes first, `document` the id of a document that is one of many in
    its file. `occurrence` counts, from 1, the findings of one file for which all else is equal.
    """
    parts = (
        code.encode(),
        word.encode("utf-8", "surrogateescape"),
        document.encode("utf-8", "surrogateescape"),
        text,
        str(occurrence).encode(),
    )
    return xxh3_128_hexdigest(b"\0".join(parts))


def quoted(message: str) -> str:
    """The first text in backticks of a message, the name of a field, say; empty without one.

    The words around it may differ in another version.
    """
    _, tick, rest = message.partition("`")
    word, end, _ = rest.partition("`")
    return word if tick and end else ""


def text_at(window: Window, start: int) -> bytes:
    """The text around the byte `start` of the window, within its line."""
    begin, stop = window.line_bounds(window.line_at(start))
    near = window.data[max(begin, start - AROUND) : min(stop, start + AROUND)]
    return b" ".join(near.split())


def content_of(pages: Pages, path: str) -> bytes:
    """A digest of the first window of a file; its name if nothing can be read."""
    try:
        head = next((window.data for window in pages), b"")
    except (OSError, BrokenStreamError, MemoryError):
        head = b""
    if head:
        return xxh3_128_hexdigest(head).encode()
    return name_of(path)


def name_of(path: str) -> bytes:
    """The name of a file without directories, in place of the digest of its content."""
    return os.path.basename(os.fsencode(path).rstrip(b"/"))
