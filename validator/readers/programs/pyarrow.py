"""pyarrow, which takes some texts for moments."""

from ..reader import Reader

READER = Reader(
    summary="pyarrow, which guesses the types",
    formats=("json-lines", "compressed"),
    call="pyarrow.json.read_json(path)",
    version="pyarrow 26.0.1",
    refuses=("xz",),
    answers={
        "mixed-types": "an error",
        "null-first": "lost",
        "moment-text": "a moment",
        "gzip-padding": "an error",
    },
    note="in no default list: it makes moments of texts that look like one",
)
