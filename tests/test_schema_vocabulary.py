"""The published meta-schema, and how a schema that is wrong is told of."""

from __future__ import annotations

import json
import pickle
import tomllib
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from validator.errors import ConfigError
from validator.metadata.schema.options import SCHEMA
from validator.metadata.schema.vocabulary import KEYWORDS, meta_schema
from validator.profile.configuration import configuration

from .conftest import Compare
from .schemas import said
from .support import ROOT, refused
from .test_schema_pep import PEP


def test_published_meta_schema(compare: Compare) -> None:
    text = json.dumps(meta_schema(), indent=2) + "\n"
    compare(ROOT / "docs" / "seed-validator.vocabulary.json", text)


PAGE = ROOT / "docs" / "schema.md"


def test_page_of_the_docs(compare: Compare) -> None:
    prose, rule, _ = PAGE.read_text("utf-8").partition("|---|---|---|\n")
    rows = (f"| `{one.name}` | {one.where} | {_cell(one.doc)} |\n" for one in KEYWORDS.values())
    compare(PAGE, prose + rule + "".join(rows))


def _cell(doc: str) -> str:
    return doc[0].upper() + doc[1:].replace("|", "\\|") + "."


def test_the_example_of_the_docs_is_right() -> None:
    text = PAGE.read_text("utf-8")
    lines = [line.strip() for line in text.split("\n") if line.startswith("    ")]
    table = tomllib.loads("\n".join(lines))["profiles"]["pages"]["metadata"]["schema"]
    good = {"title": "T", "authors": "Ann <a@b>, Bob", "created": "07-Mar-2026", "number": "7"}
    assert said(table, good) == []
    assert said(table, {**good, "authors": "Ann <<a"}) == ["`Ann <<a` has more than one `<`"]


def test_meta_schema_knows_our_words_and_no_others() -> None:
    meta = jsonschema_rs.Draft202012Validator(meta_schema(), offline=True)
    assert meta.is_valid(PEP)
    assert not meta.is_valid({"properties": {"a": {"x-splitt": ", "}}})
    assert not meta.is_valid({"items": {"x-steps": [{"x-date": 3}]}})
    assert not meta.is_valid({"minLength": "3"})


@pytest.mark.parametrize("name", sorted(KEYWORDS))
def test_every_keyword_refuses_a_value_of_the_wrong_kind(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        SCHEMA.read({"properties": {"a": {name: 3.5}}})


BAD: list[tuple[dict[str, Any], tuple[str | int, ...], str]] = [
    ({"properties": {"a": {"x-splt": ","}}}, ("properties", "a", "x-splt"), "mean `x-split`"),
    ({"items": {"pattern": "(a"}}, ("items", "pattern"), "not a pattern that RE2 accepts"),
    ({"items": {"pattern": "(?=a)"}}, ("items", "pattern"), "it has no look-ahead"),
    ({"patternProperties": {"(": {}}}, ("patternProperties",), "not a pattern"),
    ({"items": {"type": "sting"}}, ("items", "type"), "did you mean `string`"),
    ({"items": {"minLength": "x"}}, ("items", "minLength"), "not a whole number"),
    ({"items": {"format": "urii"}}, ("items", "format"), "did you mean `uri`"),
    ({"items": {"x-date": "%d-%q"}}, ("items", "x-date"), "`%q`"),
    ({"items": {"x-date": "%Y-%m"}}, ("items", "x-date"), "must have a year"),
    ({"items": {"x-date": "%Y-%m-%d %d"}}, ("items", "x-date"), "twice"),
    ({"items": {"x-not-after": "soon"}}, ("items", "x-not-after"), "must be a day"),
    ({"items": {"x-equals": "{file.id"}}, ("items", "x-equals"), "brace"),
    ({"items": {"x-equals": "{a:x}"}}, ("items", "x-equals"), "after the colon"),
    ({"items": {"x-listed": {"pattern": "a"}}}, ("items", "x-listed"), "needs `in`"),
    ({"items": {"x-listed": {"pattern": "(", "in": "a"}}}, ("items", "x-listed"), "not a pattern"),
    (
        {"items": {"x-listed": {"pattern": "a", "in": "b", "spilt": ","}}},
        ("items", "x-listed"),
        "unknown key `spilt`",
    ),
    (
        {"items": {"type": "null", "x-listed": {"pattern": "a", "in": "b"}}},
        ("items", "x-listed"),
        "reads text",
    ),
    ({"items": {"x-hash": "sha2:body"}}, ("items", "x-hash"), "unknown digest"),
    ({"items": {"x-hash": "sha256"}}, ("items", "x-hash"), "of what"),
    ({"items": {"x-unique": {"by": "("}}}, ("items", "x-unique"), "not a pattern"),
    ({"items": {"type": "integer", "x-split": ","}}, ("items", "x-split"), "reads text"),
    ({"items": {"x-coerce": "number", "x-split": ","}}, ("items", "x-coerce"), "both"),
    ({"items": {"x-steps": [{"x-mesage": "a"}]}}, ("items", "x-steps", 0, "x-mesage"), "mean"),
    ({"items": {"$ref": "#/$defs/no"}}, ("items", "$ref"), "is not in it"),
    ({"$ref": "https://example.org/a"}, ("$ref",), "is not in it"),
    ({"$schema": "http://json-schema.org/draft-07/schema#"}, ("$schema",), "2020-12"),
    (
        {"x-severity": {"when": "a", "is": ["b"], "then": "bad"}},
        ("x-severity", "then"),
        'not "bad"',
    ),
    ({"x-except": [{"document": "a"}]}, ("x-except", 0), "needs the key `reason`: why"),
    (
        {"x-except": [{"document": "a", "reason": "b", "until": "2027-02-30"}]},
        ("x-except", 0, "until"),
        "`x-except[1].until`: it must be a day, written 2027-01-31, not",
    ),
    ({"x-vocabulary": "no.txt"}, ("x-vocabulary",), "cannot be read"),
    ({"properties": {"a": 3}}, ("properties", "a"), "whole number"),
]


@pytest.mark.parametrize(("schema", "keys", "words"), BAD, ids=lambda value: str(value)[:60])
def test_a_wrong_schema_is_pointed_at(
    schema: dict[str, Any], keys: tuple[str | int, ...], words: str
) -> None:
    with pytest.raises(ValueError, match=r"\w") as caught:
        SCHEMA.read(schema)
    assert words in str(caught.value)
    assert getattr(caught.value, "inside", ()) == keys


def test_a_field_may_be_called_like_a_keyword() -> None:
    SCHEMA.read({"properties": {"x-thing": {"type": "string"}, "x-split": {"minLength": 1}}})
    SCHEMA.read({"const": {"x-what": 1}, "default": {"x-ever": 2}})


CONFIG = """
[profiles.pages]
files = ["*.md"]

[profiles.pages.metadata]
schema = {schema}

[profiles.pages.delimiters]
block = "front-matter"
"""


def configured(folder: Path, schema: str) -> Any:
    """What a configuration in `folder` makes of a schema."""
    path = folder / "seed-validator.toml"
    path.write_text(CONFIG.format(schema=schema), "utf-8")
    return configuration(str(folder), str(path)).profiles[0].settings[SCHEMA]


def test_the_place_in_the_configuration_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"seed-validator\.toml:6:\d+: .*x-splt.*x-split"):
        configured(tmp_path, '{ properties.a.x-splt = "," }')


def test_schema_and_vocabulary_from_files(tmp_path: Path) -> None:
    folder = tmp_path / "schemas"
    folder.mkdir()
    folder.joinpath("words.txt").write_bytes("# topics\r\nAlpha\r\n\r\nÉta\r\n".encode())
    folder.joinpath("words.json").write_text('{"one": 1, "two": 2}', "utf-8")
    schema = {
        "$schema": "urn:seed-validator:vocabulary:1",
        "$id": "https://example.org/pages.json",
        "properties": {
            "topic": {"x-vocabulary": "words.txt"},
            "number": {"x-vocabulary": {"file": "words.json", "casefold": True}},
        },
    }
    folder.joinpath("pages.json").write_text(json.dumps(schema), "utf-8")
    read = configured(tmp_path, '"schemas/pages.json"')
    assert read["properties"]["topic"]["x-vocabulary"]["words"] == ["Alpha", "Éta"]
    assert read["properties"]["number"]["x-vocabulary"]["words"] == ["one", "two"]
    assert pickle.loads(pickle.dumps(read)) == read


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read"),
        (b'{"a": ', "not JSON at row 1"),
        (b"[1]", "must be a table"),
        (b"\xff{}", "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_schema_file_that_is_none(tmp_path: Path, content: bytes | None, words: str) -> None:
    if content is not None:
        tmp_path.joinpath("a.json").write_bytes(content)
    with pytest.raises(ConfigError, match=words):
        configured(tmp_path, '"a.json"')


def test_the_place_in_a_schema_file_is_named(tmp_path: Path) -> None:
    tmp_path.joinpath("a.json").write_text('{"items": {"pattern": "(a"}}', "utf-8")
    with pytest.raises(ConfigError, match=r"toml:6:.*a\.json.*/items/pattern.*it has a wrong `pa"):
        configured(tmp_path, '"a.json"')


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "no list of words"), (b"\xff", "neither JSON nor text"), (b"3", "no list of words")],
)
def test_a_vocabulary_that_is_none(tmp_path: Path, content: bytes, words: str) -> None:
    tmp_path.joinpath("a.json").write_bytes(content)
    tmp_path.joinpath("a.txt").write_bytes(content if content != b"3" else b"# nothing\n")
    for name in ("a.json", "a.txt"):
        if name == "a.json" and not content:
            continue  # that is no JSON
        with pytest.raises(ConfigError, match=words):
            configured(tmp_path, f'{{ x-vocabulary = "{name}" }}')


def test_days_of_toml_are_days(tmp_path: Path) -> None:
    read = configured(tmp_path, "{ properties.a.x-not-before = 1990-01-01 }")
    assert read["properties"]["a"]["x-not-before"] == "1990-01-01"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (3, "`metadata.exempt` must be an array of tables, not 3"),
        ([3], "`metadata.exempt[1]` must be a table, not 3"),
        ([{"document": "1"}], "`metadata.exempt[1]` needs the key `reason`: why"),
        ([{"document": "1", "reason": "r", "feld": ["a"]}], "did you mean `field`?"),
        ([{"document": "1", "reason": "r", "until": "soon"}], "[1].until` must be a day, "),
        ([{"document": "1", "reason": "r", "until": "2027-02-30"}], 'not "2027-02-30"'),
    ],
)
def test_exemptions_that_are_wrong(written: object, words: str) -> None:
    assert words in refused("metadata.exempt", written)
