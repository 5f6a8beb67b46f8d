"""Violations by tables and lists: missing and unknown fields, repeated items, no fitting branch."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any, Final

from ...document import Span
from ...errors import nearest_word
from ...model import Applicability, Aside
from .checks import named, violation_at
from .judging import nodes_along, series, shown, type_of
from .lists import repeats
from .mending import renamed
from .spots import Spot
from .violation import Path, Violation

Explained = Callable[[Any], Iterator[Violation]]


_SUGGESTED: Final = 50
"""Most unknown fields that are compared with known ones, as a hostile table may have a million."""


def known_fields(node: Mapping[str, Any]) -> list[str]:
    """The fields that a table of the schema declares, without their aliases."""
    declared = node.get("properties")
    if not isinstance(declared, Mapping):
        return []
    return [
        key
        for key, schema in declared.items()
        if not (isinstance(schema, Mapping) and "x-renamed" in schema)
    ]


def place_of(spot: Spot, anchor: Span) -> Span:
    """The span at which to report something missing: `anchor` for the whole, or a table's key."""
    if not spot.path:
        return anchor
    return spot.key_span if spot.key[0] >= 0 else (spot.start, min(spot.end, spot.start + 1))


def missing(
    name: str, schema: Path, spot: Spot, root: Any, node: Mapping[str, Any], anchor: Span
) -> Violation | None:
    """The violation for the missing field `name`; None if an alias of it is there."""
    table = spot.value if isinstance(spot.value, dict) else {}
    declared = node.get("properties")
    known = known_fields(node)
    if isinstance(declared, Mapping):
        own = declared.get(name)
        aliases = own.get("x-alias", ()) if isinstance(own, Mapping) else ()
        if any(alias in table for alias in aliases):
            return None
    others = [key for key in table if isinstance(key, str) and key not in known]
    near = nearest_word(name[:100], others[:_SUGGESTED])
    where = f" in {named(spot.path)}" if spot.path else ""
    when = condition(root, schema)
    message = f"the field `{shown(name)}` is missing{where}"
    if schema and schema[-1] == "dependentRequired":
        message += ", which another field demands"
    elif when:
        message += f"; it is required {when}"
    helped = f"add `{shown(name)}`"
    if near:
        helped = f"`{shown(near)}` is there: is it meant to be `{shown(name)}`?"
    start, end = place_of(spot, anchor)
    data = {"keyword": "required", "field": name}
    path = (*spot.path, name)
    return Violation(
        "missing-field", "required", path, schema, start, end, message, helped, data=data
    )


def unknown(
    names: Sequence[str], schema: Path, spot: Spot, node: Mapping[str, Any]
) -> Iterator[Violation]:
    """A violation for each of the fields `names`, which the schema does not declare."""
    known = known_fields(node)
    table = spot.value if isinstance(spot.value, dict) else {}
    free = [key for key in known if key not in table]
    for count, name in enumerate(names):
        near = nearest_word(name[:100], free) if count < _SUGGESTED else ""
        meant = f"; did you mean `{near}`?" if near else ""
        child = spot.child(name)
        start, end = child.key_span
        where = f" of {named(spot.path)}" if spot.path else ""
        helped = f"the fields are {series(known, 20)}" if known else "leave it out"
        yield Violation(
            "unknown-field",
            str(schema[-1]),
            child.path,
            schema,
            start,
            end,
            f"`{shown(name)}` is none of the known fields{where}{meant}",
            helped,
            data={"keyword": "additionalProperties", "field": name, "value": name},
            fix=renamed(child, near, Applicability.UNSAFE) if near else None,
        )


def condition(root: Any, schema: Path) -> str:
    """The `if` of the nearest `then` or `else` around, in words: "where `status` is `Final`".

    Empty if there is none, or if it is not simple.
    """
    for at in range(len(schema) - 1, -1, -1):
        if schema[at] in {"then", "else"}:
            node = nodes_along(root, schema[:at])[-1]
            asked = node.get("if") if isinstance(node, Mapping) else None
            return _in_words(asked, schema[at] == "else")
    return ""


def _in_words(asked: Any, negated: bool) -> str:
    """The words for an `if` about the values of one field; empty for others."""
    properties = asked.get("properties") if isinstance(asked, Mapping) else None
    if not isinstance(properties, Mapping) or len(properties) != 1:
        return ""
    name, said = next(iter(properties.items()))
    if not isinstance(said, Mapping):
        return ""
    options = [said["const"]] if "const" in said else said.get("enum")
    if not isinstance(options, list) or not options:
        return ""
    verb = "is not" if negated else "is"
    return f"where `{shown(name)}` {verb} {' or '.join(f'`{shown(one)}`' for one in options[:6])}"


def repeated_items(schema: Path, spot: Spot) -> Iterator[Violation]:
    """A violation for each item that equals one before it in the list (`uniqueItems`)."""
    items = spot.value if isinstance(spot.value, list) else []
    for index, earlier in repeats(map(_key, items)):
        item = items[index]
        what = type_of(item) if isinstance(item, dict | list) else f"`{shown(item)}`"
        yield violation_at(
            spot.child(index),
            schema,
            "repeated-item",
            f"{named(spot.path)} has {what} twice: it is item {earlier + 1} already",
            "leave one of them",
            keyword="uniqueItems",
            related=(Aside(spot.child(earlier).start, f"item {earlier + 1}"),),
            value=shown(item),
        )


def _key(item: Any) -> Hashable:
    """A key that is the same for items that are equal in JSON: 1 and 1.0 are, 1 and true not."""
    if isinstance(item, list | dict):
        import json

        return json.dumps(item, sort_keys=True, default=str)
    return isinstance(item, bool), item


def nearest_branch(
    error: Any, schema: Path, spot: Spot, node: Mapping[str, Any], explained: Explained
) -> Iterator[Violation]:
    """The violations of the branch of `anyOf` or `oneOf` that the value fits best.

    If no branch fits better than all others, one violation says that it has none of the forms.
    """
    depth = len(error.instance_path)
    branches = [list(branch) for branch in error.kind.context]
    scored = sorted(
        ((_distance(branch, depth), index) for index, branch in enumerate(branches) if branch),
    )
    unique = len(scored) == 1 or (len(scored) > 1 and scored[0][0][:2] < scored[1][0][:2])
    if scored and unique:
        for inner in branches[scored[0][1]]:
            yield from explained(inner)
        return
    forms = [
        branch["x-form"]
        for branch in node.get(str(error.kind.name), ())
        if isinstance(branch, Mapping) and isinstance(branch.get("x-form"), str)
    ]
    value = f" is `{shown(spot.value)}`, which" if not isinstance(spot.value, dict | list) else ""
    helped = f"write it as in {series(forms)}" if forms else ""
    message = f"{named(spot.path)}{value} has none of the {len(branches)} forms that are allowed"
    yield violation_at(
        spot,
        schema,
        "malformed-value",
        message,
        helped,
        keyword=str(error.kind.name),
        value=shown(spot.value),
    )


def _distance(branch: Sequence[Any], depth: int) -> tuple[int, int, int]:
    """How badly a value fits a branch: worst if it has another type, then by errors at its top."""
    top = [error for error in branch if len(error.instance_path) == depth]
    other_type = any(error.kind.name in {"type", "const", "enum"} for error in top)
    return (2 if other_type else 1 if top else 0), (1 if top else 0), len(branch)
