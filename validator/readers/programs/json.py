"""The module `json` of Python, a line at a time."""

from ..reader import Reader

READER = Reader(
    summary="the module `json` of Python",
    formats=("json-lines",),
    call="json.loads(line)",
    version="CPython 3.11.7",
)
