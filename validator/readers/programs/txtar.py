"""txtar of Python: lines end where `str.splitlines` has it, names keep their blanks."""

from ..reader import Reader

READER = Reader(
    summary="txtar of Python",
    formats=("txtar",),
    call="TxTar.parse(text)",
    version="txtar 0.1.1",
    answers={
        "blank-in-marker": "a part of the name",
        "blank-name": "a marker",
        "unicode-line-end": "the end of a line",
    },
)
