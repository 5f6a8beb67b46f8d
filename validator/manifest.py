"""A manifest: which files there are, and what is in them, by path, digest and size.

It is read line by line and compared with the files by digests of their paths, so that either may
be as long as it will.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from msgspec import Struct
from xxhash import xxh3_128_digest

from .agreements import Manifest
from .fields import SIZE
from .gathered import Facts, Spot, number_of
from .links import corpus_root, top_folder
from .scratch import Shuffle
from .source import Pages

_LINE: Final = re.compile(rb"\\?([0-9A-Fa-f]+)[ \t]+\*?([^\r\n]+)")
_ESCAPES: Final = {b"%0A": b"\n", b"%0a": b"\n", b"%0D": b"\r", b"%0d": b"\r", b"%25": b"%"}
_ESCAPE: Final = re.compile(rb"%(?:0[AaDd]|25)")
_NONE: Final = bytes(16)
_KEY: Final = itemgetter(slice(0, 16))


class Entry(Struct, frozen=True):
    """A line that could be read; the digest in bytes, empty if there is none."""

    path: bytes
    digest: bytes
    size: int | None
    start: int
    end: int


class BadLine(Struct, frozen=True):
    """A line that could not be read, and why, as the rest of "the line ..."."""

    reason: str
    start: int
    end: int


class Difference(Struct, frozen=True):
    """What is not as the manifest says: the `kind`, the line in it, the number of the file."""

    kind: str
    start: int = -1
    number: int = -1


class Reader:
    """The manifest of one profile, found where it must be; `path` is empty if it is not there."""

    def __init__(self, facts: Facts, manifest: Manifest) -> None:
        self.manifest = manifest
        self.path = _find(facts, manifest.path)
        self.folder = os.path.dirname(os.path.abspath(self.path)) if self.path else b""

    def lines(self, offset: int = 0) -> Iterator[Entry | BadLine]:
        """Every line from the byte `offset` on; blank lines are none. Raises OSError."""
        if self.manifest.format == "csv":
            yield from self._rows(offset)
            return
        read = _json if self.manifest.format == "jsonl" else _plain
        for start, end, line in self._raw(offset):
            if line.strip():
                yield read(line, start, end, self.manifest)

    def entry(self, offset: int) -> Entry | None:
        """The entry at a byte of the manifest."""
        found = next(self.lines(offset), None)
        return found if isinstance(found, Entry) else None

    def absolute(self, path: bytes) -> bytes:
        """A path of the manifest from the root of the file system."""
        return os.path.normpath(os.path.join(self.folder, path))

    def _raw(self, offset: int) -> Iterator[tuple[int, int, bytes]]:
        for window in Pages(self.path):
            if window.offset + len(window.data) <= offset:
                continue
            for start, end, _ in window.lines():
                if window.offset + start >= offset:
                    at = window.offset
                    yield at + start, at + end, window.data[start:end]

    def _columns(self) -> list[str]:
        ours = self.manifest
        return [one for one in (ours.path_field, ours.digest_field, ours.size_field) if one]

    def _rows(self, offset: int) -> Iterator[Entry | BadLine]:
        import csv

        begun: list[int] = []

        def texts(first: int) -> Iterator[str]:
            for start, end, line in self._raw(first):
                begun.extend((start, end))
                yield line.decode("utf-8", "surrogateescape") + "\n"

        header = next(csv.reader(texts(0)), [])
        rows = csv.reader(texts(max(offset, 0)))
        if not offset:
            next(rows, None)
        missing = [name for name in self._columns() if name not in header]
        if missing and not offset:
            start, end = (begun[0], begun[1]) if begun else (0, 0)
            yield BadLine(f"names no column `{missing[0]}`", start, end)
            return
        begun.clear()
        for row in rows:
            start, end = (begun[0], begun[-1]) if begun else (0, 0)
            begun.clear()
            if len(row) != len(header):
                reason = f"has {len(row)} columns, where the first line has {len(header)}"
                yield BadLine(reason, start, end)
            elif row:
                yield _entry(dict(zip(header, row, strict=True)), start, end, self.manifest)


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
    """The manifest, from the directory that is checked up to that of the configuration."""
    top, root = top_folder(facts), corpus_root(facts)
    while True:
        found = os.path.join(top, os.fsencode(path))
        if os.path.isfile(found):
            near = os.path.relpath(found)
            return found if near.startswith(b"..") else near
        if top == root or os.path.dirname(top) == top:
            return b""
        top = os.path.dirname(top)


class Comparison:
    """A manifest and the files, side by side. May be asked as often as there are rules."""

    def __init__(self, facts: Facts, reader: Reader) -> None:
        self._reader, self._manifest = reader, reader.manifest
        self._listed, self._there = facts.shuffle(48), facts.shuffle(48)
        self.entries = 0
        self._own = xxh3_128_digest(os.path.abspath(reader.path))
        for line in reader.lines():
            if isinstance(line, Entry):
                self.entries += 1
                self._listed.add([self._record(line.path, line.digest, line.size, line.start)])
        for number, path, (digest, size) in facts.files_with((self._manifest.algorithm, SIZE)):
            length = int(size) if size is not None else None
            absolute = os.path.abspath(path)
            self._there.add([self._record(absolute, digest or b"", length, number)])

    def _record(self, path: bytes, digest: bytes, size: int | None, number: int) -> bytes:
        return b"".join(
            (
                xxh3_128_digest(self._reader.absolute(path)),
                xxh3_128_digest(digest) if digest else _NONE,
                (0 if size is None else size + 1).to_bytes(8, "big"),
                number.to_bytes(8, "big"),
            )
        )

    def differences(self) -> Iterator[Difference]:
        """What is not as the manifest says, in no order that matters; nothing if it is empty."""
        if not self.entries:
            return
        for listed, there in _side_by_side(self._listed, self._there):
            for again in listed[1:]:
                yield Difference("twice", number_of(again))
            line = number_of(listed[0]) if listed else -1
            if not there:
                yield Difference("missing", line)
            for record in there:
                number = number_of(record)
                if not listed:
                    if _KEY(record) != self._own:
                        yield Difference("unlisted", number=number)
                    continue
                for kind, part in (("digest", slice(16, 32)), ("size", slice(32, 40))):
                    ours, theirs = record[part], listed[0][part]
                    if any(ours) and any(theirs) and ours != theirs:
                        yield Difference(kind, line, number)


def _side_by_side(left: Shuffle, right: Shuffle) -> Iterator[tuple[list[bytes], list[bytes]]]:
    """Records of one key from both; one of the lists may be empty."""
    ours, theirs = groupby(left, key=_KEY), groupby(right, key=_KEY)
    one, other = _next(ours), _next(theirs)
    while one or other:
        if one and (not other or one[0] < other[0]):
            yield one[1], []
            one = _next(ours)
        elif other and (not one or other[0] < one[0]):
            yield [], other[1]
            other = _next(theirs)
        elif one and other:
            yield one[1], other[1]
            one, other = _next(ours), _next(theirs)


def _next(groups: Iterator[tuple[bytes, Iterator[bytes]]]) -> tuple[bytes, list[bytes]] | None:
    found = next(groups, None)
    return (found[0], list(found[1])) if found else None


def reader_of(facts: Facts, manifest: Manifest) -> Reader:
    """The reader of a manifest, made once."""
    key = ("manifest", manifest.path)
    if key not in facts.kept:
        facts.kept[key] = Reader(facts, manifest)
    found: Reader = facts.kept[key]
    return found


def compared(facts: Facts, manifest: Manifest, *kinds: str) -> Iterator[tuple[Difference, Spot]]:
    """The differences of these kinds, each with the line of the manifest, if it has one.

    Of files that are missing only those count that should be among the checked paths.
    """
    reader = reader_of(facts, manifest)
    if not reader.path:
        return
    key = ("comparison", manifest.path)
    try:
        if key not in facts.kept:
            facts.kept[key] = Comparison(facts, reader)
    except OSError:
        return  # said by the rule about the manifest itself
    roots = [os.path.abspath(os.fsencode(root)) for root in facts.roots]
    found: Comparison = facts.kept[key]
    for one in found.differences():
        if one.kind not in kinds:
            continue
        entry = reader.entry(one.start) if one.start >= 0 else None
        spot = Spot(reader.path)
        if entry is not None:
            spot = Spot(reader.path, item=entry.path, start=entry.start, end=entry.end)
        if one.kind == "missing":
            path = reader.absolute(spot.item)
            below = any((path + b"/").startswith(root.rstrip(b"/") + b"/") for root in roots)
            if not below or os.path.lexists(path):
                continue
        yield one, spot
