"""A JSON array is JSON but not JSON Lines.

Some readers take its elements for the records, some the whole for one record, most stop.
"""

from __future__ import annotations

from ...delimiters.flaws import NotLines
from ...delimiters.kinds import KIND
from ...model import Hit
from ..rule import Explain, Rule

_ARRAY = (
    "the file is a JSON array, not a JSON record a line",
    (
        "write each element of the array on a line of its own, without the brackets and the "
        "commas between them"
    ),
)
_COMMAS = (
    "each line ends in a comma, as the elements of a JSON array do",
    "remove the comma at the end of every line",
)


def explain(flaw: NotLines) -> Hit:
    message, advice = _ARRAY if flaw.brackets else _COMMAS
    return flaw.hit(message, help=advice, notes=("its records were not checked",))


rule = Rule(
    __name__,
    code="DEL042",
    summary="A file is one JSON array and not a record a line.",
    check=Explain.of(NotLines, explain),
    options=(KIND,),
    profile={"delimiters": {"kind": "json-lines"}},
    bad={"a.jsonl": b'[\n{"id": "1"},\n{"id": "2"}\n]\n'},
    ok={"a.jsonl": b'{"id": "1"}\n{"id": "2"}\n'},
)
