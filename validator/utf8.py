"""Where bytes are not UTF-8, and how they fail to be (RFC 3629, Unicode table 3-7)."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from enum import Enum
from typing import Final

from .lines import Window

_STRIDE: Final = 4096
"""Bytes decoded at a time on the way to the next fault: keeps many faults in one window linear."""

_HIGH: Final = bytes(range(0x80, 0x100))


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
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


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


def multi_byte(data: bytes) -> int:
    """How many characters of more than one byte are valid in `data`."""
    if data.isascii():
        return 0
    return len(data.decode("utf-8", "ignore")) - len(data.translate(None, _HIGH))


def invalid_parts(data: bytes) -> int:
    """How many sequences of `data` are invalid, at the speed of C.

    It counts some that `bad_sequences` takes together, the bytes of an overlong form, one by one.
    """
    replaced = data.decode("utf-8", "replace").count("\ufffd")
    return replaced - data.count("\ufffd".encode())
