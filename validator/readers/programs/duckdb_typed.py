"""duckdb, told the types of fields that are text, the others from all records."""

from ..disputed.compressed_files import refusing
from ..reader import Reader

READER = Reader(
    summary="duckdb, told the types",
    formats=("json-lines", "compressed"),
    call="FROM read_json(path, columns=…)",
    version="duckdb 2.0.0",
    answers={
        "mixed-types": "an error, or another value",
        **refusing("bzip2", "xz"),
        "gzip-padding": "an error",
    },
)
