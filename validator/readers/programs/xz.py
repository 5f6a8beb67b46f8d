"""The program xz: all streams of a file, and the NULs that may stand between them."""

from ..reader import Reader

READER = Reader(
    summary="the program xz",
    formats=("compressed",),
    call="xz -dc FILE",
    version="xz 5.4.1",
    refuses=("gzip", "bzip2", "zstd"),
)
