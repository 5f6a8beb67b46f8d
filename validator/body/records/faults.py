"""All faults of the numbers, references and groups of a body, found at once.

Each check looks only at groups that can be read: numbers are checked where the lines are built as
declared; references and the needs of a group only where the numbers are right, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from ...document import Document
from ...settings.options import Settings
from ...settings.terms import Said, Terms
from ...settings.value_types import Rows
from ..check_terms import said_of
from .groups import group_faults, repeated
from .line_references import reference_faults
from .numbering import number_faults
from .numbers import Reader
from .options import COUNT, GROUPS, NUMBERING, REFERENCES, REPEATED, Fault
from .sheet import Group, Sheet

T = TypeVar("T", bound=Terms)


def faults(document: Document, settings: Settings, sheet: Sheet) -> Iterator[Fault]:
    """The faults of a document, in no order."""
    broken = _broken(sheet)
    spoilt = set(broken)
    for one, said in _asked(settings[NUMBERING], document, settings):
        reader = Reader(sheet, one)
        for group in _groups(sheet, one.within, broken):
            for kind, hit in number_faults(reader, group):
                spoilt.add(group[0])
                yield kind, said.hit(hit)
    for other, said in _asked(settings[REFERENCES], document, settings):
        for kind, hit in reference_faults(sheet, other, _groups(sheet, other.within, spoilt)):
            yield kind, said.hit(hit)
    for check, said in _asked(settings[GROUPS], document, settings):
        for hit in group_faults(sheet, check, _groups(sheet, "group", spoilt)):
            yield COUNT, said.hit(hit)
        for hit in repeated(sheet, check):
            yield REPEATED, said.hit(hit)


def _asked(rows: Rows[T], document: Document, settings: Settings) -> Iterator[tuple[T, Said]]:
    """The rows that are asked of a document, each with how it is reported."""
    for row in rows.rows:
        said = said_of(document, settings, row)
        if said is not None:
            yield row, said


def _groups(sheet: Sheet, within: str, spoilt: set[int]) -> list[Group]:
    """The groups without a line in `spoilt`; all lines as one group if `within` is the body."""
    if within == "group":
        return (
            [group for group in sheet.groups if group[0] not in spoilt] if spoilt else sheet.groups
        )
    return [range(len(sheet.kinds))] if sheet.kinds and not spoilt else []


def _broken(sheet: Sheet) -> set[int]:
    """The first lines of the groups in which a line is not built as declared."""
    bad = sorted(sheet.unreadable)
    if not bad:
        return set()
    from bisect import bisect_right

    starts = [group[0] for group in sheet.groups]
    return {starts[max(bisect_right(starts, line) - 1, 0)] for line in bad} if starts else set()
