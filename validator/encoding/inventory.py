"""Counts how the files of a corpus are written, by directory: encoding, mark, line ends.

Decoding decides whether a file is UTF-8. Other encodings are inferred, with a certainty.
"""

from __future__ import annotations

import codecs
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from ..file.compression import bounds, packing_of
from ..file.passed_by import PassedBy
from ..file.reading import SMALL, Pages, read_start
from ..file.streams import BrokenStreamError
from ..file.walk import Walk, roots_of
from ..settings.options import Settings
from ..text.lines import NEWLINE, Window, count_line_ends
from .charsets import label
from .damage import BadSequence, Legacy, flaws
from .seven_bit import seven_bit
from .utf8 import MARK, is_utf8
from .utf16 import Wide, wide_as_ascii

BINARY, DAMAGED, EMPTY, UNKNOWN, UNREADABLE = (
    "binary", "UTF-8, damaged", "empty", "unknown", "unreadable",
)  # fmt: skip
"""Used in place of an encoding for files that have none or that cannot be read."""

_STYLES: Final = {b"\n": "LF", b"\r\n": "CRLF", b"\r": "CR"}
_NO_TEXT: Final = bytes(set(range(32)) - set(b"\t\n\f\r\x1a\x1b"))
_MOST_CONTROLS: Final = 0.02
"""Bytes that are not UTF-8 and have more control characters than this share are no text."""


class Kind(Struct, frozen=True, order=True):
    """How a file is written.

    `certainty` is `most likely` or `possibly`, empty if the encoding was decided by decoding.
    `newline` is `LF`, `CRLF`, `CR` or `mixed`; empty if no line ends.
    """

    encoding: str
    certainty: str = ""
    bom: bool = False
    newline: str = ""


class Entry(Struct, frozen=True):
    """Files of one kind in one directory: how many (`files`), their `bytes` together.

    `example` is the path of the first.
    """

    folder: str
    kind: Kind
    files: int
    bytes: int
    example: str


def inventory(paths: Sequence[str], skipped: PassedBy) -> list[Entry]:
    """The kinds in each directory at or below `paths`, directories in order, most frequent first.

    Files that the walk does not visit are counted in `skipped`, by reason.
    """
    found: dict[tuple[str, Kind], Entry] = {}
    for listing in Walk(roots_of(paths), skipped):
        folder = os.fsdecode(listing.path)
        for name in listing.names:
            kind, size = Kind(UNREADABLE), 0
            if name not in listing.odd:
                kind, size = inspect_file(listing.path + name)
            example = folder + os.fsdecode(name)
            known = found.get((folder, kind), Entry(folder, kind, 0, 0, example))
            files, amount = known.files + 1, known.bytes + size
            found[folder, kind] = replace(known, files=files, bytes=amount)
    return sorted(found.values(), key=lambda one: (one.folder, -one.files, one.kind))


def inspect_file(path: bytes) -> tuple[Kind, int]:
    """The kind of a file and its size in bytes; of a compressed file, the kind of what is in it."""
    try:
        packing = packing_of(path)
        if packing:
            pages = Pages(path, packing=packing, bounds=bounds(Settings({})))
            return inspect(pages), os.path.getsize(path)
        head = read_start(path)
        if len(head) < SMALL:
            return inspect(Pages(path, head)), len(head)
        return inspect(Pages(path)), os.path.getsize(path)
    except (OSError, BrokenStreamError):
        return Kind(UNREADABLE), 0


def inspect(windows: Iterable[Window]) -> Kind:
    """The kind of a file. Goes over its windows once if it is UTF-8, more often if not."""
    ascii_only = text = True
    head = b""
    counts: Counter[bytes] = Counter()
    for window in windows:
        head = head or window.data
        ascii_only = ascii_only and window.data.isascii()
        text = text and is_utf8(window.data) and b"\0" not in window.data
        counts.update(count_line_ends(window.data))
    if not head:
        return Kind(EMPTY)
    bom = head.startswith(MARK)
    if text:
        first = next(iter(windows))
        shifted = seven_bit(first, windows) or wide_as_ascii(first.data)
        if shifted:
            return Kind(shifted.encoding, "", bom, _style(counts))
        return Kind("US-ASCII" if ascii_only else "UTF-8", "", bom, _style(counts))
    found = next(flaws(windows), None)
    if isinstance(found, Wide):
        return Kind(found.encoding, "", bool(found.mark), _style(_wide_newlines(windows, found)))
    if _is_binary(head):
        return Kind(BINARY)
    if isinstance(found, BadSequence):
        return Kind(DAMAGED, "", bom, _style(counts))
    if isinstance(found, Legacy) and found.advice:
        name, sure = label(found.advice.codecs[0]), found.advice.wording
        return Kind(name, sure, False, _style(counts))
    return Kind(UNKNOWN, "", False, _style(counts))


def _is_binary(head: bytes) -> bool:
    controls = len(head) - len(head.translate(None, _NO_TEXT))
    return b"\0" in head or controls > len(head) * _MOST_CONTROLS


def _wide_newlines(windows: Iterable[Window], found: Wide) -> Counter[bytes]:
    """The line ends of a file in UTF-16 or UTF-32. A CRLF across two windows counts as two."""
    decoder = codecs.getincrementaldecoder(found.encoding)("replace")
    counts: Counter[bytes] = Counter()
    for window in windows:
        text = decoder.decode(window.data, window.last)
        counts.update(NEWLINE.findall(text.encode("utf-8", "replace")))
    return counts


def _style(counts: Counter[bytes]) -> str:
    """`LF`, `CRLF`, `CR` or `mixed`; empty if no line ends."""
    if len(counts) > 1:
        return "mixed"
    return "".join(_STYLES[end] for end in counts)
