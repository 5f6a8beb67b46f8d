"""orjson, a line at a time."""

from ..reader import Reader

READER = Reader(
    summary="orjson",
    formats=("json-lines",),
    call="orjson.loads(line)",
    version="orjson 3.13.0",
)
