"""Prints what a file costs on its way through a warm worker, in counts instead of time.

    python -m benchmarks.ways

For each way: files of the package that are entered, calls of its functions, and how often the next
call is into another file than the last; then how often the file was divided, a block of YAML was
read, a set of rules was compiled. A comprehension is no call of its own. Where a way begins with
nothing compiled it says so.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any, Final

from msgspec import Struct

import validator
from tests.support import profile
from validator.check.plan import Part, Plan
from validator.check.worker import Engine
from validator.profile.resolve import Profile
from validator.run.assemble import bind

PACKAGE: Final = os.path.dirname(validator.__file__) + os.sep
TODAY: Final = date(2026, 1, 1)

Place = tuple[str, str]
"""A file of the package and the qualified name of a function in it."""

WATCHED: Final[Mapping[str, frozenset[Place]]] = {
    "divided": frozenset(
        {("delimiters/divider.py", "Divider.divide"), ("delimiters/divider.py", "Divider.only")}
    ),
    "YAML read": frozenset(
        {("metadata/syntax/yaml.py", "load"), ("metadata/syntax/yaml.py", "examine")}
    ),
    "compiled": frozenset({("check/ruleset.py", "rule_set")}),
}
"""What is counted by name. Of a generator each run counts once, however often it is resumed."""


class Way(Struct, frozen=True):
    """A small corpus under a profile; a `whole` run begins with nothing compiled."""

    name: str
    files: Mapping[str, bytes]
    profile: Callable[[], Profile]
    whole: bool = False


class Cost(Struct, frozen=True):
    """What a way came to, and how many findings there were."""

    files: int
    calls: int
    switches: int
    watched: Mapping[str, int]
    findings: int


SCHEMA: Final[Mapping[str, Any]] = {
    "type": "object",
    "required": ["id", "title", "date"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": "^[a-z0-9-]+$"},
        "title": {"type": "string", "minLength": 1},
        "date": {"type": "string", "format": "date"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "words": {"type": "integer", "minimum": 1},
    },
}
FRONT_MATTER: Final = b"""---
id: a-1
title: A title
date: "2026-01-01"
tags: [one, two]
words: 3
---
The first line.
"""
RECORDS: Final = b"".join(
    b'{"id": "a-%d", "title": "A title", "date": "2026-01-01", "words": 3}\n' % number
    for number in (1, 2, 3)
)


def _records() -> Profile:
    return profile({"delimiters": {"kind": "json-lines"}, "metadata": {"schema": SCHEMA}})


def _fenced() -> Profile:
    return profile({"delimiters": {"block": "front-matter"}, "metadata": {"schema": SCHEMA}})


def _unique() -> Profile:
    fenced = {"delimiters": {"block": "front-matter"}, "metadata": {"id": "id"}}
    return profile({**fenced, "corpus": {"unique": ["id"]}})


def _text() -> Profile:
    return validator.load_profile("text")


FAULTY: Final = (
    FRONT_MATTER.replace(b"id: a-1", b"id: A 1")
    .replace(b'"2026-01-01"', b'"2026-13-01"')
    .replace(b"words: 3", b"words: 0\nauthor: Me")
)

WAYS: Final = (
    Way("clean text", {"a.txt": b"A title\nSome words.\n"}, _text),
    Way("text, 2 findings", {"a.txt": "A title\u200b\nSome\ufffd words.\n".encode()}, _text),
    Way("JSONL, 3 records, schema", {"a.jsonl": RECORDS}, _records),
    Way("front matter, schema", {"a.md": FRONT_MATTER}, _fenced),
    Way("  a doubtful word", {"a.md": FRONT_MATTER.replace(b"A title", b"no")}, _fenced),
    Way("  4 findings", {"a.md": FAULTY}, _fenced),
    Way(
        "two documents, one id",
        {"a.md": FRONT_MATTER, "b.md": FRONT_MATTER.replace(b"first", b"second")},
        _unique,
        whole=True,
    ),
)


def main() -> None:
    """Count and print."""
    words = ("files", "calls", "switches", *WATCHED, "findings")
    print(f"{'':26}" + "".join(f"{word:>10}" for word in words))
    for way in WAYS:
        cost = cost_of(way)
        figures = (cost.files, cost.calls, cost.switches, *cost.watched.values(), cost.findings)
        print(f"{way.name:26}" + "".join(f"{figure:10}" for figure in figures))


def cost_of(way: Way) -> Cost:
    """What a way costs where all modules are imported: of a worker that is warm, or a whole run."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in way.files.items():
            (Path(folder) / name).write_bytes(data)
        run = _whole_run(folder, way) if way.whole else _warm_worker(folder, way)
        run()
        run()
        with _Trace() as trace:
            findings = run()
        return trace.cost(findings)


def _warm_worker(folder: str, way: Way) -> Callable[[], int]:
    engine = Engine(Plan((bind(way.profile(), []),), today=TODAY))
    part = Part(0, os.fsencode(folder) + b"/", tuple(os.fsencode(name) for name in way.files))
    return lambda: len(engine(part).diagnostics)


def _whole_run(folder: str, way: Way) -> Callable[[], int]:
    def run() -> int:
        made = way.profile()
        return len(list(validator.check_paths([folder], made, today=TODAY).diagnostics()))

    return run


class _Trace:
    """The calls of functions of the package, in their order, while it is on."""

    def __init__(self) -> None:
        self._entered: list[str] = []
        self._seen: dict[FrameType, Place] = {}  # kept: a frame that is gone gives its place away

    def __enter__(self) -> _Trace:
        sys.setprofile(self._called)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _called(self, frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event != "call" or code.co_name.startswith("<"):
            return
        if code.co_filename.startswith(PACKAGE):
            path = code.co_filename.removeprefix(PACKAGE).replace(os.sep, "/")
            self._entered.append(path)
            self._seen[frame] = path, code.co_qualname

    def cost(self, findings: int) -> Cost:
        """The figures."""
        counted = Counter(self._seen.values())
        return Cost(
            len({*self._entered}),
            len(self._entered),
            sum(one != two for one, two in pairwise(["", *self._entered])),
            {name: sum(counted[one] for one in places) for name, places in WATCHED.items()},
            findings,
        )


if __name__ == "__main__":
    main()
