"""How violations are reported: missing fields together, the schema's own words, exemptions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from msgspec.structs import replace

from .judging import exempt, nodes_along, own_words, severity, shown
from .violation import Context, Path, Violation


def grouped(root: Any, found: Iterator[Violation]) -> Iterator[Violation]:
    """Missing fields of one table as one violation, where the schema says so."""
    groups: dict[tuple[Path, Path], list[Violation]] = {}
    for violation in found:
        schema = violation.schema
        table = nodes_along(root, schema[:-1])[-1]
        if violation.cause == "missing-field" and table.get("x-group") == "all":
            groups.setdefault((violation.path[:-1], schema), []).append(violation)
        else:
            yield violation
    for members in groups.values():
        names = [str(one.data["field"]) for one in members]
        listed = ", ".join(f"`{shown(name)}`" for name in names)
        first = members[0]
        if len(members) > 1:
            message = f"{len(members)} fields are missing: {listed}"
            data = {**first.data, "fields": names}
            first = replace(first, message=message, help=f"add {listed}", data=data)
        yield first


def finished(root: Any, violation: Violation, context: Context) -> Violation | None:
    """With the schema's own message, help and severity; None for a document that is exempt."""
    schema = deep = violation.schema
    name = violation.path[-1] if violation.path else ""
    if violation.cause == "missing-field":  # the field's own table has a say
        deep = (*schema[:-1], "properties", name, schema[-1])
    fields = tuple(str(step) for step in violation.path[:1])
    free, ended = exempt(root, deep, fields, context)
    if free:
        return None
    message, helped = violation.message, violation.help
    for place in dict.fromkeys((schema, deep)):
        message = own_words(root, place, "x-message") or message
        helped = own_words(root, place, "x-help") or helped
    said = severity(root, deep, context)
    filled = partial(_filled, violation=violation)
    return replace(
        violation,
        message=filled(message) if message is not violation.message else message,
        help=filled(helped) if helped is not violation.help else helped,
        severity=said,
        notes=(ended,) if ended else (),
    )


def _filled(text: str, violation: Violation) -> str:
    """A message of the schema with the value and its key put in."""
    if "{" not in text:
        return text
    key = next((step for step in reversed(violation.path) if isinstance(step, str)), "")
    value = violation.data.get("value", "")
    return text.replace("{key}", shown(key)).replace("{value}", shown(value))
