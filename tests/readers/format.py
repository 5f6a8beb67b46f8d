"""What is proved of a format."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from validator.profile.resolve import Profile

from .grammar import Make


class Format(NamedTuple):
    """What is proved of a format: who makes files, how many are wanted, and under which lists."""

    name: str
    profile: str
    suffix: str
    make: Make
    wanted: int
    lists: tuple[tuple[str, ...], ...]
    ours: Callable[[bytes, Profile], list[Any]]
    documents: Callable[[bytes], int] = lambda data: 1
    suffix_of: Callable[[bytes], str] = lambda data: ""

    def name_of(self, stem: str, data: bytes) -> str:
        """The name of a file: readers judge by the end of it."""
        return f"{stem}{self.suffix}{self.suffix_of(data)}"
