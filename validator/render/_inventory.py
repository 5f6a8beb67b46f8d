"""The inventory of encodings, as a table for people and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from ..encoding.inventory import Entry, Kind
from ..text.visible import last_columns, visible_path, width
from ._json import SCHEMA_VERSION, TOOL, dumps, text
from ._words import counted, size

WIDTH: Final = 79


def table(entries: Iterable[Entry], skipped: Mapping[str, int]) -> Iterator[str]:
    """A block for each directory, a line for each kind of file in it, and one for all of them."""
    files = total = folders = 0
    often: Counter[Kind] = Counter()
    bytes_of: Counter[Kind] = Counter()
    for folder, group in groupby(entries, key=lambda entry: entry.folder):
        folders += 1
        path = visible_path(folder or "./")
        yield f"{path if width(path) <= WIDTH else '…' + last_columns(path, WIDTH - 1)}\n"
        for entry in group:
            files, total = files + entry.files, total + entry.bytes
            often[entry.kind] += entry.files
            bytes_of[entry.kind] += entry.bytes
            yield _line(entry.kind, entry.files, entry.bytes)
    if folders > 1:
        yield "all directories\n"
        for kind, count in sorted(often.items(), key=lambda pair: (-pair[1], pair[0])):
            yield _line(kind, count, bytes_of[kind])
    for reason, passed in sorted(skipped.items()):
        if passed:
            yield f"Skipped: {passed} {reason}.\n"
    where = "1 directory" if folders == 1 else f"{folders} directories"
    yield f"{counted(files, 'file')} in {where}, {size(total)}.\n"


def _line(kind: Kind, files: int, amount: int) -> str:
    return f"  {_named(kind):36}{kind.newline:6}{counted(files, 'file'):>15}{size(amount):>13}\n"


def as_json(entries: Iterable[Entry], skipped: Mapping[str, int]) -> str:
    """The inventory as one JSON value; `certainty` is null where the encoding is proved."""
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
    """An encoding for people: `UTF-8, BOM`, `windows-1252 (possibly)`."""
    mark = ", BOM" if kind.bom else ""
    return f"{kind.encoding}{mark}" + (f" ({kind.certainty})" if kind.certainty else "")
