"""Loads a schema that a configuration holds or names: reads it and its data files, and checks it.

An error in a schema is a MisplacedError with the place inside the schema, so that it can be shown.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

from ...errors import MisplacedError, did_you_mean
from ...settings.annotations import value_type
from ...settings.exemptions import Exempt
from ...settings.severity import Grade
from ...text.re2 import compiled as compiled_pattern
from .checks import named
from .data_files import table_of, words_of
from .declaration import Declared, plain_table
from .engine import compiled
from .formats import FORMATS
from .judging import nodes_along, shown
from .keywords import TYPES, known, possible
from .parts import pointer, subschemas
from .program import CHECKS, Program
from .spots import Spot
from .violation import Path
from .vocabulary import DIALECT, IDENTITY, KEYWORDS, meta_schema
from .words import violation as in_words


def schema_of(written: object, folder: str) -> Declared:
    """The schema that `written` is, or that it names as a file in `folder`, checked and complete.

    Raises ValueError (MisplacedError, if the place is known) with the rest of a sentence.
    """
    root = folder
    if isinstance(written, str):
        declared = table_of(written, folder)
        folder = os.path.dirname(os.path.join(folder, written))
    elif isinstance(written, Mapping):
        declared = plain_table(written)
    else:
        raise ValueError("must be a table, a JSON Schema, or the path of a file with one")
    try:
        complete = Declared(_with_words(declared, folder, root))
        checked(complete)
    except MisplacedError as error:
        if not isinstance(written, str):
            raise
        place = shown(pointer(error.keys) or "/")
        raise ValueError(f"names `{written}`, which is wrong at `{place}`: it {error}") from None
    return complete


def checked(declared: Declared) -> None:
    """Raises MisplacedError for the first error in a schema."""
    dialect = declared.get("$schema", DIALECT)
    if dialect not in {DIALECT, DIALECT + "#", IDENTITY}:
        raise MisplacedError(
            f"has a `$schema` of {shown(dialect)}; what is read is {DIALECT}, so leave it out "
            "where the schema is the same in both",
            ("$schema",),
        )
    for path, table in subschemas(dict(declared)):
        known(path, table)
        _own_values(path, table)
    _by_meta_schema(declared)
    for path, table in subschemas(dict(declared)):
        _compiles(path, table)
        possible(path, table)
    try:
        schema = compiled(declared)  # kept: it is the one that is used
        schema.exact.validator(())
        for path, table in subschemas(dict(declared)):
            for index in range(len(table.get("x-steps", ()))):
                schema.exact.validator((*path, "x-steps", index))
    except ValueError as error:
        where = _reference(declared)
        if where:
            target = shown(nodes_along(declared, where[:-1])[-1]["$ref"])
            words = f"has a `$ref` to `{target}`, which is not in it; put it under `$defs`"
            raise MisplacedError(words, where) from None
        detail = str(error).partition("\n")[0].strip().rstrip(".")
        raise MisplacedError(f"is not a schema that can be used: {detail}") from None


def _own_values(path: Path, table: Mapping[str, Any]) -> None:
    """Check the values of our keywords that are written like a key of a profile."""
    for word, kind in (("x-except", Exempt), ("x-severity", Grade)):
        if word in table:
            with _at(path, word):
                value_type(kind).read(table[word])


@cache
def _meta_validator() -> Any:
    from jsonschema_rs import Draft202012Validator

    return Draft202012Validator(meta_schema(), offline=True, validate_formats=False)


def _by_meta_schema(declared: Mapping[str, Any]) -> None:
    try:
        errors = list(_meta_validator().iter_errors(declared))
    except ValueError as error:
        raise MisplacedError(f"holds what JSON cannot: {error}", ()) from None
    for wrong in _leaves(errors):
        path: Path = tuple(wrong.instance_path)
        raise MisplacedError(_wrong(wrong, path), path)


def _wrong(error: Any, path: Path) -> str:
    """The message for an error of the meta-schema, as the rest of a sentence."""
    word = next((step for step in reversed(path) if isinstance(step, str)), "")
    kind = error.kind.name
    if kind == "required":
        return f"needs `{shown(error.kind.property)}` in {named(path)}"
    if kind == "additionalProperties":
        known = _keys_beside(error)
        extra = error.kind.unexpected[0]
        return f"has an unknown key `{shown(extra)}` in {named(path)}{did_you_mean(extra, known)}"
    if word == "type" and kind in {"anyOf", "enum"}:
        near = did_you_mean(str(error.instance), TYPES) or f"; there are {', '.join(TYPES)}"
        return f"has an unknown type in {named(path)}, `{shown(error.instance)}`{near}"
    if kind in {"anyOf", "oneOf"} and word in KEYWORDS:
        return f"has a value in {named(path)} that cannot be one; `{word}`: {KEYWORDS[word].doc}"
    said = in_words(error, (), Spot(error.instance, path, 0, 0), {})
    more = f" ({said.help})" if kind == "enum" else ""
    if error.instance in TYPES and kind == "type":
        more = f'; write `{{ type = "{error.instance}" }}`'
    if word == "required" and isinstance(error.instance, bool):
        more = "; a table of fields has one `required`, with the names of those that must be there"
    return f"is not a schema: {said.message}{more}"


def _keys_beside(error: Any) -> list[str]:
    """The keys that a table with an unknown key may have, for a suggestion."""
    node = nodes_along(meta_schema(), tuple(error.schema_path)[:-1])[-1]
    return [*node.get("properties", ())] if isinstance(node, Mapping) else []


def _leaves(errors: list[Any]) -> Iterator[Any]:
    """The errors; before an error of a choice comes one of its branches that is deeper inside."""
    for error in errors:
        context = getattr(error.kind, "context", None)
        deeper = [
            inner
            for branch in context or ()
            for inner in branch
            if len(inner.instance_path) > len(error.instance_path)
        ]
        yield from deeper[:1]
        yield error


def _compiles(path: Path, table: Mapping[str, Any]) -> None:
    """Compile the patterns, formats and our own keywords of one table of a schema."""
    for word, source in _patterns(table):
        with _at(path, word):
            compiled_pattern(source)
    form = table.get("format")
    if isinstance(form, str) and form not in FORMATS:
        near = did_you_mean(form, FORMATS) or f"; there are {', '.join(FORMATS)}"
        raise MisplacedError(f"has an unknown format `{shown(form)}`{near}", (*path, "format"))
    for word in table:
        if word in CHECKS:
            with _at(path, word):
                CHECKS[word](_empty(), table, table[word], (*path, word))
    _reads_text(path, table)


def _patterns(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The patterns of a table, each with its keyword."""
    if "pattern" in table:
        yield "pattern", table["pattern"]
    yield from (("patternProperties", source) for source in table.get("patternProperties", ()))


_OF_TEXT: Final = ("x-split", "x-coerce", "x-date", "x-hash", "x-vocabulary", "x-listed")


def _reads_text(path: Path, table: Mapping[str, Any]) -> None:
    """Raises MisplacedError for a keyword that reads text where the type allows no text."""
    types = table.get("type")
    allowed = {types} if isinstance(types, str) else set(types or ("string",))
    for word in _OF_TEXT:
        if word in table and "string" not in allowed:
            raise MisplacedError(
                f"has `{word}`, which reads text, but its `type` allows none", (*path, word)
            )
    if "x-split" in table and "x-coerce" in table:
        raise MisplacedError("cannot have both `x-split` and `x-coerce`", (*path, "x-coerce"))


@cache
def _empty() -> Program:
    """The schema that a keyword is given while it is only compiled, not asked."""
    return Program({}, quick=False)


@contextmanager
def _at(path: Path, word: str) -> Iterator[None]:
    """Turns a ValueError into a MisplacedError that names the keyword and the wrong part of it."""
    try:
        yield
    except ValueError as error:
        wrong = MisplacedError.under(error, word)
        words = f"has a wrong `{wrong.part.removeprefix('.')}`: it {error}"
        raise MisplacedError(words, (*path, *wrong.keys, *wrong.inside)) from None


def _reference(declared: Mapping[str, Any]) -> Path:
    """The path of the first reference that leads nowhere or out of the schema, or empty."""
    for path, table in subschemas(dict(declared)):
        if "$ref" in table:
            target = str(table["$ref"])
            found = nodes_along(declared, (*path, "$ref"))
            if not target.startswith("#") or found[-1] == {}:
                return (*path, "$ref")
    return ()


def _with_words(declared: dict[str, Any], folder: str, root: str) -> dict[str, Any]:
    """The schema with the words of its data files put in; these must be in `root`."""
    for path, table in subschemas(declared):
        said = table.get("x-vocabulary")
        if isinstance(said, str):
            said = {"file": said}
        if not isinstance(said, dict) or not isinstance(said.get("file"), str):
            continue
        with _at(path, "x-vocabulary"):
            words = said.get("words") or words_of(said["file"], folder, root)
            table["x-vocabulary"] = {**said, "words": words}
    return declared
