"""How a report lies in the store: a mark, the number of the format, a checksum, then MessagePack.

It is read as the records that are declared here and in `model`, and as nothing else: what another
has written into the store is data, never code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace
from xxhash import xxh3_128_digest

from ..model import Report
from .canonical import digest

MARK: Final = b"seed-validator report "
FORMAT: Final = 1
"""Goes up when a report is written otherwise; it is not that of the tool."""

_SUM: Final = 16
HEAD: Final = len(MARK) + 1 + _SUM
"""Bytes before those of an object."""

_LEAST, _MOST = -(1 << 63), (1 << 64) - 1
"""The integers that MessagePack has."""

_INTEGER: Final = 1
"""The extension type that is any other integer, from its highest byte."""

S = TypeVar("S")
V = TypeVar("V")
R = TypeVar("R")


class DamagedError(ValueError):
    """Bytes that are no whole report of this format; the rest of the sentence "it ..."."""


class Reused(Report, frozen=True):
    """A report that was in the store, where it is found by its `task`; `key` tells its facts."""

    task: bytes = b""
    key: bytes = b""


class Kept(Struct, frozen=True, array_like=True):
    """A report as it is kept, and what it holds for.

    `plan` and `task` are the digests that its name is made of. `stamp` is that of the files when
    they were checked, empty where they were too new for one; `contents` are digests of what was
    read, one after the other. `day` is that of the run where the report depends on it, else empty.
    What is true of `again` is checked again by the next run: it may have been an accident. `chunks`
    is how many objects with facts belong to it. `spelled` says that not all of it is UTF-8 and
    integers of 64 bits: texts are written as Latin-1, and larger integers as their bytes.
    """

    plan: bytes
    task: bytes
    stamp: bytes
    contents: bytes
    report: Raw
    day: str = ""
    again: bool = False
    chunks: int = 0
    spelled: bool = False


_encode = msgspec.msgpack.Encoder().encode
_kept = msgspec.msgpack.Decoder(Kept).decode
_report = msgspec.msgpack.Decoder(Reused, ext_hook=lambda code, data: _from_bytes(data)).decode


def packed(kept: Kept, report: Report) -> bytes:
    """The bytes of a report that is to be kept; `kept.report` is not looked at."""
    try:
        body, spelled = _encode(report), False
    except (UnicodeEncodeError, OverflowError):  # the name of a file that is not UTF-8, say
        told = _spelled(tuple(report.diagnostics), _plainly)
        body, spelled = _encode(replace(report, diagnostics=told)), True
    return wrapped(_encode(replace(kept, report=Raw(body), spelled=spelled)))


def repacked(kept: Kept) -> bytes:
    """The bytes of a report that was kept already, and of which nothing but the head changes."""
    return wrapped(_encode(kept))


def report_key(kept: Kept) -> bytes:
    """What tells the facts of a report from those of another of the same task."""
    return digest(kept.contents + kept.report)


def wrapped(data: bytes) -> bytes:
    """Data with what tells whether it is whole."""
    return b"".join((MARK, bytes([FORMAT]), xxh3_128_digest(data), data))


def unwrapped(data: bytes) -> bytes:
    """The data. Raises DamagedError where it is not whole, or not ours."""
    if not data:
        raise DamagedError("is empty")
    if not data.startswith(MARK):
        short = len(data) < len(MARK) and MARK.startswith(data)
        raise DamagedError("is cut off" if short else "is no report of seed-validator")
    if len(data) < HEAD:
        raise DamagedError("is cut off")
    if data[len(MARK)] != FORMAT:
        raise DamagedError(
            f"is of format {data[len(MARK)]}, and this version reads format {FORMAT}"
        )
    inner = data[HEAD:]
    if xxh3_128_digest(inner) != data[HEAD - _SUM : HEAD]:
        raise DamagedError("is torn: its checksum is not that of its bytes")
    return inner


def read_by(decode: Callable[[V], R], data: V) -> R:
    """What a decoder makes of data. Raises DamagedError where it cannot."""
    try:
        return decode(data)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise DamagedError(f"cannot be read: {error}") from None


def unpacked(data: bytes) -> Kept:
    """What is kept, its report not yet read. Raises DamagedError."""
    return read_by(_kept, unwrapped(data))


def report_of(kept: Kept) -> Reused:
    """The report itself. Raises DamagedError."""
    return read_by(_report_in, kept)


def _report_in(kept: Kept) -> Reused:
    found = _report(kept.report)
    if not kept.spelled:
        return found
    return replace(found, diagnostics=_spelled(found.diagnostics, _from_latin))


def _plainly(leaf: str | int) -> object:
    """A text or an integer as MessagePack has it."""
    if isinstance(leaf, str):
        return leaf.encode("utf-8", "surrogatepass").decode("latin-1")
    if _LEAST <= leaf <= _MOST:
        return leaf
    return msgspec.msgpack.Ext(
        _INTEGER, leaf.to_bytes(leaf.bit_length() // 8 + 1, "big", signed=True)
    )


def _from_latin(leaf: str | int) -> object:
    if isinstance(leaf, str):
        return leaf.encode("latin-1").decode("utf-8", "surrogatepass")
    return leaf


def _from_bytes(data: memoryview) -> int:
    return int.from_bytes(data, "big", signed=True)


def _spelled(value: S, write: Callable[[str | int], object]) -> S:
    """The same value with each of its texts and integers written otherwise."""
    found: Any = value
    if isinstance(value, Enum | bool):
        return value
    if isinstance(value, str | int):
        found = write(value)
    elif isinstance(value, Struct):
        changed = {name: _spelled(getattr(value, name), write) for name in value.__struct_fields__}
        found = replace(value, **changed)
    elif isinstance(value, Mapping):
        found = {_spelled(key, write): _spelled(one, write) for key, one in value.items()}
    elif isinstance(value, tuple):
        found = tuple(_spelled(one, write) for one in value)
    elif isinstance(value, list):
        found = [_spelled(one, write) for one in value]
    return found  # type: ignore[no-any-return]
