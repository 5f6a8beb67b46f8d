"""Reports on a large file by helpers: which stretches of it are clean by themselves.

The worker that checks the file still goes over it from start to end, and passes by the stretches
that are known to be clean. So all findings are made by one worker that has seen all that came
before, and they are the same as without helpers.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Final

from msgspec.structs import replace
from stringzilla import find

from ..corpus.fact_rows import Row
from ..delimiters.divider import run_finder
from ..delimiters.runs import Passed, Run
from ..document import Place
from ..encoding.damage import flaws
from ..encoding.utf8 import all_utf8, is_utf8
from ..errors import ValidatorError
from ..file.compression import packing_of
from ..file.portions import OF_STREAM, Version, version_of, windows_among, windows_within
from ..file.reading import Pages
from ..file.suppressions import MARK
from ..file.windows import after
from ..metadata import fields as metadata
from ..metadata.syntax.shapes import shape, shapes
from ..text.lines import Window
from .byte_rules import clued
from .dividing import divider_of
from .documents_ahead import BatchReport, Clean
from .plan import Blocks, DamageSearch, DocumentBatch, FileRange, Part
from .ruleset import rule_set
from .stages import Stages
from .stretches import Clues, DamageReport, RangeReport, put_away_facts
from .surveyor import clean_records

LONGEST: Final = 1 << 21
"""About the most bytes of a stretch: one whose records have a new shape is checked again."""

_DIRTY: Final = 8
"""After more windows than this that are not clean, a range is given up if they are the majority."""

_numbers = count()

_SHAPES: Final = 64
"""The most shapes that the records of a window may have to be reported."""


def may_be_ranged(stages: Stages) -> bool:
    """Whether parts of the files of a profile can be checked by themselves.

    They can if the files are read as UTF-8 and are not divided, or divided into a record a line.
    """
    if stages.charsets:
        return False
    return divider_of(stages.bound) is None or run_finder(stages.bound.settings) is not None


def report_of(stages: Stages, task: FileRange | Blocks) -> RangeReport:
    """What is known of a range of a file, or of blocks of a stream, looked at alone."""
    return _of_range(stages, task) if isinstance(task, FileRange) else _of_blocks(stages, task)


def damage_report(stages: Stages, task: DamageSearch) -> DamageReport:
    """What keeps a file from being UTF-8. If it cannot be read, the report fits no version."""
    part, name = task.part, task.part.names[0]
    packing = packing_of(name)
    listed = part.versions.get(name) if part.versions else None
    pages = Pages(part.folder + name, None, packing, stages.bounds, version=listed)
    try:
        version = OF_STREAM if packing else version_of(pages)
        return DamageReport(version, (*flaws(pages),))
    except ValidatorError:
        raise
    except Exception:  # noqa: BLE001 - who checks the file will tell whose it is
        return DamageReport(Version(-1, 0, 0), ())


def _of_range(stages: Stages, task: FileRange) -> RangeReport:
    """The report on a range; empty if the file is gone."""
    part, name = task.part, task.part.names[0]
    listed = part.versions.get(name) if part.versions else None
    pages = Pages(part.folder + name, version=listed)
    try:
        version = version_of(pages)
    except OSError:
        return RangeReport(Version(-1, 0, 0))
    if not may_be_ranged(stages) or packing_of(name):
        return RangeReport(version)
    windows = windows_within(pages, task.start, task.stop)
    return _report(stages, part, windows, version)


def _of_blocks(stages: Stages, task: Blocks) -> RangeReport:
    blocks = (task.tail, *task.blocks)
    windows = windows_among(blocks, task.offset - len(task.tail))
    return _report(stages, task.part, windows, OF_STREAM)


def _report(
    stages: Stages, part: Part, windows: Iterable[tuple[bytes, Window]], version: Version
) -> RangeReport:
    """The report on windows of a file, each given with the lines before it."""
    file = part.named(part.names[0])
    place = stages.names.place(file.where, file.name, stages.today)
    found: list[Passed] = []
    facts: list[list[Row]] = []
    clues: list[Clues] = []
    try:
        for one in _known(stages, windows, place):
            if isinstance(one, Clues):
                clues.append(one)
            else:
                _join(found, facts, *one)
    except ValidatorError:
        raise
    except Exception:  # noqa: BLE001 - who checks the file will tell whose it is
        pass
    report = RangeReport(version, (*found,), clues=(*clues,))
    if not stages.facts.rows:
        return report
    if not stages.spool:
        return replace(report, facts=facts)
    chunk = os.path.join(stages.spool, f"{os.getpid()}-{next(_numbers)}-range")
    put_away_facts(chunk, facts)
    return replace(report, chunk=chunk)


def batch_report(stages: Stages, task: DocumentBatch) -> BatchReport:
    """What is found of documents that are checked by themselves."""
    found: list[Clean | None] = []
    try:
        found += _looked_at(stages, task)
    except Exception:  # noqa: BLE001 - who checks the file will tell whose it is
        found += [None] * (len(task.documents) - len(found))
    return BatchReport(found)


def _looked_at(stages: Stages, task: DocumentBatch) -> Iterator[Clean | None]:
    settings, rows = stages.bound.settings, bool(stages.facts.rows)
    keeps = bool(rule_set(stages.bound).series)
    for document in task.documents:
        if is_utf8(document.data) and stages.surveyor.is_clean(document):
            fields = metadata.fields(document, settings) if keeps else {}
            row = stages.facts.row(document) if rows else ()
            yield Clean(row, shape(fields) if keeps else None)
        else:
            yield None


def _known(
    stages: Stages, windows: Iterable[tuple[bytes, Window]], place: Place
) -> Iterator[tuple[Passed, list[Row]] | Clues]:
    """The clean windows with their facts, and the places of clues in windows with clues."""
    run_of = run_finder(stages.bound.settings) if divider_of(stages.bound) else None
    keeps = bool(run_of) and bool(rule_set(stages.bound).series)
    seen = dirty = 0
    for before, window in windows:
        seen += 1
        found: tuple[Passed, list[Row]] | Clues | None = None
        if not window.first and before.endswith(b"\n") and window.data.endswith(b"\n"):
            found = _clues(stages, window)
            if found is None and run_of is None and _is_plain(window):
                found = _passed(window), []
            elif found is None and run_of and run_of(_last_line(before)) is not None:
                run = run_of(window)
                found = _records(stages, replace(run, place=place), keeps) if run else None
        if found is not None:
            yield found
            continue
        dirty += 1
        if dirty > _DIRTY and 2 * dirty > seen:
            return


def _last_line(data: bytes) -> Window:
    return Window(data[data.rfind(b"\n", 0, len(data) - 1) + 1 :])


def _clues(stages: Stages, window: Window) -> Clues | None:
    """Where a window has clues for rules about bytes; None where it has none."""
    data, suspicious = window.data, stages.screens.suspicious
    if not suspicious.any((data,), () if data.isascii() else (data,)):
        return None
    return Clues(window.offset, window.offset + len(data), clued(window, suspicious))


def _is_plain(window: Window) -> bool:
    """Whether a window without clues is clean text: UTF-8, not blank, no NUL, no comment."""
    data = window.data
    return not (
        not all_utf8(() if data.isascii() else (data,))
        or data.isspace()
        or find(data, b"\0") >= 0
        or find(data, MARK) >= 0
    )


def _records(stages: Stages, run: Run, keeps: bool) -> tuple[Passed, list[Row]] | None:
    """A window of clean records; None if one is not. With their shapes if rules compare these."""
    if not _is_plain(run.window):
        return None
    records = clean_records(run, stages.bound.settings, stages.surveyor)
    if records is None:
        return None
    told = frozenset(shapes(records)) if keeps else frozenset[object]()
    if len(told) > _SHAPES:
        return None
    rows = stages.facts.rows_of(run, records) if stages.facts.rows else []
    return _passed(run.window, run.count, told), rows


def _passed(window: Window, count: int = 0, told: frozenset[object] = frozenset()) -> Passed:
    rows = after(window.data, 0, 1)[0]
    return Passed(window.offset, window.offset + len(window.data), rows, count, told)


def _join(found: list[Passed], facts: list[list[Row]], passed: Passed, rows: Sequence[Row]) -> None:
    """Add a stretch; it is joined to the last one if it follows that and has the same shapes."""
    last = found[-1] if found else None
    follows = last is not None and last.stop == passed.start and last.shapes == passed.shapes
    if last is None or not follows or passed.stop - last.start > LONGEST:
        found.append(passed)
        facts.append([*rows])
    else:
        found[-1] = replace(
            last, stop=passed.stop, rows=last.rows + passed.rows, count=last.count + passed.count
        )
        facts[-1] += rows
