"""pysimdjson, a line at a time."""

from ..reader import Reader

READER = Reader(
    summary="simdjson",
    formats=("json-lines",),
    call="simdjson.Parser().parse(line).as_dict()",
    version="pysimdjson 7.0.2",
)
