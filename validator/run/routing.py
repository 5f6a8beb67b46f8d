"""Which profile a file is checked under. Files that none is for are counted, never lost."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from fnmatch import translate
from itertools import groupby

from ..delimiters.options import SIDECAR
from ..file.gitignore import matchable
from ..file.listing import names_in
from ..file.sidecars import is_sidecar, sidecar_of
from ..file.walk import Listing
from ..profile.resolve import Configuration, Profile

Matcher = Callable[[str], bool]


class Router:
    """Routes the files of a walk to `profiles`, the first whose `files` match."""

    def __init__(
        self, config: Configuration, chosen: Profile | None, skipped: Counter[str]
    ) -> None:
        detecting = chosen is None and config.origin is None
        self.profiles = (chosen,) if chosen else config.profiles
        self._base = config.base
        self._skipped = skipped
        self._excluded = _matcher(config.exclude)
        self._wanted = [
            _named(profile.detect) if detecting else _matcher(profile.files)
            for profile in self.profiles
        ]
        self._unwanted = [_matcher(profile.exclude) for profile in self.profiles]
        self._forms = [profile.settings[SIDECAR] for profile in self.profiles]
        self._everything = (
            len(self.profiles) == 1
            and not detecting
            and not (self._wanted[0] or self._unwanted[0] or self._excluded or self._forms[0])
        )
        self._chosen = chosen is not None

    def route(self, listing: Listing) -> Iterator[tuple[int, list[bytes]]]:
        """Runs of neighbouring names with the index of their profile."""
        names = listing.names
        if any(self._forms):
            names = self._documents(listing)
        if self._everything or (self._chosen and listing.explicit):
            if names:
                yield 0, names
            return
        prefix = self._prefix(os.fsdecode(listing.path))
        pairs = [(self._profile_of(prefix + os.fsdecode(name)), name) for name in names]
        for profile, group in groupby(pairs, key=lambda pair: pair[0]):
            found = [name for _, name in group]
            if profile < 0:
                self._skipped["without a profile"] += len(found)
            else:
                yield profile, found

    def _documents(self, listing: Listing) -> list[bytes]:
        """The names without those of files that are read beside documents.

        Of such a file that the user named the document is checked.
        """
        names: list[bytes] = []
        beside: list[bytes] = []
        for name in listing.names:
            (beside if self._is_beside(listing.path, name) else names).append(name)
        forms = [form for form in self._forms if form and beside]
        orphans = {*beside} - {sidecar_of(name, form) for form in forms for name in names}
        if orphans:  # their documents may lie elsewhere in the order, or were not named
            found = dict(self._theirs(listing.path, orphans))
            orphans -= {*found.values()}
            if listing.explicit:
                names = sorted({*names, *found})
        for reason, count in (
            ("read beside a document", len(beside) - len(orphans)),
            ("without its document", len(orphans)),
        ):
            if count:
                self._skipped[reason] += count
        return names

    def _theirs(self, folder: bytes, beside: set[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """The documents in a directory whose metadata these files hold, each with its file."""
        prefix = self._prefix(os.fsdecode(folder))
        for name in names_in(folder):
            at = self._profile_of(prefix + os.fsdecode(name))
            if at < 0 or not self._forms[at] or self._is_beside(folder, name):
                continue
            own = sidecar_of(name, self._forms[at])
            if own in beside and os.path.isfile(folder + name):
                yield name, own

    def _is_beside(self, folder: bytes, name: bytes) -> bool:
        """Whether a file holds the metadata of a document; not if a profile is for it by itself."""
        if not any(form and is_sidecar(name, form) for form in self._forms):
            return False
        if self._chosen:
            return True
        at = self._profile_of(self._prefix(os.fsdecode(folder)) + os.fsdecode(name))
        return at < 0 or (self._forms[at] != "" and is_sidecar(name, self._forms[at]))

    def route_one(self, path: bytes) -> int | None:
        """The index of the profile for a path that need not exist."""
        if self._everything or self._chosen:
            return 0
        folder, _, name = os.fsdecode(path).rpartition("/")
        found = self._profile_of(self._prefix(folder) + name)
        return None if found < 0 else found

    def _prefix(self, folder: str) -> str:
        """The directory as the patterns see it: relative to the configuration's own."""
        prefix = os.path.relpath(folder or ".", self._base).replace(os.sep, "/") + "/"
        return prefix.removeprefix("./")

    def _profile_of(self, path: str) -> int:
        if self._excluded and self._excluded(path):
            return -1
        for index, wanted in enumerate(self._wanted):
            unwanted = self._unwanted[index]
            if (wanted is None or wanted(path)) and not (unwanted and unwanted(path)):
                return index
        return -1


def _named(patterns: tuple[str, ...]) -> Matcher:
    """What says whether the name of a file, the last part of its path, is one of these."""
    match = re.compile("|".join(map(translate, patterns))).match

    def matches(path: str) -> bool:
        return match(path.rpartition("/")[2]) is not None

    return matches


def _matcher(patterns: tuple[str, ...]) -> Matcher | None:
    """What says whether a relative path matches; None when there are no patterns."""
    if not patterns:
        return None
    from pathspec import GitIgnoreSpec  # 40 ms, and most profiles are for all files

    match = GitIgnoreSpec.from_lines(patterns).match_file
    return lambda path: match(matchable(path))
