"""The patterns that say which files a profile is for, and which a configuration excludes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from fnmatch import translate
from typing import Final

from msgspec import Struct

from ..file.compression import PACKINGS
from ..file.gitignore import matchable, patterns_of
from ..file.plain_patterns import plain_patterns
from ..profile.patterns import Patterns
from ..profile.resolve import Profile
from ..text.lazy_re import later

COMPRESSED_SUFFIXES: Final = tuple(packing.suffix.decode() for packing in PACKINGS)


_MAGIC: Final = frozenset("*?[")
"""The signs of a pattern that is more than the end of a name."""


class Here:
    """A directory, and the paths of names in it relative to the directories of patterns."""

    def __init__(self, folder: str, root: str = "", *, is_inside: bool = False) -> None:
        """`folder` may end in `/`; the current directory is `.` or empty.

        In storage, paths count from the URL `root`; if the directory `is_inside` an archive, from
        the top of that. In both cases the `base` of patterns does not matter.
        """
        self._folder = folder or "."
        self._way = folder[len(root) :] if root or is_inside else None
        self._prefixes: dict[str, str] = {}

    def path(self, base: str, name: str) -> str:
        """The path of a name in this directory, relative to `base`."""
        if self._way is not None:
            return self._way + name
        prefix = self._prefixes.get(base)
        if prefix is None:
            prefix = os.path.relpath(self._folder, base).replace(os.sep, "/") + "/"
            prefix = self._prefixes[base] = prefix.removeprefix("./")
        return prefix + name


Asked = Callable[[Here, str], bool]
"""Whether patterns match a name in a directory; the name of a directory ends in `/`."""


class Claim(Struct, frozen=True):
    """Which files a profile is for: those that `wanted` matches, and `unwanted` does not.

    If `wanted` is None, all are wanted. A hidden file must also be matched by `hidden`, the
    patterns that name hidden files. `by_name` says that the profile has no patterns of files, and
    takes the names that it knows.
    """

    wanted: Asked | None
    unwanted: Asked | None
    hidden: Asked | None
    by_name: bool = False

    def takes(self, here: Here, name: str, is_hidden: bool) -> bool:
        """Whether the profile is for the file of this name in this directory."""
        if is_hidden and not (self.hidden and self.hidden(here, name)):
            return False
        wanted = self.wanted is None or self.wanted(here, name)
        return wanted and not (self.unwanted and self.unwanted(here, name))


def claim(profile: Profile, by_name: bool) -> Claim:
    """The claim of a profile; `by_name` lets one without patterns take the names that it knows."""
    wanted = asked([profile.files])
    by_name = by_name and wanted is None and bool(profile.names or profile.content)
    if by_name:
        wanted = named(profile.names)
    hidden = Patterns(profile.files.hidden, profile.files.base)
    return Claim(wanted, asked(profile.exclude), asked([hidden]), by_name)


def asked(patterns: Iterable[Patterns]) -> Asked | None:
    """A function that says whether one of these patterns matches; None if there are none."""
    every = [one for one in map(_asked, patterns) if one]
    if len(every) < 2:
        return every[0] if every else None
    return lambda here, name: any(one(here, name) for one in every)


def _asked(patterns: Patterns) -> Asked | None:
    if not patterns:
        return None
    match, base = plain_patterns(patterns.lines), patterns.base  # those of most are plain
    speaks = match or patterns_of(patterns.lines).verdict
    return lambda here, name: bool(speaks(matchable(here.path(base, name))))


def named(patterns: Iterable[str]) -> Asked:
    """A function that says whether the name of a file matches one of these patterns.

    The case of letters and the suffix of a compressed file are ignored.
    """
    patterns = [*patterns]
    ends = tuple(one[1:] for one in patterns if one[:1] == "*" and _MAGIC.isdisjoint(one[1:]))
    others = [one for one in patterns if one[:1] != "*" or not _MAGIC.isdisjoint(one[1:])]
    known = later("|".join(map(translate, others)) or "(?!)")

    def fits(here: Here, name: str) -> bool:
        name = name.lower()
        if name.endswith(COMPRESSED_SUFFIXES):
            name = name.rpartition(".")[0]
        return name.endswith(ends) or (bool(others) and known.match(name) is not None)

    return fits


def hidden_names(profiles: Iterable[Profile]) -> Callable[[bytes], bool] | None:
    """A function that says whether a profile names a hidden file; None if none names any."""
    parts = sorted({part for profile in profiles for part in profile.files.hidden_parts})
    if not parts:
        return None
    match = re.compile("|".join(map(translate, parts))).match
    return lambda name: name != b".git" and match(os.fsdecode(name)) is not None
