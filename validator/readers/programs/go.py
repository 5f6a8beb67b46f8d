"""encoding/json of Go, a value after the other."""

from ..reader import Reader

READER = Reader(
    summary="encoding/json of Go, with its Decoder",
    formats=("json-lines",),
    call="json.NewDecoder(file).Decode(&record)",
    version="Go 1.19.8",
)
