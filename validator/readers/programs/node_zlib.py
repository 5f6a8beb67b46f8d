"""zlib of Node.js: all members, NULs behind them passed over."""

from ..disputed.compressed_files import refusing
from ..reader import Reader

READER = Reader(
    summary="zlib of Node.js",
    formats=("compressed",),
    call="zlib.gunzipSync(data)",
    version="Node.js 20.20.2",
    answers=refusing("bzip2", "xz", "zstd"),
)
