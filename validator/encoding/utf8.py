"""Where bytes are not UTF-8, and how they fail to be (RFC 3629, Unicode table 3-7)."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Final

from stringzilla import bytesum, count, find, find_first_of, translate

from ..text.lazy_re import later
from ..text.lines import Window

MARK: Final = b"\xef\xbb\xbf"
"""The byte order mark, U+FEFF, in UTF-8."""

_LONG: Final = 3000
"""From so many bytes on, a few searches at 25 GB/s are faster than a decoder at 0.5 to 2 GB/s."""

# For each byte the length of the sequence that it begins, 0 for a continuation byte.
_LENGTHS: Final = bytes(
    1 if byte < 0x80 else 0 if byte < 0xC0 else 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
    for byte in range(256)
)
_TOO_LONG: Final = (b"\1\0", b"\2\0\0", b"\3\0\0\0", b"\4\0\0\0\0")

# Classes of bytes: `0`, `d`, `1`, `4` for the lead bytes E0, ED, F0, F4, which not every
# continuation byte may follow; `x`, `y`, `z` for continuation bytes; `!` for bytes that occur in no
# UTF-8; `.` for all others.
_NEVER: Final = b"\xc0\xc1" + bytes(range(0xF5, 0x100))
_LIMITED: Final = b"\xe0\xed\xf0\xf4"
_PARTS: Final = bytes(
    ord(
        "!" if byte in _NEVER
        else "0d14"[_LIMITED.index(byte)] if byte in _LIMITED
        else "x" if 0x80 <= byte < 0x90
        else "y" if 0x90 <= byte < 0xA0
        else "z" if 0xA0 <= byte < 0xC0
        else "."
    )
    for byte in range(256)
)  # fmt: skip
_OUT_OF_RANGE: Final = (b"!", b"0x", b"0y", b"dz", b"1x", b"4y", b"4z")

_STRIDE: Final = 4096
"""Bytes decoded at a time, so that a window with many faults takes linear time."""

_BOTH_HALVES: Final = later(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
"""A high surrogate and a low one, encoded one by one (CESU-8)."""

_HIGH: Final = bytes(range(0x80, 0x100))
_LEADS: Final = bytes(byte >= 0xC0 for byte in range(256))


class Fault(Enum):
    """How a byte sequence fails to be UTF-8."""

    STRAY = "stray"  # a continuation byte with nothing to continue
    NEVER = "never"  # a byte that occurs in no UTF-8 at all
    INTERRUPTED = "interrupted"  # a lead byte without all of its continuation bytes
    BEYOND = "beyond"  # a value above U+10FFFF
    OVERLONG = "overlong"
    SURROGATE = "surrogate"
    TRUNCATED = "truncated"  # the file ends inside a sequence


def is_utf8(data: bytes) -> bool:
    """Whether `data` is UTF-8, strictly: decided, never guessed."""
    if data.isascii():
        return True
    if len(data) >= _LONG:
        return _in_sequences(data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def all_utf8(texts: Sequence[bytes]) -> bool:
    """Whether each of `texts` is UTF-8. Many small ones take little more time than one."""
    return is_utf8(b"\n".join(texts))  # no sequence goes on across a line end


def _in_sequences(data: bytes) -> bool:
    """`is_utf8` without a decoder, for `data` that is not empty.

    If no lead byte is followed by more continuation bytes than it needs, and all of them together
    by as many as they need, then each has exactly its own.
    """
    lengths = translate(data, _LENGTHS)
    return (
        lengths[0] > 0
        and bytesum(lengths) == len(data)
        and all(find(lengths, run) < 0 for run in _TOO_LONG)
        and (find_first_of(data, _LIMITED + _NEVER) < 0 or _in_range(data))
    )


def _in_range(data: bytes) -> bool:
    """Whether nothing is overlong, a surrogate or above U+10FFFF (Unicode table 3-7)."""
    parts = translate(data, _PARTS)
    return all(find(parts, pair) < 0 for pair in _OUT_OF_RANGE)


def bad_sequences(window: Window) -> Iterator[tuple[int, int, Fault]]:
    """Start, end and fault of each span of the window that is not UTF-8, in bytes of its data."""
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
    """The fault at `at`, where strict decoding stopped, and how many bytes it concerns.

    `last` says that the file ends with `data`.
    """
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
        return Fault.SURROGATE, 6 if _BOTH_HALVES.match(data, at) else 1 + min(tail, 2)
    if lead >= 0xF8:
        return Fault.NEVER, 1
    if lead > 0xF4 or (lead == 0xF4 and tail and following >= 0x90):
        return Fault.BEYOND, 1 + tail
    wanted = sequence_length(lead) - 1
    if last and tail < wanted and at + tail + 1 == len(data):
        return Fault.TRUNCATED, 1 + tail
    return Fault.INTERRUPTED, 1 + min(tail, wanted)


def sequence_length(lead: int) -> int:
    """How many bytes the sequence has that the byte `lead` begins; 0 for a continuation byte."""
    return _LENGTHS[lead]


def multi_byte(data: bytes) -> int:
    """How many characters of more than one byte are valid in `data`."""
    if data.isascii():
        return 0
    if is_utf8(data):
        return int(count(translate(data, _LEADS), b"\1"))
    return len(data.decode("utf-8", "ignore")) - len(data.translate(None, _HIGH))


def invalid_parts(data: bytes) -> int:
    """How many invalid sequences `data` has, counted at the speed of C.

    Some that are one span to `bad_sequences`, such as an overlong form, count byte by byte here.
    """
    replaced = data.decode("utf-8", "replace").count("\ufffd")
    return replaced - data.count("\ufffd".encode())
