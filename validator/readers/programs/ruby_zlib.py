"""Zlib of Ruby: GzipReader stops behind the first member."""

from ..disputed.compressed_files import refusing
from ..reader import Reader

READER = Reader(
    summary="Zlib of Ruby",
    formats=("compressed",),
    call="Zlib::GzipReader.open(path)",
    version="Ruby 3.1.2",
    answers={**refusing("bzip2", "xz", "zstd"), "gzip-second-member": "left out"},
)
