"""The program xz: all streams of a file, and the NULs that may stand between them."""

from ..disputed.compressed_files import refusing
from ..reader import Reader

READER = Reader(
    summary="the program xz",
    formats=("compressed",),
    call="xz -dc FILE",
    version="xz 5.4.1",
    answers=refusing("gzip", "bzip2", "zstd"),
)
