"""encoding/json of Go, a line at a time, of which bufio.Scanner wants less than 64 KiB."""

from ..reader import Reader

READER = Reader(
    summary="encoding/json of Go, with bufio.Scanner",
    formats=("json-lines",),
    call="json.Unmarshal(bufio.NewScanner(file).Bytes(), &record)",
    version="Go 1.19.8",
    note="in no default list: a line must be shorter than 64 KiB, and nothing is found of it here: "
    "`delimiters.record-bytes = 65_535` does",
)
