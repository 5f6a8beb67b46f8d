"""Compressed files: one stream or several, with what readers dispute between and behind them."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import struct
from collections.abc import Callable

import zstandard

from .grammar import Chance


def _unsized(data: bytes) -> bytes:
    packer = zstandard.ZstdCompressor().compressobj()
    return packer.compress(data) + packer.flush()


def _skippable(chance: Chance) -> bytes:
    note = bytes(chance.randrange(256) for _ in range(chance.choice((0, 1, 7, 300))))
    return struct.pack("<II", 0x184D2A50 + chance.randrange(16), len(note)) + note


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def _sized(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


PACKERS: dict[str, tuple[Callable[[bytes], bytes], ...]] = {
    ".gz": (_gzip,),
    ".bz2": (bz2.compress,),
    ".xz": (lzma.compress,),
    ".zst": (_sized, _sized, _sized, _unsized),
}


def compressed(chance: Chance) -> bytes:
    """A file of some records, in a format that its first bytes tell."""
    name = chance.choices([*PACKERS], (6, 1, 1, 5))[0]
    streams = chance.choices((1, 2, 3), (6, 2, 1))[0]
    parts = []
    for _ in range(streams):
        if name == ".zst" and chance.random() < 0.1:
            parts.append(_skippable(chance))
        parts.append(chance.choice(PACKERS[name])(_records(chance)))
        if chance.random() < 0.05:
            parts.append(bytes(chance.choice((1, 4, 512))))
    if name == ".zst" and chance.random() < 0.1:
        parts.append(_skippable(chance))
    if chance.random() < 0.03:
        parts.append(b"appended\n")
    return b"".join(parts)


def _records(chance: Chance) -> bytes:
    count = chance.choice((0, 1, 1, 2, 3, 40))
    texts = ("ab" * chance.randrange(9) for _ in range(count))
    lines = (json.dumps({"id": f"a{at}", "text": text}) for at, text in enumerate(texts))
    return "".join(f"{line}\n" for line in lines).encode()


def suffix(data: bytes) -> str:
    """The suffix that a file should have."""
    magics = {b"\x1f\x8b": ".gz", b"BZh": ".bz2", b"\xfd7zXZ": ".xz"}
    return next((end for magic, end in magics.items() if data.startswith(magic)), ".zst")
