"""The configuration as the workers need it: which rules, with which settings, for which files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from ..model import Flaw, Severity
from ..settings.options import Settings

LIMIT = 50
"""Findings of one rule kept in one file; the rest are counted."""


class Bound(Struct, frozen=True):
    """One profile with its rules switched on or off; codes in the order of the catalog.

    `asked` are the facts that other profiles want to know of its documents.
    """

    name: str
    settings: Settings
    rules: Mapping[str, Severity]
    asked: tuple[str, ...] = ()


class Plan(Struct, frozen=True):
    """All that a worker gets, once. Small and picklable: codes and values, no code.

    `today` is the day of the run: no rule reads a clock. `roots` are the paths that are checked,
    `base` is the directory of the configuration, empty without one.
    """

    profiles: tuple[Bound, ...]
    limit: int = LIMIT
    today: date = date(1970, 1, 1)
    roots: tuple[str, ...] = (".",)
    base: str = ""


class Part(Struct, frozen=True):
    """Files of one directory to be checked under one profile, in the order of their names.

    `folder` ends in `/` or is empty. `odd` are files that the walk already knows not to be
    readable. `shown` replaces the path in messages; `-` is standard input without a name.
    """

    profile: int
    folder: bytes
    names: tuple[bytes, ...]
    odd: Mapping[bytes, Flaw] = field(default_factory=dict)
    shown: str = ""

    @property
    def nameless(self) -> bool:
        """Whether there is no file name that a rule could look at."""
        return self.shown == "-"

    @property
    def place(self) -> bytes:
        """The directory that the files are said to be in, where others of it are looked for."""
        if not self.shown:
            return self.folder
        folder = os.path.dirname(self.shown)
        return os.fsencode(folder) + b"/" if folder else b""

    def split(self) -> tuple[Part, ...]:
        """Two halves; nothing when there is one file only."""
        middle = len(self.names) // 2
        if not middle:
            return ()
        return tuple(
            Part(self.profile, self.folder, names, self.odd, self.shown)
            for names in (self.names[:middle], self.names[middle:])
        )
