"""What readers of JSON Lines dispute: how records that differ become rows of one table."""

from __future__ import annotations

from functools import partial
from typing import Final

from ..question import Question

_asked = partial(Question, "json-lines")


def _late(value: str, count: int = 120) -> bytes:
    return b'{"x":1}\n' * count + b'{"x":' + value.encode() + b"}\n"


QUESTIONS: Final = (
    _asked(
        "mixed-types",
        "a field of another type than in the records before",
        "the value that is written",
        "give the field one type in all records",
        b'{"x":1}\n{"x":"a"}\n',
    ),
    _asked(
        "late-fraction",
        "the first fraction in a field of whole numbers",
        "the value that is written",
        "write `1.0` in one of the first records, or tell the reader the type",
        _late("0.5"),
    ),
    _asked(
        "very-late-fraction",
        "the first fraction in a field of whole numbers, after 20,480 records",
        "the value that is written",
        "write `1.0` in one of the first records, or tell the reader the type",
        _late("0.5", 20_500),
    ),
    _asked(
        "late-field",
        "a field that the first records do not have",
        "a field",
        "give it a value in one of the first records",
        b'{"x":1}\n' * 120 + b'{"x":1,"y":2}\n',
    ),
    _asked(
        "null-first",
        "a null at the head of a list",
        "null",
        "put a value first, or leave the null out",
        b'{"x":[null,1]}\n{"x":[2]}\n',
    ),
    _asked(
        "moment-text",
        "a text that looks like a day or a moment",
        "text",
        "tell the reader the type: its other name here ends in `-typed`",
        b'{"date":"2024-01-31T10:00:00"}\n',
    ),
    _asked(
        "digit-text",
        "a text of digits",
        "text",
        "tell the reader the type: its other name here ends in `-typed`",
        b'{"x":"001"}\n',
    ),
    _asked(
        "huge-fraction",
        "a fraction of 2^64 and more, written with all its digits",
        "the number that is written",
        "write it with an exponent",
        b'{"x":18446744073709551616.0}\n',
    ),
)
