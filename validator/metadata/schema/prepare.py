"""A declared schema made ready: what our keywords need is worked into a copy of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any, Final

from msgspec import Struct

from .dates import ISO
from .parts import pointer, subschemas
from .violation import Path

VIEWS: Final = "x-views"
"""Where the copy keeps the schemas of what `x-split` and `x-coerce` make of a text."""

_OF_PARTS: Final = (
    "items prefixItems minItems maxItems uniqueItems contains minContains maxContains "
    "unevaluatedItems x-sorted x-unique"
).split()
_OF_NUMBERS: Final = "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf".split()
_AROUND: Final = "x-form examples".split()


class Prepared(Struct, frozen=True):
    """A schema made ready: the number of the view of each table, and the table of each view."""

    root: dict[str, Any]
    views: Mapping[Path, int]
    origin: Sequence[Path]


def prepared(declared: Mapping[str, Any], quick: bool) -> Prepared:
    """A copy of the schema with what our keywords need.

    Other names of a field become properties of their own, so that a table without one of them
    costs nothing; JSON Schema's `deprecated` becomes ours. A `quick` one only says whether a
    value fits: what plain JSON Schema can say is said in it, which is much faster.
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
        if quick and view in views:  # who explains must know the table
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
    """Say in plain JSON Schema what can be said so, as far as only yes or no is asked."""
    if "x-steps" in table:
        table["allOf"] = [*table.get("allOf", ()), *table["x-steps"]]
    if "x-date" in table and not {"x-not-after", "x-not-before"}.isdisjoint(table):
        words = ("x-date", "x-not-after", "x-not-before")
        table["x-day"] = {word: table.pop(word) for word in words if word in table}
    if table.get("x-coerce") == "integer" and not set(_OF_NUMBERS) & table.keys():
        del table["x-coerce"]
        table["allOf"] = [*table.get("allOf", ()), {"pattern": "^-?[0-9]{1,4000}$"}]
