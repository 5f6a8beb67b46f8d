"""compress/gzip of Go: all members, and no NULs behind them."""

from ..reader import Reader

READER = Reader(
    summary="compress/gzip of Go",
    formats=("compressed",),
    call="gzip.NewReader(file)",
    version="Go 1.19.8",
    refuses=("bzip2", "xz", "zstd"),
    answers={"gzip-padding": "an error"},
)
