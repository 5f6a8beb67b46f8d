"""The inventory of encodings, as a table for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from ..encoding.inventory import Entry, Kind
from ..text.visible import visible_path, width
from ._json import SCHEMA_VERSION, TOOL, dumps, text
from ._words import counted, size

WIDTH: Final = 79


def table(entries: Iterable[Entry], skipped: Mapping[str, int]) -> Iterator[str]:
    """A block for each directory, a line for each kind of file in it, and the sum."""
    files = total = folders = 0
    for folder, group in groupby(entries, key=lambda entry: entry.folder):
        folders += 1
        yield f"{_shortened(visible_path(folder or './'), WIDTH)}\n"
        for entry in group:
            files, total = files + entry.files, total + entry.bytes
            count = counted(entry.files, "file")
            name, newline = _named(entry.kind), entry.kind.newline
            yield f"  {name:36}{newline:6}{count:>15}{size(entry.bytes):>13}\n"
    for reason, passed in sorted(skipped.items()):
        if passed:
            yield f"Skipped: {passed} {reason}.\n"
    where = "1 directory" if folders == 1 else f"{folders} directories"
    yield f"{counted(files, 'file')} in {where}, {size(total)}.\n"


def as_json(entries: Iterable[Entry], skipped: Mapping[str, int]) -> str:
    """The same as one JSON value; `certainty` is null where the encoding was decided."""
    told: list[dict[str, Any]] = [
        {
            "directory": text(entry.folder or "./"),
            "encoding": entry.kind.encoding,
            "certainty": entry.kind.certainty or None,
            "bom": entry.kind.bom,
            "newline": entry.kind.newline or None,
            "files": entry.files,
            "bytes": entry.bytes,
            "example": text(entry.example),
        }
        for entry in entries
    ]
    value = {
        "schema_version": SCHEMA_VERSION,
        "tool": TOOL,
        "encodings": told,
        "skipped": dict(skipped),
    }
    return dumps(value) + "\n"


def _named(kind: Kind) -> str:
    """`UTF-8, BOM`, `windows-1252 (possibly)`."""
    mark = ", BOM" if kind.bom else ""
    return f"{kind.encoding}{mark}" + (f" ({kind.certainty})" if kind.certainty else "")


def _shortened(path: str, room: int) -> str:
    """The path with an ellipsis in place of its beginning, where it is too wide."""
    if width(path) <= room:
        return path
    while width(path) > room - 1:
        path = path[1:]
    return f"…{path}"
