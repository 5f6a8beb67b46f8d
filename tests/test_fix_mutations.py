"""Every invariant is able to fail: an edit that does more or less than it should is refused.

The fixes of each rule that fixes are spoiled, one at a time, as an error of that rule would spoil
them: they swallow a letter beside them, write one too many, or lose one of those that they write.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from validator.check.plan import Named
from validator.file.compression import packing_of
from validator.fix.choosing import Chosen
from validator.fix.rounds import Mender
from validator.model import Edit
from validator.rules.catalog import catalog
from validator.rules.index import FAMILIES
from validator.run.assemble import bind

from .support import FIXTURES
from .test_fix_laws import ELSEWHERE, MENDING, TODAY
from .test_fixtures import profile_of

Spoil = Callable[[Edit, bytes], "Edit | None"]


def _letter(data: bytes, places: Sequence[int]) -> int | None:
    """The first of some places where there is a letter or a digit of ASCII."""
    return next((at for at in places if data[at : at + 1].isalnum()), None)


def swallows_after(edit: Edit, data: bytes) -> Edit | None:
    """The edit goes on over the next letter."""
    at = _letter(data, range(edit.end, len(data)))
    return None if at is None else replace(edit, end=at + 1)


def swallows_before(edit: Edit, data: bytes) -> Edit | None:
    """The edit begins at the letter before it."""
    at = _letter(data, range(edit.start - 1, -1, -1))
    return None if at is None else replace(edit, start=at)


def writes_more(edit: Edit, data: bytes) -> Edit | None:
    """The edit writes a letter too many."""
    return replace(edit, content=edit.content + b"q")


def writes_more_first(edit: Edit, data: bytes) -> Edit | None:
    """The edit writes a letter too many, before all else."""
    return replace(edit, content=b"q" + edit.content)


def loses(edit: Edit, data: bytes) -> Edit | None:
    """The edit loses a letter of what it writes."""
    at = _letter(edit.content, range(len(edit.content)))
    if at is None:
        return None
    return replace(edit, content=edit.content[:at] + edit.content[at + 1 :])


SPOILS: Sequence[Spoil] = (swallows_after, swallows_before, writes_more, writes_more_first, loses)


class Spoiled(Mender):
    """Mends, but that an edit of one rule is not what it should be."""

    code = ""
    spoil: Spoil = staticmethod(writes_more)
    spoiled = 0

    def _chosen(self, *given: Any, **named: Any) -> list[Chosen]:
        fixes = super()._chosen(*given, **named)
        for number, one in enumerate(fixes):
            if one.code == self.code:
                edit = type(self).spoil(one.fix.edits[0], given[1])
                if edit is not None:
                    self.spoiled += 1
                    edits = (edit, *one.fix.edits[1:])
                    fixes[number] = replace(one, fix=replace(one.fix, edits=edits))
                break
        return fixes


def _cases(name: str) -> Iterator[Path]:
    folder = FIXTURES / FAMILIES[catalog().find(name).family] / name / "bad"
    for fixed in sorted(folder.glob("*.fixed")):
        case = fixed.with_suffix("")
        if case.is_file() and not packing_of(os.fsencode(case.name)):
            yield case


@pytest.mark.parametrize("spoil", SPOILS, ids=lambda spoil: spoil.__name__)
@pytest.mark.parametrize(
    "name", sorted(rule.name for rule in MENDING if rule.name not in ELSEWHERE)
)
def test_a_spoiled_edit_is_refused(name: str, spoil: Spoil) -> None:
    code = catalog().find(name).code
    for case in _cases(name):
        made = Spoiled(bind(profile_of(case), []), TODAY, unsafe=True)
        made.code, type(made).spoil = code, staticmethod(spoil)
        path = os.fsencode(case)
        data = case.read_bytes()
        found = made.mend(Named(str(case), os.path.basename(path)), path, data)
        if made.spoiled:
            assert code in found.refused, (case, data[:200], found.data[:200])
