"""Divides files as a profile says: into documents, and each into its block and its body."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from msgspec.structs import replace

from ..document import Document, Place
from ..settings.options import Settings
from ..text.lines import Window
from . import block
from . import options as keys
from .flaws import Miscounting, WrongCount
from .kind import Item, RunOf
from .kinds import kind_of
from .runs import Passed, Run


class Divider:
    """Divides files as one profile says. `divide` may be called for many files."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._items = kind_of(settings).divider(settings)
        self._split = settings[keys.BLOCK] != "none"
        self._amount = settings[keys.DOCUMENTS]
        self._holds_one = self._amount is None or self._amount.allows(1)
        self._limit = settings[keys.RECORD_BYTES] or sys.maxsize

    def divide(self, windows: Iterable[Window | Passed], place: Place) -> Iterator[Item]:
        """Documents and flaws of a file, each document after the flaws in it.

        If the profile has a `run_finder`, `windows` may have `Passed` among them: lines that were
        found clean before. They are given back as they are, and so are the runs of JSON Lines.
        """
        count, told = 0, False
        for item in self._items(cast("Iterable[Window]", windows)):
            if isinstance(item, Document):
                count += 1
                document = replace(item, place=place)
                if self._split and document.data:
                    document, flaws = block.split(document, self._settings)
                    yield from flaws
                yield document
            else:
                told = told or isinstance(item, Miscounting)
                count += item.count if isinstance(item, Run | Passed) else 0
                if isinstance(item, Run):
                    yield replace(item, place=place)
                else:
                    yield item
        if self._amount and not told and not self._amount.allows(count):
            yield WrongCount(count, self._amount.least, self._amount.most)

    def only(self, text: bytes, place: Place) -> Sequence[Item]:
        """The items of `divide` for a whole file in memory; only for kinds without division."""
        if not (self._holds_one and len(text) <= self._limit):
            return list(self.divide((Window(text),), place))
        document = Document(Window(text), (0, len(text)), place=place, size=len(text))
        if not self._split:
            return (document,)
        document, flaws = block.split(document, self._settings)
        return (*flaws, document)


def run_finder(settings: Settings) -> RunOf | None:
    """A function that gives the records of a window, if each of its lines is one.

    None for a profile whose records are no lines, or have metadata outside of them.
    """
    run_of = kind_of(settings).run_of
    plain = settings[keys.BLOCK] == "none" and not settings[keys.SIDECAR]
    return run_of(settings) if run_of is not None and plain else None
