"""The configurations of a run; for the files of a directory, the nearest one counts.

All are found before the first file is checked, so that a wrong one ends the run at once and not
after an hour. They are not looked for in directories that are hidden, ignored by git or excluded.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..errors import UsageError, option
from ..file.opening import is_remote
from ..file.passed_by import PassedBy
from ..file.walk import Root, Walk
from ..profile.configuration import Configuration, configuration
from ..profile.overrides import overrides
from ..profile.patterns import Patterns, checked_patterns
from ..profile.resolve import Profile
from ..profile.toml_file import NAMES
from .claims import Here, asked, hidden_names


class Configurations(Struct, frozen=True, dict=True):
    """All configurations, and where each counts.

    `homes` has, for each directory with a configuration, its index in `every`. If it is empty, the
    only configuration counts everywhere. Directories are absolute.
    """

    every: tuple[Configuration, ...]
    homes: Mapping[str, int]

    @cached_property
    def _known(self) -> dict[str, int]:
        return dict(self.homes)

    def index_of(self, folder: str) -> int:
        """The index of the configuration that counts for the files of a directory."""
        if not self.homes:
            return 0
        path = os.path.abspath("." if is_remote(folder) else folder)
        above: list[str] = []
        while path not in self._known and path != os.path.dirname(path):
            above.append(path)
            path = os.path.dirname(path)
        found = self._known.get(path, 0)
        self._known.update(dict.fromkeys(above, found))
        return found

    def changed(
        self,
        settings: Mapping[str, Any],
        exclude: Sequence[str],
        spelled: Callable[[str], str] = option,
        archives: Sequence[str] = (),
    ) -> Configurations:
        """The same with changes for this run: `settings` by key, and more patterns.

        The patterns `exclude` are excluded, too; members of `archives` are checked, too. Raises
        UsageError for an option that is not there, or a value that it cannot have; in messages
        `spelled` writes the names of these arguments.
        """
        if not (settings or exclude or archives):
            return self
        for name, lines in (("exclude", exclude), ("archives", archives)):
            try:
                checked_patterns(lines)
            except ValueError as error:
                raise UsageError(f"{spelled(name)} {error}") from None
        more = (Patterns(tuple(exclude), os.getcwd()),) if exclude else ()
        opened = (Patterns(tuple(archives), os.getcwd()),) if archives else ()
        over = overrides(settings, spelled)
        every = tuple(
            replace(
                one,
                exclude=(*one.exclude, *more),
                archives=(*one.archives, *opened),
                over=over,
                own=tuple(map(over, one.own)),
            )
            for one in self.every
        )
        return replace(self, every=every)

    def of(self, folder: str) -> Configuration:
        """The configuration that counts for the files of a directory."""
        return self.every[self.index_of(folder)]


def single(config: Configuration) -> Configurations:
    """One configuration for all files."""
    return Configurations((config,), {})


def nearest(roots: Sequence[Root]) -> Configurations:
    """The configurations at, above and below these paths. Raises ConfigError for a wrong one."""
    every: dict[str | None, Configuration] = {}
    homes: dict[str, int] = {}

    def take(folder: str, found: Configuration) -> None:
        known = every.setdefault(found.origin, found)
        homes[os.path.abspath(folder)] = [*every.values()].index(known)

    for folder in dict.fromkeys(folder_of(root) for root in roots):
        take(folder, configuration(folder))
    for root in roots if any(root.is_folder for root in roots) else ():
        for folder in _with_configuration(root, Configurations((*every.values(),), homes)):
            take(folder, configuration(folder))
    return Configurations((*every.values(),), homes)


def folder_of(root: Root) -> str:
    """The directory of a path: itself, or that of the file; for a URL, the working directory."""
    if is_remote(root.path):
        return "."
    return root.path if root.is_folder else os.path.dirname(root.path) or "."


def _with_configuration(root: Root, known: Configurations) -> Iterable[str]:
    """The directories below a path in which a configuration lies."""
    if not root.is_folder or is_remote(root.path):
        return
    walk = walk_under(known, (root,), PassedBy())
    for folder in walk.folders():
        if any(os.path.isfile(os.path.join(os.fsdecode(folder), name)) for name in NAMES):
            yield os.fsdecode(folder) or "."


def walk_under(
    known: Configurations,
    roots: Sequence[Root],
    skipped: PassedBy,
    chosen: Profile | None = None,
) -> Walk:
    """A walk that passes by the files that the configurations exclude, as counted in `skipped`.

    Hidden files are passed by, unless a profile of a configuration, or the `chosen` one, names
    them.
    """
    own = [profile for config in known.every for profile in config.own]
    own += [chosen] if chosen else []
    return Walk(roots, skipped, _respects_gitignore(known), hidden_names(own), _excludes(known))


def _respects_gitignore(known: Configurations) -> Callable[[bytes], bool]:
    wishes = [config.respect_gitignore for config in known.every]
    return lambda folder: wishes[known.index_of(os.fsdecode(folder))]


def _excludes(known: Configurations) -> Callable[[bytes, bytes], bool] | None:
    """A function from a directory and a name in it (with `/`) to whether that is excluded."""
    every = [asked(config.exclude) for config in known.every]
    if not any(every):
        return None

    def excluded(folder: bytes, name: bytes) -> bool:
        where = os.fsdecode(folder)
        one = every[known.index_of(where)]
        return one is not None and one(Here(where), os.fsdecode(name))

    return excluded
