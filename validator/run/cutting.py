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
"""The most files of a task: handing it over costs little, and workers can be balanced."""

BYTES: Final = 16 << 20
"""The most bytes of a task, unless one file has more: less than a second of work."""

LARGE: Final = 1 << 25
"""A file of so many bytes or more is work for several workers."""

LARGE_PACKED: Final = 1 << 23
"""The same for a compressed file, which expands to several times as much."""

FEW: Final = 32
"""Of up to so many files the size of each is asked. Of more files that would take a tenth of the
time of checking small ones: so the sizes of some are asked, and of all only if these are large."""

SAMPLE: Final = 4
"""Of about so many files of a task the size is asked first."""


def size_of(path: bytes) -> int:
    """The bytes of a file; 0 if the system does not tell."""
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def sampled(folder: bytes, names: Sequence[bytes]) -> int:
    """About how many bytes files of a directory have together, judged by some of them."""
    step = 1 + len(names) // SAMPLE
    return sum(size_of(folder + name) for name in names[::step]) * step


Cut = tuple[tuple[bytes, ...], int]
"""The names for a task, and the size if it is one large file, else 0."""


def cut(
    folder: bytes,
    names: Sequence[bytes],
    files: int = FILES,
    sizes: Sequence[int] | None = None,
    *,
    all_asked: bool,
) -> Iterator[Cut]:
    """The names for each task, in order: at most `files` of them, and `BYTES` if that can be.

    `sizes` are those of the files, if they are known. Else `all_asked` says that the size of every
    file is asked.
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
    """Neighbouring files that have at most `BYTES` together, or one larger file."""
    start = total = 0
    for at, size in enumerate(sizes):
        if total + size > BYTES and at > start:
            yield _cut(names[start:at], sizes[start:at])
            start, total = at, 0
        total += size
    yield _cut(names[start:], sizes[start:])


def _cut(names: Sequence[bytes], sizes: Sequence[int]) -> Cut:
    """The names of a task, with the size if it is one large file."""
    if len(names) != 1 or sizes[0] < LARGE_PACKED:
        return tuple(names), 0
    packing = packing_of(names[0])
    least = LARGE_PACKED if packing and not packing.rows else LARGE
    return tuple(names), sizes[0] if sizes[0] >= least else 0


def parts_of(walk: Walk, router: Routing, files: int = FILES) -> Iterator[Part]:
    """The files of a walk in tasks, each of one directory and one profile.

    A task has at most `files` files.
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
