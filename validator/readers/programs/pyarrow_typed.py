"""pyarrow, told which fields are text."""

from ..reader import Reader

READER = Reader(
    summary="pyarrow, told the types",
    formats=("json-lines", "compressed"),
    call="pyarrow.json.read_json(path, parse_options=ParseOptions(explicit_schema=…))",
    version="pyarrow 26.0.1",
    refuses=("xz",),
    answers={
        "mixed-types": "an error",
        "null-first": "lost",
        "gzip-padding": "an error",
    },
)
