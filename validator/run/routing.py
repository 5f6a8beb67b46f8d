"""Which profile a file is checked under. Files that none is for are counted, never lost."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from fnmatch import translate
from itertools import groupby
from typing import Final

from msgspec import Struct

from ..delimiters.options import SIDECAR
from ..file.compression import PACKINGS
from ..file.gitignore import matchable
from ..file.listing import names_in
from ..file.passed_by import EXCLUDED, HIDDEN, UNCLAIMED, PassedBy
from ..file.sidecars import is_sidecar, sidecar_of
from ..file.walk import Listing
from ..profile.resolve import Configuration, Profile

Matcher = Callable[[str], bool]

COMPRESSED_SUFFIXES: Final = tuple(packing.suffix.decode() for packing in PACKINGS)

NO_PROFILE: Final = -1
KEPT_OUT: Final = -2
NOT_NAMED: Final = -3
"""In place of a profile: none is for the file, the configuration excludes it, or it is hidden and
no profile names it."""

_REASONS: Final = {NO_PROFILE: UNCLAIMED, KEPT_OUT: EXCLUDED, NOT_NAMED: HIDDEN}


class _Claim(Struct, frozen=True):
    """Which files a profile is for. `wanted` is None where it is for all that `unwanted` leaves.

    Of hidden files and directories it takes those that its patterns name, which `hidden` knows.
    """

    wanted: Matcher | None
    unwanted: Matcher | None
    hidden: Matcher | None

    def takes(self, path: str, is_hidden: bool) -> bool:
        """Whether it is for the file at this path, relative to the configuration."""
        if is_hidden and not (self.hidden and self.hidden(path)):
            return False
        wanted = self.wanted is None or self.wanted(path)
        return wanted and not (self.unwanted and self.unwanted(path))


class Router:
    """Routes the files of a walk to `profiles`, the first whose `files` match."""

    def __init__(self, config: Configuration, chosen: Profile | None, skipped: PassedBy) -> None:
        self.profiles = (chosen,) if chosen else config.profiles
        self._base = config.base
        self._skipped = skipped
        self._excluded = _matcher(config.exclude)
        self._claims = [_claim(profile, chosen is None) for profile in self.profiles]
        self._forms = [profile.settings[SIDECAR] for profile in self.profiles]
        only = self._claims[0]
        self._everything = len(self.profiles) == 1 and not (
            only.wanted or only.unwanted or self._excluded or self._forms[0]
        )
        self._chosen = chosen is not None

    @property
    def hidden(self) -> Callable[[bytes], bool] | None:
        """What says whether a pattern of a profile names a hidden path, if one does."""
        parts = {
            part
            for profile in self.profiles
            for pattern in profile.files
            for part in pattern.lstrip("!").split("/")
            if part.startswith(".")
        }
        if not parts:
            return None
        match = re.compile("|".join(map(translate, sorted(parts)))).match
        return lambda name: name != b".git" and match(os.fsdecode(name)) is not None

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
        pairs = [
            (self._profile_of(prefix + os.fsdecode(name), listing.hides(name)), name)
            for name in names
        ]
        for profile, group in groupby(pairs, key=lambda pair: pair[0]):
            found = [name for _, name in group]
            if profile < 0:
                self._skipped.add(_REASONS[profile], listing.path, found)
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
        read = [name for name in beside if name not in orphans]
        self._skipped.add("read beside a document", listing.path, read)
        self._skipped.add("without its document", listing.path, sorted(orphans))
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

    def _profile_of(self, path: str, is_hidden: bool = False) -> int:
        if self._excluded and self._excluded(path):
            return KEPT_OUT
        for index, claim in enumerate(self._claims):
            if claim.takes(path, is_hidden):
                return index
        return NOT_NAMED if is_hidden else NO_PROFILE


def _claim(profile: Profile, by_name: bool) -> _Claim:
    """What a profile is for; by the names that it knows where it names no files."""
    wanted = _matcher(profile.files)
    if wanted is None and by_name and profile.names:
        wanted = _named(profile.names)
    hidden = [pattern for pattern in profile.files if names_hidden(pattern)]
    return _Claim(wanted, _matcher(profile.exclude), _matcher(tuple(hidden)))


def names_hidden(pattern: str) -> bool:
    """Whether a part of a .gitignore pattern begins with a dot: `.meta/config.json`."""
    return any(part.startswith(".") for part in pattern.lstrip("!").split("/"))


def _named(patterns: tuple[str, ...]) -> Matcher:
    """What says whether the name of a file, the last part of its path, is one of these.

    Capitals do not count, nor does the suffix of a compressed file.
    """
    match = re.compile("|".join(map(translate, patterns))).match

    def matches(path: str) -> bool:
        name = path.rpartition("/")[2].lower()
        if name.endswith(COMPRESSED_SUFFIXES):
            name = name.rpartition(".")[0]
        return match(name) is not None

    return matches


def _matcher(patterns: tuple[str, ...]) -> Matcher | None:
    """What says whether a relative path matches; None when there are no patterns."""
    if not patterns:
        return None
    from pathspec import GitIgnoreSpec  # 40 ms, and most profiles are for all files

    match = GitIgnoreSpec.from_lines(patterns).match_file
    return lambda path: match(matchable(path))
