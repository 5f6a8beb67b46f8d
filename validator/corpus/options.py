"""How the declared checks of the corpus are written in a profile, and read from it."""

from __future__ import annotations

from typing import Any, Final

from ..settings.options import Option
from ..settings.terms import checked, choice_in, each, one_or_more, table_schema, terms_of, text_in
from .declared_checks import Agree, Amount, Manifest, Sequence, Sidecar, Unique

NAME: Final = {"type": "string", "minLength": 1}
WITHIN: Final = {"enum": ["corpus", "directory", "file"]}


def name_of(value: object) -> str:
    """The name of a field. Raises ValueError."""
    if isinstance(value, str) and value:
        return value
    raise ValueError(f"must name a field, not {value!r}")


def names_of(value: object) -> tuple[str, ...]:
    """The names of fields, one or several, no two alike. Raises ValueError."""
    names = tuple(name_of(one) for one in (value if isinstance(value, list) else [value]))
    if not names or len(set(names)) < len(names):
        raise ValueError("must name different fields")
    return names


def _unique(value: object) -> Unique:
    if not isinstance(value, dict):
        return Unique(names_of(value))
    table = checked(value, ("fields",), ("fields",))
    return Unique(names_of(table["fields"]), terms_of(table))


def _sequence(value: object) -> Sequence:
    if not isinstance(value, dict):
        return Sequence(name_of(value))
    table = checked(value, ("field", "within", "first"), ("field",))
    first = table.get("first")
    if first is not None and (not isinstance(first, int) or isinstance(first, bool) or first < 0):
        raise ValueError(f"must have a whole number in `first`, not {first!r}")
    within = choice_in(table, "within", "directory", "corpus", "file")
    return Sequence(name_of(table["field"]), within, first, terms_of(table))


def _agree(value: object) -> Agree:
    if not isinstance(value, dict):
        return Agree(name_of(value))
    table = checked(value, ("field", "within", "what"), ("field",))
    within = choice_in(table, "within", "corpus", "directory", "file")
    what = choice_in(table, "what", "value", "presence")
    return Agree(name_of(table["field"]), within, what, terms_of(table))


_MANIFEST_KEYS: Final = ("path", "format", "algorithm", "path-field", "digest-field", "size-field")
_ALGORITHMS: Final = ("sha256", "sha512", "sha1", "md5")
_FORMATS: Final = ("bagit", "csv", "jsonl")


def _manifest(value: object) -> Manifest:
    table = checked({"path": value} if isinstance(value, str) else value, _MANIFEST_KEYS, ("path",))
    path = text_in(table, "path")
    if not path:
        raise ValueError("must have the path of a file in `path`")
    if path.startswith("/") or ".." in path.split("/"):
        raise ValueError(f"must have a path that does not lead out of the corpus, not {path!r}")
    name = path.rpartition("/")[2]
    told = next((one for one in _ALGORITHMS if f"-{one}." in name), "sha256")
    suffix = name.rpartition(".")[2]
    form = suffix if suffix in _FORMATS else "bagit"
    algorithm = choice_in({"algorithm": told, **table}, "algorithm", *_ALGORITHMS)
    return Manifest(
        path,
        choice_in({"format": form, **table}, "format", *_FORMATS),
        algorithm,
        text_in(table, "path-field", "path"),
        text_in(table, "digest-field", algorithm),
        text_in(table, "size-field"),
        terms_of(table),
    )


def _sidecar(value: object) -> Sidecar:
    table = checked(value, ("of", "name"), ("of", "name"))
    for key in ("of", "name"):
        text = text_in(table, key)
        if text.count("{stem}") != 1 or "/" in text or text == "{stem}":
            raise ValueError(f"must have a file name with one `{{stem}}` in `{key}`, not {text!r}")
    if table["of"] == table["name"]:
        raise ValueError("must have two different names in `of` and `name`")
    return Sidecar(table["of"], table["name"], terms_of(table))


def _amount(value: object) -> Amount:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return Amount(value, value)
    if (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(one, int) and not isinstance(one, bool) for one in value)
        and 0 <= value[0] <= value[1]
    ):
        return Amount(value[0], value[1])
    raise ValueError("must be a number, or [least, most]")


FIELDS: Final[dict[str, Any]] = {"type": "array", "items": NAME, "minItems": 1}


def unique(key: str, doc: str) -> Option[tuple[Unique, ...]]:
    """Fields, or lists of fields, or tables of them."""
    table = table_schema(("fields",), fields={"anyOf": [NAME, FIELDS]})
    return Option(
        key, doc, (), one_or_more(NAME, FIELDS, table), lambda value: each(value, _unique)
    )


def sequences(key: str, doc: str) -> Option[tuple[Sequence, ...]]:
    """Fields that count, or tables."""
    first = {"type": "integer", "minimum": 0}
    table = table_schema(("field",), field=NAME, within=WITHIN, first=first)
    return Option(key, doc, (), one_or_more(NAME, table), lambda value: each(value, _sequence))


def agreements(key: str, doc: str) -> Option[tuple[Agree, ...]]:
    """Fields that agree, or tables."""
    what = {"enum": ["value", "presence"]}
    table = table_schema(("field",), field=NAME, within=WITHIN, what=what)
    return Option(key, doc, (), one_or_more(NAME, table), lambda value: each(value, _agree))


def amount(key: str, doc: str) -> Option[Amount]:
    """A number, or [least, most]."""
    number = {"type": "integer", "minimum": 0}
    pair = {"type": "array", "items": number, "minItems": 2, "maxItems": 2}
    return Option(key, doc, Amount(), {"anyOf": [number, pair]}, _amount)


def manifest(key: str, doc: str) -> Option[Manifest | None]:
    """A path, or a table of it and what is written how."""
    text = {"type": "string"}
    table = table_schema(
        ("path",),
        path=NAME,
        format={"enum": list(_FORMATS)},
        algorithm={"enum": list(_ALGORITHMS)},
        path_field=NAME,
        digest_field=text,
        size_field=text,
    )
    return Option(key, doc, None, {"anyOf": [NAME, table]}, _manifest)


def sidecars(key: str, doc: str) -> Option[tuple[Sidecar, ...]]:
    """One pair of names or several."""
    table = table_schema(("of", "name"), of=NAME, name=NAME)
    return Option(key, doc, (), one_or_more(table), lambda value: each(value, _sidecar))
