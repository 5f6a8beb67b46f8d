"""The corpus of the demonstration: clean files, and faults planted in some of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from ..errors import UsageError
from .clean_files import CONFIGURATION, SEED, File, clean
from .planted import FAULTS


class Planted(Struct, frozen=True, order=True):
    """A fault: the file that it was planted in, and the rule that must find it."""

    path: str
    code: str


def corpus() -> tuple[list[File], list[Planted]]:
    """All files, and the faults that are planted in some of them. The same at each call."""
    draw = Random(SEED)
    files = {file.path: file for file in clean(draw)}
    free = [*files]
    draw.shuffle(free)
    planted = []
    for fault in FAULTS:
        for path in [path for path in free if fault.fits(files[path])][: fault.count]:
            free.remove(path)
            files[path] = replace(files[path], data=fault.make(files[path]))
            planted.append(Planted(path, fault.code))
    return [*files.values()], sorted(planted)


def write(folder: str) -> list[Planted]:
    """Write the corpus into a directory that does not exist or is empty; the planted faults.

    Raises UsageError where that cannot be done.
    """
    try:
        os.makedirs(folder, exist_ok=True)
        if os.listdir(folder):
            raise UsageError(f"`{folder}` is not empty; name a directory that is not there yet")
        files, planted = corpus()
        for path, data in _contents(files):
            full = os.path.join(folder, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "xb") as file:
                file.write(data)
    except OSError as error:
        raise UsageError(f"`{folder}` cannot be written: {error.strerror}") from None
    return planted


def _contents(files: list[File]) -> Iterator[tuple[str, bytes]]:
    yield "seed-validator.toml", CONFIGURATION.encode()
    yield from ((file.path, file.data) for file in files)
