"""Messages for errors of plain JSON Schema: what is wrong, what was expected, what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec.structs import replace

from ...errors import nearest_word
from ...model import Fix
from ...text.re2 import searcher
from ...text.visible import visible_bytes
from .checks import named, stated, violation_at
from .formats import FORMATS
from .judging import series, shown, type_of, value_shown
from .mending import quoted, revalued
from .spots import Spot
from .violation import Path, Violation

_MANY: Final = 2000  # most allowed values that a wrong value is compared with

_TYPES: Final = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a table",
    "null": "nothing (null)",
}

Said = tuple[str, str, str]
"""Cause, message, help."""


def violation(error: Any, schema: Path, spot: Spot, node: Mapping[str, Any]) -> Violation:
    """The violation for one error of jsonschema-rs; `node` is the table with the keyword."""
    kind = error.kind
    said = _SAID.get(kind.name, _otherwise)
    mended = _MENDED.get(kind.name)
    fix = mended(kind, spot) if mended else None
    found = violation_at(spot, schema, *said(kind, spot, node), keyword=kind.name, fix=fix)
    return _narrowed(found, kind.schema, spot) if kind.name == "not" else found


def _narrowed(found: Violation, refused: Any, spot: Spot) -> Violation:
    """The violation, shown where the refused pattern matches, if the value has several lines.

    Unchanged if the value is not written as it is, or has no such match.
    """
    raw = spot.source[spot.start : spot.end]
    pattern = refused.get("pattern") if isinstance(refused, Mapping) else None
    if not isinstance(spot.value, str):
        return found
    if not pattern or b"\n" not in raw or spot.value.encode("utf-8", "replace") != raw:
        return found
    span = searcher(pattern)(raw, 0)
    if span is None:
        return found
    skipped = len(raw) - len(raw[span[0] :].lstrip(b"\r\n"))  # a match may begin with a line end
    return replace(found, start=spot.start + skipped, end=spot.start + max(span[1], skipped))


def _otherwise(kind: Any, spot: Spot, node: Mapping[str, Any]) -> Said:
    message = f"{named(spot.path)} does not fit the schema: `{shown(kind.name)}` does not hold"
    return "schema-violation", message, _form(node)


def _type(kind: Any, spot: Spot, node: Mapping[str, Any]) -> Said:
    wanted = " or ".join(_TYPES.get(name, name) for name in kind.types)
    found = type_of(spot.value)
    if isinstance(spot.value, bool):
        found = f"the truth value `{_as_written(spot)}`"
    elif isinstance(spot.value, str | int | float):
        found = f"{found}, `{_as_written(spot)}`"
    message = f"{named(spot.path)} is {found}, not {wanted}"
    helped = _form(node)
    if not helped and spot.value is None:
        helped = "fill it in, or leave the field out if it need not be there"
    if not helped and "string" in kind.types:
        helped = "put it in quotes" if not isinstance(spot.value, list | dict) else "write one text"
    return "wrong-type", message, helped or f"write {wanted}"


def _as_written(spot: Spot) -> str:
    """A scalar as the document has it, if that is short: `3.10` for the number 3.1."""
    written = spot.source[spot.start : spot.end]
    if isinstance(spot.value, str) or not written or len(written) > 40 or b"\n" in written:
        return shown(spot.value)
    return visible_bytes(written)


def _enum(kind: Any, spot: Spot, node: Mapping[str, Any]) -> Said:
    start = stated(spot)
    if isinstance(spot.value, dict | list):
        start = f"{named(spot.path)} is {type_of(spot.value)}"
    near = _nearest(kind, spot)
    meant = f"; did you mean `{near}`?" if near else ""
    message = f"{start}, which is not one of the values allowed{meant}"
    return "value-not-allowed", message, f"write one of {series(kind.options)}"


def _nearest(kind: Any, spot: Spot) -> str:
    """The allowed text that is most like the value; empty if none is."""
    if not isinstance(spot.value, str):
        return ""
    texts = (option for option in kind.options[:_MANY] if isinstance(option, str))
    return nearest_word(spot.value[:100], texts)


def _const(kind: Any, spot: Spot, node: Mapping[str, Any]) -> Said:
    expected = shown(kind.expected_value)
    message = f"{stated(spot)}, but must be `{expected}`"
    return "value-not-allowed", message, f"write `{expected}`"


def _pattern(kind: Any, spot: Spot, node: Mapping[str, Any]) -> Said:
    message = f"{stated(spot)}, which is not written as expected"
    return "malformed-value", message, _form(node)


def _form(node: Mapping[str, Any]) -> str:
    """The help text with the form of a right value; empty if the schema does not tell it."""
    if isinstance(node.get("x-form"), str):
        return f"write it as in `{node['x-form']}`"
    examples = node.get("examples")
    if isinstance(examples, list) and examples:
        return f"write it as in {series(examples, 3)}"
    if isinstance(node.get("description"), str):
        return str(node["description"])
    return ""


def _format(kind: Any, spot: Spot, node: Mapping[str, Any]) -> Said:
    known = FORMATS.get(kind.format)
    words = known.words if known else kind.format
    message = f"{stated(spot)}, which is not {words}"
    helped = _form(node) or (f"write it as in `{known.example}`" if known else "")
    return ("bad-date" if kind.format == "date" else "malformed-value"), message, helped


def _short(kind: Any, spot: Spot, node: Mapping[str, Any]) -> Said:
    count = len(spot.value) if isinstance(spot.value, str) else 0
    if not count:
        return "out-of-range", f"{named(spot.path)} is empty", _form(node) or "fill it in"
    message = f"{named(spot.path)} is {_characters(count)} long; at least {kind.limit} are needed"
    return "out-of-range", message, f"write {kind.limit} characters or more"


def _long(kind: Any, spot: Spot, node: Mapping[str, Any]) -> Said:
    count = len(spot.value) if isinstance(spot.value, str) else 0
    message = f"{named(spot.path)} is {_characters(count)} long; at most {kind.limit} are allowed"
    over = count - kind.limit
    return "out-of-range", message, f"shorten it by {_characters(over)}"


def _characters(count: int) -> str:
    return f"{count} character{'' if count == 1 else 's'}"


def _number(words: str) -> Callable[[Any, Spot, Mapping[str, Any]], Said]:
    def said(kind: Any, spot: Spot, node: Mapping[str, Any]) -> Said:
        limit = shown(kind.limit)
        message = f"{named(spot.path)} is {shown(spot.value)}; it must be {words} {limit}"
        return "out-of-range", message, f"write a number that is {words} {limit}"

    return said


def _multiple(kind: Any, spot: Spot, node: Mapping[str, Any]) -> Said:
    of = shown(kind.multiple_of)
    message = f"{named(spot.path)} is {shown(spot.value)}, which is no multiple of {of}"
    return "out-of-range", message, f"write a multiple of {of}"


def _count(words: str, noun: str) -> Callable[[Any, Spot, Mapping[str, Any]], Said]:
    def said(kind: Any, spot: Spot, node: Mapping[str, Any]) -> Said:
        count = len(spot.value) if isinstance(spot.value, list | dict) else 0
        nouns = noun if count == 1 else f"{noun}s"
        message = f"{named(spot.path)} has {count} {nouns}; {words} {kind.limit} {_be(kind.limit)}"
        message += " needed" if words == "at least" else " allowed"
        return "out-of-range", message, _form(node) or f"{words} {kind.limit}"

    return said


def _be(count: Any) -> str:
    return "is" if count == 1 else "are"


def _contains(kind: Any, spot: Spot, node: Mapping[str, Any]) -> Said:
    wanted = node.get("contains")
    helped = _form(wanted) if isinstance(wanted, Mapping) else ""
    least, most = node.get("minContains", 1), node.get("maxContains")
    number = f"at least {least}" if least != 1 else "one"
    if most is not None:
        number += f", at most {most}"
    message = f"{named(spot.path)} must have {number} of a certain kind among its items"
    return "out-of-range", message, helped


def _not(kind: Any, spot: Spot, node: Mapping[str, Any]) -> Said:
    refused = kind.schema
    pattern = isinstance(refused, Mapping) and "pattern" in refused
    if pattern and not isinstance(spot.value, str):  # every pattern of JSON Schema accepts it
        message = f"{named(spot.path)} is {value_shown(spot.value)}, and must be text"
        if not isinstance(spot.value, list | dict):
            message = f"{stated(spot)}, {type_of(spot.value)}, and must be text"
        return "wrong-type", message, "put it in quotes"
    if pattern:
        message = f"{named(spot.path)} is `{shown(spot.value)}`, which has something it must not"
        return "malformed-value", message, _form(node)
    if isinstance(refused, Mapping) and isinstance(refused.get("required"), list):
        keys = " and ".join(f"`{shown(key)}`" for key in refused["required"])
        return "schema-violation", f"{named(spot.path)} must not have {keys}", "leave it out"
    message = f"{named(spot.path)} is of a kind that is not allowed here"
    return "schema-violation", message, _form(node)


def _false(kind: Any, spot: Spot, node: Mapping[str, Any]) -> Said:
    return "schema-violation", f"{named(spot.path)} is not allowed here", "leave it out"


def _several(kind: Any, spot: Spot, node: Mapping[str, Any]) -> Said:
    message = f"{named(spot.path)} fits more than one of the forms that exclude each other"
    return "schema-violation", message, _form(node) or "write it so that only one of them fits"


def _quoted(kind: Any, spot: Spot) -> Fix | None:
    """The fix that puts a number in quotes where text is wanted; None for other values.

    Such a number is an id or a version, and its text is what is written.
    """
    is_number = isinstance(spot.value, int | float) and not isinstance(spot.value, bool)
    if not is_number or [*kind.types] != ["string"]:
        return None
    return quoted(spot.source, (spot.start, spot.end))


def _revalued(kind: Any, spot: Spot) -> Fix | None:
    near = _nearest(kind, spot)
    return revalued(spot, near) if near else None


_MENDED: Final[Mapping[str, Callable[[Any, Spot], Fix | None]]] = {
    "type": _quoted,
    "enum": _revalued,
}

_SAID: Final[Mapping[str, Callable[[Any, Spot, Mapping[str, Any]], Said]]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "pattern": _pattern,
    "format": _format,
    "minLength": _short,
    "maxLength": _long,
    "minimum": _number("at least"),
    "maximum": _number("at most"),
    "exclusiveMinimum": _number("greater than"),
    "exclusiveMaximum": _number("less than"),
    "multipleOf": _multiple,
    "minItems": _count("at least", "item"),
    "maxItems": _count("at most", "item"),
    "minProperties": _count("at least", "field"),
    "maxProperties": _count("at most", "field"),
    "contains": _contains,
    "not": _not,
    "falseSchema": _false,
    "oneOf": _several,
}
