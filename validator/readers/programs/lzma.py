"""lzma of Python: it wants no NULs behind a stream, and loses what follows them."""

from ..reader import Reader

READER = Reader(
    summary="the module lzma of Python",
    formats=("compressed",),
    call="lzma.open(path)",
    version="CPython 3.11.7",
    refuses=("gzip", "bzip2", "zstd"),
    answers={"xz-padding": "an error"},
)
