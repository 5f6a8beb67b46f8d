"""duckdb, which takes the types from the first 20,480 records."""

from ..reader import Reader

READER = Reader(
    summary="duckdb, which guesses the types",
    formats=("json-lines", "compressed"),
    call="FROM read_json(path)",
    version="duckdb 2.0.0",
    refuses=("bzip2", "xz"),
    answers={
        "mixed-types": "an error, or another value",
        "very-late-fraction": "rounded",
        "moment-text": "a moment",
        "gzip-padding": "an error",
    },
    note="in no default list: it makes days, moments and UUIDs of texts, and rounds what comes "
    "late",
)
