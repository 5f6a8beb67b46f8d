"""One spelling in bytes for a value, the same in every process and on every machine.

Equal plans have the same bytes, so that plans can be compared by digests. A pickle is not such a
spelling: the order of its sets is that of one process.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Set
from datetime import date
from enum import Enum
from hashlib import sha256
from typing import Final

from msgspec import Struct

from ..settings.options import Settings

DIGEST: Final = 16
"""So many bytes of a SHA-256 are kept: to find a second text for them takes 2^128 tries."""


def digest(data: bytes) -> bytes:
    """The digest of these bytes: the first `DIGEST` bytes of their SHA-256."""
    return sha256(data).digest()[:DIGEST]


def canonical(value: object) -> bytes:
    """The bytes of a value that a plan or a task is made of.

    A path below the working directory is written relative to it, so that a copy of the corpus in
    another place has the same plan. Raises TypeError if a part of it is neither a plain value nor a
    record.
    """
    return b"".join(_pieces(value))


def _pieces(value: object) -> Iterator[bytes]:
    if isinstance(value, Enum):
        yield from _pieces(value.value)
    elif isinstance(value, Settings):
        yield from _pieces(dict(sorted(value.values.items())))
    elif isinstance(value, Struct):
        yield from _counted(b"r", type(value).__name__.encode())
        for field in value.__struct_fields__:
            yield from _counted(b"f", field.encode())
            yield from _pieces(getattr(value, field))
        yield b"."
    elif isinstance(value, Mapping):  # its order may be that of an output
        yield from _group(b"m", [canonical(pair) for pair in value.items()])
    elif isinstance(value, Set):
        yield from _group(b"u", sorted(map(canonical, value)))
    elif isinstance(value, tuple | list | range):
        yield from _group(b"l", [canonical(item) for item in value])
    else:
        yield from _plain(value)


def _plain(value: object) -> Iterator[bytes]:
    """The pieces of a value that has no parts."""
    if isinstance(value, str):
        yield from _counted(b"s", _relative(value).encode("utf-8", "surrogatepass"))
    elif isinstance(value, bytes):
        yield from _counted(b"b", value)
    elif value is None or isinstance(value, bool | int | float):
        yield from _counted(b"n", repr(value).encode())
    elif isinstance(value, date):
        yield from _counted(b"d", value.isoformat().encode())
    else:
        raise TypeError(f"{type(value).__qualname__} has no spelling in bytes")


def _counted(kind: bytes, data: bytes) -> tuple[bytes, ...]:
    return kind, str(len(data)).encode(), b":", data


def _group(kind: bytes, items: list[bytes]) -> Iterator[bytes]:
    yield from (kind, str(len(items)).encode(), b":")
    yield from items


def _relative(text: str) -> str:
    here = os.getcwd()
    if text == here:
        return "."
    return text.removeprefix(f"{here}{os.sep}") if text.startswith(f"{here}{os.sep}") else text
