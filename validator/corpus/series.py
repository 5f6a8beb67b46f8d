"""Files that are read together as one table, and the types of the fields in their first records.

Such files lie in one directory, and their names differ in digits alone: `train-00001.jsonl`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct

from ..file.compression import Bounds, packing_of
from ..file.reading import Pages
from ..file.streams import BrokenStreamError
from ..metadata.syntax.shapes import ITEM, FieldPath

_BOUNDS: Final = Bounds(rows=True)

HEAD: Final = 1 << 16
"""So many bytes of a file are read for the types of its fields."""

RECORDS: Final = 100
"""So many records are read for types, as readers do that take types from the first records."""


class Typed(Struct, frozen=True):
    """The type of a field in a file, and the number of the first record that shows it."""

    kind: type
    record: int


def series(paths: Iterable[bytes]) -> Iterator[list[bytes]]:
    """The groups of two or more files that are read together, each in order of path."""
    found: dict[bytes, list[bytes]] = {}
    for path in paths:
        folder, _, name = path.rpartition(b"/")
        found.setdefault(folder + b"/" + re.sub(rb"[0-9]+", b"0", name), []).append(path)
    return (sorted(files) for files in found.values() if len(files) > 1)


def types_in(path: bytes) -> Mapping[FieldPath, Typed]:
    """The types of fields in the first records of a file; empty if it cannot be read."""
    try:
        with Pages(path, None, packing_of(path), _BOUNDS).open() as file:
            head = file.read(HEAD)
    except (OSError, BrokenStreamError):
        return {}
    lines = head.split(b"\n")
    if len(head) == HEAD:
        lines.pop()  # it is cut
    found: dict[FieldPath, Typed] = {}
    for number, line in enumerate(lines[:RECORDS], 1):
        try:
            record = msgspec.json.decode(line)
        except (msgspec.DecodeError, ValueError, RecursionError):
            continue
        if isinstance(record, dict):
            _take(found, (), record, number)
    return found


def _take(found: dict[FieldPath, Typed], path: FieldPath, value: Any, record: int) -> None:
    if value is None:
        return
    if path:
        kind = float if type(value) is int else type(value)
        found.setdefault(path, Typed(kind, record))
    if isinstance(value, dict):
        for name, item in value.items():
            _take(found, (*path, name), item, record)
    elif isinstance(value, list):
        for item in value:
            _take(found, (*path, ITEM), item, record)
