"""polars, which takes the types from the first 100 records."""

from ..disputed.compressed_files import refusing
from ..reader import Reader

READER = Reader(
    summary="polars, which guesses the types",
    formats=("json-lines", "compressed"),
    call="polars.read_ndjson(path)",
    version="polars 2.1.0",
    answers={
        "mixed-types": "an error, or another value",
        "late-fraction": "an error",
        "very-late-fraction": "an error",
        "late-field": "dropped",
        **refusing("bzip2", "xz"),
        "gzip-padding": "an error",
        "zstd-skippable-frame": "an error",
    },
)
