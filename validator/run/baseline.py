"""Which findings of a run are known: those that match an entry of the baseline.

An entry matches one finding. A finding takes an entry of its own path before any other, so that a
fault which was mended in one file and made anew in another is told.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from ..file.opening import is_remote
from ..model import Diagnostic
from .baseline_file import DIGITS, Entry

CORPUS = "COR"
"""Codes of rules about the corpus; at which file they tell a fault may hang on the file names."""


class Baseline:
    """The entries of a baseline, each taken once. `base` is the directory that paths count from."""

    def __init__(self, entries: Sequence[Entry], base: str) -> None:
        self.base = os.path.abspath(base)
        self._entries = entries
        self._left = Counter(entries)
        self._alike: dict[tuple[str, str], list[Entry]] = {}
        self._whole: dict[tuple[str, str], list[Entry]] = {}
        for entry in self._left:
            self._alike.setdefault((entry.code, entry.digest), []).append(entry)
            if entry.whole:
                self._whole.setdefault((entry.path, entry.code), []).append(entry)
        self._folders: dict[str, str] = {}
        self._there: dict[str, bool] = {}

    @property
    def most(self) -> int:
        """The most entries that a rule has in one file."""
        return max(Counter((one.path, one.code) for one in self._entries).values(), default=0)

    def entry(self, found: Diagnostic) -> Entry:
        """The entry that a finding would have in a baseline."""
        folder, slash, name = found.path.rpartition("/")
        if folder + slash not in self._folders:
            self._folders[folder + slash] = self._prefix(folder + slash)
        path = self._folders[folder + slash] + name
        return Entry(path, found.code, found.fingerprint[:DIGITS], found.whole_file)

    def _prefix(self, folder: str) -> str:
        if is_remote(folder):
            return folder
        path = os.path.relpath(os.path.abspath(folder or "."), self.base).replace(os.sep, "/")
        return "" if path == "." else f"{path}/"

    def take(self, found: Diagnostic) -> Entry | None:
        """Take the entry that matches a finding, for this finding alone; None if it is new."""
        entry = self.entry(found)
        if self._take(entry):
            return entry
        others = self._whole.get((entry.path, entry.code), ()) if entry.whole else ()
        known = next(filter(self._take, others), None)
        if known is not None:
            return known
        alike = self._alike.get((entry.code, entry.digest), ())
        if found.code.startswith(CORPUS) or (found.divided and found.document_id):
            return next(filter(self._take, alike), None)
        moved = (one for one in alike if self._may_be(one, entry, len(alike) > 1))
        return next(filter(self._take, moved), None)

    def _take(self, entry: Entry) -> bool:
        if self._left.get(entry, 0) < 1:
            return False
        self._left[entry] -= 1
        return True

    def _may_be(self, old: Entry, new: Entry, common: bool) -> bool:
        """Whether the file of the old entry may have been moved to the path of the new one.

        It must not be there any more. If the fingerprint is `common` to several entries, the
        directory or the file name must be the same.
        """
        if old.path not in self._there:
            there = is_remote(old.path) or os.path.lexists(os.path.join(self.base, old.path))
            self._there[old.path] = there
        if self._there[old.path]:
            return False
        before, after = os.path.split(old.path), os.path.split(new.path)
        return not common or before[0] == after[0] or before[1] == after[1]

    def gone(self, could_be_found: Callable[[Entry], bool]) -> list[Entry]:
        """The entries that no finding took, among those whose finding the run could make."""
        return sorted(filter(could_be_found, self._left.elements()))


def below(roots: Iterable[str], base: str) -> Callable[[str], bool]:
    """A function that says whether a path relative to `base` is at or below one of these roots."""
    tops: list[str] = []
    starts: list[str] = []
    for root in roots:
        if is_remote(root):
            starts.append(root)
            continue
        top = os.path.relpath(os.path.abspath(root), os.path.abspath(base)).replace(os.sep, "/")
        if not top.strip("./"):
            return lambda path: True
        tops.append(top)
        starts += (f"{top}/", f"{top}!")  # of members, too
    below_any = tuple(starts)
    return lambda path: path in tops or path.startswith(below_any)
