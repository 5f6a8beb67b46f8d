"""zstandard of Python, in one call: the first frame, which must tell its size."""

from ..reader import Reader

READER = Reader(
    summary="zstandard of Python, in one call",
    formats=("compressed",),
    call="ZstdDecompressor().decompress(data)",
    version="zstandard 0.25.0",
    refuses=("gzip", "bzip2", "xz"),
    answers={
        "zstd-second-frame": "left out",
        "zstd-skippable-frame": "an error",
        "zstd-frame-without-size": "an error",
    },
)
