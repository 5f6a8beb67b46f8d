"""A file that is to be fixed, and the result of fixing it."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping

from msgspec import Struct

from ..check.exact import Diagnosed
from ..check.plan import Named, Part
from ..file.originals import Original
from ..file.replacing import Replacement
from ..model import Unfixed
from ..rules.catalog import catalog

HELD = 1 << 19
"""Bytes at most of a file that is fixed in memory; a larger one is fixed piece by piece."""


class Task(Struct, frozen=True):
    """A file of a part that is to be fixed. `head` are the first bytes, which were read already.

    `file` has its names for reports.
    """

    part: Part
    name: bytes
    head: bytes
    file: Named

    @classmethod
    def of(cls, part: Part, name: bytes, head: bytes = b"") -> Task:
        """The task for the file of this name."""
        return cls(part, name, head, part.named(name))

    @property
    def path(self) -> bytes:
        """The path of the file."""
        return self.part.folder + self.name

    def is_another(self, old: Original, roots: Collection[str]) -> bool:
        """Whether it is a link to a file that is fixed under its own name, not under this one."""
        return old.by_link and os.fsdecode(self.path) not in roots


Said = tuple[Diagnosed, bytes | None]
"""What is reported of a file, and the digest of its content if that is wanted."""


class Done(Struct, frozen=True):
    """The result for one file: what is reported of it (`said`), and the new file, if one waits.

    `written` is the new file that waits to take the old one's place. `instead` gives the report for
    the case that it cannot, for the reason that it is given; `held` is how many bytes this keeps in
    memory.
    """

    said: Said
    written: Replacement | None = None
    instead: Callable[[str], Said] | None = None
    held: int = 0

    def settled(self, why: str) -> Said:
        """The report when the new file has taken its place, or could not: then `why` says why."""
        return self.instead(why) if why and self.instead is not None else self.said


def unfixed(refused: Mapping[str, str], remedy: str = "") -> tuple[Unfixed, ...]:
    """A flaw for each rule whose fixes were not made; `refused` says why, by code."""
    rules = catalog().rules
    return tuple(
        Unfixed(code, rules[code].name, why, remedy) for code, why in sorted(refused.items())
    )
