"""pyarrow, which takes some texts for moments."""

from ..reader import Reader

READER = Reader(
    name="pyarrow",
    summary="pyarrow, which guesses the types",
    formats=("json-lines",),
    call="pyarrow.json.read_json(path)",
    version="pyarrow 26.0.1",
    answers={"mixed-types": "an error", "null-first": "lost", "moment-text": "a moment"},
    note="in no default list: it makes moments of texts that look like one",
)
