"""compress/gzip of Go: all members, and no NULs behind them."""

from ..disputed.compressed_files import refusing
from ..reader import Reader

READER = Reader(
    summary="compress/gzip of Go",
    formats=("compressed",),
    call="gzip.NewReader(file)",
    version="Go 1.19.8",
    answers={**refusing("bzip2", "xz", "zstd"), "gzip-padding": "an error"},
)
