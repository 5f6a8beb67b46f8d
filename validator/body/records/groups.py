"""What a group of lines must have: a number of lines of a class, and labels that are unique."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ...document import Span
from ...model import Hit
from ...text.re2 import first_group_span
from ...text.visible import visible
from ..check_terms import there_are, times
from .options import GroupCheck
from .sheet import Group, Sheet

_SHOWN: Final = 60


def group_faults(sheet: Sheet, check: GroupCheck, groups: Sequence[Group]) -> Iterator[Hit]:
    """A hit for each group with too many lines of the classes, or too few."""
    if not check.min and check.max is None:
        return
    wanted, kinds = sheet.indexes(check.classes), sheet.kinds
    least, most = check.min, check.max
    for group in groups:
        own = [line for line in group if kinds[line] in wanted]
        if len(own) < least:
            yield _few(sheet, check, group, own)
        elif most is not None and len(own) > most:
            yield _many(sheet, check, own, most)


def _few(sheet: Sheet, check: GroupCheck, group: Group, own: Sequence[int]) -> Hit:
    form, unit = sheet.lines.forms(sheet.lines.indexes(check.classes)), sheet.lines.group
    often = {1: "", 2: " twice"}.get(check.min, f" {check.min} times")
    return Hit(
        *sheet.spans[own[-1] if own else group[0]],
        f"{form} must stand in each {unit}{often}; {there_are(len(own))}",
        help="add what is missing",
        data={"found": len(own), "least": check.min},
    )


def _many(sheet: Sheet, check: GroupCheck, own: Sequence[int], most: int) -> Hit:
    form, unit = sheet.lines.forms(sheet.lines.indexes(check.classes)), sheet.lines.group
    often = f"at most {times(most)} in a {unit}; this is number {most + 1} of {len(own)}"
    rows = [f"line {sheet.row(line)} is such a line" for line in own[:most]]
    return Hit(
        *sheet.spans[own[most]],
        f"{form} may stand {often if most else times(0)}",
        help=f"leave {most} of them" if most else "remove the line, or write it as another kind",
        notes=tuple(rows[:8]),
        data={"found": len(own), "most": most},
    )


def repeated(sheet: Sheet, check: GroupCheck) -> Iterator[Hit]:
    """A hit for each line whose label an earlier line of the classes has, too."""
    if not check.unique:
        return
    find = first_group_span(check.unique)
    wanted, raw = sheet.indexes(check.classes), sheet.raw
    first: dict[bytes, int] = {}
    for line, kind in enumerate(sheet.kinds):
        if kind not in wanted:
            continue
        span = find(raw[line])
        if span is None:
            continue
        label = raw[line][slice(*span)]
        if first.setdefault(label, line) == line:
            continue
        shown = visible(label.decode("utf-8", "replace")[:_SHOWN])
        yield Hit(
            *_span(sheet, line, span),
            f"`{shown}` stands on line {sheet.row(first[label])} already",
            help="give one of the two another label",
            data={"label": shown},
        )


def _span(sheet: Sheet, line: int, label: Span) -> Span:
    """The span of a label in the document (`label` is within its line); the line if it is empty."""
    start = sheet.spans[line][0]
    return (start + label[0], start + label[1]) if label[0] < label[1] else sheet.spans[line]
