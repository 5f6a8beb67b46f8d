"""jq, which prints what it read."""

from ..reader import Reader

READER = Reader(
    summary="jq",
    formats=("json-lines",),
    call="jq .",
    version="jq 1.6",
)
