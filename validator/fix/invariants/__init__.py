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
    """Bytes `old` of a text, and the bytes `new` that were written in their place.

    `start` and `end` are the offsets of the old bytes in the text before. `how` is the one that
    `Fix` has for this edit.
    """

    start: int
    end: int
    old: bytes
    new: bytes
    how: str = ""


class Content(Struct, frozen=True):
    """What readers get of one document: its body, and its fields; None if these are unreadable."""

    fields: Mapping[str, Any] | None
    body: bytes


class Case(Struct, frozen=True):
    """A text before and after the edits of one group of fixes, as UTF-8, and these edits in order.

    `documents` gives what readers get of a text, under the profile of the file.
    """

    before: bytes
    after: bytes
    changes: tuple[Change, ...]
    documents: Callable[[bytes], Sequence[Content]]

    @property
    def keeps_fields(self) -> bool:
        """Whether the documents have the same fields as before."""
        before, after = self.documents(self.before), self.documents(self.after)
        return [one.fields for one in before] == [one.fields for one in after]

    @property
    def only_moves(self) -> bool:
        """Whether the new pieces of text are the old ones in another order."""
        return sorted(one.old for one in self.changes) == sorted(one.new for one in self.changes)


def _nothing(text: bytes, edit: Edit, name: bytes) -> bool:
    return False


class Invariant(Struct, frozen=True):
    """What must be true of a text after a fix: a statement in words, and the test `holds`.

    `spares(text, edit, name of the file)` is true if the bytes that the edit would change have a
    meaning in the format of this file: then the fix is not made, and its finding stays.
    """

    statement: str
    holds: Callable[[Case], bool]
    spares: Callable[[bytes, Edit, bytes], bool] = _nothing


def same(form: Callable[[bytes], object]) -> Callable[[Case], bool]:
    """A test that holds if `form` gives the same for the text before and after."""
    return lambda case: form(case.before) == form(case.after)


def each(test: Callable[[Change], bool]) -> Callable[[Case], bool]:
    """A test that holds if every change passes `test`."""
    return lambda case: all(map(test, case.changes))


def removed(test: Callable[[str], bool]) -> Callable[[Case], bool]:
    """A test that holds if every change only removes, and the removed text passes `test`."""

    def is_removed(change: Change) -> bool:
        try:
            return not change.new and test(change.old.decode())
        except UnicodeDecodeError:
            return False

    return each(is_removed)


@cache
def names() -> tuple[str, ...]:
    """The names of all invariants. No module is imported for that."""
    modules = pkgutil.iter_modules([os.path.dirname(__file__)])
    return (*sorted(found.name.replace("_", "-") for found in modules),)


@cache
def named(name: str) -> Invariant:
    """The invariant of this name, which is one of `names()`."""
    found: Invariant = import_module(f"{__name__}.{name.replace('-', '_')}").INVARIANT
    return found
