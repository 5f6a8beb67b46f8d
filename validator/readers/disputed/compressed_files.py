"""What readers of compressed files dispute: which formats they read, and where a file ends.

The name of a question begins with that of the format. `file/streams` finds where one is to be
asked. Several streams in a row are one file: RFC 1952, 2.2; RFC 8878, 3; the .xz file format, 2.
"""

from __future__ import annotations

import base64
from functools import partial
from typing import Final

from ..question import Question

_asked = partial(Question, "compressed")

_INSIDE: Final = "readable"

_AGAIN: Final = "expand the files, put them together and compress the result as one"


def _data(written: str) -> bytes:
    return base64.b64decode(written)


# Records of JSON Lines: `{"id":"a","text":"b"}`, and in a second stream `{"id":"e","text":"f"}`.
_GZIP: Final = _data("H4sIAAAAAAACA6tWykxRslJKVNJRKkmtKAEyk5RquQBIIIKgFgAAAA==")
_GZIP_NEXT: Final = _data("H4sIAAAAAAACA6tWykxRslJKVdJRKkmtKAEy05RquQB80pylFgAAAA==")
_BZIP2: Final = _data(
    "QlpoOTFBWSZTWX6b2/AAAApZgAAQEAQAEDYgBEogACImTJg9UIBoAInJQq74m+YUG+LuSKcKEg/Te34A"
)
_XZ: Final = _data(
    "/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAVeyJpZCI6ImEiLCJ0ZXh0IjoiYiJ9CgAAAOY5ktMbCIC2"
    "AAEuFlYJVd8ftvN9AQAAAAAEWVo="
)
_ZSTD: Final = _data("KLUv/SAWsQAAeyJpZCI6ImEiLCJ0ZXh0IjoiYiJ9Cg==")
_ZSTD_NEXT: Final = _data("KLUv/SAWsQAAeyJpZCI6ImUiLCJ0ZXh0IjoiZiJ9Cg==")
_ZSTD_UNSIZED: Final = _data("KLUv/QBYsQAAeyJpZCI6ImEiLCJ0ZXh0IjoiYiJ9Cg==")
_SKIPPABLE: Final = b"\x50\x2a\x4d\x18\x04\0\0\0note"

QUESTIONS: Final = (
    _asked(
        "gzip-file",
        "a file compressed by gzip",
        _INSIDE,
        "compress it in a format that all of them read",
        _GZIP,
    ),
    _asked(
        "gzip-second-member",
        "a second member of gzip",
        "a part of the file",
        _AGAIN,
        _GZIP + _GZIP_NEXT,
    ),
    _asked(
        "gzip-padding",
        "a NUL behind the end of gzip",
        "nothing",
        "cut the NULs off",
        _GZIP + bytes(512),
    ),
    _asked(
        "bzip2-file",
        "a file compressed by bzip2",
        _INSIDE,
        "compress it by gzip",
        _BZIP2,
    ),
    _asked(
        "xz-file",
        "a file compressed by xz",
        _INSIDE,
        "compress it by gzip",
        _XZ,
    ),
    _asked(
        "xz-padding",
        "a NUL behind the end of an xz stream",
        "nothing",
        "cut the NULs off: what follows them is lost to some readers",
        _XZ + bytes(4),
    ),
    _asked(
        "zstd-file",
        "a file compressed by Zstandard",
        _INSIDE,
        "compress it by gzip",
        _ZSTD,
    ),
    _asked(
        "zstd-second-frame",
        "a second frame of Zstandard",
        "a part of the file",
        _AGAIN,
        _ZSTD + _ZSTD_NEXT,
    ),
    _asked(
        "zstd-skippable-frame",
        "a skippable frame before the first one of Zstandard",
        "nothing",
        _AGAIN,
        _SKIPPABLE + _ZSTD,
    ),
    _asked(
        "zstd-frame-without-size",
        "a frame of Zstandard that does not say what it expands to",
        _INSIDE,
        "compress the file in one call, or with `zstd FILE`: what goes through a pipe has no size",
        _ZSTD_UNSIZED,
    ),
)
