"""Node.js, a line at a time."""

from ..reader import Reader

READER = Reader(
    summary="JSON.parse of Node.js",
    formats=("json-lines",),
    call="JSON.parse(line)",
    version="Node.js 20.20.2",
)
