"""Which files a request is about: each with its profile, or why it is passed by."""

from __future__ import annotations

import os
from collections.abc import Iterator

from msgspec import Struct

from ..file.passed_by import PassedBy
from .request import Prepared


class FileChoice(Struct, frozen=True):
    """A file and its profile, or the reason why it is passed by; one of the two is empty.

    The path of a directory that is passed by ends in `/`.
    """

    path: str
    profile: str = ""
    passed_by: str = ""


class _Told(PassedBy):
    """What a walk passes by, each path with its reason until it is asked for."""

    def __init__(self) -> None:
        self._waiting: list[tuple[bytes, str]] = []
        super().__init__(lambda path, reason: self._waiting.append((path, reason)))

    def take(self) -> Iterator[tuple[bytes, FileChoice]]:
        """What came since the last time, each with its path in bytes."""
        waiting, self._waiting = self._waiting, []
        for path, reason in waiting:
            yield path, FileChoice(os.fsdecode(path), "", reason)


def choices(prepared: Prepared) -> Iterator[FileChoice]:
    """The files at the paths of a request, directory by directory. Nothing is checked."""
    told = _Told()
    made = prepared.assembled(told)
    profiles = made.plan.profiles
    for listing in made.walk:
        found = [
            (path := listing.path + name, FileChoice(os.fsdecode(path), profiles[at].name))
            for at, names in made.router.route(listing)
            for name in names
        ]
        found += told.take()
        yield from (choice for _, choice in sorted(found, key=lambda pair: pair[0]))
    yield from (choice for _, choice in told.take())
