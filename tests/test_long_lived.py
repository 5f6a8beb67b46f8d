"""A process that lives long stays as large as it is: profiles and documents leave nothing behind.

Objects are counted, not bytes or seconds. What is kept to a number (compiled patterns) is filled
before the count begins, as all profiles here say the same.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import date

import pytest

from validator import check_bytes
from validator.check import ruleset
from validator.check.watchers import Watcher, coverers_first
from validator.profile.resolve import Profile

from .support import profile

TODAY = date(2026, 1, 1)
SCHEMA = {
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "x-severity": {"when": "state", "is": ["draft"], "then": "info"}},
        "day": {"x-date": "%Y-%m-%d", "x-not-after": "now"},
        "tags": {"x-split": ", ", "items": {"enum": ["a", "b"]}},
        "words": {"x-coerce": "integer", "minimum": 3},
    },
}


def fenced() -> Profile:
    """Front matter with a schema, an order, sections, code and a pattern."""
    return profile(
        {
            "delimiters": {"block": "front-matter"},
            "metadata": {"schema": SCHEMA, "order": ["id", "day"], "id": "id"},
            "body": {
                "sections": {"required": ["Abstract"]},
                "forbid": [{"pattern": "(?i)lorem", "message": "filler", "scope": "prose"}],
                "code": [{"language": "json", "syntax": "json", "schema": {"required": ["a"]}}],
            },
        }
    )


def rows() -> Profile:
    """Lines that are records, with a schema for their cells."""
    cells = {"properties": {"kind": {"enum": ["noun", "verb"]}}}
    return profile({"body": {"columns": {"names": ["term", "kind"], "schema": cells}}})


def records() -> Profile:
    """JSON lines with a schema, compared with each other."""
    return profile(
        {
            "delimiters": {"kind": "json-lines"},
            "metadata": {"schema": {"required": ["a"]}, "types": "one"},
        }
    )


CLEAN = b"""---
id: a
day: 2020-01-01
tags: a, b
words: '3'
---
# T
## Abstract

Text.
"""
FAULTY = b"""---
day: "2020-13-01"
id: 1
state: draft
tags: a,b
words: '2'
---
Lorem `x`
```json
{"b": 1,}
```
"""

CASES: list[tuple[Callable[[], Profile], list[bytes]]] = [
    (fenced, [CLEAN, FAULTY]),
    (rows, [b"fox\tnoun\nrun\tverb\n", b"fox\tnoun\nrun\tvreb\n"]),
    (records, [b'{"a": 1}\n{"a": 2}\n', b'{"a": 1}\n{"b": "\\u200b"}\n']),
    (lambda: profile({}), [b"Title\nText.\n", "T\u200bitle \nText\ufffd\n".encode()]),
]


def objects() -> int:
    """How many objects there are that hold others."""
    gc.collect()
    gc.collect()  # what only the first round let go
    return len(gc.get_objects())


@pytest.mark.parametrize(("made", "texts"), CASES)
def test_fresh_profiles_leave_nothing_behind(
    made: Callable[[], Profile], texts: list[bytes]
) -> None:
    def many(times: int) -> None:
        for _ in range(times):
            fresh = made()
            for text in texts:
                check_bytes(text, fresh, name="a.md", today=TODAY)

    many(3)
    before = objects()
    many(20)
    assert objects() - before < 20


@pytest.mark.parametrize(("made", "texts"), CASES)
def test_documents_leave_nothing_behind(made: Callable[[], Profile], texts: list[bytes]) -> None:
    kept = made()

    def many(first: int, last: int) -> None:
        for number in range(first, last):
            for text in texts:
                check_bytes(text + b"%d\n" % number, kept, name="a.md", today=TODAY)

    many(0, 3)
    before = objects()
    many(3, 103)
    assert objects() - before < 20


def test_a_profile_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []

    def counted(watchers: list[Watcher]) -> list[Watcher]:
        compiled.append(len(watchers))
        return coverers_first(watchers)

    monkeypatch.setattr(ruleset, "coverers_first", counted)
    kept = profile({})
    for number in range(3):
        check_bytes(b"Title\n%d \n" % number, kept, name="a.txt", today=TODAY)
    assert len(compiled) == 1
