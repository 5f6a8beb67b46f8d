"""Objects below a prefix as the files of a walk: in the order of their keys, folder by folder.

A folder is what comes before the last `/` of a key. Keys are never changed: what follows is the
name, and both together are the key again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Final, NamedTuple

from ...errors import UsageError
from ...text.visible import visible
from ..archive_names import INSIDE
from ..opening import ObjectVersion
from .addresses import address_of
from .beside_each_other import side_by_side
from .buckets import store_of
from .storage_errors import MissingError, StorageError
from .store import Entry

MOST: Final = 4096
"""Most names of one `Folder`, unless more have the same stem: a document and its sidecar."""

TOGETHER: Final = 256
"""URLs of single objects that are requested together."""


class Folder(NamedTuple):
    """Objects whose keys share all up to the last `/`, below the URL `root` that the user named.

    `marks` are the names of empty ones whose keys end in `/`.
    """

    path: bytes
    root: bytes
    found: dict[bytes, ObjectVersion]
    marks: list[bytes]


class _Found(NamedTuple):
    root: bytes
    folder: bytes
    name: bytes
    version: ObjectVersion


def folders(urls: Iterable[str]) -> Iterator[Folder]:
    """The objects at these URLs. Raises UsageError where they cannot be listed."""
    every = _found(_outermost(urls))
    for (root, path), group in groupby(every, key=lambda found: found[:2]):
        folder, last = Folder(path, root, {}, []), b""
        for one in group:
            if one.name.endswith(b"/") and not one.version.size:
                folder.marks.append(one.name)
                continue
            if len(folder.found) >= MOST and _stem(one.name) != _stem(last):
                yield folder
                folder = Folder(path, root, {}, [])
            folder.found[one.name], last = one.version, one.name
        yield folder


def _outermost(urls: Iterable[str]) -> list[str]:
    """The URLs in order, each once, without those that lie below another."""
    kept: list[str] = []
    for url in sorted({*urls}, key=os.fsencode):
        if not (kept and kept[-1].endswith("/") and url.startswith(kept[-1])):
            kept.append(url)
    return kept


def _found(urls: Iterable[str]) -> Iterator[_Found]:
    """What is at these URLs, in order; those of one object each are asked for side by side."""
    for is_prefix, group in groupby(urls, key=lambda url: address_of(url).is_prefix):
        while some := [*islice(group, 1 if is_prefix else TOGETHER)]:
            if is_prefix:
                yield from _below(some[0], _in_order(some[0]))
            else:
                for url, entry in zip(some, side_by_side(_single, some), strict=True):
                    yield from _below(url, [entry])


def _below(url: str, entries: Iterable[Entry]) -> Iterator[_Found]:
    address = address_of(url)
    top = os.fsencode(address.top)
    size = address.key.rfind("/") + 1
    root = top + os.fsencode(address.key[:size])
    for key, version in entries:
        path = os.fsencode(key)
        if INSIDE in path:
            raise UsageError(
                f"the key `{visible(key)}` below `{url}` has a NUL in it, as nothing but the path "
                "of a member of an archive may have here; copy that object to another key"
            )
        cut = path.rfind(b"/", 0, -1) + 1
        if cut + len(top) < len(root):  # the mark of the very folder that is asked for
            cut = len(root) - len(top)
        yield _Found(root, top + path[:cut], path[cut:], version)


def _in_order(url: str) -> Iterator[Entry]:
    """The entries below a prefix. Raises UsageError if they are not in the order of their keys."""
    last = b""
    for entry in _entries(url):
        key = os.fsencode(entry.key)
        if key <= last and last:
            raise UsageError(
                f"the objects below `{url}` are not listed in the order of their keys, as those of "
                "directory buckets and hierarchical namespaces are not; copy them elsewhere"
            )
        last = key
        yield entry


def _single(url: str) -> Entry:
    """The one object that a URL names."""
    first = next(_entries(url), None)
    if first is None:
        raise UsageError(f"`{url}` is not there")
    if first.key == address_of(url).key:
        return first
    raise UsageError(f"`{url}` is not there; all that begins so is named by a URL that ends in `/`")


def _entries(url: str) -> Iterator[Entry]:
    address = address_of(url)
    try:
        yield from store_of(address).entries(address.key)
    except StorageError as error:
        what = f"{error.strerror}; {error.advice}"
        if isinstance(error, MissingError):
            what = f"there is no bucket `{address.bucket}`"
        raise UsageError(f"`{url}` cannot be listed: {what}") from None


def _stem(name: bytes) -> bytes:
    return name.partition(b".")[0]
