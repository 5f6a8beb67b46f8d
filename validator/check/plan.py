"""The configuration as the workers need it: which rules, with which settings, for which files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from ..model import Flaw, Severity
from ..profile.suppress import Suppress
from ..settings.options import Settings

LIMIT = 50
"""Findings of one rule kept in one file; the rest are counted."""


class Bound(Struct, frozen=True, dict=True):
    """One profile with its rules switched on or off; codes in the order of the catalog.

    `asked` are the facts that other profiles want to know of its documents. `scope` tells profiles
    of one configuration from those of another, which lies in the directory `base` (empty without
    one). `fail_on` is the least severity that makes the run fail, or `never`. `suppress` are the
    findings that the configuration does not want to be told. What is compiled from
    it stays with it (`memo`), and is compiled again where it was pickled.
    """

    name: str
    settings: Settings
    rules: Mapping[str, Severity]
    asked: tuple[str, ...] = ()
    scope: int = 0
    base: str = ""
    fail_on: str = "error"
    suppress: tuple[Suppress, ...] = ()


class Plan(Struct, frozen=True):
    """All that a worker gets, once. Small and picklable: codes and values, no code.

    `today` is the day of the run: no rule reads a clock. `roots` are the paths that are checked.
    """

    profiles: tuple[Bound, ...]
    limit: int = LIMIT
    today: date = date(1970, 1, 1)
    roots: tuple[str, ...] = (".",)


class Named(Struct, frozen=True):
    """A file as it is spoken of.

    `path` is that of messages, `name` as far as rules may look at it. `entered` are the names of
    directories, each with its `/`, that it is the first file of, and `flaws` are of its path: both
    are told with it.
    """

    path: str
    name: bytes
    entered: tuple[bytes, ...] = ()
    flaws: tuple[Flaw, ...] = ()


class Part(Struct, frozen=True):
    """Files of one directory to be checked under one profile, in the order of their names.

    `folder` ends in `/` or is empty. `odd` are files that the walk already knows not to be
    readable. `shown` replaces the path in messages; `-` is standard input without a name. `entered`
    are the names of directories, each with its `/`, that these files are the first of; what is
    wrong with them is said at the first file. `paths` are flaws of the paths of files, by name.
    """

    profile: int
    folder: bytes
    names: tuple[bytes, ...]
    odd: Mapping[bytes, Flaw] = field(default_factory=dict)
    shown: str = ""
    entered: tuple[bytes, ...] = ()
    paths: Mapping[bytes, tuple[Flaw, ...]] = field(default_factory=dict)

    def path(self, name: bytes) -> str:
        """The path of one of the files, as messages have it."""
        return self.shown or os.fsdecode(self.folder + name)

    def known(self, name: bytes) -> bytes:
        """The name of one of the files as far as rules may look at it; that of `-` is none."""
        return b"" if self.shown == "-" else name

    def named(self, name: bytes) -> Named:
        """One of the files, with what is to be told of its path."""
        entered = self.entered if name == self.names[0] else ()
        return Named(self.path(name), self.known(name), entered, self.paths.get(name, ()))

    def split(self) -> tuple[Part, ...]:
        """Two halves; nothing when there is one file only."""
        middle = len(self.names) // 2
        if not middle:
            return ()
        first = replace(self, names=self.names[:middle])
        return first, replace(self, names=self.names[middle:], entered=())
