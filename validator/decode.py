"""Decides whether bytes are what was declared, and where they are not. No guess passes as fact.

Validity is decided by strict decoding. What invalid bytes are is told from the bytes themselves
(RFC 3629, Unicode 3.9 table 3-7), and from how much of the file is valid besides.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import ClassVar, Final

from .lines import Window
from .model import Flaw
from .options import choice

KEPT: Final = 1000
"""Invalid sequences remembered one by one; beyond it they are only counted."""


CHARSET: Final = choice("encoding.charset", "the encoding that files are in", "utf-8", "utf-8")

_HIGH: Final = bytes(range(0x80, 0x100))
_BAD_ROW: Final = re.compile("[\udc80-\udcff][^\r\n]*")
_STRIDE: Final = 4096
"""Bytes decoded at a time on the way to the next fault: keeps many faults in one window linear."""


class Fault(Enum):
    """How a byte sequence fails to be UTF-8."""

    STRAY = "stray"  # a continuation byte with nothing to continue
    NEVER = "never"  # a byte that occurs in no UTF-8 at all
    INTERRUPTED = "interrupted"  # a lead byte without all of its continuation bytes
    BEYOND = "beyond"  # a value above U+10FFFF
    OVERLONG = "overlong"
    SURROGATE = "surrogate"
    TRUNCATED = "truncated"  # the file ends inside a sequence


class BadSequence(Flaw, frozen=True):
    """Bytes in a file that is otherwise UTF-8. `following` is the byte after them, if any."""

    start: int
    bytes: bytes
    fault: Fault
    following: int | None
    valid: int
    invalid: int


class Overlong(BadSequence, frozen=True):
    """A character in more bytes than it needs."""


class Surrogate(BadSequence, frozen=True):
    """A UTF-16 surrogate, encoded as if it were a character."""


class Truncated(BadSequence, frozen=True):
    """A sequence that the end of the file cuts."""


class Legacy(Flaw, frozen=True):
    """A file whose bytes as a whole are not UTF-8, and not UTF-16 or UTF-32 either."""

    blocks: ClassVar[bool] = True
    start: int
    bytes: bytes
    valid: int
    invalid: int
    rows: int


class Wide(Flaw, frozen=True):
    """A file in UTF-16 or UTF-32. `mark` is its byte order mark, empty if it has none."""

    blocks: ClassVar[bool] = True
    encoding: str
    mark: bytes


_KIND: Final = {
    Fault.OVERLONG: Overlong,
    Fault.SURROGATE: Surrogate,
    Fault.TRUNCATED: Truncated,
}

_WIDE_MARKS: Final = (
    (b"\xff\xfe\x00\x00", "UTF-32LE"),
    (b"\x00\x00\xfe\xff", "UTF-32BE"),
    (b"\xff\xfe", "UTF-16LE"),
    (b"\xfe\xff", "UTF-16BE"),
)


def flaws(windows: Iterable[Window]) -> Iterator[Flaw]:
    """What keeps a file from being UTF-8 text, in order of offset.

    Asked only of files that hold a NUL or do not decode; goes over the windows once.
    """
    faults: list[tuple[int, bytes, Fault, int | None]] = []
    valid = invalid = rows = 0
    for window in windows:
        if window.first:
            wide = _wide(window.data)
            if wide:
                yield wide
                return
        row = -1
        if len(faults) >= KEPT:  # a legacy file of gigabytes: count, at the speed of C
            invalid += window.data.decode("utf-8", "replace").count("\ufffd")
            invalid -= window.data.count(b"\xef\xbf\xbd")
            rows += len(_BAD_ROW.findall(window.text))
            valid += _multi_byte(window.data)
            continue
        for start, end, fault in bad_sequences(window):
            invalid += 1
            line = window.line_at(start)
            rows += line != row
            row = line
            if len(faults) < KEPT:
                following = window.data[end] if end < len(window.data) else None
                faults.append((window.offset + start, window.data[start:end], fault, following))
        valid += _multi_byte(window.data)
    if not faults:
        return
    if valid < invalid and faults[0][2] is not Fault.TRUNCATED:
        yield Legacy(faults[0][0], faults[0][1], valid, invalid, rows)
        return
    for start, data, fault, following in faults:
        kind = _KIND.get(fault, BadSequence)
        yield kind(start, data, fault, following, valid, invalid)


def bad_sequences(window: Window) -> Iterator[tuple[int, int, Fault]]:
    """Start, end and fault of each span of the window that is not UTF-8."""
    data, at = window.data, 0
    view = memoryview(data)
    while at < len(data):
        final = at + _STRIDE >= len(data)
        try:
            at += codecs.utf_8_decode(view[at : at + _STRIDE], "strict", final)[1]
        except UnicodeDecodeError as error:
            start = at + error.start
            fault, length = _fault(data, start, window.last)
            at = start + length
            yield start, at, fault


def _fault(data: bytes, at: int, last: bool) -> tuple[Fault, int]:
    """What is wrong at `at`, where strict decoding stopped, and how many bytes it concerns."""
    lead = data[at]
    tail = 0
    while tail < 3 and at + tail + 1 < len(data) and data[at + tail + 1] & 0xC0 == 0x80:
        tail += 1
    following = data[at + 1] if at + 1 < len(data) else 0
    if lead < 0xC0:
        return Fault.STRAY, 1
    if lead in {0xC0, 0xC1}:
        return Fault.OVERLONG, 1 + min(tail, 1)
    if tail and ((lead == 0xE0 and following < 0xA0) or (lead == 0xF0 and following < 0x90)):
        return Fault.OVERLONG, 1 + min(tail, 2 if lead == 0xE0 else 3)
    if tail and lead == 0xED and following >= 0xA0:
        return Fault.SURROGATE, _surrogates(data, at, 1 + min(tail, 2))
    if lead >= 0xF8:
        return Fault.NEVER, 1
    if lead > 0xF4 or (lead == 0xF4 and tail and following >= 0x90):
        return Fault.BEYOND, 1 + tail
    wanted = sequence_length(lead) - 1
    if last and tail < wanted and at + tail + 1 == len(data):
        return Fault.TRUNCATED, 1 + tail
    return Fault.INTERRUPTED, 1 + min(tail, wanted)


def _surrogates(data: bytes, at: int, length: int) -> int:
    """Length of a surrogate: six bytes when a high one is followed by a low one (CESU-8)."""
    pair = data[at : at + 6]
    if len(pair) == 6 and pair[1] < 0xB0 and pair[3] == 0xED and pair[4] >= 0xB0:
        return 6
    return length


def sequence_length(lead: int) -> int:
    """How many bytes the sequence has that this lead byte opens."""
    return 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4


def _multi_byte(data: bytes) -> int:
    """How many characters of more than one byte are valid in `data`."""
    if data.isascii():
        return 0
    ascii_only = len(data.translate(None, _HIGH))
    return len(data.decode("utf-8", "ignore")) - ascii_only


def _wide(head: bytes) -> Wide | None:
    """UTF-16 or UTF-32, by its mark or by where its NUL bytes stand in the first 4 KiB."""
    for mark, encoding in _WIDE_MARKS:
        if head.startswith(mark):
            return Wide(encoding, mark)
    sample = head[: len(head) & ~3][:4096]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    zeros = [sample[lane::4].count(0) * 4 / len(sample) for lane in range(4)]
    often, seldom = 0.7, 0.1
    if min(zeros[1:]) > often and zeros[0] < seldom:
        return Wide("UTF-32LE", b"")
    if min(zeros[:3]) > often and zeros[3] < seldom:
        return Wide("UTF-32BE", b"")
    even, odd = (zeros[0] + zeros[2]) / 2, (zeros[1] + zeros[3]) / 2
    if odd > often and even < seldom:
        return Wide("UTF-16LE", b"")
    if even > often and odd < seldom:
        return Wide("UTF-16BE", b"")
    return None
