"""polars, told the types of fields that are text, the others from all records."""

from ..reader import Reader

READER = Reader(
    name="polars-typed",
    summary="polars, told the types",
    formats=("json-lines",),
    call="polars.read_ndjson(path, schema_overrides=…, infer_schema_length=None)",
    version="polars 2.1.0",
    answers={"mixed-types": "an error, or another value"},
)
