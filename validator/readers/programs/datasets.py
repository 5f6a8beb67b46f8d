"""datasets, which takes some texts for moments and rounds decimals beside changing objects."""

from ..reader import Reader

READER = Reader(
    summary="datasets of Hugging Face",
    formats=("json-lines",),
    call="load_dataset('json', data_files=path)",
    version="datasets 5.2.0",
    answers={
        "mixed-types": "an error, or another value",
        "moment-text": "a moment",
    },
    note="in no default list: it makes moments of texts, rounds decimals beside objects that "
    "change (1e-12 is 0.0), and reads no more than 62 lists in each other",
)
