"""A declared schema made ready: what our keywords need is worked into a copy of it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final

from .parts import subschemas
from .violation import Path

VIEWS: Final = "x-views"
"""Where the copy keeps the schemas of what `x-split` and `x-coerce` make of a text."""

_OF_PARTS: Final = (
    "items prefixItems minItems maxItems uniqueItems contains minContains maxContains "
    "unevaluatedItems x-sorted x-unique"
).split()
_OF_NUMBERS: Final = "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf".split()
_AROUND: Final = "x-form examples".split()


def prepared(declared: Mapping[str, Any]) -> tuple[dict[str, Any], dict[Path, int], list[Path]]:
    """The copy, the number of the view of each table that has one, and the table of each view.

    Other names of a field become properties of their own, so that a table without one of them
    costs nothing; JSON Schema's `deprecated` becomes ours.
    """
    root = deepcopy(dict(declared))
    root.pop("$id", None)  # all references are local ones
    root.pop("$schema", None)
    tables = list(subschemas(root))
    for _, table in tables:
        if table.get("deprecated") is True:
            table.setdefault("x-deprecated", "")
        properties = table.get("properties")
        if not isinstance(properties, dict):
            continue
        for name, own in list(properties.items()):
            for alias in own.get("x-alias", ()) if isinstance(own, dict) else ():
                properties.setdefault(alias, {"x-renamed": name})
    views: list[dict[str, Any]] = []
    number: dict[Path, int] = {}
    origin: list[Path] = []
    for path, table in tables:
        kept = _OF_PARTS if "x-split" in table else _OF_NUMBERS if "x-coerce" in table else ()
        view = {key: table[key] for key in kept if key in table}
        if view:
            number[path] = len(views)
            origin.append(path)
            views.append({**view, **{key: table[key] for key in _AROUND if key in table}})
    if views:
        root[VIEWS] = views
    return root, number, origin
