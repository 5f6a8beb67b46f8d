"""Fixes made in memory, round after round, until nothing is left to fix; each is proved."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Final, TypeVar

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
from .proving import objection, seen, tried
from .read_documents import Reader
from .recipes import expanded

T = TypeVar("T")

ROUNDS: Final = 10
"""Rounds at most. After one fix another may become possible; seldom more than once or twice."""

NONE: Final[Mapping[str, str]] = {}


class Mended(Struct, frozen=True):
    """The result of fixing a file in memory.

    `data` are its new bytes, and `found` are all findings that are left. `done` are the fixes that
    were made, round after round; the first `first` of them are those of round one. `refused` says,
    by code, why the fixes of a rule were not made. `why`, if not empty, says why the fixes that
    were made must not be written.
    """

    data: bytes
    found: Diagnosed
    done: Sequence[Chosen] = ()
    first: int = 0
    why: str = ""
    refused: Mapping[str, str] = NONE

    @property
    def counts(self) -> Mapping[str, int]:
        """How many findings were fixed, by code."""
        return Counter(one.code for one in self.done)


class Text(Struct, frozen=True):
    """A file before its fixes: where it lies, its bytes, and all findings in them, if known.

    It may be a `piece` of a larger file, even the `last` one. With `once` there is one round only,
    after which something may be left to fix. Fixes of the rules in `refused` are not made.
    """

    file: Named
    path: bytes
    data: bytes
    found: Diagnosed | None = None
    piece: bool = False
    last: bool = True
    once: bool = False
    refused: Mapping[str, str] = NONE

    def takes(self, fix: Fix, size: int) -> bool:
        """Whether a fix may be made to this text, which has `size` bytes now.

        The encoding of a file cannot be known from a piece: no piece is transcoded. The end of a
        piece is not the end of the file, if it is not the last: no edit is made there.
        """
        name = fix.recipe.partition(":")[0]
        if name or not self.piece:
            return name != "transcode" or not self.piece
        return self.last or all(edit.end < size for edit in fix.edits)


def _is_meant(one: Chosen, text: bytes, name: bytes) -> bool:
    """Whether the bytes that a fix would change have a meaning in the file's format."""
    spares = named(one.repair.keeps).spares
    return any(spares(text, edit, name) for edit in one.fix.edits)


Steps = Generator[bytes, Diagnosed, T]
"""The work on a text, step by step: it yields bytes to be checked, is sent the findings in them,
and returns T."""


class Mender:
    """Fixes texts in memory under a profile."""

    def __init__(self, bound: Bound, today: date, *, unsafe: bool) -> None:
        self._today, self._unsafe = today, unsafe
        self._reader = Reader(bound.settings)
        self._stages = stages_of(bound, today, 0)
        self._charsets = self._stages.charsets

    def mend(self, file: Named, path: bytes, data: bytes) -> Mended:
        """The result of fixing a file with these bytes, which lies at `path`.

        Fixes of a rule that must not be made to this file are left out.
        """
        return self.mend_all([Text(file, path, data)])[0]

    def mend_all(self, texts: Sequence[Text]) -> list[Mended]:
        """The results for small texts. After each round, unfinished ones are checked together."""
        works = [self._mended(text) for text in texts]
        results: dict[int, Mended] = {}
        answers: dict[int, Diagnosed | None] = dict.fromkeys(range(len(works)))
        while answers:
            asked: dict[int, tuple[Named, bytes, bytes]] = {}
            for at, answer in answers.items():
                try:
                    data = works[at].send(answer)  # type: ignore[arg-type]
                    asked[at] = texts[at].file, texts[at].path, data
                except StopIteration as stop:
                    results[at] = stop.value
            found = self.check_all([*asked.values()]) if asked else []
            answers = dict(zip(asked, found, strict=True))
        return [results[at] for at in range(len(works))]

    def proved(self, file: Named, data: bytes) -> Iterator[Diagnostic]:
        """The findings in these bytes that can be fixed together, each with its proved fix."""
        (found,) = self.mend_all([Text(file, b"", data, once=True)])
        yield from (one.found for one in found.done if one.found is not None)

    def _mended(self, text: Text) -> Steps[Mended]:
        """The result for a text, with the reasons why fixes of some rules are left out."""
        refused = {**text.refused}
        found = text.found or (yield text.data)
        while True:
            settled = yield from self._settled(text, found, refused)
            if not settled.why:
                return replace(settled, refused=refused)
            refused.update((yield from self._to_blame(text, found, settled, refused)))

    def _settled(
        self, text: Text, before: Diagnosed, refused: Collection[str], only: str = ""
    ) -> Steps[Mended]:
        """The result for a text, round after round, with the fixes of the rule `only`, or of all.

        The result as a whole is compared with the findings `before`.
        """
        data, found = text.data, before
        done: list[Chosen] = []
        first: list[Chosen] = []
        fixes = self._chosen(text, data, found, refused, only)
        for _ in range(1 if text.once else ROUNDS):
            if not fixes:
                break
            done += fixes
            first = first or fixes
            made = tried(data, fixes, self._charsets, partial(self.contents, text.file))
            if made.why:
                return Mended(data, found, done, why=made.why)
            data = made.data
            found = yield data
            fixes = self._chosen(text, data, found, refused, only)
        why = f"after {ROUNDS} rounds there is still something to fix"
        if text.once or not fixes:
            why = objection(before, found, done, first)
        return Mended(data, found, done, len(first), why)

    def _to_blame(
        self, text: Text, before: Diagnosed, settled: Mended, refused: Collection[str]
    ) -> Steps[dict[str, str]]:
        """The rules whose fixes must not be made: code -> why. Those that fail alone, else all."""
        codes = sorted({one.code for one in settled.done})
        failed: dict[str, str] = {}
        for code in codes if len(codes) > 1 else ():
            alone = yield from self._settled(text, before, refused, code)
            if alone.why:
                failed[code] = alone.why
        return failed or dict.fromkeys(codes, settled.why)

    def check(self, file: Named, path: bytes, data: bytes) -> Diagnosed:
        """All findings in a file with these bytes, which lies at `path`."""
        return self.check_all([(file, path, data)])[0]

    def check_all(self, files: Sequence[tuple[Named, bytes, bytes]]) -> list[Diagnosed]:
        """All findings in small files, each given with its path and bytes."""
        stages = self._stages
        names = [file.name for file, _, _ in files]
        odd = stages.names.odd(names, stages.names.matched(names, compressed=True))
        keyed = {b"%d" % at: one for at, one in enumerate(files)}
        misnamed = {
            key
            for key, (file, _, _) in keyed.items()
            if file.name in odd or file.flaws or file.entered
        }
        surveys, known = stages.quickly(
            [*keyed],
            [data for _, _, data in files],
            misnamed,
            lambda keys: {key: self.place(keyed[key][0]) for key in keys},
        )
        found = []
        for key, (file, path, data) in keyed.items():
            survey = surveys.get(key) if surveys is not None else Survey(1, len(data), [])
            if isinstance(survey, Survey):
                found.append(self._clean(data, survey))
            else:
                pages = Pages(path, data)
                found.append(stages.salvage.diagnose(file, pages, known.get(key, NOTHING)))
        return found

    def _clean(self, data: bytes, survey: Survey) -> Diagnosed:
        """The report of a clean file."""
        rows = Rows(len(self._stages.facts.of_documents))
        rows.extend(survey.rows)
        size, outside = len(data) + survey.beside, len(data) - survey.size
        totals = Totals(files=1, documents=survey.count, bytes=size, outside=outside)
        return Diagnosed(totals, (), rows)

    def _chosen(
        self, text: Text, data: bytes, found: Diagnosed, refused: Collection[str], only: str
    ) -> list[Chosen]:
        """The fixes of a round; `data` is the text now. Only those of the rule `only`, if given."""
        file, every = text.file, found.diagnostics
        fixable = [self._worked_out(one, data) for one in every if not only or one.code == only]
        fixes = chosen(fixable, file.path, refused, unsafe=self._unsafe)
        return [
            one
            for one in fixes
            if text.takes(one.fix, len(data)) and not _is_meant(one, data, file.name)
        ]

    def _worked_out(self, found: Diagnostic, text: bytes) -> Diagnostic:
        """A finding whose fix has its edits, also if the rule gave only a recipe."""
        if found.fix is None or not found.fix.recipe:
            return found
        codec = seen(text, self._charsets).codec
        return replace(found, fix=expanded(found.fix, text, codec))

    def contents(self, file: Named, text: bytes) -> Sequence[Content]:
        """What readers get of a file whose bytes, as UTF-8, are `text`."""
        return self._reader.contents(text, self.place(file))

    def place(self, file: Named) -> Place:
        """The place of a file, as its documents need it to be read."""
        place = self._stages.names.place(os.fsencode(file.path), file.name, self._today)
        return replace(place, beside=file.beside.data)
