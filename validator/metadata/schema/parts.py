"""The schemas within a schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from .violation import Path

_ONE: Final = (
    "items contains additionalProperties propertyNames not if then else unevaluatedItems "
    "unevaluatedProperties contentSchema"
).split()
_MANY: Final = "allOf anyOf oneOf prefixItems x-steps".split()
_NAMED: Final = "properties patternProperties $defs definitions dependentSchemas".split()


def subschemas(schema: Any, path: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Path and table of each schema inside of `schema`, itself first.

    Only tables that are schemas by their place: a property may be called `x-split`, for instance.
    """
    if not isinstance(schema, dict):
        return
    yield path, schema
    for key in _ONE:
        if key in schema:
            yield from subschemas(schema[key], (*path, key))
    for key in _MANY:
        for index, part in enumerate(_listed(schema.get(key))):
            yield from subschemas(part, (*path, key, index))
    for key in _NAMED:
        named = schema.get(key)
        if isinstance(named, dict):
            for name in list(named):
                yield from subschemas(named[name], (*path, key, name))


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else []


def pointer(path: Path) -> str:
    """The path as a JSON pointer in a URI fragment (RFC 6901, 6); empty for the root."""
    return "".join("/" + _escaped(str(step)) for step in path)


def _escaped(step: str) -> str:
    if step.isalnum() and step.isascii():
        return step
    from urllib.parse import quote  # 3 ms

    return quote(step.replace("~", "~0").replace("/", "~1"), safe="")
