"""Where the files of a directory are cut into tasks: after so many files, or so many bytes.

The cut depends on names and sizes alone, so that it is the same on every machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Final

from ..check.plan import Part
from ..file.compression import packing_of
from ..file.path_names import PathNames
from ..file.walk import Walk
from .routing import Routing

FILES: Final = 256
"""Files a task. Enough that handing it over costs nothing, few enough to balance workers."""

BYTES: Final = 16 << 20
"""Bytes a task, unless one file has more: less than a second of work."""

LARGE: Final = 1 << 25
"""Bytes from which on a file is work for several workers."""

LARGE_PACKED: Final = 1 << 23
"""The same of a compressed file, which expands to several times as much."""

FEW: Final = 32
"""So many files are all asked for their size. With more it takes a tenth of what small files cost
to be checked: then some are asked, and the others where these are large."""

SAMPLE: Final = 4
"""Files of a task whose size is asked."""


def size_of(path: bytes) -> int:
    """The bytes of a file; none where the system does not say."""
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def sampled(folder: bytes, names: Sequence[bytes]) -> int:
    """About how many bytes files of a directory have together, by some of them."""
    step = 1 + len(names) // SAMPLE
    return sum(size_of(folder + name) for name in names[::step]) * step


Cut = tuple[tuple[bytes, ...], int]
"""Names for a task; of a large file, which stands alone, the size."""


def cut(
    folder: bytes,
    names: Sequence[bytes],
    files: int = FILES,
    sizes: Sequence[int] | None = None,
    *,
    all_asked: bool,
) -> Iterator[Cut]:
    """The names for each task, in order: at most so many `files`, and so many `BYTES` if it can be.

    `all_asked` says that every file is worth to be asked for its size, unless `sizes` are known.
    """
    for start in range(0, len(names), files):
        some = names[start : start + files]
        if sizes is not None:
            yield from _by_bytes(some, sizes[start : start + files])
        elif all_asked or len(some) <= FEW or sampled(folder, some) > BYTES // 2:
            yield from _by_bytes(some, [size_of(folder + name) for name in some])
        else:
            yield tuple(some), 0


def _by_bytes(names: Sequence[bytes], sizes: Sequence[int]) -> Iterator[Cut]:
    """Neighbours that together have at most so many bytes, or are one."""
    start = total = 0
    for at, size in enumerate(sizes):
        if total + size > BYTES and at > start:
            yield _cut(names[start:at], sizes[start:at])
            start, total = at, 0
        total += size
    yield _cut(names[start:], sizes[start:])


def _cut(names: Sequence[bytes], sizes: Sequence[int]) -> Cut:
    """A task; its bytes, if they are those of one large file."""
    if len(names) != 1 or sizes[0] < LARGE_PACKED:
        return tuple(names), 0
    packing = packing_of(names[0])
    least = LARGE_PACKED if packing and not packing.rows else LARGE
    return tuple(names), sizes[0] if sizes[0] >= least else 0


def parts_of(walk: Walk, router: Routing, files: int = FILES) -> Iterator[Part]:
    """The files of a walk in tasks, each with the profile that the router finds for it.

    A task has so many `files` at most.
    """
    seen = PathNames(walk.prefixes)
    for listing in walk:
        paths = seen.look(listing.path, listing.names)
        for profile, names, archives in router.route(listing):
            asked = not archives and router.may_be_large(profile, names)
            each = 1 if archives else files
            versions = listing.versions
            sizes = None if versions is None else [versions[name].size for name in names]
            for chosen, known in cut(listing.path, names, each, sizes, all_asked=asked):
                odd = listing.odd and {
                    name: listing.odd[name] for name in chosen if name in listing.odd
                }
                entered, clashes = seen.entered()
                flaws = {name: paths[name] for name in chosen if name in paths} if paths else {}
                if clashes:
                    flaws[chosen[0]] = (*clashes, *flaws.get(chosen[0], ()))
                yield Part(
                    profile,
                    listing.path,
                    chosen,
                    odd,
                    entered=entered,
                    paths=flaws,
                    size=0 if odd or archives else known,
                    is_archive=archives,
                    versions=versions and {name: versions[name] for name in chosen},
                )
