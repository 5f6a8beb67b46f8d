"""Every option alike: what is wrong with a value is named with its place, and the schema tells all.

The options are found by walking the catalog, their tables by walking the types of their values.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

import pytest
from msgspec import Meta, field

from validator.cli.config_schema import config_schema
from validator.errors import ConfigError, MisplacedError
from validator.profile.configuration import configuration
from validator.profile.keys import ConfigKeys, ProfileKeys
from validator.rules.catalog import catalog
from validator.rules.index import FAMILIES
from validator.settings.annotations import OR_ONE, As, Costly, TableOf, table_type, value_type
from validator.settings.value_types import Either, ListOf, MapOf, Origin, Table, ValueType

from .support import refused

Wrap = Callable[[Any], Any]
"""Puts a value where it belongs in that of an option."""


def tables(kind: ValueType, place: str, wrap: Wrap) -> Iterator[tuple[str, Wrap, TableOf]]:
    """The tables within a type of values, with what messages call each."""
    if isinstance(kind, TableOf):
        yield place, wrap, kind
        for key, about in kind.keys.items():
            inner = partial(_beside_needed, kind, key)
            yield from tables(about.type, f"{place}.{key}", _within(wrap, inner))
    elif isinstance(kind, ListOf):
        yield from tables(kind.item, f"{place}[1]", _within(wrap, lambda value: [value]))
    elif isinstance(kind, MapOf):
        yield from tables(kind.item, f"{place}.name", _within(wrap, lambda value: {"name": value}))
    elif isinstance(kind, Either):
        for one in kind.types:
            yield from tables(one, place, wrap)


def _beside_needed(kind: TableOf, key: str, value: Any) -> dict[str, Any]:
    needed = [other for other, about in kind.keys.items() if about.needed and other != key]
    return {key: value, **dict.fromkeys(needed, "x")}


def _within(outer: Wrap, inner: Wrap) -> Wrap:
    return lambda value: outer(inner(value))


OPTIONS = catalog().options
TABLES = {
    (key, place): (wrap, kind)
    for key, option in OPTIONS.items()
    for place, wrap, kind in tables(option.value_type, key, lambda value: value)
}
KEYS = [(key, place, name) for (key, place), (_, kind) in TABLES.items() for name in kind.keys]
OTHER_TYPES: list[Any] = [3.5, "x", True, 7, [], {}, date(2026, 3, 7)]


def other_than(kind: ValueType) -> Any:
    """A value of TOML that is written as none of the type."""
    return next(value for value in OTHER_TYPES if type(value) not in kind.written)


def inline(value: Any) -> str:
    """A value in TOML, its keys in their order."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {inline(one)}' for key, one in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(inline, value))}]"
    return json.dumps(value)


def test_there_are_tables() -> None:
    assert len(TABLES) > 50
    assert ("corpus.references", "corpus.references[1].compare") in TABLES
    assert ("body.fields", "body.fields.name.first.except[1]") in TABLES


@pytest.mark.parametrize("key", OPTIONS)
def test_a_value_of_another_type(key: str) -> None:
    kind = OPTIONS[key].value_type
    value = other_than(kind)
    assert refused(key, value).startswith(f"`{key}` must be {kind.called()}, not ")


@pytest.mark.parametrize(("key", "place"), TABLES)
def test_a_key_that_is_not_known(key: str, place: str, tmp_path: Path) -> None:
    wrap, kind = TABLES[key, place]
    words = f"`{place}` has the unknown key `zzzzzzzzzz`; it may have {', '.join(kind.keys)}"
    value = wrap({"zzzzzzzzzz": 1})
    assert refused(key, value) == words
    family, _, name = key.partition(".")
    path = tmp_path / "seed-validator.toml"
    text = f"[profiles.p.{family}]\n{name} = {inline(value)}\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        configuration(str(tmp_path), str(path))
    assert str(caught.value).endswith(words)
    found = re.search(r":(\d+):(\d+): `", str(caught.value))
    assert found
    row, column = int(found[1]), int(found[2])
    assert text.split("\n")[row - 1][column - 1 :].startswith("zzzzzzzzzz")


@pytest.mark.parametrize(("key", "place", "name"), KEYS)
def test_a_key_that_is_misspelt(key: str, place: str, name: str) -> None:
    wrap, _ = TABLES[key, place]
    wrong = f"{name}x"
    said = refused(key, wrap({wrong: 1}))
    assert said == f"`{place}` has the unknown key `{wrong}`; did you mean `{name}`?"


@pytest.mark.parametrize(("key", "place", "name"), KEYS)
def test_a_key_with_a_value_of_another_type(key: str, place: str, name: str) -> None:
    wrap, kind = TABLES[key, place]
    about = kind.keys[name]
    said = refused(key, wrap(_beside_needed(kind, name, other_than(about.type))))
    assert said.startswith(f"`{place}.{name}` must be {about.type.called()}, not ")


@pytest.mark.parametrize(("key", "place"), TABLES)
def test_a_key_that_is_needed(key: str, place: str) -> None:
    wrap, kind = TABLES[key, place]
    needed = [name for name, about in kind.keys.items() if about.needed]
    if needed:
        words = f"`{place}` needs the key `{needed[0]}`: {kind.keys[needed[0]].doc}"
        assert refused(key, wrap({})) == words


def objects(schema: Any, place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The tables that a JSON Schema tells of."""
    if isinstance(schema, Mapping):
        if isinstance(schema.get("properties"), Mapping):
            yield place, schema
        for key, value in schema.items():
            yield from objects(value, f"{place}/{key}")
    elif isinstance(schema, list):
        for at, value in enumerate(schema):
            yield from objects(value, f"{place}/{at}")


def test_the_schema_tells_of_every_key_of_every_table() -> None:
    schema = config_schema()
    for place, table in objects(schema, ""):
        assert table["additionalProperties"] is False, place
        for key, about in table["properties"].items():
            if not (place == "/definitions/profile" and key in FAMILIES.values()):
                assert about.get("description"), f"{place}/{key}"
    profile = schema["definitions"]["profile"]["properties"]
    for key, option in OPTIONS.items():
        family, _, name = key.partition(".")
        if not name:
            continue  # a key of the profile itself
        told = [
            set(table["properties"])
            for _, table in objects(profile[family]["properties"][name], "")
        ]
        for _, _, kind in tables(option.value_type, key, lambda value: value):
            assert set(kind.keys) in told
    assert set(table_type(ProfileKeys).keys) | {*FAMILIES.values()} == set(profile)
    assert set(table_type(ConfigKeys).keys) == set(schema["properties"])


def test_hostile_keys_are_made_visible(tmp_path: Path) -> None:
    path = tmp_path / "seed-validator.toml"
    for keys in ('classes."\\u001b[2J"', '"\\u001b[2J"'):
        path.write_text(f"[profiles.p.body.lines]\n{keys} = 3\n", encoding="utf-8")
        with pytest.raises(ConfigError) as caught:
            configuration(str(tmp_path), str(path))
        assert "\x1b" not in str(caught.value)
        assert "␛[2J" in str(caught.value)


# The types themselves


class Inner(Table, frozen=True):
    """A table in a table."""

    bare: ClassVar = "word"

    word: Annotated[Literal["one", "two"], "a word"]
    number: Annotated[int, Meta(ge=1, le=9), "a number"] = 1


class Outer(Table, frozen=True, kw_only=True):
    """A table with a key of each kind."""

    told: ClassVar = {"minProperties": 1}

    plain: Annotated[str, "any text"] = ""
    two_words: Annotated[bool, "a flag"] = False
    class_: Annotated[str, "a key that is a word of Python"] = field(name="class", default="")
    inner: Annotated[tuple[Inner, ...], OR_ONE, "tables"] = ()
    named: Annotated[Mapping[str, float], "numbers by name"] = {}
    once: Annotated[
        tuple[str, ...], Meta(extra_json_schema={"uniqueItems": True}), "texts that differ"
    ] = ()
    either: Annotated[str | None, As(str | int), str, "text or a number"] = None
    anything: Annotated[Any, "whatever there is"] = None
    needed: Annotated[str, "what must be there"]

    @classmethod
    def filled(cls, written: Mapping[str, Any]) -> Mapping[str, Any]:
        """The text is that of the needed key, if there is none."""
        return {"plain": written["needed"], **written}

    def __post_init__(self) -> None:
        if self.two_words and self.once:
            raise MisplacedError("does not go with `two-words`", ("once",))


def test_a_table_is_read() -> None:
    read = value_type(Outer).read
    assert read({"needed": "a"}) == Outer(needed="a", plain="a")
    written = {
        "needed": "a",
        "plain": "b",
        "class": "c",
        "inner": "two",
        "named": {"x": 1, "y": 2.5},
        "once": ["p", "q"],
        "either": 3,
        "anything": [{}],
    }
    found = read(written)
    assert found.inner == (Inner("two"),)
    assert (found.class_, found.either, found.anything) == ("c", "3", [{}])
    assert read({"needed": "a", "inner": [{"word": "one", "number": 2}, "two"]}).inner == (
        Inner("one", 2),
        Inner("two"),
    )


@pytest.mark.parametrize(
    ("more", "part", "inside", "words"),
    [
        ({"inner": "tow"}, ".inner", (), 'must be one of "one", "two", not "tow"; did you mean'),
        ({"inner": ["one", "x"]}, ".inner[2]", (), 'must be one of "one", "two", not "x"'),
        ({"inner": {"word": 3}}, ".inner.word", (), 'must be one of "one", "two", not 3'),
        ({"inner": {"word": "one", "number": 10}}, ".inner.number", (), "number from 1 to 9, not"),
        ({"inner": {"wrod": "one"}}, ".inner", ("wrod",), "did you mean `word`?"),
        ({"inner": {}}, ".inner", (), "needs the key `word`: a word"),
        ({"inner": 3}, ".inner", (), 'must be one of "one", "two" or a table or a list of them'),
        ({"named": {"x": "y"}}, ".named.x", (), 'must be a number, not "y"'),
        ({"named": {"x": True}}, ".named.x", (), "must be a number, not true"),
        ({"once": ["a", "b", "a"]}, ".once", (2,), "names `a` twice"),
        ({"once": ["a"], "two-words": True}, ".once", (), "does not go with `two-words`"),
        ({"two_words": True}, "", ("two_words",), "did you mean `two-words`?"),
        ({"either": []}, ".either", (), "must be text or a whole number, not an empty list"),
        ({"plain": ["a", {}]}, ".plain", (), 'must be text, not ["a", a table]'),
    ],
)
def test_what_is_wrong_has_a_place(
    more: dict[str, Any], part: str, inside: tuple[object, ...], words: str
) -> None:
    with pytest.raises(MisplacedError) as caught:
        value_type(Outer).read({"needed": "a", **more})
    assert words in str(caught.value)
    assert (caught.value.part, caught.value.inside) == (part, inside)


def test_the_schema_of_a_table() -> None:
    schema = value_type(Outer).schema
    assert schema["required"] == ["needed"]
    assert schema["minProperties"] == 1
    assert [*schema["properties"]][:4] == ["plain", "two-words", "class", "inner"]
    word = {"enum": ["one", "two"]}
    inner = {
        "type": "object",
        "additionalProperties": False,
        "required": ["word"],
        "properties": {
            "word": {**word, "description": "a word"},
            "number": {"type": "integer", "minimum": 1, "maximum": 9, "description": "a number"},
        },
    }
    several = {"type": "array", "items": {"anyOf": [word, inner]}}
    assert schema["properties"]["inner"] == {
        "anyOf": [word, inner, several],
        "description": "tables",
    }
    assert schema["properties"]["either"]["type"] == ["string", "integer"]


def test_what_is_costly_is_not_asked_of_what_is_sound() -> None:
    def ask(value: str) -> None:
        raise ValueError("is wrong")

    kind = value_type(Annotated[str, Costly(ask)])
    assert kind.read("a", Origin(sound=True)) == "a"
    with pytest.raises(ValueError, match="is wrong"):
        kind.read("a")


def test_families_are_asked_what_does_not_fit() -> None:
    rooms = {family: import_module(f"validator.rules.{family}") for family in FAMILIES.values()}
    asked = {family for family, room in rooms.items() if hasattr(room, "misfits")}
    assert asked == {"delimiters", "metadata", "body", "corpus"}
    assert {*catalog().misfits} == asked
