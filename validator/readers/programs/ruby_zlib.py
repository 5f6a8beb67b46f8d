"""Zlib of Ruby: GzipReader stops behind the first member."""

from ..reader import Reader

READER = Reader(
    summary="Zlib of Ruby",
    formats=("compressed",),
    call="Zlib::GzipReader.open(path)",
    version="Ruby 3.1.2",
    refuses=("bzip2", "xz", "zstd"),
    answers={"gzip-second-member": "left out"},
)
