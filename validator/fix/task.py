"""A file that is to be fixed, and what comes of it."""

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
"""Bytes of a file that is fixed in memory; a larger one goes through it piece by piece."""


class Task(Struct, frozen=True):
    """A file of a part that is to be fixed. `head` is what was read of it first.

    `file` is how it is spoken of.
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
        """Where it lies."""
        return self.part.folder + self.name

    def is_another(self, old: Original, roots: Collection[str]) -> bool:
        """Whether it is fixed under another name: that of what a link leads to."""
        return old.by_link and os.fsdecode(self.path) not in roots


Said = tuple[Diagnosed, bytes | None]
"""What is to be said of a file, and the digest of its content if that is wanted."""


class Done(Struct, frozen=True):
    """What is `said` of a file that was fixed, and its new bytes, if they wait to be `written`.

    `instead` is what is to be said where they could not be, for this reason; `held` is how many
    bytes that keeps in memory.
    """

    said: Said
    written: Replacement | None = None
    instead: Callable[[str], Said] | None = None
    held: int = 0

    def settled(self, why: str) -> Said:
        """What is to be said when the new bytes have taken their place, or could not: `why`."""
        return self.instead(why) if why and self.instead is not None else self.said


def unfixed(refused: Mapping[str, str], remedy: str = "") -> tuple[Unfixed, ...]:
    """The flaws for rules whose fixes were not made, and why, by code."""
    rules = catalog().rules
    return tuple(
        Unfixed(code, rules[code].name, why, remedy) for code, why in sorted(refused.items())
    )
