"""Fixes made in memory, round after round, until nothing is left to fix; each round is proved."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from ..check.exact import Diagnosed
from ..check.fast import NOTHING, Survey
from ..check.plan import Bound, Named
from ..check.stages import stages_of
from ..corpus.fact_rows import Rows
from ..document import Place
from ..file.reading import Pages
from ..model import Diagnostic, Fix, Totals
from .choosing import Chosen, chosen
from .invariants import Content, named
from .proving import broken_invariant, mended, objection, seen
from .read_documents import contents
from .recipes import expanded

ROUNDS: Final = 10
"""Rounds at most. What one fix makes room for another mends, and that seldom goes on."""

NONE: Final[Mapping[str, str]] = {}


class Mended(Struct, frozen=True):
    """What came of a file in memory.

    `data` is what it should say, `counts` the findings that are mended in that, by code, and
    `refused` why the fixes of a rule were not made, by code. `found` is what is left to be said, of
    which nothing was left out; `done` are the fixes, round after round, and so many of these are of
    the `first` one.
    """

    data: bytes
    found: Diagnosed
    counts: Mapping[str, int]
    refused: Mapping[str, str]
    done: Sequence[Chosen] = ()
    first: int = 0


class _Text(Struct, frozen=True):
    """A file as it was: its bytes, and all that is to be said of them.

    Of a larger file it is a `piece`, which may be the `last`.
    """

    file: Named
    path: bytes
    data: bytes
    found: Diagnosed
    piece: bool = False
    last: bool = True

    def takes(self, fix: Fix, size: int) -> bool:
        """Whether a fix may be made to a text that now has so many bytes.

        No piece of a file tells what the file is: it is not written in another encoding. Where more
        follows, the end of a piece is none of the file.
        """
        name = fix.recipe.partition(":")[0]
        if name or not self.piece:
            return name != "transcode" or not self.piece
        return self.last or all(edit.end < size for edit in fix.edits)


class _Settled(Struct, frozen=True):
    """A text after its last round, what is said of it, what was done; `why` it must not be so."""

    data: bytes
    found: Diagnosed
    done: Sequence[Chosen]
    why: str
    first: int = 0

    @property
    def counts(self) -> Mapping[str, int]:
        """How many findings were mended, by code."""
        return Counter(one.code for one in self.done)


def _is_meant(one: Chosen, text: bytes, name: bytes) -> bool:
    """Whether the format of the file means what a fix would change."""
    spares = named(one.repair.keeps).spares
    return any(spares(text, edit, name) for edit in one.fix.edits)


class Mender:
    """Fixes texts in memory under a profile."""

    def __init__(self, bound: Bound, today: date, *, unsafe: bool) -> None:
        self._bound, self._today, self._unsafe = bound, today, unsafe
        self._stages = stages_of(bound, today, 0)
        self._charsets = self._stages.charsets

    def mend(self, file: Named, path: bytes, data: bytes, first: Diagnosed | None = None) -> Mended:
        """What comes of a file with these bytes; `first` is all that is to be said of it, if known.

        `path` is where it lies. Fixes of a rule that must not be made to it are not.
        """
        text = _Text(file, path, data, first or self.check(file, path, data))
        settled, refused = self._best(text, ROUNDS)
        return Mended(settled.data, settled.found, settled.counts, refused)

    def mend_piece(
        self, file: Named, data: bytes, refused: Mapping[str, str], *, last: bool
    ) -> Mended:
        """What comes of bytes of a larger file, whose `last` end where it does.

        The fixes of rules that are `refused` are not made.
        """
        text = _Text(file, b"", data, self.check(file, b"", data), True, last)
        settled, refused = self._best(text, ROUNDS, refused)
        return Mended(
            settled.data, settled.found, settled.counts, refused, settled.done, settled.first
        )

    def proved(self, file: Named, data: bytes) -> Iterator[Diagnostic]:
        """The findings in these bytes that can be fixed together, each with its proved fix."""
        text = _Text(file, b"", data, self.check(file, b"", data))
        settled, _ = self._best(text, 0)
        yield from (one.found for one in settled.done if one.found is not None)

    def _best(
        self, text: _Text, rounds: int, without: Mapping[str, str] = NONE
    ) -> tuple[_Settled, Mapping[str, str]]:
        """What comes of a text in so many rounds, and why the fixes of some rules are left out.

        With 0 it is one round, after which something may be left to fix. The fixes of rules
        `without` which it is to be done are left out, too.
        """
        refused = {**without}
        while True:
            settled = self._settled(text, rounds, refused)
            if not settled.why:
                return settled, refused
            refused.update(self._to_blame(text, rounds, settled, refused))

    def _settled(
        self, text: _Text, rounds: int, refused: Collection[str], only: str = ""
    ) -> _Settled:
        """What comes of a text, round after round, with the fixes of one rule, or of all.

        What they did as a whole is held against what was said before.
        """
        data, found = text.data, text.found
        done: list[Chosen] = []
        first: list[Chosen] = []
        why = ""
        for _ in range(rounds or 1):
            fixes = self._chosen(text, data, found.diagnostics, refused, only)
            if not fixes:
                break
            done += fixes
            first = first or fixes
            why = broken_invariant(data, fixes, self._charsets, self._documents(text.file))
            if why:
                return _Settled(data, found, done, why)
            data = mended(data, fixes)
            found = self.check(text.file, text.path, data)
        if rounds and self._chosen(text, data, found.diagnostics, refused, only):
            why = f"after {rounds} rounds there is still something to fix"
        why = why or objection(text.found, found, done, first)
        return _Settled(data, found, done, why, len(first))

    def _to_blame(
        self, text: _Text, rounds: int, settled: _Settled, refused: Collection[str]
    ) -> dict[str, str]:
        """The rules whose fixes must not be made, and why: those that fail alone, else all."""
        codes = sorted({one.code for one in settled.done})
        failed: dict[str, str] = {}
        for code in codes if len(codes) > 1 else ():
            alone = self._settled(text, rounds, refused, code)
            if alone.why:
                failed[code] = alone.why
        return failed or dict.fromkeys(codes, settled.why)

    def check(self, file: Named, path: bytes, data: bytes) -> Diagnosed:
        """All that is to be said of a file with these bytes; of most that is nothing."""
        stages, name = self._stages, file.name
        misnamed = stages.names.odd((name,), stages.names.matched((name,), compressed=True))
        if file.flaws or file.entered:
            misnamed = {name}
        place = self._place(file)
        plain, surveys, known = stages.quickly(
            (name,), (data,), misnamed, lambda names: dict.fromkeys(names, place)
        )
        if surveys is None:
            return self._clean(data, Survey(1, len(data), []))
        survey = surveys.get(name) if plain else None
        if isinstance(survey, Survey):
            return self._clean(data, survey)
        return stages.salvage.diagnose(file, Pages(path, data), known.get(name, NOTHING))

    def _clean(self, data: bytes, survey: Survey) -> Diagnosed:
        """What is to be said of a clean file."""
        rows = Rows(len(self._stages.facts.of_documents))
        rows.extend(survey.rows)
        size, outside = len(data) + survey.beside, len(data) - survey.size
        totals = Totals(files=1, documents=survey.count, bytes=size, outside=outside)
        return Diagnosed(totals, (), rows)

    def _chosen(
        self,
        text: _Text,
        data: bytes,
        findings: Sequence[Diagnostic],
        refused: Collection[str],
        only: str = "",
    ) -> list[Chosen]:
        """The fixes of a round of a text that is `data` now, those of the rule `only` if given."""
        file = text.file
        fixable = [self._worked_out(one, data) for one in findings if not only or one.code == only]
        fixes = chosen(fixable, file.path, refused, unsafe=self._unsafe)
        return [
            one
            for one in fixes
            if text.takes(one.fix, len(data)) and not _is_meant(one, data, file.name)
        ]

    def _worked_out(self, found: Diagnostic, text: bytes) -> Diagnostic:
        """A finding with the edits of its fix, where that has only a recipe."""
        if found.fix is None or not found.fix.recipe:
            return found
        codec = seen(text, self._charsets).codec
        return replace(found, fix=expanded(found.fix, text, codec))

    def _documents(self, file: Named) -> Callable[[bytes], Sequence[Content]]:
        return partial(contents, bound=self._bound, place=self._place(file))

    def _place(self, file: Named) -> Place:
        place = self._stages.names.place(os.fsencode(file.path), file.name, self._today)
        return replace(place, beside=file.beside.data)
