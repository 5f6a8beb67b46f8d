"""msgspec, a line at a time."""

from ..reader import Reader

READER = Reader(
    summary="msgspec, the parser of dolma",
    formats=("json-lines",),
    call="msgspec.json.decode(line)",
    version="msgspec 0.22.0",
)
