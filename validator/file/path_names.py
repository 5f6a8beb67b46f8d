"""Checks the names on a walk: which directories are new, which names clash, which are too long."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from ..model import Flaw
from .opening import is_remote
from .portable import MAX_PATH, all_folded, are_folded, length


class Clash(Flaw, frozen=True):
    """Two paths in a directory whose names differ only in case or Unicode form.

    Both end in `/` if they are directories. `mine` comes later in the order of the walk.
    """

    mine: bytes
    other: bytes


class LongPath(Flaw, frozen=True):
    """A path that is longer than Windows allows; it begins at the directory that is checked.

    `size` counts characters as Windows does (`portable.length`).
    """

    path: bytes
    size: int


class PathNames:
    """Checks the names of a walk, directory by directory, in the order of the walk."""

    def __init__(self, roots: Iterable[bytes]) -> None:
        """`roots` are the directories that the user named; their own names are not checked."""
        self._roots = sorted(roots, key=len, reverse=True)
        self._seen: dict[bytes, dict[bytes, bytes]] = {}
        self._waiting: dict[bytes, list[Sequence[bytes]]] = {}
        self._open: list[bytes] = []
        self._told: list[bytes] = []
        self._clashes: list[Clash] = []

    def look(self, folder: bytes, names: Sequence[bytes]) -> dict[bytes, tuple[Flaw, ...]]:
        """The flaws of the paths of files, by name; `folder` ends in `/` or is empty."""
        self._enter(folder)
        found: dict[bytes, tuple[Flaw, ...]] = {}
        for name, other in self._clashing(folder, names):
            found[name] = (Clash(folder + name, folder + other),)
        base = len(folder) - len(self._own(folder))
        longest = max(map(len, names), default=0)
        if len(folder) - base + longest >= MAX_PATH:
            for name in names:
                size = length((folder + name)[base:])
                if size >= MAX_PATH:
                    found[name] = (*found.get(name, ()), LongPath((folder + name)[base:], size))
        return found

    def entered(self) -> tuple[tuple[bytes, ...], tuple[Clash, ...]]:
        """The names (with `/`) of directories entered since the last call, and their clashes."""
        fresh = tuple(_name(path) for path in self._open if path not in self._told)
        self._told = [*self._open]
        clashes, self._clashes = self._clashes, []
        return fresh, tuple(clashes)

    def _own(self, folder: bytes) -> bytes:
        """The part of a directory's path below its root."""
        root = next((one for one in self._roots if folder.startswith(one)), None)
        if root is None:  # a file that the user named: its path is all there is
            leads_up = os.path.isabs(folder) or b".." in folder.split(b"/")
            return b"" if leads_up or is_remote(folder) else folder
        return folder[len(root) :]

    def _enter(self, folder: bytes) -> None:
        own = self._own(folder)
        start = len(folder) - len(own)
        chain = [folder[: start + at + 1] for at, byte in enumerate(own) if byte == 0x2F]
        left = [path for path in self._open if path not in chain]
        for path in left:
            self._seen.pop(path, None)
            self._waiting.pop(path, None)
        self._clashes = [one for one in self._clashes if one.mine not in left]
        for path in chain:
            if path not in self._open and not path.endswith(b"//"):  # of a key; it has no name
                above = path[: -len(_name(path))]
                for _, other in self._among_all(above, [_name(path)], [_name(path)[:-1]]):
                    self._clashes.append(Clash(path, above + other))
        self._open = chain

    def _clashing(self, folder: bytes, names: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
        """The new names of files that clash, each with the name that came before.

        Names that folding does not change cannot clash with each other. They are only kept, until a
        name that it changes, or a directory, is compared with them.
        """
        if are_folded(names):
            self._waiting.setdefault(folder, []).append(names)
            return []
        return self._among_all(folder, names, names)

    def _among_all(
        self, folder: bytes, names: Sequence[bytes], bare: Sequence[bytes]
    ) -> list[tuple[bytes, bytes]]:
        """The same for any names; `bare` are the names without the `/` of directories."""
        seen = self._seen.setdefault(folder, {})
        for waiting in self._waiting.pop(folder, ()):
            seen.update((name, name) for name in waiting)
        keys = all_folded(bare)
        fresh = dict(zip(keys, names, strict=True))
        if len(fresh) == len(names) and fresh.keys().isdisjoint(seen):
            seen.update(fresh)
            return []
        found = []
        for key, name in zip(keys, names, strict=True):
            first = seen.setdefault(key, name)
            if first != name:
                found.append((name, first))
        return found


def _name(path: bytes) -> bytes:
    """The last part of a directory's path, with its `/`."""
    return path[path.rfind(b"/", 0, -1) + 1 :]
