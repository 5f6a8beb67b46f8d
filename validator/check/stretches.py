"""What is known of stretches of a large file before it is checked, and with which facts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.msgpack import Decoder, Encoder

from ..corpus.fact_rows import Row
from ..delimiters.runs import Passed
from ..file.portions import Version
from ..file.temporary import blocks_of, put_away

_encode = Encoder().encode
_decode = Decoder(list[list[Row]]).decode


def put_away_facts(path: str, facts: Sequence[Sequence[Row]]) -> None:
    """Write the facts of stretches into a file. Raises UsageError where there is no room."""
    put_away(path, _encode(facts))


class RangeReport(Struct, frozen=True):
    """What was found of a range: the stretches that are clean, of this version of the file.

    `facts` are those of the records of each stretch; of many they are in the file `chunk`.
    """

    version: Version
    stretches: tuple[Passed, ...] = ()
    facts: Sequence[Sequence[Row]] = ()
    chunk: str = ""


class Stretches:
    """What is known of the stretches of a file before it is checked."""

    def __init__(self, reports: Iterable[RangeReport], version: Version) -> None:
        """Of another `version` of the file nothing is."""
        self._of = {
            passed.start: (report, at)
            for report in reports
            if report.version == version and _is_there(report.chunk)
            for at, passed in enumerate(report.stretches)
        }
        self._chunk = ""
        self._facts: Sequence[Sequence[Row]] = ()

    def at(self, offset: int) -> Passed | None:
        """The stretch that begins at this byte, without its facts."""
        found = self._of.get(offset)
        return None if found is None else found[0].stretches[found[1]]

    def facts(self, offset: int) -> Sequence[Row]:
        """The facts of the records in it, in order."""
        report, at = self._of[offset]
        if not report.chunk:
            return report.facts[at] if report.facts else ()
        if report.chunk != self._chunk:
            self._chunk, self._facts = report.chunk, _decode(b"".join(blocks_of(report.chunk)))
        return self._facts[at]


def _is_there(chunk: str) -> bool:
    """Whether facts can be had; on another machine they may not be."""
    return not chunk or os.path.exists(chunk)
