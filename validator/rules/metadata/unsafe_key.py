"""`id` and `ID` are two fields to one reader, and one column to the next, which renames or refuses.

Tables in SQL know no case: DuckDB gives `ID_1` where the file says `ID`. A key without a letter
gets a name that the reader makes up; one that holds U+0000 ends there, or is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...document import NOWHERE, Document, Node, Span
from ...metadata import fields as metadata
from ...metadata.syntax.shapes import ITEM, FieldPath, Known, shape
from ...model import Hit
from ...settings.options import Settings, choice
from ...text.visible import visible
from ..rule import Rule, Series
from . import RECORDS, shortened

KEYS = choice(
    "metadata.keys",
    "which keys the records of a file may have: `portable` ones are not empty, without U+0000, and "
    "differ in more than case from all others at their place",
    "any portable",
)


class _Keys(Known):
    """The spelling of each key so far, with the record that it was first seen in."""

    def __init__(self) -> None:
        super().__init__()
        self._spelled: dict[FieldPath, tuple[str, int]] = {}

    def step(
        self, document: Document, record: Mapping[str, Any], settings: Settings
    ) -> Iterator[Hit]:
        """See `Memory`."""
        self.count += 1
        faults = list(self._faults((), record))
        if not faults:
            self.learn(shape(record))
            return
        tree = metadata.examined(document, settings).tree
        for path, message, advice in faults:
            start, end = _place(tree, path)
            if start < 0:
                start, end = 0, len(document.data)
            yield Hit(start, end, message, help=advice, data={"key": visible(path[-1])})

    def _faults(self, path: FieldPath, value: object) -> Iterator[tuple[FieldPath, str, str]]:
        """The path of each key that is not portable, what is wrong with it, and what to do."""
        if isinstance(value, dict):
            for key, item in value.items():
                fault = self._fault(path, key, value)
                if fault:
                    yield ((*path, key), *fault)
                yield from self._faults((*path, key), item)
        elif isinstance(value, list):
            for item in value:
                yield from self._faults((*path, ITEM), item)

    def _fault(
        self, path: FieldPath, key: str, beside: Mapping[str, object]
    ) -> tuple[str, str] | None:
        if not key:
            return "the key is empty", "give the field a name: readers make one up, each another"
        if "\0" in key:
            return (
                f"the key `{shortened(key)}` holds U+0000",
                "take it out: to some readers the key ends there, others refuse the file",
            )
        spelled, since = self._spelled.setdefault((*path, key.lower()), (key, self.count))
        if spelled == key:
            return None
        record = "this record" if since == self.count else f"record {since}"
        where = "beside it" if spelled in beside else f"in {record}"
        return (
            f"the key `{shortened(key)}` differs only in case from `{shortened(spelled)}` {where}",
            "spell it alike everywhere; two fields need two names",
        )


def _place(tree: Node | None, path: FieldPath) -> Span:
    """The span of a key; if it is within a list, the span of that list."""
    node = tree
    for part in path:
        if node is None:
            return NOWHERE
        if not isinstance(node.children, Mapping):
            return node.span
        node = node.children.get(part)
    return node.key if node else NOWHERE


def begin(settings: Settings) -> _Keys | None:
    """See `Series`."""
    return _Keys() if settings[KEYS] == "portable" else None


rule = Rule(
    __name__,
    code="MET041",
    summary="A key is empty, holds U+0000, or differs only in case from another.",
    check=Series(begin),
    options=(KEYS,),
    profile={**RECORDS, "metadata": {"keys": "portable"}},
    bad={"a.jsonl": b'{"id":"a","Title":"x"}\n{"id":"b","title":"y"}\n'},
    ok={"a.jsonl": b'{"id":"a","title":"x"}\n{"id":"b","title":"y"}\n'},
)
