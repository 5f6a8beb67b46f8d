"""Prepares a declared schema: a copy of it gets what our keywords need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any, Final

from msgspec import Struct

from .dates import ISO
from .parts import pointer, subschemas
from .violation import Path

VIEWS: Final = "x-views"
"""The key of the copy that holds the views: schemas of the value that `x-split` and `x-coerce` read
from a text."""

_OF_PARTS: Final = (
    "items prefixItems minItems maxItems uniqueItems contains minContains maxContains "
    "unevaluatedItems x-sorted x-unique"
).split()
_OF_NUMBERS: Final = "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf".split()
_AROUND: Final = "x-form examples".split()


class Prepared(Struct, frozen=True):
    """A prepared schema: `views` gives the number of a table's view, `origin` that table's path."""

    root: dict[str, Any]
    views: Mapping[Path, int]
    origin: Sequence[Path]


def prepared(declared: Mapping[str, Any], quick: bool) -> Prepared:
    """A copy of the schema with what our keywords need.

    Each alias of a field becomes a property, so that tables without an alias take no extra time;
    `deprecated` of JSON Schema becomes our keyword. A `quick` copy only says whether a value fits:
    as much as possible is written in plain JSON Schema, which is much faster.
    """
    root = deepcopy(dict(declared))
    root.pop("$id", None)  # all references are local ones
    root.pop("$schema", None)
    tables = list(subschemas(root))
    for path, table in tables:
        _work_in(path, table)
        if quick:
            _make_plain(table)
    if quick:
        tables = list(subschemas(root))  # some have moved
    views: list[dict[str, Any]] = []
    number: dict[Path, int] = {}
    origin: list[Path] = []
    for path, table in tables:
        kept = _OF_PARTS if "x-split" in table else _OF_NUMBERS if "x-coerce" in table else ()
        view = {key: table[key] for key in kept if key in table}
        if not view:
            continue
        view |= {key: table[key] for key in _AROUND if key in table}
        if quick and view in views:  # an exact one needs a view for each table, to explain
            number[path] = views.index(view)
            continue
        number[path] = len(views)
        origin.append(path)
        views.append(view)
    if views:
        root[VIEWS] = views
    return Prepared(root, number, origin)


def _work_in(path: Path, table: dict[str, Any]) -> None:
    if {"x-not-after", "x-not-before"} & table.keys() and "format" not in table:
        table.setdefault("x-date", ISO)
    if table.get("deprecated") is True:
        table.setdefault("x-deprecated", "")
    properties = table.get("properties")
    if not isinstance(properties, dict):
        return
    for name, own in list(properties.items()):
        for alias in own.get("x-alias", ()) if isinstance(own, dict) else ():
            target = pointer((*path, "properties", name))
            properties.setdefault(alias, {"x-renamed": name, "$ref": f"#{target}"})


def _make_plain(table: dict[str, Any]) -> None:
    """Replace our keywords by plain JSON Schema where this gives the same yes or no."""
    if "x-steps" in table:
        table["allOf"] = [*table.get("allOf", ()), *table["x-steps"]]
    if "x-date" in table and not {"x-not-after", "x-not-before"}.isdisjoint(table):
        words = ("x-date", "x-not-after", "x-not-before")
        table["x-day"] = {word: table.pop(word) for word in words if word in table}
    if table.get("x-coerce") == "integer" and not set(_OF_NUMBERS) & table.keys():
        del table["x-coerce"]
        table["allOf"] = [*table.get("allOf", ()), {"pattern": "^-?[0-9]{1,4000}$"}]
