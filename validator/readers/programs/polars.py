"""polars, which takes the types from the first 100 records."""

from ..reader import Reader

READER = Reader(
    summary="polars, which guesses the types",
    formats=("json-lines", "compressed"),
    call="polars.read_ndjson(path)",
    version="polars 2.1.0",
    refuses=("bzip2", "xz"),
    answers={
        "mixed-types": "an error, or another value",
        "late-fraction": "an error",
        "very-late-fraction": "an error",
        "late-field": "dropped",
        "gzip-padding": "an error",
        "zstd-skippable-frame": "an error",
    },
)
