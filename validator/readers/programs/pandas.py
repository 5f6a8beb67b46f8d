"""pandas, which takes texts for numbers and moments."""

from ..reader import Reader

READER = Reader(
    summary="pandas, which guesses the types",
    formats=("json-lines", "compressed"),
    call="pandas.read_json(path, lines=True)",
    version="pandas 3.1.1",
    answers={
        "huge-fraction": "an error",
        "moment-text": "a moment",
        "digit-text": "a number",
        "xz-padding": "an error",
    },
    note="in no default list: it makes numbers of texts of digits, `001` is 1, and reads 0.6 as "
    "0.6000000000000001",
)
