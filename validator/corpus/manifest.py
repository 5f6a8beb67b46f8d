"""Reads a manifest: the list of the files there should be, by path, digest and size.

It is read line by line, and is never held in memory.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from msgspec import Struct

from ..file.opening import leads_out
from ..file.reading import WINDOW, Pages
from ..text.lazy_re import later
from .declared_checks import Manifest
from .facts import Facts
from .paths import corpus_root, top_folder

_LINE: Final = later(rb"\\?([0-9A-Fa-f]+)[ \t]+\*?([^\r\n]+)")
_ESCAPES: Final = {b"%0A": b"\n", b"%0a": b"\n", b"%0D": b"\r", b"%0d": b"\r", b"%25": b"%"}
_ESCAPE: Final = later(rb"%(?:0[AaDd]|25)")

_USUAL: Final = 1 << 12
"""Nearly every entry is shorter than so many bytes."""


class Entry(Struct, frozen=True):
    """A line that could be read, from the byte `start` of the manifest to `end`.

    `digest` is empty, and `size` None, if the line has none.
    """

    path: bytes
    digest: bytes
    size: int | None
    start: int
    end: int


class BadLine(Struct, frozen=True):
    """A line that could not be read; `reason` is the rest of the sentence "the line ..."."""

    reason: str
    start: int
    end: int


class Reader:
    """Reads the manifest of one profile; `path` is where it was found, empty if it is not there.

    A manifest that `leads_out` of the corpus by a link is not read.
    """

    def __init__(self, facts: Facts, manifest: Manifest) -> None:
        self.manifest = manifest
        self.path = _find(facts, manifest.path)
        self.leads_out = bool(self.path) and leads_out(self.path, corpus_root(facts))
        self.folder = os.path.dirname(os.path.abspath(self.path)) if self.path else b""

    def lines(self, offset: int = 0, size: int = WINDOW) -> Iterator[Entry | BadLine]:
        """Every line from the byte `offset` on that is not blank. Raises OSError.

        The file is read about `size` bytes at a time.
        """
        if self.manifest.format == "csv":
            yield from self._rows(offset, size)
            return
        read = _json if self.manifest.format == "jsonl" else _plain
        for start, end, line in self._raw(offset, size):
            if line.strip():
                yield read(line, start, end, self.manifest)

    def entry(self, offset: int) -> Entry | None:
        """The entry that begins at a byte of the manifest; None if there is none."""
        found = next(self.lines(offset, _USUAL), None)
        return found if isinstance(found, Entry) else None

    def absolute(self, path: bytes) -> bytes:
        """A path of the manifest made absolute."""
        return os.path.normpath(os.path.join(self.folder, path))

    def _raw(self, offset: int, size: int) -> Iterator[tuple[int, int, bytes]]:
        for window in Pages(self.path).starting_at(offset, size):
            at = window.offset
            for start, end, _ in window.lines():
                yield at + start, at + end, window.data[start:end]

    def _columns(self) -> list[str]:
        ours = self.manifest
        return [one for one in (ours.path_field, ours.digest_field, ours.size_field) if one]

    @cached_property
    def _header(self) -> list[str]:
        first, _, _ = next(self._read(0, WINDOW), ("", 0, 0))
        return first if isinstance(first, list) else []

    def _rows(self, offset: int, size: int) -> Iterator[Entry | BadLine]:
        header = self._header
        rows = self._read(offset, size)
        if not offset:
            first, start, end = next(rows, ("", 0, 0))
            missing = [name for name in self._columns() if name not in header]
            if missing:
                words = f"is no row of CSV: {first}" if first and not header else ""
                yield BadLine(words or f"names no column `{missing[0]}`", start, end)
                return
        for row, start, end in rows:
            if isinstance(row, str):
                yield BadLine(f"is no row of CSV: {row}", start, end)
            elif len(row) != len(header):
                reason = f"has {len(row)} columns, where the first line has {len(header)}"
                yield BadLine(reason, start, end)
            elif row:
                yield _entry(dict(zip(header, row, strict=True)), start, end, self.manifest)

    def _read(self, offset: int, size: int) -> Iterator[tuple[list[str] | str, int, int]]:
        """Rows of CSV, or the error of one; with the first byte and the end of its lines."""
        import csv

        lines: list[int] = []

        def texts() -> Iterator[str]:
            for start, end, line in self._raw(offset, size):
                lines.extend((start, end))
                yield line.decode("utf-8", "surrogateescape") + "\n"

        rows = csv.reader(texts())
        row: list[str] | str
        while True:
            lines.clear()
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                row = str(error)
            yield row, lines[0], lines[-1]


def _plain(line: bytes, start: int, end: int, manifest: Manifest) -> Entry | BadLine:
    """A line of a BagIt manifest or of `sha256sum`: digest, blanks, path."""
    match = _LINE.fullmatch(line)
    if match is None:
        return BadLine("is not a digest, two blanks and a path", start, end)
    path = _ESCAPE.sub(lambda found: _ESCAPES[found.group()], match.group(2))
    return _checked(path, match.group(1).decode(), None, start, end, manifest)


def _json(line: bytes, start: int, end: int, manifest: Manifest) -> Entry | BadLine:
    from msgspec import DecodeError
    from msgspec.json import decode

    try:
        record = decode(line)
    except (DecodeError, RecursionError, UnicodeDecodeError):
        record = None
    if not isinstance(record, dict):
        return BadLine("is not a JSON object", start, end)
    return _entry(record, start, end, manifest)


def _entry(record: Mapping[str, Any], start: int, end: int, manifest: Manifest) -> Entry | BadLine:
    values = []
    for name in (manifest.path_field, manifest.digest_field, manifest.size_field):
        value = record.get(name) if name else ""
        if value is None:
            return BadLine(f"has no `{name}`", start, end)
        values.append(str(value).strip())
    path = values[0].encode("utf-8", "surrogateescape")
    return _checked(path, values[1], values[2] or None, start, end, manifest)


def _checked(
    path: bytes, digest: str, size: str | None, start: int, end: int, manifest: Manifest
) -> Entry | BadLine:
    width = 2 * {"md5": 16, "sha1": 20, "sha256": 32, "sha512": 64}[manifest.algorithm]
    if not path or path.startswith(b"/") or b".." in path.split(b"/"):
        return BadLine("names no path below the manifest", start, end)
    try:
        raw = bytes.fromhex(digest)
    except ValueError:
        raw = b"?"
    if manifest.digest_field and 2 * len(raw) != width:
        return BadLine(f"has no {manifest.algorithm} of {width} hexadecimal digits", start, end)
    if size is not None and not (size.isascii() and size.isdigit() and len(size) < 19):
        return BadLine("has a size that is no number", start, end)
    return Entry(path, raw, int(size) if size is not None else None, start, end)


def _find(facts: Facts, path: str) -> bytes:
    """The path of the manifest, empty if it is not there.

    It is looked for in the directory that is checked, then upwards to that of the configuration.
    """
    top, root = top_folder(facts), corpus_root(facts)
    while True:
        found = os.path.join(top, os.fsencode(path))
        if os.path.isfile(found):
            near = os.path.relpath(found)
            return found if near.startswith(b"..") else near
        if top == root or os.path.dirname(top) == top:
            return b""
        top = os.path.dirname(top)
