"""From the paths of the invocation to folders of files, in the order of their paths.

Names are bytes, as the file system has them. Directories are not followed through links; a
link to a file is followed as long as it stays below the path that was named.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from .errors import UsageError, did_you_mean
from .model import Flaw
from .source import read_text

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

OURS: Final = frozenset({b"seed-validator.toml", b".seed-validator.toml"})
"""Our own configuration is never a document."""


@dataclass(frozen=True, slots=True)
class BrokenLink(Flaw):
    """A symbolic link to something that is not there."""

    blocks = True
    target: str


@dataclass(frozen=True, slots=True)
class OutsideLink(Flaw):
    """A symbolic link that leaves the directory that is checked."""

    blocks = True
    target: str
    root: str


@dataclass(frozen=True, slots=True)
class Special(Flaw):
    """A pipe, a socket or a device: reading it might never end."""

    blocks = True
    kind: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Files of one directory. `path` ends in `/` or is empty; `odd` files are not to be read."""

    path: bytes
    names: list[bytes]
    odd: dict[bytes, Flaw] = field(default_factory=dict)
    explicit: bool = False


class Walk:
    """Goes over files, and counts in `skipped` what it passes by and why."""

    def __init__(
        self, roots: Sequence[str], skipped: Counter[str], respect_gitignore: bool = True
    ) -> None:
        self._roots = roots
        self._respect = respect_gitignore
        self.skipped = skipped

    def __iter__(self) -> Iterator[Listing]:
        for root in sorted(set(self._roots)):
            path = os.fsencode(root)
            if os.path.isdir(path):
                ignored = _Ignored(path) if self._respect else None
                prefix = b"" if root == "." else path.rstrip(b"/") + b"/"
                yield from self._folder(path, prefix, path, ignored)
            else:
                yield _named(path)

    def _folder(
        self, folder: bytes, prefix: bytes, root: bytes, ignored: _Ignored | None
    ) -> Iterator[Listing]:
        """The files of `folder` and below, in the order of their whole paths."""
        try:
            with os.scandir(folder) as entries:
                found = [entry for entry in entries if self._wanted(entry, ignored)]
        except OSError as error:
            yield Listing(prefix, [], {b"": _unreadable(error)})
            return
        names: list[bytes] = []
        odd: dict[bytes, Flaw] = {}
        for key, entry in sorted((_sort_key(entry), entry) for entry in found):
            if key.endswith(b"/"):
                if names:
                    yield Listing(prefix, names, odd)
                    names, odd = [], {}
                below = ignored.below(entry.path) if ignored else None
                yield from self._folder(entry.path, prefix + entry.name + b"/", root, below)
                continue
            flaw = None if entry.is_file(follow_symlinks=False) else _odd(entry, root)
            if entry.is_symlink() and entry.is_dir():
                self.skipped["linked directory"] += 1
                continue
            names.append(entry.name)
            if flaw:
                odd[entry.name] = flaw
        if names:
            yield Listing(prefix, names, odd)

    def _wanted(self, entry: os.DirEntry[bytes], ignored: _Ignored | None) -> bool:
        if entry.name.startswith(b"."):
            self.skipped["hidden"] += entry.name not in OURS
            return False
        if entry.name in OURS:
            return False
        if ignored and ignored.covers(entry):
            self.skipped["ignored by git"] += 1
            return False
        return True


def check_roots(roots: Sequence[str]) -> None:
    """Raise UsageError for the first root that is not there, with the nearest name that is."""
    for root in roots:
        if os.path.lexists(root):
            continue
        parent, name = os.path.split(os.path.normpath(root))
        try:
            near = did_you_mean(name, os.listdir(parent or "."))
        except OSError:
            near = ""
        raise UsageError(f"`{root}` is not there{near}")


def _sort_key(entry: os.DirEntry[bytes]) -> bytes:
    """A directory sorts as its path with the final slash, so that whole paths are in order."""
    return entry.name + b"/" if entry.is_dir(follow_symlinks=False) else entry.name


def _named(path: bytes) -> Listing:
    """A file that the user named."""
    folder, name = path[: path.rfind(b"/") + 1], path[path.rfind(b"/") + 1 :]
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        broken = os.path.islink(path)
        flaw = BrokenLink(_target(path)) if broken else _unreadable(error)
        return Listing(folder, [name], {name: flaw}, explicit=True)
    if not stat.S_ISREG(mode):
        return Listing(folder, [name], {name: Special(_kind(mode))}, explicit=True)
    return Listing(folder, [name], explicit=True)


def _odd(entry: os.DirEntry[bytes], root: bytes) -> Flaw | None:
    """What is wrong with an entry that is not a plain file; None for a link that may be followed."""
    try:
        mode = entry.stat().st_mode
    except OSError as error:
        return BrokenLink(_target(entry.path)) if entry.is_symlink() else _unreadable(error)
    if not stat.S_ISREG(mode):
        return Special(_kind(mode))
    real, base = os.path.realpath(entry.path), os.path.realpath(root)
    if os.path.commonpath((real, base)) != base:
        return OutsideLink(_target(entry.path), os.fsdecode(root))
    return None


def _target(path: bytes) -> str:
    return os.fsdecode(os.readlink(path))


def _kind(mode: int) -> str:
    kinds = ((stat.S_ISFIFO, "named pipe"), (stat.S_ISSOCK, "socket"), (stat.S_ISDIR, "directory"))
    return next((name for is_kind, name in kinds if is_kind(mode)), "device")


def _unreadable(error: OSError) -> Flaw:
    from .source import Unreadable

    return Unreadable(error.strerror or str(error))


class _Ignored:
    """The .gitignore files that govern a directory, from the repository's root down to it."""

    def __init__(
        self, folder: bytes, specs: Sequence[tuple[str, GitIgnoreSpec]] | None = None
    ) -> None:
        self._specs = list(_inherited(folder) if specs is None else specs)
        own = _spec(os.path.abspath(os.fsdecode(folder)))
        if own:
            self._specs.append(own)

    def below(self, folder: bytes) -> _Ignored:
        """The same, one directory further down."""
        return _Ignored(folder, self._specs)

    def covers(self, entry: os.DirEntry[bytes]) -> bool:
        """Whether git ignores the entry. The deepest file that has an opinion decides."""
        if not self._specs:
            return False
        path = os.path.abspath(os.fsdecode(entry.path))
        slash = "/" if entry.is_dir(follow_symlinks=False) else ""
        for base, spec in reversed(self._specs):
            verdict = spec.check_file(os.path.relpath(path, base).replace(os.sep, "/") + slash)
            if verdict.include is not None:
                return bool(verdict.include)
        return False


def _inherited(folder: bytes) -> list[tuple[str, GitIgnoreSpec]]:
    """The files above `folder`, as far as its repository goes; none outside a repository."""
    chain: list[str] = []
    at = os.path.abspath(os.fsdecode(folder))
    while not os.path.exists(os.path.join(at, ".git")):
        parent = os.path.dirname(at)
        if parent == at:
            return []
        at = parent
        chain.append(at)
    return [found for found in map(_spec, reversed(chain)) if found]


def _spec(folder: str) -> tuple[str, GitIgnoreSpec] | None:
    try:
        lines = read_text(os.path.join(folder, ".gitignore")).split("\n")
    except (OSError, ValueError):
        return None
    from pathspec import GitIgnoreSpec  # 40 ms, and most corpora have no such file

    return folder, GitIgnoreSpec.from_lines(lines)
