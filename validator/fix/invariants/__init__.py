"""Invariants: what the edits of a fix must keep. Each is a module here, found by its name.

A rule says which one its fixes keep (`Repair.keeps`); the engine asks `holds` of the bytes before
and after, and writes nothing where the answer is no. A module declares `INVARIANT`; its name is
the module's, with hyphens.
"""

from __future__ import annotations

import os
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from msgspec import Struct

from ...model import Edit


class Change(Struct, frozen=True):
    """Bytes of the text and what was written in their place; `how` is that of `Fix`.

    `start` and `end` are where the old bytes stood in the text before.
    """

    start: int
    end: int
    old: bytes
    new: bytes
    how: str = ""


class Content(Struct, frozen=True):
    """What readers get of one document: its fields, None where they cannot be read, its body."""

    fields: Mapping[str, Any] | None
    body: bytes


class Case(Struct, frozen=True):
    """A text before and after the edits of one kind of fix, as UTF-8, and these edits in order.

    `documents` tells what readers get of a text, under the profile of the file.
    """

    before: bytes
    after: bytes
    changes: tuple[Change, ...]
    documents: Callable[[bytes], Sequence[Content]]

    @property
    def keeps_fields(self) -> bool:
        """Whether the documents have the fields that they had."""
        before, after = self.documents(self.before), self.documents(self.after)
        return [one.fields for one in before] == [one.fields for one in after]

    @property
    def only_moves(self) -> bool:
        """Whether what is written is what was there, in another order."""
        return sorted(one.old for one in self.changes) == sorted(one.new for one in self.changes)


def _nothing(text: bytes, edit: Edit, name: bytes) -> bool:
    return False


class Invariant(Struct, frozen=True):
    """What must be true of a text after a fix, in words and as a proof.

    `spares` says of an edit of a file with this name that the format means what it would change:
    such a fix is not made, and its finding is left.
    """

    statement: str
    holds: Callable[[Case], bool]
    spares: Callable[[bytes, Edit, bytes], bool] = _nothing


def same(form: Callable[[bytes], object]) -> Callable[[Case], bool]:
    """What holds where this form of the text is the same before and after."""
    return lambda case: form(case.before) == form(case.after)


def each(test: Callable[[Change], bool]) -> Callable[[Case], bool]:
    """What holds where every change passes this test."""
    return lambda case: all(map(test, case.changes))


def removed(test: Callable[[str], bool]) -> Callable[[Case], bool]:
    """What holds where every change takes a text away that passes this test, and adds nothing."""

    def is_removed(change: Change) -> bool:
        try:
            return not change.new and test(change.old.decode())
        except UnicodeDecodeError:
            return False

    return each(is_removed)


@cache
def names() -> tuple[str, ...]:
    """The names of all invariants; none is imported for that."""
    modules = pkgutil.iter_modules([os.path.dirname(__file__)])
    return (*sorted(found.name.replace("_", "-") for found in modules),)


@cache
def named(name: str) -> Invariant:
    """The invariant of this name, which is one of `names()`."""
    found: Invariant = import_module(f"{__name__}.{name.replace('-', '_')}").INVARIANT
    return found
