"""polars, told the types of fields that are text, the others from all records."""

from ..reader import Reader

READER = Reader(
    summary="polars, told the types",
    formats=("json-lines", "compressed"),
    call="polars.read_ndjson(path, schema_overrides=…, infer_schema_length=None)",
    version="polars 2.1.0",
    refuses=("bzip2", "xz"),
    answers={
        "mixed-types": "an error, or another value",
        "gzip-padding": "an error",
        "zstd-skippable-frame": "an error",
    },
)
