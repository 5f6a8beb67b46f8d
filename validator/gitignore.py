"""What git ignores: the .gitignore files from a repository's root down to a directory."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from .source import read_text

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Ignored(Struct, frozen=True):
    """The patterns that govern a directory, each with the directory that they are relative to."""

    specs: tuple[tuple[str, GitIgnoreSpec], ...]

    def not_covered(self, folder: bytes, names: Sequence[bytes]) -> list[bytes]:
        """The names in a directory (that of a directory ends in `/`) that git does not ignore.

        The deepest opinion counts.
        """
        full = os.path.abspath(os.fsdecode(folder))
        specs = [(_prefix(full, base), spec) for base, spec in reversed(self.specs)]

        def covers(name: str) -> bool:
            for prefix, spec in specs:
                verdict = spec.check_file(prefix + name).include
                if verdict is not None:
                    return bool(verdict)
            return False

        return [name for name in names if not covers(os.fsdecode(name))]


def _prefix(folder: str, base: str) -> str:
    """The directory as patterns relative to `base` see it, with a final `/`."""
    below = os.path.relpath(folder, base).replace(os.sep, "/")
    return "" if below == "." else below + "/"


def ignored_from(folder: bytes) -> Ignored | None:
    """What governs a directory in which a walk begins; None where nothing does."""
    specs = [found for found in map(_spec, _above(os.path.abspath(os.fsdecode(folder)))) if found]
    return ignored_in(folder, Ignored(tuple(specs)))


def ignored_in(folder: bytes, above: Ignored | None) -> Ignored | None:
    """What governs a directory, given what governs the one that it is in."""
    own = _spec(os.path.abspath(os.fsdecode(folder)))
    specs = (*(above.specs if above else ()), *((own,) if own else ()))
    return Ignored(specs) if specs else None


def _above(folder: str) -> Iterator[str]:
    """The directories above `folder` as far as its repository goes, the root first."""
    at, chain = folder, []
    while not os.path.exists(os.path.join(at, ".git")):
        parent = os.path.dirname(at)
        if parent == at:
            return  # not in a repository
        at = parent
        chain.append(at)
    yield from reversed(chain)


def _spec(folder: str) -> tuple[str, GitIgnoreSpec] | None:
    try:
        lines = read_text(os.path.join(folder, ".gitignore")).split("\n")
    except (OSError, ValueError):
        return None
    from pathspec import GitIgnoreSpec  # 40 ms, and most corpora have no such file

    return folder, GitIgnoreSpec.from_lines(lines)
