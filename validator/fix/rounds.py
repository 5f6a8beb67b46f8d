"""Fixes made in memory, round after round, until nothing is left to fix; each round is proved."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Final

from msgspec import Struct

from ..check.exact import Diagnosed
from ..check.fast import NOTHING, Known
from ..check.file_names import file_names
from ..check.plan import Bound, Named
from ..check.salvage import Salvage
from ..check.screens import Verdict, screens
from ..encoding.charsets import other_charsets
from ..file.reading import Pages
from ..model import Diagnostic
from .choosing import Chosen, chosen
from .contents import contents
from .invariants import Content
from .proving import broken_invariant, mended, objection

ROUNDS: Final = 10
"""Rounds at most. What one fix makes room for another mends, and that seldom goes on."""


class Mended(Struct, frozen=True):
    """What came of a file in memory.

    `data` is what it should say, `counts` the findings that are mended in that, by code, and
    `refused` why the fixes of a rule were not made, by code. `found` is what is left to be said, of
    which nothing was left out.
    """

    data: bytes
    found: Diagnosed
    counts: Mapping[str, int]
    refused: Mapping[str, str]


class Mender:
    """Fixes texts in memory under a profile."""

    def __init__(self, bound: Bound, today: date, *, unsafe: bool) -> None:
        self._bound, self._today, self._unsafe = bound, today, unsafe
        self._salvage = Salvage(bound, today, 0)
        self._screens = screens(bound)
        self._charsets = other_charsets(bound.settings)

    def mend(self, file: Named, path: bytes, data: bytes, first: Diagnosed | None = None) -> Mended:
        """What comes of a file with these bytes; `first` is all that is to be said of it, if known.

        `path` is where it lies. Where the fixes do not come to an end, nothing is changed.
        """
        text, counts, refused = data, Counter[str](), dict[str, str]()
        begun = found = first or self.check(file, path, data)
        for _ in range(ROUNDS):
            fixes = self._chosen(found.diagnostics, file, refused)
            if not fixes:
                return Mended(text, found, counts, refused)
            attempt = self._attempt(file, path, text, found, fixes)
            if isinstance(attempt, str):
                refused.update(self._to_blame(file, path, text, found, fixes, attempt))
                continue
            text, found = attempt
            counts.update(one.code for one in fixes)
        left = {one.code for one in self._chosen(found.diagnostics, file, refused)}
        if not left:
            return Mended(text, found, counts, refused)
        why = f"after {ROUNDS} rounds there is still something to fix"
        return Mended(data, begun, {}, {**refused, **dict.fromkeys(left, why)})

    def check(self, file: Named, path: bytes, data: bytes) -> Diagnosed:
        """All that is to be said of a file with these bytes."""
        known = NOTHING
        if data and not self._charsets:
            known = Known(suspicious=self._screens.verdict([data]) is Verdict.CLUE)
        return self._salvage.diagnose(file, Pages(path, data), known)

    def _chosen(
        self, findings: Sequence[Diagnostic], file: Named, refused: Mapping[str, str]
    ) -> list[Chosen]:
        return chosen(findings, file.path, refused, unsafe=self._unsafe)

    def _attempt(
        self, file: Named, path: bytes, text: bytes, found: Diagnosed, fixes: Sequence[Chosen]
    ) -> tuple[bytes, Diagnosed] | str:
        """The text with the fixes made, and what is said of it; or why they must not be made."""
        documents = self._documents(file)
        why = broken_invariant(text, fixes, self._charsets, documents)
        if why:
            return why
        new = mended(text, fixes)
        after = self.check(file, path, new)
        return objection(found, after, fixes) or (new, after)

    def _documents(self, file: Named) -> Callable[[bytes], Sequence[Content]]:
        path = os.fsencode(file.path)
        place = file_names(self._bound).place(path, file.name, self._today)
        return partial(contents, bound=self._bound, place=place)

    def _to_blame(
        self,
        file: Named,
        path: bytes,
        text: bytes,
        found: Diagnosed,
        fixes: Sequence[Chosen],
        why: str,
    ) -> dict[str, str]:
        """The rules whose fixes must not be made, and why: those that fail alone, else all."""
        failed: dict[str, str] = {}
        codes = sorted({one.code for one in fixes})
        for code in codes if len(codes) > 1 else ():
            own = [one for one in fixes if one.code == code]
            alone = self._attempt(file, path, text, found, own)
            if isinstance(alone, str):
                failed[code] = alone
        return failed or dict.fromkeys(codes, why)
