"""pandas, told to guess nothing."""

from ..reader import Reader

READER = Reader(
    summary="pandas, told the types",
    formats=("json-lines", "compressed"),
    call="pandas.read_json(path, lines=True, dtype=False, convert_dates=False, precise_float=True)",
    version="pandas 3.1.1",
    answers={
        "huge-fraction": "an error",
        "xz-padding": "an error",
    },
)
