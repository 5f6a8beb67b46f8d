"""Screen, then diagnose: clean files cost a few C calls, exact and slow code sees the others.

An engine lives in a worker. It gets parts, it returns reports, and it knows no rule by name.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Container, Mapping, Sequence
from functools import partial
from typing import Final

from msgspec import Struct
from xxhash import xxh3_128, xxh3_128_digest

from ..corpus.fact_rows import Rows
from ..document import Place
from ..encoding.charsets import other_charsets
from ..encoding.declared import reads_alike
from ..file.compression import Bounds, Packing, bounds, packed, packing_of
from ..file.name_fields import CONTENT, SIZE
from ..file.reading import SMALL, Pages, read_heads, sums, unpacked_head, unreadable
from ..file.streams import BrokenStreamError
from ..model import Diagnostic, Flaw, Report, Totals, Unchecked
from ..text.re2 import Spans
from .dividing import divider_of
from .exact import NOTHING, Diagnosed, Exact, Known
from .fact_plan import FactPlan, fact_plan
from .fast import Survey, Surveyor, portions, surveyor
from .file_names import FileNames, file_names
from .plan import Part, Plan
from .screens import Screens, Verdict, screens

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
    exact: Exact
    facts: FactPlan


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
        return self(Part(part.profile, part.folder, part.names, odd, part.shown))

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
            Exact(bound, plan.today, plan.limit, self._spool),
            fact_plan(bound),
        )

    def _check(self, stages: _Stages, part: Part) -> Report:
        """Go over the files of a part; only those that are not plainly clean are diagnosed."""
        names, facts = part.names, stages.facts
        compressed = packed(names)
        captures = stages.names.matched(names, bool(compressed))
        misnamed = stages.names.odd(names, captures)
        if stages.exact.by_member:  # only the long way knows where members begin
            misnamed.update(compressed)
        tally = _Tally(facts, self._spool)
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
            plain: dict[bytes, bytes] = {}
            known: dict[bytes, Known] = {}
            for few in portions([len(head) if isinstance(head, bytes) else 0 for head in heads]):
                plain.update(_clean_ones(flock[few], heads[few], misnamed, stages, known))
            if not stages.divided and len(plain) == len(flock):
                tally.add_all(plain.values())
                continue
            place = partial(self._place, stages.names, part)
            surveys = stages.surveyor.surveys(plain, place)
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

    def _place(self, names: FileNames, part: Part, name: bytes) -> Place:
        """What is known of the documents of a file before it is read."""
        return names.place(os.fsencode(part.path(name)), part.known(name), self._plan.today)

    def _diagnose(
        self, stages: _Stages, part: Part, name: bytes, head: bytes | Flaw, known: Known
    ) -> tuple[Diagnosed, bytes | None]:
        """The exact way, where a defect of ours costs this file and not the run; and the digest."""
        path, own = part.path(name), part.known(name)
        exact, facts = stages.exact, stages.facts
        if isinstance(head, Flaw):
            return exact.unread(path, own, head), None
        packing = packing_of(own)
        small = len(head) < SMALL and not (packing and exact.by_member)
        pages = exact.pages(part.folder + name, head if small else None, None if small else packing)
        try:
            found = exact.diagnose(path, own, pages, known)
            wanted = facts.content and not facts.rows and found.totals.bytes
            return found, _digest(pages) if wanted else None
        except OSError as error:
            return exact.unread(path, own, unreadable(error)), None
        except BrokenStreamError as error:
            return exact.unread(path, own, error.flaw), None
        except Exception as error:  # noqa: BLE001 - one file, not the run
            defect = Unchecked("defect", f"{type(error).__name__} {_place_of(error)}")
            return exact.unread(path, own, defect), None


class _Tally:
    """What comes of the files of a part, in their order."""

    def __init__(self, facts: FactPlan, spool: str) -> None:
        self._facts = facts
        self._files = self._documents = self._size = self._outside = 0
        self._totals = Totals()
        self._diagnostics: list[Diagnostic] = []
        self._digests: list[bytes | None] = []
        self._rows = Rows(len(facts.of_documents), spool)
        self._counts: list[int] = []
        self._files_facts: dict[str, list[bytes | None]] = {}
        self._rejected: dict[bytes, list[int]] = {}

    def add_all(self, heads: Collection[bytes]) -> None:
        """Count clean files of one document each, of which nothing is known but their bytes."""
        self._files += len(heads)
        self._documents += len(heads)
        self._size += sum(map(len, heads))
        if self._facts.content:
            self._digests += map(xxh3_128_digest, heads)

    def add(self, head: bytes, survey: Survey) -> None:
        """Count a clean file."""
        self._files += 1
        self._documents += survey.count
        self._size += len(head) + survey.beside
        self._outside += len(head) - survey.size
        if self._facts.rows:
            self._counts.append(survey.count)
            self._rows.extend(survey.rows)
        elif self._facts.content:
            self._digests.append(xxh3_128_digest(head))

    def sum_up(self, folder: bytes, names: Sequence[bytes], heads: Sequence[bytes | Flaw]) -> None:
        """Take the sizes and digests of files on the disk; nothing where one cannot be read."""
        columns = [self._files_facts.setdefault(fact, []) for fact in (SIZE, *self._facts.sums)]
        for name, head in zip(names, heads, strict=True):
            known: list[bytes | None] = [None] * len(columns)
            try:
                if not isinstance(head, Flaw):
                    size, digests = sums(folder + name, head, self._facts.sums)
                    known = [str(size).encode(), *digests]
            except OSError:
                pass  # it has become unreadable, which its own finding says
            for column, fact in zip(columns, known, strict=True):
                column.append(fact)

    def diagnosed(self, name: bytes, found: Diagnosed, digest: bytes | None) -> None:
        """Take in the findings of one file."""
        if found.rejected:
            self._rejected[name] = found.rejected
        self._totals += found.totals
        self._diagnostics += found.diagnostics
        self._digests.append(digest)
        self._counts.append(found.rows.count)
        self._rows.join(found.rows)

    def report(self, captured: Sequence[list[bytes | None]]) -> Report:
        """The report; `captured` is what the file names hold of each fact."""
        facts = self._facts
        totals = self._totals + Totals(
            files=self._files, documents=self._documents, bytes=self._size, outside=self._outside
        )
        found = tuple(self._diagnostics)
        columns = dict(zip(facts.names, captured, strict=True))
        columns.update(self._files_facts)
        if facts.rows:
            columns.update(zip(facts.of_documents, self._rows.columns(), strict=True))
        elif facts.content:
            columns[CONTENT] = self._digests
        chosen = tuple(columns[fact] for fact in facts.names)
        counts = self._counts if facts.rows else ()
        return Report(totals, found, chosen, counts, self._rejected, self._rows.chunks)


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
    return unpacked_head(head, packing, most)


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


def _place_of(error: BaseException) -> str:
    """The place in the code where an error was raised, for a report to us."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"in {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"
