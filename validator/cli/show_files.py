"""`check --show-files`: each file with its profile, or why it is passed by. Nothing is checked."""

from __future__ import annotations

import os
from collections.abc import Iterator

from ..file.passed_by import PassedBy
from ..run.assemble import Assembled
from ..text.visible import visible_path


class Told(PassedBy):
    """What a walk passes by, each path with its reason until it is asked for."""

    def __init__(self) -> None:
        self._waiting: list[tuple[bytes, str]] = []
        super().__init__(lambda path, reason: self._waiting.append((path, reason)))

    def take(self) -> list[tuple[bytes, str]]:
        """What came since the last time."""
        waiting, self._waiting = self._waiting, []
        return waiting


def lines(made: Assembled, told: Told) -> Iterator[str]:
    """A line each, by directory: `notes/a.md: markdown`, `b.png: - without a profile`."""
    profiles = made.plan.profiles
    for listing in made.walk:
        found = [
            (listing.path + name, profiles[at].name)
            for at, names in made.router.route(listing)
            for name in names
        ]
        found += ((path, f"- {reason}") for path, reason in told.take())
        yield from (_line(path, words) for path, words in sorted(found))
    yield from (_line(path, f"- {reason}") for path, reason in told.take())


def _line(path: bytes, words: str) -> str:
    return f"{visible_path(os.fsdecode(path))}: {words}\n"
