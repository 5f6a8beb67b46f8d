"""Where in a Parquet file a finding is: row group, row, column, and the byte of the value."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from msgspec.structs import replace

from ..file.parquet import row_groups
from ..file.reading import Pages
from ..model import Hit
from ..text.lazy_re import later
from ..text.lines import Window
from ..text.visible import visible

Locator = Callable[[Hit, Window], Hit]
"""Adds to a hit, whose offsets count from the start of the window, its place in the table."""

_TEXT: Final = later(rb'"[^"\\]*+(?:\\.[^"\\]*+)*"')
_INNER: Final = later(rb'[^"\[\]{},]++')
_ESCAPE: Final = later(rb"\\(?:u[0-9a-f]{4}|.)")


def locator(pages: Pages) -> Locator:
    """A function that finds the places of hits in a Parquet file, which is read as rows.

    `pages` are the bytes of the file, or the rows that it expands to.
    """
    stored = pages if pages.packing else Pages(pages.path)

    @cache
    def groups() -> Sequence[int]:
        return row_groups(stored.stored)

    def located(hit: Hit, window: Window) -> Hit:
        index = window.line_at(hit.start)
        start, end = window.line_bounds(index)
        column, byte = cell_at(window.data[start:end], hit.start - start)
        row = window.row + index
        found: dict[str, object] = {"row": row}
        places = [f"row {row}"]
        group = bisect_right(groups(), row - 1)
        if group:
            found["row_group"] = group
            places.insert(0, f"row group {group}")
        if column:
            found["column"] = column
            places.append(f"column `{visible(column)}`")
        if byte >= 0:
            found["byte_of_value"] = byte
            places.append(f"byte {byte} of the text")
        note = f"in the table: {', '.join(places)}"
        return replace(hit, fix=None, notes=(*hit.notes, note), data={**hit.data, **found})

    return located


def cell_at(line: bytes, offset: int) -> tuple[str, int]:
    """The column in which the byte `offset` of a row stands, and the byte of the column's text.

    The column is empty if there is none; the byte counts from 0 and is -1 outside of a text. The
    line is a JSON object as `file/parquet` writes it.
    """
    key, depth, at, is_key = "", 0, 0, True
    while at <= offset and at < len(line):
        text = _TEXT.match(line, at)
        if text is not None:
            if depth == 1 and is_key:
                key = _name(text[0])
                is_key = False
            elif at <= offset < text.end():
                return key, _unescaped(line[at + 1 : offset]) if depth == 1 else -1
            at = text.end()
            continue
        inner = _INNER.match(line, at)
        if inner is not None:
            at = inner.end()
            continue
        depth += (line[at] in b"[{") - (line[at] in b"]}")
        if depth == 1 and line[at : at + 1] in (b",", b"{"):
            if at == offset:
                return "", -1
            is_key, key = True, "" if at >= offset else key
        at += 1
    return key, -1


def _name(text: bytes) -> str:
    return str(json.loads(text.decode("utf-8", "replace")))


def _unescaped(text: bytes) -> int:
    """How many bytes a part of a JSON text has in the table, without escapes."""
    return len(text) - sum(len(one) - 1 for one in _ESCAPE.findall(text))
