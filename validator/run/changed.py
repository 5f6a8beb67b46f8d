"""Runs that tell only of what has changed: the files that they read, and the findings they keep."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator

from msgspec.structs import replace

from ..check.fact_plan import fact_plan
from ..check.plan import Part, Plan
from ..file.git_changes import Changes
from ..model import Diagnostic, Location
from .baseline import CORPUS


class Changed:
    """Decides whether findings and files of a run concern the changes.

    With `lines` a finding counts only where one of its lines has changed.
    """

    def __init__(self, changes: Changes, lines: bool) -> None:
        self._changes, self._lines = changes, lines
        self._folders: dict[bytes, bytes] = {}
        self._gone = {os.path.basename(path).decode("utf-8", "replace") for path in changes.gone}

    def concerns(self, found: Diagnostic) -> bool:
        """Whether a finding is in a changed file (or line), or about one.

        A finding about two files concerns both; a reference to a deleted file concerns that.
        """
        last = found.end_location.row
        if found.end_location.column == 1:
            last = max(found.location.row, last - 1)
        if self._touches(found.path, found.location.row, last, found.whole_file):
            return True
        if found.of and self._touches(found.of, 1, 1, True):
            return True
        for one in found.related:
            place = one.location or Location(1, 1)
            if one.path != found.path and found.code[:3] != CORPUS:
                continue
            if self._touches(one.path, place.row, place.row, one.location is None):
                return True
        return found.code[:3] == CORPUS and any(name in found.message for name in self._gone)

    def _touches(self, path: str, first: int, last: int, whole: bool) -> bool:
        change = self._changes.of(self._absolute(os.fsencode(path)))
        if change is None:
            return False
        if not self._lines:
            return True
        return change.is_new if whole else change.touches(first, last)

    def _absolute(self, path: bytes) -> bytes:
        """The absolute path with links of directories resolved, as git gives it."""
        folder, name = os.path.split(path)
        if folder not in self._folders:
            self._folders[folder] = os.path.join(os.path.realpath(folder or b"."), b"")
        return self._folders[folder] + name

    def parts(self, parts: Iterable[Part], plan: Plan) -> Iterator[Part]:
        """The parts with only those files that must be read.

        If the documents of a profile are compared with each other, these are all its files, else
        those that have changed.
        """
        compared = {at for at, bound in enumerate(plan.profiles) if fact_plan(bound).names}
        for part in parts:
            if part.profile in compared:
                yield part
                continue
            names = tuple(filter(self._has(part.folder), part.names))
            if len(names) == len(part.names):
                yield part
            elif names:
                yield _with(part, names)

    def _has(self, folder: bytes) -> Callable[[bytes], bool]:
        where = self._absolute(os.path.join(folder, b"x"))[:-1]
        return lambda name: self._changes.of(where + name) is not None


def _with(part: Part, names: Collection[bytes]) -> Part:
    """A part with only these files; findings about the directory itself are no change of theirs."""
    odd = {name: part.odd[name] for name in names if name in part.odd}
    paths = {name: part.paths[name] for name in names if name in part.paths}
    return replace(part, names=tuple(names), odd=odd, paths=paths, entered=())
