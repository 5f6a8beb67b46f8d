"""The bytes of a report in the store: a mark, the number of the format, a checksum, MessagePack.

They are only read as the records that are declared here and in `model`, so that whatever another
program has written into the store is data, never code.
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
"""The version of the format of a report, which is independent of the version of the tool."""

_SUM: Final = 16
HEAD: Final = len(MARK) + 1 + _SUM
"""The number of bytes before the data of an object."""

V = TypeVar("V")
R = TypeVar("R")


class DamagedError(ValueError):
    """Bytes are no whole report of this format; the message is the rest of "it ..."."""


class Reused(Report, frozen=True):
    """A report from the store; `task` is the digest of its task, `key` its `report_key`."""

    task: bytes = b""
    key: bytes = b""


class Kept(Struct, frozen=True, array_like=True):
    """A report as it is kept, and the files that it is valid for.

    `plan` and `task` are the digests that its name is made of. `stamp` is that of the files when
    they were checked, empty where they were too new for one; `contents` are the digests of what was
    read, joined. `day` is that of the run if the report depends on it, else empty. With `again` the
    next run checks the files again, because a finding may be due to an accident. `chunks` is the
    number of objects with facts that belong to the report. If findings cannot be written as
    MessagePack, because of texts that are not UTF-8 or integers of more than 64 bits, all findings
    are `apart`, in JSON.
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
    """The bytes of `report` for the store; `kept.report` is replaced by it."""
    try:
        body, apart = _encode(report), b""
    except (UnicodeEncodeError, OverflowError):  # the name of a file that is not UTF-8, say
        body, apart = _encode(replace(report, diagnostics=())), _as_json(report.diagnostics)
    return wrapped(_encode(replace(kept, report=Raw(body), apart=apart)))


def _as_json(findings: Sequence[Diagnostic]) -> bytes:
    """Findings in JSON; lone surrogates, which stand for bytes of a name, are kept."""
    return json.dumps(to_builtins(findings), ensure_ascii=False).encode("utf-8", "surrogatepass")


def repacked(kept: Kept) -> bytes:
    """The bytes for the store of a report that was kept before, with other fields around it."""
    return wrapped(_encode(kept))


def report_key(kept: Kept) -> bytes:
    """A digest that tells the facts of a report from those of other reports of the same task."""
    return digest(kept.contents + kept.report)


def wrapped(data: bytes) -> bytes:
    """Data with mark, format and checksum before it."""
    return b"".join((MARK, bytes([FORMAT]), xxh3_128_digest(data), data))


def unwrapped(data: bytes) -> bytes:
    """The data without its head. Raises DamagedError where it is not whole or no report."""
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
    """The result of a decoder for data. Raises DamagedError where it cannot decode them."""
    try:
        return decode(data)
    except (msgspec.MsgspecError, ValueError) as error:
        raise DamagedError(f"cannot be read: {error}") from None


def unpacked(data: bytes) -> Kept:
    """A kept report, which itself is not decoded yet. Raises DamagedError."""
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
