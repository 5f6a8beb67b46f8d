"""The program zstd, which reads gzip and xz, too."""

from ..reader import Reader

READER = Reader(
    summary="the program zstd",
    formats=("compressed",),
    call="zstd -dc FILE",
    version="zstd 1.5.4",
    refuses=("bzip2",),
    answers={"gzip-padding": "an error", "xz-padding": "an error"},
)
