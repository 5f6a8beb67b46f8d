"""zlib of Python: the first member, and nothing of what follows it."""

from ..reader import Reader

READER = Reader(
    summary="the module zlib of Python",
    formats=("compressed",),
    call="zlib.decompress(data, 31)",
    version="CPython 3.11.7",
    refuses=("bzip2", "xz", "zstd"),
    answers={"gzip-second-member": "left out"},
)
