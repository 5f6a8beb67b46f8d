"""Adapters of what expands compressed files: the path of a file in, its records out.

This module runs in the environment of the readers, not in ours.
"""

from __future__ import annotations

import gzip
import json
import lzma
import subprocess
import zlib
from pathlib import Path
from typing import Any


def records(data: bytes) -> list[Any]:
    """The records of JSON Lines."""
    return [json.loads(line) for line in data.splitlines()]


def read_gzip(path: str) -> Any:
    with gzip.open(path) as file:
        return records(file.read())


def read_zlib(path: str) -> Any:
    return records(zlib.decompress(Path(path).read_bytes(), 31))


def read_lzma(path: str) -> Any:
    with lzma.open(path) as file:
        return records(file.read())


def read_zstandard(path: str) -> Any:
    import zstandard

    return records(zstandard.ZstdDecompressor().decompress(Path(path).read_bytes()))


def read_gunzip(path: str) -> Any:
    return records(_said_by("gzip", "-dc", path))


def read_zstd(path: str) -> Any:
    return records(_said_by("zstd", "-dcq", path))


def read_xz(path: str) -> Any:
    return records(_said_by("xz", "-dc", path))


def _said_by(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout
