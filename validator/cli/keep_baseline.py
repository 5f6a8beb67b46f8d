"""The `baseline` commands behind their command line."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from typing import Final

from ..errors import UsageError
from ..model import Gone
from ..render._words import counted
from ..run.baseline import Baseline, below
from ..run.baseline_file import Entry, read_entries, written
from ..run.cutting import parts_of
from ..run.request import common_folder, prepare
from ..run.run import Run
from ..run.sieve import counted as by_rule
from ..text.harmless import harmless
from ..text.visible import visible, visible_path
from .check import begun, progress_for
from .check_request import Request
from .news import News, place_of
from .outputs import Streams, write_file

TOLD: Final = 20
"""Lines at most about added entries, and about removed ones."""


def keep(how: str, request: Request, streams: Streams) -> int:
    """`create`, `update` or `prune` a baseline (`how`), and print the result; the exit code.

    Raises UsageError, ConfigError for what the user must correct.
    """
    prepared = prepare(request.run)
    folder = common_folder(prepared.roots)
    path = place_of(request, prepared.known.of(folder), folder)
    there = os.path.lexists(path)
    if how == "create" and there:
        raise UsageError(f"`{path}` is there already; `baseline update` changes it")
    old = Baseline(read_entries(path) if how != "create" else (), os.path.dirname(path))
    made = prepared.assembled()
    news = News(0, path=path)
    progress = progress_for(request, streams)
    parts = news.parts(parts_of(made.walk, made.router), made.plan)
    run = begun(request, streams, made, parts, progress, news)
    found = _found(run, old)
    if progress:
        progress.clear()
    if streams.stop.number:
        streams.err.write(f"seed-validator: {streams.stop.words}; `{path}` is as it was\n")
        return streams.stop.code
    if not run.summary.totals.files:
        raise UsageError("no file matched; there is nothing to write down")
    codes = {code for bound in made.plan.profiles for code in bound.rules}
    under = below(made.plan.roots, old.base)
    gone = old.gone(lambda one: one.code in codes and under(one.path))
    rest = old.gone(lambda one: not (one.code in codes and under(one.path)))
    new = [entry for entry, known in found if known is None]
    if how == "prune":
        new, kept = [], [known for _, known in found if known is not None]
    else:
        kept = [entry for entry, known in found if known is not None]
    write_file(path, written([*kept, *new, *rest]))
    words = _created if how == "create" else _changed
    for line in words(path, [*kept, *new, *rest], new, gone):
        streams.out.write(harmless(line))
    return 0


def _found(run: Run, old: Baseline) -> list[tuple[Entry, Entry | None]]:
    """For each finding its entry, and the entry of the old baseline that matches it; else None."""
    with closing(run.diagnostics()) as diagnostics:
        return [(old.entry(found), old.take(found)) for found in diagnostics]


def _created(
    path: str, now: Sequence[Entry], new: Sequence[Entry], gone: Sequence[Entry]
) -> Iterator[str]:
    rules, files = len({one.code for one in now}), len({one.path for one in now})
    words = f"{counted(len(now), 'finding')} of {counted(rules, 'rule')}"
    yield f"{visible_path(path)}: {words} in {counted(files, 'file')}\n"


def _changed(
    path: str, now: Sequence[Entry], new: Sequence[Entry], gone: Sequence[Entry]
) -> Iterator[str]:
    words = f"{len(new)} added, {len(gone)} removed, {counted(len(now), 'finding')} now"
    yield f"{visible_path(path)}: {words}\n"
    for sign, entries in ("+", new), ("-", gone):
        told = by_rule(entries)
        yield from (f"{sign} {_line(one)}\n" for one in told[:TOLD])
        if len(told) > TOLD:
            rest = sum(one.count for one in told[TOLD:])
            yield f"{sign} and {rest} more in {counted(len(told) - TOLD, 'line')} like these\n"


def _line(one: Gone) -> str:
    count = f" ({one.count})" if one.count > 1 else ""
    return f"{visible(one.path)} {one.code}{count}"


def show(request: Request) -> Iterator[str]:
    """The lines of `baseline show`. Raises UsageError and ConfigError."""
    known = prepare(request.run).known
    path = place_of(request, known.of("."), ".")
    entries = read_entries(path)
    files = len({one.path for one in entries})
    yield f"{visible_path(path)}: {counted(len(entries), 'finding')} in {counted(files, 'file')}\n"
    if entries:
        yield "\nby rule\n"
        yield from _table(entries, lambda one: f"{one.code} {_name(one.code)}")
        yield "\nby directory\n"
        yield from _table(entries, lambda one: visible(os.path.dirname(one.path) or ".") + "/")


def _table(entries: Iterable[Entry], key: Callable[[Entry], str]) -> Iterator[str]:
    counts = Counter(map(key, entries))
    width = len(str(max(counts.values())))
    for word, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        yield f"  {count:>{width}}  {word}\n"


def _name(code: str) -> str:
    from ..rules.catalog import catalog

    rule = catalog().rules.get(code)
    return rule.name if rule else "(no rule of this version)"
