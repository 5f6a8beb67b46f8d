"""polars, told the types of fields that are text, the others from all records."""

from ..disputed.compressed_files import refusing
from ..reader import Reader

READER = Reader(
    summary="polars, told the types",
    formats=("json-lines", "compressed"),
    call="polars.read_ndjson(path, schema_overrides=…, infer_schema_length=None)",
    version="polars 2.1.0",
    answers={
        "mixed-types": "an error, or another value",
        **refusing("bzip2", "xz"),
        "gzip-padding": "an error",
        "zstd-skippable-frame": "an error",
    },
)
