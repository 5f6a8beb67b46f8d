"""zlib of Node.js: all members, NULs behind them passed over."""

from ..reader import Reader

READER = Reader(
    summary="zlib of Node.js",
    formats=("compressed",),
    call="zlib.gunzipSync(data)",
    version="Node.js 20.20.2",
    refuses=("bzip2", "xz", "zstd"),
)
