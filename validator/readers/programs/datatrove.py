"""datatrove: what has no text is dropped, `metadata` is put beside the other fields."""

from ..reader import Reader

READER = Reader(
    summary="JsonlReader of datatrove",
    formats=("json-lines", "compressed"),
    call="JsonlReader(folder)",
    version="datatrove 0.10.1",
    answers={"xz-padding": "an error"},
    note="in no default list: it drops a record without a text, and puts the fields of `metadata` "
    "beside the others",
)
