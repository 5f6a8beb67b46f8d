"""Walks from the paths that the user named to listings of files, in the order of their paths.

Names are bytes, as the file system has them. Directories are not followed through links; a
link to a file is followed as long as it stays below the path that was named.
"""

from __future__ import annotations

import os
import stat
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from msgspec import Struct, field

from ..errors import UsageError, did_you_mean
from ..model import BlockingFlaw, Flaw
from .gitignore import Ignored, ignored_from, ignored_in
from .opening import FILE_URL, REMOTE, ObjectVersion, is_remote, kind_of, leads_out
from .passed_by import EXCLUDED, HIDDEN, IGNORED, LINKED, MARKER, PassedBy
from .reading import unreadable

BASELINE: Final = b"seed-validator.baseline"
OURS: Final = frozenset({b"seed-validator.toml", b".seed-validator.toml", BASELINE})
"""Names of our own files, which are never documents: the configuration, and the baseline."""


class BrokenLink(BlockingFlaw, frozen=True):
    """A symbolic link to something that is not there."""

    target: str


class OutsideLink(BlockingFlaw, frozen=True):
    """A symbolic link that leaves the directory that is checked."""

    target: str
    root: str


class Special(BlockingFlaw, frozen=True):
    """A pipe, a socket or a device: reading it might never end."""

    kind: str


class Listing(Struct, frozen=True):
    """Files of one directory. `path` ends in `/` or is empty; `odd` files are not to be read.

    `explicit` files were named by the user; `hidden` are those in a hidden directory. Of objects in
    storage it has the `versions`, and the URL `root` that the user named; none is hidden.
    """

    path: bytes
    names: list[bytes]
    odd: dict[bytes, Flaw] = field(default_factory=dict)
    explicit: bool = False
    hidden: bool = False
    root: bytes = b""
    versions: dict[bytes, ObjectVersion] | None = None

    def hides(self, name: bytes) -> bool:
        """Whether a file of it is hidden, or in a hidden directory, and was not named."""
        is_hidden = self.hidden or name.startswith(b".")
        return is_hidden and not self.explicit and self.versions is None


class _Folder(NamedTuple):
    """A directory to go through: its path, how it is shown, below which root, which patterns.

    It is `hidden` if it, or one that it is in, is.
    """

    path: bytes
    prefix: bytes
    root: bytes
    ignored: Ignored | None
    hidden: bool


class Walk:
    """Goes over the listings of files, and counts in `skipped` what it skips, by reason."""

    def __init__(
        self,
        roots: Sequence[Root],
        skipped: PassedBy,
        respects_gitignore: Callable[[bytes], bool] = lambda folder: True,
        hidden: Callable[[bytes], bool] | None = None,
        excluded: Callable[[bytes, bytes], bool] | None = None,
    ) -> None:
        """Hidden files and directories are passed by, but for those whose name `hidden` knows.

        So are the directories that are `excluded`: by the one that it is in, and its name with `/`.
        """
        self._urls = [root for root in roots if is_remote(root.path)]
        local = [root for root in roots if root not in self._urls] if self._urls else roots
        self._roots = [root for root in _outermost(local) if not root.is_ours]
        self._respects = respects_gitignore
        self._hidden = hidden
        self._excluded = excluded
        self.skipped = skipped

    @property
    def prefixes(self) -> list[bytes]:
        """The prefixes of all paths below the directories that the user named."""
        urls = [os.fsencode(root.path) for root in self._urls if root.is_folder]
        local = [_prefix(os.fsencode(root.path)) for root in self._roots if root.is_folder]
        return local + urls

    def __iter__(self) -> Iterator[Listing]:
        # files that are named one by one in the same directory are read together
        for named, roots in groupby(self._roots, Root.folder_of_file):
            if named is not None:
                yield _named(named, [*roots])
                continue
            for root in roots:
                path = os.fsencode(root.path)
                ignored = ignored_from(path) if self._respects(path) else None
                yield from self._from(_Folder(path, _prefix(path), path, ignored, hidden=False))
        if self._urls:
            yield from self._objects()

    def _objects(self) -> Iterator[Listing]:
        """The objects at URLs, which come last. Nothing of them is hidden, or ignored by git."""
        from .storage.key_listing import folders

        for path, root, found, marks in folders([root.path for root in self._urls]):
            self.skipped.add(MARKER, path, marks)
            versions = {name: version for name, version in found.items() if name not in OURS}
            if versions:
                yield Listing(path, [*versions], root=root, versions=versions)

    def ignores(self, folder: bytes, name: bytes) -> bool:
        """Whether the walk skips a file of `folder`: it is hidden, ours, or ignored by git."""
        if name in OURS or (name.startswith(b".") and not (self._hidden and self._hidden(name))):
            return True
        ignored = ignored_from(folder) if self._respects(folder) else None
        return ignored is not None and not ignored.not_covered(folder, [name])

    def folders(self) -> Iterator[bytes]:
        """The directories that it goes through, those above first."""
        paths = [os.fsencode(root.path) for root in self._roots if root.is_folder]
        waiting = [(path, ignored_from(path)) for path in reversed(paths)]
        while waiting:
            folder, ignored = waiting.pop()
            yield folder
            within = ignored if self._respects(folder) else None
            for name in reversed(self._wanted_folders(folder, b"", _folders_in(folder), within)):
                below = os.path.join(folder, name[:-1])
                waiting.append((below, ignored_in(below, ignored)))

    def _from(self, top: _Folder) -> Iterator[Listing]:
        """The files of a directory and below, however deep, in the order of their whole paths."""
        begun = [self._within(top)]
        while begun:
            found = next(begun[-1], None)
            if found is None:
                begun.pop()
            elif isinstance(found, _Folder):
                begun.append(self._within(found))
            else:
                yield found

    def _within(self, place: _Folder) -> Iterator[Listing | _Folder]:
        """The files of a directory and the directories in it, in the order of whole paths."""
        folder, prefix, root, ignored, hidden = place
        names: list[bytes] = []
        others: list[os.DirEntry[bytes]] = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_file(follow_symlinks=False):
                        names.append(entry.name)
                    else:
                        others.append(entry)
        except OSError as error:
            yield Listing(prefix, [b""], {b"": unreadable(error)})
            return
        folders, odd = self._sort_out(prefix, others, root)
        names = self._wanted(folder, prefix, [*names, *odd], ignored)
        done = 0
        # A directory sorts as its path with the final slash, so that whole paths are in order.
        for slashed in self._wanted_folders(folder, prefix, folders, ignored):
            until = bisect_left(names, slashed)
            if until > done:
                yield _listing(prefix, names[done:until], odd, hidden)
                done = until
            below = os.path.join(folder, slashed[:-1])
            inner = ignored_in(below, ignored) if self._respects(below) else None
            within = hidden or slashed.startswith(b".")
            yield _Folder(below, prefix + slashed, root, inner, within)
        if done < len(names):
            yield _listing(prefix, names[done:] if done else names, odd, hidden)

    def _sort_out(
        self, prefix: bytes, others: Sequence[os.DirEntry[bytes]], root: bytes
    ) -> tuple[list[bytes], dict[bytes, Flaw | None]]:
        """The directories, and the other names with what keeps each from being read."""
        folders: list[bytes] = []
        found: dict[bytes, Flaw | None] = {}
        for entry in others:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            elif entry.is_symlink() and _leads_to_folder(entry):
                self.skipped.add(LINKED, prefix, [entry.name + b"/"])
            else:
                found[entry.name] = odd(entry.path, root)
        return folders, found

    def _wanted_folders(
        self, folder: bytes, prefix: bytes, names: Iterable[bytes], ignored: Ignored | None
    ) -> list[bytes]:
        """The directories to go into, in order, each with a final `/`."""
        wanted = self._wanted(folder, prefix, [name + b"/" for name in names], ignored)
        if self._excluded is None:
            return wanted
        out = [name for name in wanted if self._excluded(folder, name)]
        self.skipped.add(EXCLUDED, prefix, out)
        return [name for name in wanted if name not in out]

    def _wanted(
        self, folder: bytes, prefix: bytes, names: list[bytes], ignored: Ignored | None
    ) -> list[bytes]:
        """The names in order, without those that are hidden, ours, or ignored by git."""
        names.sort()
        start, end = bisect_left(names, b"."), bisect_left(names, b"/")
        if start < end:
            dotted = [name for name in names[start:end] if name not in OURS]
            kept = [one for one in dotted if self._hidden and self._hidden(one.rstrip(b"/"))]
            self.skipped.add(HIDDEN, prefix, [one for one in dotted if one not in kept])
            names[start:end] = kept
        for ours in OURS:
            at = bisect_left(names, ours)
            if names[at : at + 1] == [ours]:
                del names[at]
        if ignored:
            kept = ignored.not_covered(folder, names)
            if len(kept) < len(names):
                wanted = {*kept}
                self.skipped.add(IGNORED, prefix, [one for one in names if one not in wanted])
            return kept
        return names


def _folders_in(folder: bytes) -> list[bytes]:
    """The names of the directories in a directory; none where it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def _prefix(path: bytes) -> bytes:
    """The prefix of the paths in a directory: with a final `/`, or empty for `.`."""
    return b"" if path == b"." else path.rstrip(b"/") + b"/"


def _leads_to_folder(entry: os.DirEntry[bytes]) -> bool:
    """Whether a link leads to a directory; one that may not be followed does not."""
    try:
        return entry.is_dir()
    except OSError:
        return False


class Root(NamedTuple):
    """A path that the user named, with slashes, and its mode or what keeps it from being known.

    Of a URL it has apart what is never shown: who asks, and the query.
    """

    path: str
    mode: int | OSError
    hidden: str = ""

    @property
    def is_folder(self) -> bool:
        """Whether it is a directory."""
        return isinstance(self.mode, int) and stat.S_ISDIR(self.mode)

    @property
    def is_ours(self) -> bool:
        """Whether it is our own configuration, as a list of files may have it."""
        return os.fsencode(self.path.rpartition("/")[2]) in OURS and not self.is_folder

    def folder_of_file(self) -> bytes | None:
        """The directory of a file, with a final `/`; None for what is a directory itself."""
        return None if self.is_folder else os.fsencode(self.path[: self.path.rfind("/") + 1])

    def flaw(self) -> Flaw | None:
        """The flaw for which it cannot be read as a file; None if it can."""
        path = os.fsencode(self.path)
        if isinstance(self.mode, OSError):
            return BrokenLink(_target(path)) if os.path.islink(path) else unreadable(self.mode)
        return None if stat.S_ISREG(self.mode) else Special(kind_of(self.mode))


def roots_of(paths: Iterable[str]) -> tuple[Root, ...]:
    """What is at each of these paths.

    Raises UsageError for the first at which nothing is, with the nearest name that is there.
    """
    roots = tuple(map(_root, paths))
    hidden = {root.path: root.hidden for root in roots if root.hidden}
    for root in roots if hidden else ():
        if hidden.get(root.path, root.hidden) != root.hidden:
            raise UsageError(
                f"`{root.path}` is named twice, with other queries or users, which are never "
                "shown: one could not be told from the other; check them in two runs"
            )
    return roots


def _root(path: str) -> Root:
    if is_remote(path):
        return _of_url(path)
    if path.startswith(FILE_URL):
        from .file_urls import local_path  # few name files so

        path = local_path(path)
    shown = path.replace(os.sep, "/")
    try:
        return Root(shown, os.stat(path).st_mode)
    except OSError as error:
        # nobody knows what is in a directory that may not be entered
        if os.path.lexists(path) or isinstance(error, PermissionError):
            return Root(shown, error)
    except ValueError:
        raise UsageError(f"`{path}` is no path") from None
    parent, name = os.path.split(os.path.normpath(path))
    try:
        near = did_you_mean(name, os.listdir(parent or "."))
    except OSError:
        near = ""
    scheme, is_url, _ = path.partition("://")
    if is_url and scheme.isalnum():
        near = f"; of URLs those are read that begin with `{'`, `'.join((*REMOTE, FILE_URL))}`"
    raise UsageError(f"`{path}` is not there{near}")


def _of_url(url: str) -> Root:
    from .storage.addresses import named  # only where there are URLs

    shown, hidden, is_folder = named(url)
    return Root(shown, stat.S_IFDIR if is_folder else stat.S_IFREG, hidden)


def _outermost(roots: Iterable[Root]) -> list[Root]:
    """The roots in order, each once, without those that lie below another: nothing counts twice."""
    absolute = {root: os.path.abspath(root.path) for root in roots}
    kept: dict[str, Root] = {}
    below: dict[str, bool] = {}  # by directory: all shorter roots came before
    for root in sorted(absolute, key=lambda root: (len(absolute[root]), root.path)):
        path = absolute[root]
        folder = os.path.dirname(path)
        if folder not in below:
            below[folder] = any(above in kept for above in _upwards(folder))
        if path not in kept and not below[folder]:
            kept[path] = root
    return sorted(kept.values(), key=lambda root: root.path)


def _upwards(path: str) -> Iterator[str]:
    """A path, and all directories above it."""
    yield path
    while path != os.path.dirname(path):
        path = os.path.dirname(path)
        yield path


def _listing(
    prefix: bytes, names: list[bytes], odd: dict[bytes, Flaw | None], hidden: bool
) -> Listing:
    flaws = {name: flaw for name in names if (flaw := odd.get(name))} if odd else {}
    return Listing(prefix, names, flaws, hidden=hidden)


def _named(folder: bytes, roots: Sequence[Root]) -> Listing:
    """Files of one directory that the user named."""
    found = {os.fsencode(root.path)[len(folder) :]: root.flaw() for root in roots}
    odd = {name: flaw for name, flaw in found.items() if flaw}
    return Listing(folder, [*found], odd, explicit=True)


def odd(path: bytes, root: bytes) -> Flaw | None:
    """The flaw of a path that is no regular file; None for a link that may be followed."""
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        return BrokenLink(_target(path)) if os.path.islink(path) else unreadable(error)
    if not stat.S_ISREG(mode):
        return Special(kind_of(mode))
    return OutsideLink(_target(path), os.fsdecode(root)) if leads_out(path, root) else None


def _target(path: bytes) -> str:
    try:
        return os.fsdecode(os.readlink(path))
    except OSError:  # not even that may be known
        return "?"
