"""A file that is one document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from ..document import Document
from ..text.lines import Window
from .flaws import Oversized
from .kind import Item, Kind
from .options import RECORD_BYTES


def _document(limit: int, windows: Iterable[Window]) -> Iterator[Item]:
    """The file as one document; only the start of it is held if it has more bytes than `limit`."""
    parts: list[bytes] = []
    size = held = 0
    for window in windows:
        size = window.offset + len(window.data)
        if not limit or held + len(window.data) <= limit:
            parts.append(window.data)
            held += len(window.data)
    data = parts[0] if len(parts) == 1 else b"".join(parts)
    if held < size:
        yield Oversized(0, 0, 1, size, limit)
    yield Document(Window(data), (0, len(data)), size=size)


KIND = Kind(
    name="whole",
    document="the file",
    needs="nothing",
    divider=lambda settings: partial(_document, settings[RECORD_BYTES]),
    sample=b"Title\n\nText.\n",
    divides=False,
)
