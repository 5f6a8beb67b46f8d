"""duckdb, told the types of fields that are text, the others from all records."""

from ..reader import Reader

READER = Reader(
    summary="duckdb, told the types",
    formats=("json-lines", "compressed"),
    call="FROM read_json(path, columns=…)",
    version="duckdb 2.0.0",
    refuses=("bzip2", "xz"),
    answers={
        "mixed-types": "an error, or another value",
        "gzip-padding": "an error",
    },
)
