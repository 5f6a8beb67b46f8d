"""The stretches of a large file that are known to be clean before it is checked, with facts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager

from msgspec import Struct
from msgspec.msgpack import Decoder, Encoder

from ..corpus.fact_rows import Row
from ..delimiters.runs import Passed
from ..document import Span
from ..file.portions import Forward, Version, version_of
from ..file.reading import Pages
from ..file.temporary import blocks_of, put_away
from ..model import Flaw
from ..text.lines import Window

_encode = Encoder().encode
_decode = Decoder(list[list[Row]]).decode


def put_away_facts(path: str, facts: Sequence[Sequence[Row]]) -> None:
    """Write the facts of stretches into a file. Raises UsageError where there is no room."""
    put_away(path, _encode(facts))


class Clues(Struct, frozen=True):
    """A window with clues for rules about bytes, and the parts of it that have them.

    `start` and `stop` count from the start of the file, `parts` from that of the window.
    """

    start: int
    stop: int
    parts: list[Span]


class RangeReport(Struct, frozen=True):
    """The report on a range: the stretches that are clean in this version of the file.

    `facts` are those of the records of each stretch, or they are in the file `chunk`. `clues` has
    the places of clues in windows that are not clean, as far as they are known.
    """

    version: Version
    stretches: tuple[Passed, ...] = ()
    facts: Sequence[Sequence[Row]] = ()
    chunk: str = ""
    clues: tuple[Clues, ...] = ()


class DamageReport(Struct, frozen=True):
    """What keeps this version of a file from being UTF-8, as `encoding.damage` tells it."""

    version: Version
    flaws: tuple[Flaw, ...]


class Stretches:
    """The clean stretches of a file that are known before it is checked."""

    def __init__(self, reports: Iterable[RangeReport], version: Version) -> None:
        """Reports on another version of the file than this `version` are left out."""
        self._of: dict[int, tuple[RangeReport, int]] = {}
        self._clues: dict[int, Clues] = {}
        self._version = version
        self._chunk = ""
        self._facts: Sequence[Sequence[Row]] = ()
        for report in reports:
            self.add(report)

    def add(self, report: RangeReport) -> None:
        """Take in the report on a range."""
        if report.version == self._version and _is_there(report.chunk):
            for at, passed in enumerate(report.stretches):
                self._of[passed.start] = report, at
            self._clues.update({one.start: one for one in report.clues})

    def open(self, pages: Pages) -> AbstractContextManager[Forward]:
        """Open the file to read its bytes."""
        return pages.from_within(0)

    def expect_damage(self) -> None:
        """Tell that `damage` will be called."""

    def damage(self) -> tuple[Flaw, ...] | None:
        """What keeps the file from being UTF-8, if a helper has found that; else None."""
        return None

    def at(self, offset: int) -> Passed | None:
        """The stretch that begins at this byte of the file, without facts; None if none does."""
        found = self._of.get(offset)
        return None if found is None else found[0].stretches[found[1]]

    def clues(self, window: Window) -> list[Span] | None:
        """The parts of a window with a clue; None where they are unknown. Asked once a window."""
        found = self._clues.pop(window.offset, None)
        stop = window.offset + len(window.data)
        return found.parts if found is not None and found.stop == stop else None

    def facts(self, offset: int) -> Sequence[Row]:
        """The facts of the records in the stretch that begins at `offset`, in order."""
        report, at = self._of[offset]
        if not report.chunk:
            return report.facts[at] if report.facts else ()
        if report.chunk != self._chunk:
            self._chunk, self._facts = report.chunk, _decode(b"".join(blocks_of(report.chunk)))
        return self._facts[at]


def stretches_of(reports: Iterable[RangeReport], pages: Pages) -> Stretches | None:
    """The stretches of a file, if it is still of the same version; None if it is gone."""
    try:
        return Stretches(reports, version_of(pages))
    except OSError:
        return None


def _is_there(chunk: str) -> bool:
    """Whether the file of facts is there; it may be on another machine."""
    return not chunk or os.path.exists(chunk)
