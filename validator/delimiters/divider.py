"""Divides files as a profile says: the one place that knows all the ways."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from ..document import Document, Place
from ..model import Flaw
from ..settings.options import Settings
from ..text.lines import Window
from . import block
from . import options as keys
from .flaws import (
    BrokenRecord,
    MarkerInBody,
    Nested,
    NotLines,
    Oversized,
    StrayEnd,
    Unclosed,
    WrongCount,
)
from .runs import Run

Item = Document | Flaw | Run


_CHANGE_THE_COUNT: Final = (
    BrokenRecord, MarkerInBody, Nested, NotLines, StrayEnd, Unclosed,
)  # fmt: skip
"""Flaws after which the number of documents is wrong for a reason that has been told."""


class Divider:
    """The division of one profile. `divide` may be called for many files."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kind = settings[keys.KIND]
        self._items = self._of_kind(self._kind)
        self._split = settings[keys.BLOCK] != "none"
        self._least, self._most = settings[keys.DOCUMENTS] or (0, -1)
        self._holds_one = self._most < 0 or self._least <= 1 <= self._most
        self._limit = settings[keys.RECORD_BYTES] or sys.maxsize

    @property
    def divides(self) -> bool:
        """Whether a file may hold other than one document."""
        return self._kind != "whole"

    def divide(self, windows: Iterable[Window], place: Place) -> Iterator[Item]:
        """Documents and flaws of a file, each document after the flaws in it."""
        count, told = 0, False
        for item in self._items(windows):
            if isinstance(item, Document):
                count += 1
                document = replace(item, place=place)
                if self._split and document.data:
                    document, flaws = block.split(document, self._settings)
                    yield from flaws
                yield document
            else:
                told = told or isinstance(item, _CHANGE_THE_COUNT)
                count += item.count if isinstance(item, Run) else 0
                yield item
        if self._most >= 0 and not told and not self._least <= count <= self._most:
            yield WrongCount(count, self._least, self._most)

    def only(self, text: bytes, place: Place) -> Document | None:
        """The document that a small file is, if it is one without a flaw; for `divides` false."""
        if not (self._holds_one and len(text) <= self._limit):
            return None
        document = Document(Window(text), (0, len(text)), place=place, size=len(text))
        if not self._split:
            return document
        document, flaws = block.split(document, self._settings)
        return None if flaws else document

    def _of_kind(self, kind: str) -> Callable[[Iterable[Window]], Iterator[Item]]:
        """What divides files of this kind; a profile needs only its own."""
        settings = self._settings
        if kind == "marked":
            from .bracketed import Bracketed
            from .grammar import Grammar
            from .separated import Separated

            grammar = Grammar(settings)
            reading = Bracketed if settings[keys.BEGIN] else Separated
            return lambda windows: reading(grammar).run(windows)
        if kind == "json-lines":
            from . import json_lines

            return lambda windows: json_lines.divide(windows, settings)
        if kind == "length-framed":
            from . import framed

            return lambda windows: framed.divide(windows, settings)
        return self._whole

    def _whole(self, windows: Iterable[Window]) -> Iterator[Item]:
        """The file as one document; of one that is too large, only the start is held."""
        limit = self._settings[keys.RECORD_BYTES]
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


def wanted(settings: Settings) -> bool:
    """Whether the profile asks for more than a file as it is."""
    return (
        settings[keys.KIND] != "whole"
        or settings[keys.BLOCK] != "none"
        or settings[keys.DOCUMENTS] != ()
    )
