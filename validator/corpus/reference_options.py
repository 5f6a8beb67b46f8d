"""How references are written in a profile, and read from it."""

from __future__ import annotations

from typing import Any, Final

from msgspec.structs import replace

from ..settings.options import Option
from ..settings.terms import (
    KEYS,
    checked,
    choice_in,
    each,
    flag_in,
    one_or_more,
    table_schema,
    terms_of,
    text_in,
)
from .declared_checks import Compare, Reference
from .options import FIELDS, NAME, name_of, names_of

_VALUE: Final = {"type": ["string", "number", "boolean"]}
_ONE_OR_MORE: Final = {"anyOf": [_VALUE, {"type": "array", "items": _VALUE, "minItems": 1}]}
_REFERENCE_KEYS: Final = "field to file split profile compare anchors to-itself".split()


def _reference(value: object) -> Reference:
    table = checked(value, _REFERENCE_KEYS, ("field", "to"))
    to = name_of(table["to"])
    compare = _compare(table["compare"]) if "compare" in table else None
    if compare and to == "file":
        raise ValueError("can `compare` only where `to` is a field of documents")
    profile = text_in(table, "profile")
    if profile and to == "file":
        raise ValueError("can name a `profile` only where `to` is a field of documents")
    file = text_in(table, "file")
    if "file" in table and (file.count("{}") != 1 or to == "file"):
        raise ValueError(
            "must have a path with one `{}` for the item in `file`, "
            "and only where `to` is a field of documents"
        )
    anchors = flag_in(table, "anchors", False)
    if anchors and to != "file":
        raise ValueError('can have `anchors` only where `to` is "file"')
    terms = terms_of(table)
    return Reference(
        name_of(table["field"]),
        to,
        text_in(table, "split"),
        profile,
        compare,
        replace(terms, help=""),  # the item has to be put into it
        file,
        anchors,
        flag_in(table, "to-itself", True),
        terms.help,
    )


def _compare(value: object) -> Compare:
    table = _compare_table(value)
    field, advice = name_of(table["field"]), text_in(table, "help")
    for relation in ("is", "is-not"):
        if relation in table:
            if table.keys() - {"field", "help", relation}:
                raise ValueError(
                    f"must have nothing but `field` and `help` beside `{relation}` in `compare`"
                )
            return Compare(field, "", relation, (), _values(table, relation), advice)
    own = name_of(table.get("own", field))
    relation = choice_in(table, "must-be", "same", "at-least", "at-most")
    order = table.get("order", [])
    if not isinstance(order, list):
        raise ValueError(f"must have a list of values in `order`, not {order!r}")
    ranks = tuple(names_of(one) for one in order)
    if bool(ranks) != (relation != "same"):
        raise ValueError("must have an `order` where `must-be` is at-least or at-most, and only so")
    return Compare(field, own, relation, ranks, (), advice)


def _values(table: dict[str, Any], key: str) -> tuple[str, ...]:
    """Values as they are written in facts. Raises ValueError."""
    value = table[key]
    listed = value if isinstance(value, list) else [value]
    if not listed or not all(isinstance(one, str | int | float) and one != "" for one in listed):
        raise ValueError(f"must have a value, or a list of values, in `{key}`, not {value!r}")
    return tuple(str(one).lower() if isinstance(one, bool) else str(one) for one in listed)


def _compare_table(value: object) -> dict[str, Any]:
    """`compare` as a table; it has no terms of its own."""
    known = ("field", "own", "must-be", "order", "is", "is-not", "help")
    table = checked(value, known, ("field",))
    for key in KEYS:
        if key in table and key not in known:
            raise ValueError(f"must have `{key}` beside `compare`, not in it")
    return table


def references(key: str, doc: str) -> Option[tuple[Reference, ...]]:
    """Tables of references."""
    compare = {
        "type": "object",
        "required": ["field"],
        "additionalProperties": False,
        "properties": {
            "field": NAME,
            "own": NAME,
            "must-be": {"enum": ["same", "at-least", "at-most"]},
            "order": {"type": "array", "items": {"anyOf": [NAME, FIELDS]}},
            "is": _ONE_OR_MORE,
            "is-not": _ONE_OR_MORE,
            "help": {"type": "string"},
        },
    }
    text = {"type": "string"}
    table = table_schema(
        ("field", "to"),
        field=NAME,
        to=NAME,
        file=text,
        split=text,
        profile=text,
        compare=compare,
        anchors={"type": "boolean"},
        to_itself={"type": "boolean"},
    )
    return Option(key, doc, (), one_or_more(table), lambda value: each(value, _reference))
