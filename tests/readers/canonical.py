"""Documents of any reader in one form that JSON carries exactly, and how two of them compare.

Text, whole numbers, fractions, true, false, null, lists and objects stay what they are; the rest
becomes an object with one key, `$` and the kind: `{"$date": …}`, `{"$bytes": …}`. This module needs
the standard library only: it runs beside the readers, too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

Value = Any
Documents = Sequence[Value]

ABSENT_IS_NULL = "absent is null"  # a table has a cell for every field of every document
NO_HEADERS = "no headers"  # it gives mails as they are
LIFTS = "lifts"  # it puts the fields of `metadata` beside the others


class Outcome(NamedTuple):
    """What a reader did with a file: its documents, or how it failed."""

    documents: Documents | None
    error: str = ""


class Cell(NamedTuple):
    """How an outcome stands to what was meant: `same`, `type`, `other` or `error`, and a note."""

    kind: str
    text: str


def canonical(value: object) -> Value:
    """A value of a reader, in the common form."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value if type(value) in {bool, int, float, str, type(None)} else _plain(value)
    if isinstance(value, Mapping):
        return {_key(key): canonical(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [canonical(item) for item in value]
    if isinstance(value, bytes):
        return {"$bytes": value.decode("latin-1")}
    if isinstance(value, (datetime, date, time)):
        return {"$date": str(value).replace("T", " ")}
    return _plain(value)


def _key(key: object) -> str:
    """Keys are text; a key that a reader made something else of is told apart."""
    return key if isinstance(key, str) else f"${type(key).__name__} {key}"


def _plain(value: object) -> Value:
    """Values of array libraries and the like."""
    if hasattr(value, "tolist"):
        inner = value.tolist()
        return canonical(inner) if inner is not value else str(inner)
    return {f"${type(value).__name__.lower()}": str(value)}


def moment(text: str) -> str:
    """A moment of UTC as text: a day is its midnight, and what has no zone is UTC."""
    if text.startswith("0000") and len(text) == 10:
        return f"{text} 00:00:00"  # Ruby has this year
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    found = found.astimezone(UTC) if found.tzinfo else found
    shown = found.replace(tzinfo=None).isoformat(" ")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def with_headers(document: Mapping[str, Any]) -> Value:
    """A document with headers: names in any case, a fold is a blank, all line ends are LF."""
    headers: dict[str, list[str]] = {}
    for name, values in document["headers"].items():
        headers.setdefault(name.lower(), []).extend(map(unfolded, values))
    text = document["text"]
    if isinstance(text, str):
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return {"headers": dict(sorted(headers.items())), "text": text}


def unfolded(value: str) -> str:
    """A value on one line."""
    return re.sub(r"[ \t]*(?:\r\n|\n|\r)[ \t]+", " ", value)


def encode(documents: Documents) -> str:
    """One line of ASCII; lone surrogates, NaN and numbers of any size survive."""
    return json.dumps(documents)


def compare(meant: Documents, outcome: Outcome, traits: frozenset[str]) -> Cell:
    """The cell of the table for one reader and one file."""
    if outcome.documents is None:
        return Cell("error", "E")
    told = _normal([_lifted(one) for one in meant] if LIFTS in traits else list(meant), traits)
    try:
        read = _normal(list(outcome.documents), traits)
    except RecursionError:  # what is meant is never as deep
        return Cell("other", "≠ too deep to compare")
    if encode(told) == encode(read):
        return Cell("same", str(len(read)))
    if len(told) != len(read):
        return Cell("other", f"≠ {len(read)} of {len(told)}")
    hard = _differing(told, read, _same_but_type)
    if hard:
        return Cell("other", f"≠ {_named(hard)}")
    return Cell("type", f"~ {_named(_differing(told, read, _same))}")


def _lifted(document: Value) -> Value:
    if not isinstance(document, dict) or not isinstance(document.get("metadata"), dict):
        return document
    rest = {key: item for key, item in document.items() if key != "metadata"}
    return rest | document["metadata"]


def _normal(value: Value, traits: frozenset[str]) -> Value:
    """Sorted keys, and without what readers of these traits have no way to say."""
    if isinstance(value, dict) and value.keys() == {"$date"}:
        return {"$date": moment(str(value["$date"]))}
    if isinstance(value, dict):
        items = ((key, _normal(item, traits)) for key, item in sorted(value.items()))
        nulls = ABSENT_IS_NULL in traits
        return {
            key: item
            for key, item in items
            if not (nulls and _is_null(item)) and not (key == "headers" and NO_HEADERS in traits)
        }
    if isinstance(value, list):
        return [_normal(item, traits) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)  # JSON has one kind of number
    return value


def _is_null(value: Value) -> bool:
    return value is None or value == {} or value != value  # noqa: PLR0124  (NaN is not itself)


def _differing(told: Documents, read: Documents, same: Callable[[Value, Value], bool]) -> set[str]:
    """The fields in which documents differ; a document that is no object has no name for it."""
    found: set[str] = set()
    for one, other in zip(told, read, strict=True):
        if isinstance(one, dict) and isinstance(other, dict):
            for key in {*one, *other}:
                left, right = one.get(key, MISSING), other.get(key, MISSING)
                if key == "metadata" and isinstance(left, dict) and isinstance(right, dict):
                    found |= _differing([left], [right], same)
                elif not same(left, right):
                    found.add(key)
        elif not same(one, other):
            found.add("")
    return found


MISSING = {"$missing": ""}


def _same(one: Value, other: Value) -> bool:
    return encode([one]) == encode([other])


def _same_but_type(one: Value, other: Value) -> bool:
    """Whether a person would say that these are one value, written in two types."""
    if _typed(one) or _typed(other):
        return _point(one) == _point(other)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(
            _same_but_type(item, other[key]) for key, item in one.items()
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same_but_type, one, other))
    if _same(one, other):
        return True
    return bool(_readings(one) & _readings(other))


def _typed(value: Value) -> bool:
    return isinstance(value, dict) and len(value) == 1 and next(iter(value)).startswith("$")


def _point(value: Value) -> str:
    """The value as text, a point in time without what a date leaves out."""
    if _typed(value) and value != MISSING:
        value = next(iter(value.values()))
    text = value if isinstance(value, str) else encode([value])
    text = text.replace("T", " ").removesuffix("Z").removesuffix("+00:00")
    return text.removesuffix(".000").removesuffix(" 00:00:00")


def _readings(value: Value) -> set[object]:
    """The text and the exact numbers that a scalar may stand for."""
    if isinstance(value, (bool, dict, list)) or value is None:
        return {encode([value])}
    texts: set[object] = {str(value)}
    try:
        texts.add(Decimal(str(value)))
    except InvalidOperation:
        return texts
    return texts | {Decimal(value)} if isinstance(value, float) else texts


def _named(names: set[str]) -> str:
    """Names of fields; when they are many, the first of them."""
    shown = [f"`{visible(name)}`" if name else "document" for name in sorted(names)]
    return ", ".join(shown[:3]) + (" …" if len(shown) > 3 else "")


def visible(name: str) -> str:
    """A name that a table can hold."""
    return "".join(
        one if one.isprintable() and one not in "|`" else f"\\x{ord(one):02x}" for one in name
    )
