"""Finds what a schema says about its violations: own messages and help, severity, exemptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from ...file.archive_names import display_path
from ...model import Severity
from ...settings.annotations import value_type
from ...settings.exemptions import Exempt, Exemption
from ...settings.exemptions import exempt as goes_free
from ...settings.severity import Grade, severity_of
from ...text.visible import visible
from .violation import Context, Path

Tables = Sequence[tuple[Any, Path]]
"""The tables of a schema around a keyword, from the innermost to the root; each with the steps that
lead from it down to the innermost one."""

SHOWN: Final = 60
"""Most characters of a value that a message shows."""

# Keywords whose subschemas are about the same value, so that a message above them applies, too.
_SAME_VALUE: Final = frozenset(
    "allOf anyOf oneOf if then else not x-steps $ref dependentSchemas".split()
)


def shown(value: Any) -> str:
    """A value for a message: made visible, on one line, at most SHOWN characters."""
    if isinstance(value, str):
        text = value
    elif isinstance(value, bool):
        text = "true" if value else "false"
    elif value is None:
        text = "null"
    else:
        text = str(value)
    text = visible(text[: SHOWN + 1])
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def value_shown(value: Any) -> str:
    """A value for a message; for a list or a table only its type."""
    return type_of(value) if isinstance(value, list | dict) else shown(value)


def some_of(values: Sequence[Any]) -> str:
    """The first 12 of these values, for a message."""
    some = ", ".join(f"`{shown(value)}`" for value in values[:12])
    return some + (", …" if len(values) > 12 else "")


def series(options: Sequence[Any], most: int = 12) -> str:
    """The first `most` of these values, and how many more there are, for a help text."""
    some = ", ".join(f"`{shown(option)}`" for option in options[:most])
    return some + (f" and {len(options) - most} more" if len(options) > most else "")


def type_of(value: Any) -> str:
    """The type of a value, in words."""
    if isinstance(value, bool):
        return "a truth value"
    if value is None:
        return "empty (null)"
    names = ((str, "text"), (int, "a whole number"), (float, "a number"), (dict, "a table"))
    for kind, name in names:
        if isinstance(value, kind):
            return name
    return "a list"


def own_words(tables: Tables, keyword: str, word: str) -> str:
    """The text of `word`, which is `x-message` or `x-help`, for a keyword in the first table.

    It is taken from the nearest of these tables that has it and is about the same value; empty if
    none has it.
    """
    for node, passed in tables:
        if passed and not _about_the_same(passed):
            return ""
        own = node.get(word) if isinstance(node, Mapping) else None
        if isinstance(own, str) and keyword not in {"required", "dependentRequired"}:
            return own
        if isinstance(own, Mapping) and keyword in own:
            return str(own[keyword])
    return ""


def _about_the_same(passed: Path) -> bool:
    """Whether all these steps of a schema's path lead to schemas of the same value."""
    return all(isinstance(step, int) or step in _SAME_VALUE for step in passed)


def nodes_along(root: Any, path: Path) -> list[Any]:
    """The nodes of a schema along a path, the root first; a step `$ref` leads to its target.

    Fewer than the steps if the path leads nowhere.
    """
    nodes = [root]
    for step in path:
        try:
            here = nodes[-1][step]
        except (KeyError, IndexError, TypeError):
            break
        nodes.append(_referred(root, here) if step == "$ref" else here)
    return nodes


def _referred(root: Any, reference: Any) -> Any:
    """The part of the schema that a reference such as `#/$defs/name` means; the root for `#`."""
    pointer = str(reference).partition("#")[2]
    if "%" in pointer:
        from urllib.parse import unquote  # 3 ms

        pointer = unquote(pointer)
    node = root
    for word in pointer.split("/")[1:]:
        key = word.replace("~1", "/").replace("~0", "~")
        try:
            node = node[int(key)] if isinstance(node, list) else node[key]
        except (KeyError, IndexError, TypeError, ValueError):
            return {}
    return node


def tables_up(root: Any, schema: Path) -> Tables:
    """The tables of the schema `root` around the keyword at the end of the path `schema`."""
    nodes = nodes_along(root, schema[:-1])
    last = len(nodes) - 1
    return [(nodes[index], schema[index:last]) for index in range(last, -1, -1)]


def severity(tables: Tables, context: Context) -> Severity | None:
    """The severity that the nearest `x-severity` gives this document; None if none does."""
    for node, _ in tables:
        if isinstance(node, Mapping) and "x-severity" in node and _is_schema(node):
            grade = value_type(Grade).read(node["x-severity"])
            said = severity_of(grade, context.field)
            if said is not None:
                return said
    return None


def _is_schema(node: Mapping[str, Any]) -> bool:
    """Whether `node` is a schema; in a table of fields, the value of `x-severity` is a schema."""
    said = node["x-severity"]
    return isinstance(said, str | list) or (isinstance(said, Mapping) and "then" in said)


def exempt(tables: Tables, fields: tuple[str, ...], context: Context) -> tuple[bool, str]:
    """Whether the document is exempt from this part of the schema, and a note if it is not.

    The note tells of an exemption that has ended, else it is empty. `fields` are the fields that
    the violation is about.
    """
    path = display_path(context.document.place.path)
    listed = _exemptions(tables, context)
    return goes_free(listed, context.identity, path, context.today, fields)


def _exemptions(tables: Tables, context: Context) -> Iterator[str | Exemption]:
    yield from context.exempt
    for node, _ in tables:
        written = node.get("x-except") if isinstance(node, Mapping) else None
        # a field may be called `x-except`: then its value is a schema
        if isinstance(written, list) or (isinstance(written, Mapping) and "reason" in written):
            yield from value_type(Exempt).read(written)
