"""The program zstd, which reads gzip and xz, too."""

from ..disputed.compressed_files import refusing
from ..reader import Reader

READER = Reader(
    summary="the program zstd",
    formats=("compressed",),
    call="zstd -dc FILE",
    version="zstd 1.5.4",
    answers={**refusing("bzip2"), "gzip-padding": "an error", "xz-padding": "an error"},
)
