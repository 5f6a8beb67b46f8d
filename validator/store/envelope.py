"""How a report lies in the store: a mark, the number of the format, a checksum, then MessagePack.

It is read as the records that are declared here and in `model`, and as nothing else: what another
has written into the store is data, never code.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

import msgspec
from msgspec import Raw, Struct, convert, to_builtins
from msgspec.structs import replace
from xxhash import xxh3_128_digest

from ..model import Diagnostic, Report
from .canonical import digest

MARK: Final = b"seed-validator report "
FORMAT: Final = 2
"""Goes up when a report is written otherwise; it is not that of the tool."""

_SUM: Final = 16
HEAD: Final = len(MARK) + 1 + _SUM
"""Bytes before those of an object."""

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
    is how many objects with facts belong to it. Findings that MessagePack does not have, as not all
    of them is UTF-8 and integers of 64 bits, are `apart`, in JSON.
    """

    plan: bytes
    task: bytes
    stamp: bytes
    contents: bytes
    report: Raw
    day: str = ""
    again: bool = False
    chunks: int = 0
    apart: bytes = b""


_encode = msgspec.msgpack.Encoder().encode
_kept = msgspec.msgpack.Decoder(Kept).decode
_report = msgspec.msgpack.Decoder(Reused).decode


def packed(kept: Kept, report: Report) -> bytes:
    """The bytes of a report that is to be kept; `kept.report` is not looked at."""
    try:
        body, apart = _encode(report), b""
    except (UnicodeEncodeError, OverflowError):  # the name of a file that is not UTF-8, say
        body, apart = _encode(replace(report, diagnostics=())), _as_json(report.diagnostics)
    return wrapped(_encode(replace(kept, report=Raw(body), apart=apart)))


def _as_json(findings: Sequence[Diagnostic]) -> bytes:
    """Findings in JSON, with lone surrogates, which stand for bytes of a name, as they are."""
    return json.dumps(to_builtins(findings), ensure_ascii=False).encode("utf-8", "surrogatepass")


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
    except (msgspec.MsgspecError, ValueError) as error:
        raise DamagedError(f"cannot be read: {error}") from None


def unpacked(data: bytes) -> Kept:
    """What is kept, its report not yet read. Raises DamagedError."""
    return read_by(_kept, unwrapped(data))


def report_of(kept: Kept) -> Reused:
    """The report itself. Raises DamagedError."""
    return read_by(_report_in, kept)


def _report_in(kept: Kept) -> Reused:
    found = _report(kept.report)
    if not kept.apart:
        return found
    told = json.loads(kept.apart.decode("utf-8", "surrogatepass"))
    return replace(found, diagnostics=convert(told, tuple[Diagnostic, ...]))
