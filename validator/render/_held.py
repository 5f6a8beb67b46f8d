"""Findings that are read more than once: few are kept in memory, many in a temporary file."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from ..corpus.external_sort import Scratch
from ..model import Diagnostic

FEW: Final = 1000
"""Findings in memory at most, some 2 MB; then they are written to the temporary file together."""

_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(list[Diagnostic]).decode


class Held:
    """The findings of a run; after all have passed, they can be read any number of times."""

    def __init__(self, few: int = FEW) -> None:
        self._few = few
        self._recent: list[Diagnostic] = []
        self._blocks: list[tuple[int, int, bool]] = []  # offset, size, whether pickled
        self._scratch = Scratch()

    def passing(self, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The findings as they come; each is kept. Raises UsageError if the disk is full."""
        for found in findings:
            self._recent.append(found)
            if len(self._recent) >= self._few:
                self._put_away()
            yield found

    def __iter__(self) -> Iterator[Diagnostic]:
        for offset, size, pickled in self._blocks:
            data = self._scratch.read(offset, size)
            yield from pickle.loads(data) if pickled else _decode(data)
        yield from self._recent

    def _put_away(self) -> None:
        try:
            data, pickled = _encode(self._recent), False
        except (UnicodeEncodeError, OverflowError, TypeError):  # a name that is not UTF-8, say
            data, pickled = pickle.dumps(self._recent, pickle.HIGHEST_PROTOCOL), True
        self._blocks.append((self._scratch.write(data), len(data), pickled))
        self._recent = []


def held(findings: Iterable[Diagnostic]) -> Held:
    """All findings, read to the end and kept."""
    if isinstance(findings, Held):
        return findings
    kept = Held()
    for _ in kept.passing(findings):
        pass
    return kept
