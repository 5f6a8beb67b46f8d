"""The program gzip, with which `zcat` and many scripts read."""

from ..reader import Reader

READER = Reader(
    summary="the program gzip",
    formats=("compressed",),
    call="gzip -dc FILE",
    version="gzip 1.12",
    refuses=("bzip2", "xz", "zstd"),
)
