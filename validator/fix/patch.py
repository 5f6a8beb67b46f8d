"""The difference of two files as a patch that `git apply` and `patch` can apply.

As in both programs, lines end at LF alone; CR and bytes that are not UTF-8 are bytes as any other.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import groupby
from operator import ne
from typing import Final, Literal

from ..file.compression import packing_of

CONTEXT: Final = 3
"""Lines of context before and after a change, as many as `diff -u` shows."""

_NO_END: Final = b"\n\\ No newline at end of file\n"
_ESCAPES: Final = {7: b"a", 8: b"b", 9: b"t", 10: b"n", 11: b"v", 12: b"f", 13: b"r"}

_Change = tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]
"""An opcode of `difflib`: what happens, start and end of the old lines, and of the new ones."""


def patch(path: str, old: bytes, new: bytes) -> bytes:
    """The patch that changes `old`, the file at `path`, into `new`; empty if they are equal."""
    if old == new:
        return b""
    before, after = _lines(old), _lines(new)
    name = os.fsencode(path)
    parts = [_header(name)]
    for hunk in _Lines(before, after).get_grouped_opcodes(CONTEXT):
        parts += _hunk(hunk, before, after)
    return b"".join(parts)


def shown_for(name: bytes, path: str, old: bytes, new: bytes) -> bytes:
    """The patch of a file of this name; of a compressed file it is a comment, only to be read."""
    change = patch(path, old, new)
    return shown(change) if packing_of(name) else change


def shown(change: bytes) -> bytes:
    """A patch of the content of a compressed file, as comment lines: to be read, not applied.

    Neither `git apply` nor `patch` could apply it, and `git apply` would then refuse all others.
    """
    return b"".join(b"# %b\n" % line for line in change.split(b"\n")[:-1])


def _lines(data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    last = lines.pop()
    return [line + b"\n" for line in lines] + ([last] if last else [])


def _header(name: bytes) -> bytes:
    left, right = _quoted(b"a/" + name), _quoted(b"b/" + name)
    tab = b"\t" if b" " in name and not left.startswith(b'"') else b""
    return b"diff --git %b %b\n--- %b%b\n+++ %b%b\n" % (left, right, left, tab, right, tab)


def _quoted(name: bytes) -> bytes:
    """A name as git writes it: between quotation marks if it is not plain ASCII.

    A name that ends in a blank is quoted, too, since `patch` would remove the blank.
    """
    plain = all(0x20 <= byte < 0x7F and byte not in b'"\\' for byte in name)
    if plain and not name.endswith(b" "):
        return name
    return b'"' + b"".join(map(_escaped, name)) + b'"'


def _escaped(byte: int) -> bytes:
    if byte in _ESCAPES:
        return b"\\" + _ESCAPES[byte]
    if byte in b'"\\':
        return b"\\%c" % byte
    return b"%c" % byte if 0x20 <= byte < 0x7F else b"\\%03o" % byte


class _Lines(SequenceMatcher[bytes]):
    """How lines differ. If there are as many as before, lines of the same number are compared."""

    def __init__(self, before: Sequence[bytes], after: Sequence[bytes]) -> None:
        super().__init__(None, (), ())
        self._before, self._after = before, after

    def get_opcodes(self) -> list[_Change]:
        """See `difflib`."""
        if len(self._before) != len(self._after):
            self.set_seqs(self._before, self._after)
            return super().get_opcodes()
        found: list[_Change] = []
        end = 0
        for differs, run in groupby(map(ne, self._before, self._after)):
            start, end = end, end + len([*run])
            found.append(("replace" if differs else "equal", start, end, start, end))
        return found


def _hunk(
    hunk: Sequence[tuple[str, int, int, int, int]], before: Sequence[bytes], after: Sequence[bytes]
) -> list[bytes]:
    (_, start, _, new_start, _), (_, _, end, _, new_end) = hunk[0], hunk[-1]
    parts = [b"@@ -%b +%b @@\n" % (_range(start, end), _range(new_start, new_end))]
    for tag, a, b, c, d in hunk:
        if tag == "equal":
            parts += (_line(b" ", line) for line in before[a:b])
        else:
            parts += (_line(b"-", line) for line in before[a:b])
            parts += (_line(b"+", line) for line in after[c:d])
    return parts


def _range(start: int, end: int) -> bytes:
    """Lines as the header of a hunk names them: the first one, from 1, and their number.

    For an empty range the line before it is named.
    """
    count = end - start
    if count == 1:
        return b"%d" % (start + 1)
    return b"%d,%d" % (start + 1 if count else start, count)


def _line(sign: bytes, line: bytes) -> bytes:
    return sign + line if line.endswith(b"\n") else sign + line + _NO_END
