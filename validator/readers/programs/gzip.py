"""gzip of Python: all members, NULs behind them passed over."""

from ..reader import Reader

READER = Reader(
    summary="the module gzip of Python",
    formats=("compressed",),
    call="gzip.open(path)",
    version="CPython 3.11.7",
    refuses=("bzip2", "xz", "zstd"),
)
