"""Screen, then diagnose: clean files cost a few C calls, exact and slow code sees the others.

An engine lives in a worker. It gets parts, it returns reports, and it knows no rule by name.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace
from xxhash import xxh3_128, xxh3_128_digest

from ..document import Place
from ..encoding.charsets import other_charsets
from ..encoding.declared import reads_alike
from ..errors import ValidatorError
from ..file.compression import Bounds, Packing, bounds, packed, packing_of
from ..file.reading import SMALL, Pages, read_heads, unpacked_head
from ..file.streams import BrokenStreamError
from ..model import Flaw, Report, Unchecked
from ..text.re2 import Spans
from .dividing import divider_of
from .exact import Diagnosed
from .fact_plan import FactPlan, fact_plan
from .fast import Doubt, Survey, Surveyor, portions, surveyor
from .file_names import FileNames, file_names
from .plan import Part, Plan
from .salvage import Salvage, broken
from .screens import Screens, Verdict, screens
from .tally import Tally
from .traversal import NOTHING, Known

FLOCK: Final = 32
"""Small files read together, and screened together if they are not much: that spares calls."""

_NOWHERE: Final = (-1, -1)
"""The span of a group that took no part."""


class _Stages(Struct, frozen=True):
    """What the files of a profile go through, each stage made once."""

    names: FileNames
    screens: Screens
    charsets: tuple[str, ...]
    divided: bool
    bounds: Bounds
    surveyor: Surveyor
    salvage: Salvage
    facts: FactPlan


_Surveys = Mapping[bytes, Survey | Doubt]
_Quick = tuple[dict[bytes, bytes], _Surveys | None, dict[bytes, Known]]
"""The files whose names and bytes are clean, their surveys, and what is known of the others.

There are no surveys where all are clean, and nothing else is asked of them.
"""


class Engine:
    """Checks parts under a plan. Pickles as its plan; what it compiles stays in the process."""

    def __init__(self, plan: Plan, spool: str = "") -> None:
        self._plan, self._spool = plan, spool
        self._stages: dict[int, _Stages] = {}

    def __reduce__(self) -> tuple[type[Engine], tuple[Plan, str]]:
        return Engine, (self._plan, self._spool)

    def __call__(self, part: Part) -> Report:
        """The report of a part. What goes wrong with a single file is a finding in it."""
        if part.profile not in self._stages:
            self._stages[part.profile] = self._made(part.profile)
        return self._check(self._stages[part.profile], part)

    def give_up(self, part: Part, failure: Unchecked) -> Report:
        """The report of a part whose worker did not live to write one."""
        odd = dict.fromkeys(part.names, failure)
        return self(replace(part, odd=odd))

    def _made(self, profile: int) -> _Stages:
        plan = self._plan
        bound = plan.profiles[profile]
        return _Stages(
            file_names(bound),
            screens(bound),
            other_charsets(bound.settings),
            divider_of(bound) is not None,
            bounds(bound.settings),
            surveyor(bound),
            Salvage(bound, plan.today, plan.limit, self._spool),
            fact_plan(bound),
        )

    def _check(self, stages: _Stages, part: Part) -> Report:
        """Go over the files of a part; only those that are not plainly clean are diagnosed."""
        names, facts = part.names, stages.facts
        compressed = packed(names)
        captures = stages.names.matched(names, bool(compressed))
        misnamed = stages.names.odd(names, captures) | stages.names.odd_paths(part)
        if stages.salvage.exact.by_member:  # only the long way knows where members begin
            misnamed.update(compressed)
        tally = Tally(facts, self._spool)
        for start in range(0, len(names), FLOCK):
            flock = names[start : start + FLOCK]
            heads = read_heads(part.folder, flock, part.odd)
            if facts.disk:
                tally.sum_up(part.folder, flock, heads)
            if compressed:
                heads = [
                    _document(stages.bounds, *pair, compressed)
                    for pair in zip(flock, heads, strict=True)
                ]
            plain, surveys, known = self._quickly(stages, part, flock, heads, misnamed)
            if surveys is None:
                tally.add_all(plain.values())
                continue
            for name, head in zip(flock, heads, strict=True):
                survey = surveys.get(name)
                if isinstance(survey, Survey):
                    tally.add(plain[name], survey)
                    continue
                if survey is not None and not stages.charsets:
                    known[name] = Known(suspicious=False, items=survey.items)
                found = self._diagnose(stages, part, name, head, known.get(name, NOTHING))
                tally.diagnosed(name, *found)
        groups = [_captured(names, captures, group) for group in facts.groups]
        return tally.report(groups)

    def _quickly(
        self,
        stages: _Stages,
        part: Part,
        names: Sequence[bytes],
        heads: Sequence[bytes | Flaw],
        misnamed: Container[bytes],
    ) -> _Quick:
        """What the quick way says of files; where it raises, they are all for the exact one."""
        plain: dict[bytes, bytes] = {}
        known: dict[bytes, Known] = {}
        try:
            for few in portions([len(head) if isinstance(head, bytes) else 0 for head in heads]):
                plain.update(_clean_ones(names[few], heads[few], misnamed, stages, known))
            if not stages.divided and len(plain) == len(names):
                return plain, None, known
            places = self._places(stages.names, part, plain)
            return plain, stages.surveyor.surveys(plain, places), known
        except ValidatorError:
            raise
        except Exception:  # noqa: BLE001 - the exact way will tell whose it is
            return {}, {}, {}

    def _places(
        self, names: FileNames, part: Part, files: Iterable[bytes]
    ) -> Mapping[bytes, Place]:
        """What is known of the documents of files before they are looked at."""
        shown, today = os.fsencode(part.shown), self._plan.today
        if shown:
            return {name: names.place(shown, part.known(name), today) for name in files}
        return {name: names.place(part.folder + name, name, today) for name in files}

    def _diagnose(
        self, stages: _Stages, part: Part, name: bytes, head: bytes | Flaw, known: Known
    ) -> tuple[Diagnosed, bytes | None]:
        """The exact way, and the digest of the content if it is wanted."""
        file = part.named(name)
        exact, facts = stages.salvage.exact, stages.facts
        if isinstance(head, Flaw):
            return exact.unread(file, head), None
        packing = packing_of(file.name)
        small = len(head) < SMALL and not (packing and exact.by_member)
        pages = exact.pages(part.folder + name, head if small else None, None if small else packing)
        found = stages.salvage.diagnose(file, pages, known)
        try:
            wanted = facts.content and not facts.rows and found.totals.bytes
            return found, _digest(pages) if wanted else None
        except (OSError, BrokenStreamError):
            return found, None  # it has changed since


def _clean_ones(
    names: Sequence[bytes],
    heads: Sequence[bytes | Flaw],
    misnamed: Container[bytes],
    stages: _Stages,
    known: dict[bytes, Known],
) -> dict[bytes, bytes]:
    """The files whose names and bytes are clean; the small ones are asked together.

    What that tells of the others is put into `known`.
    """
    small = {
        name: head
        for name, head in zip(names, heads, strict=True)
        if isinstance(head, bytes) and 0 < len(head) < SMALL and name not in misnamed
    }
    if not small:
        return small
    verdict = stages.screens.verdict([*small.values()])
    if verdict is not Verdict.CLEAN:
        verdicts: dict[bytes, Verdict] = dict.fromkeys(small, verdict)
        if len(small) > 1:
            ask = stages.screens.verdict
            verdicts = {name: ask([head]) for name, head in small.items()}
        if not stages.charsets:  # else what was asked is a view of the file
            known.update((name, _KNOWN[verdict]) for name, verdict in verdicts.items())
        small = {name: small[name] for name, one in verdicts.items() if one is Verdict.CLEAN}
    if stages.charsets and stages.divided:  # what is within is read as UTF-8
        small = {name: head for name, head in small.items() if reads_alike(head, stages.charsets)}
    return small


_KNOWN: Final = {
    Verdict.CLEAN: Known(suspicious=False),
    Verdict.CLUE: Known(suspicious=True),
    Verdict.NO_TEXT: Known(suspicious=False),
}


def _document(
    most: Bounds, name: bytes, head: bytes | Flaw, compressed: Mapping[bytes, Packing]
) -> bytes | Flaw:
    """The head of the document in a file: that of the file, or of what it expands to."""
    packing = compressed.get(name)
    if packing is None or isinstance(head, Flaw):
        return head
    try:
        return unpacked_head(head, packing, most)
    except Exception as error:  # noqa: BLE001 - one file, not the run
        return broken(error)


def _captured(
    names: Sequence[bytes], captures: Sequence[Spans | None], group: int | None
) -> list[bytes | None]:
    """What a group of the pattern captures in each name; None where it captures nothing."""
    if group is None:
        return [None] * len(names)
    if None not in captures:
        spans = [found[group] for found in captures if found]
        if _NOWHERE not in spans:
            return [name[start:end] for name, (start, end) in zip(names, spans, strict=True)]
    return [
        name[spans[group][0] : spans[group][1]] if spans and spans[group] != _NOWHERE else None
        for name, spans in zip(names, captures, strict=True)
    ]


def _digest(pages: Pages | None) -> bytes | None:
    if pages is None:
        return None
    if pages.data is not None:
        return xxh3_128_digest(pages.data)
    digest = xxh3_128()
    for window in pages:
        digest.update(window.data)
    return digest.digest()
