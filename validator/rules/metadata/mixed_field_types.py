"""A field that is text in one record and a number in the next has no column that can hold it.

Readers that make a table of records take the type of a field from the first ones: some then fail,
some turn the number into text, and one gives text with its quotation marks. A field that is first
seen after the records they look at is dropped without a word, and a first fraction there is an
error, or rounded. Absent and `null` are no type. With `by-readers` all this is found where one of
the profile's `readers` minds it; readers that go by records mind nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from ...document import Document, Node
from ...metadata import fields as metadata
from ...metadata.syntax.shapes import ITEM, FieldPath, Known, field_name, shape
from ...model import Aside, Hit, Location
from ...readers.options import READERS
from ...readers.reader_set import Evidence, readers_for
from ...settings.options import Settings, choice
from ..rule import Rule, Series

TYPES = choice(
    "metadata.types",
    "whether a field has one type in all records of a file, and is first seen early (`one`); "
    "`by-readers` asks for what the readers of the profile want",
    "any one by-readers",
)

FORMAT: Final = "json-lines"
LATE: Final = {"late-fraction": 100, "very-late-fraction": 20_480}
"""Question -> number of records from which readers conclude that a field has no fractions."""

EARLY: Final = 100
"""Records from which readers conclude which fields there are; polars reads the fewest."""

WORDS: Final = {
    str: "text", bool: "a truth value", int: "a number", float: "a number", dict: "an object",
    list: "a list",
}  # fmt: skip


class Seen(Struct, frozen=True):
    """The type of a field; the number, from 1, and the place of the first record that has it."""

    kind: type
    record: int
    place: Location


Fault = tuple[FieldPath, object, Seen | None]
"""A field, its value, and the type that it had before; None for a field that comes first late."""


class _Columns(Known):
    """The type of each field so far, with the record that it was first seen in."""

    def __init__(self, asked: Mapping[str, Evidence | None]) -> None:
        """`asked` are the questions that count: name -> the readers' answers, None without them."""
        super().__init__()
        self._asked = asked
        self._late = min((LATE[name] for name in asked if name in LATE), default=0)
        self._whole: set[FieldPath] = set()  # fields that were whole numbers so far
        self._place = Location(1, 1)
        self._types: dict[FieldPath, Seen] = {}
        self._told: set[FieldPath] = set()
        self._unsure = False

    def step(
        self, document: Document, record: Mapping[str, Any], settings: Settings
    ) -> Iterator[Hit]:
        """See `Memory`."""
        self.count += 1
        self._place = document.window.location(0)
        self._unsure = False
        faults = list(self._faults((), record))
        if not faults:
            if not self._unsure:
                self.learn(shape(record))
            return
        tree = metadata.examined(document, settings).tree
        for path, value, wanted in self._news(faults):
            node = _find(tree, path)
            start, end = (node.start, node.end) if node else (0, len(document.data))
            yield self._hit(start, end, path, value, wanted)

    def _news(self, faults: Sequence[Fault]) -> Iterator[Fault]:
        """The faults that were not reported before.

        Mixed types of items of a list are reported only once in a file, as items are not columns.
        """
        for path, value, wanted in faults:
            if path not in self._told:
                self._told.add(path)
                yield path, value, wanted
        self._told = {path for path in self._told if ITEM in path}

    def _faults(self, path: FieldPath, value: object) -> Iterator[Fault]:
        kind = float if type(value) is int else type(value)
        if self._says_nothing(value):
            return
        fault = self._compared(path, value, kind) if path else None
        if fault is not None:
            known = fault[2]
            if known is None or known.kind is int or "mixed-types" in self._asked:
                yield fault
            return  # what is in it is of another type, or late, too
        if isinstance(value, dict):
            for key, item in value.items():
                yield from self._faults((*path, key), item)
        elif isinstance(value, list):
            for item in value:
                yield from self._faults((*path, ITEM), item)

    def _compared(self, path: FieldPath, value: object, kind: type) -> Fault | None:
        """The fault of a field compared with earlier records, or None; a new field is recorded."""
        known = self._types.get(path)
        if known is None:
            self._types[path] = Seen(kind, self.count, self._place)
            if type(value) is int:
                self._whole.add(path)
            is_late = self.count > EARLY and "late-field" in self._asked
            return (path, value, None) if is_late else None
        if known.kind is not kind:
            return path, value, known
        if type(value) is float and path in self._whole:
            self._whole.discard(path)
            if self._late and self.count > self._late:
                return path, value, Seen(int, known.record, known.place)
        return None

    def _says_nothing(self, value: object) -> bool:
        """Whether a value has no type: null, or NaN, which another rule reports."""
        is_nan = isinstance(value, float) and not math.isfinite(value)
        self._unsure = self._unsure or is_nan
        return is_nan or value is None

    def _hit(self, start: int, end: int, path: FieldPath, value: object, known: Seen | None) -> Hit:
        name = field_name(path)
        data: dict[str, object] = {"field": name}
        if known is not None and known.kind is int:
            return self._fraction(start, end, value, known, data)
        if known is None:
            return Hit(
                start,
                end,
                f"the field `{name}` is first seen in record {self.count}",
                help="readers learn the fields from the first records and drop what comes later: "
                f"give it a value in one of the first {EARLY}",
                data=data,
            )
        return Hit(
            start,
            end,
            f"the field `{name}` is {WORDS[type(value)]} here and {WORDS[known.kind]} in record "
            f"{known.record}",
            help="give the field one type in all records of the file",
            data=data,
            related=(Aside(-1, f"the record in which it is {WORDS[known.kind]}", known.place),),
        )

    def _fraction(
        self, start: int, end: int, value: object, known: Seen, data: dict[str, object]
    ) -> Hit:
        """The hit for the first fraction of a field, which comes too late for some readers."""
        found = next((self._asked[name] for name in LATE if self._asked.get(name)), None)
        told = f": it is {found.words()}" if found else ""
        return Hit(
            start,
            end,
            f"the field `{data['field']}` is the fraction {value} here, and was a whole number in "
            f"the {self.count - known.record} records before{told}",
            help="write one of the first whole numbers with a point, `1.0`, so that readers that "
            "make tables see what the field is",
            data={**data, "readings": found.data()} if found else data,
            related=(Aside(-1, "the first record that has it", known.place),),
        )


def _find(tree: Node | None, path: FieldPath) -> Node | None:
    """The node of a field; for an item of a list, that of the list."""
    node = tree
    for part in path:
        if node is None or not isinstance(node.children, Mapping):
            return node
        node = node.children.get(part)
    return node


def begin(settings: Settings) -> _Columns | None:
    """See `Series`."""
    way = settings[TYPES]
    names = ("mixed-types", "late-field", *LATE)
    if way == "one":
        return _Columns(dict.fromkeys(names[:2]))
    if way == "by-readers":
        readers = readers_for(settings, FORMAT)
        asked = {name: found for name in names if (found := readers.dispute(name))}
        return _Columns(asked) if asked else None
    return None


rule = Rule(
    __name__,
    code="MET040",
    summary="A field has another type than in the records before, or is first seen late.",
    check=Series(begin),
    options=(TYPES, READERS),
    profile={"delimiters": {"kind": "json-lines"}, "metadata": {"types": "one"}},
    bad={"a.jsonl": b'{"id":"a","n":1}\n{"id":"b","n":"2"}\n'},
    ok={"a.jsonl": b'{"id":"a","n":1}\n{"id":"b","n":null}\n{"id":"c","n":2.5}\n'},
)
