"""Every syntax of metadata, wherever it may stand, through every message that can name one.

All of it comes from the table, so that a new syntax that lacks a word fails here.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from msgspec import Struct

from validator import Diagnostic, check_bytes, check_paths
from validator.body.code_options import CODE
from validator.delimiters.options import BLOCK, FORMATS, SIDECAR
from validator.document import Document
from validator.metadata import fields
from validator.metadata.syntax import block_flaws
from validator.metadata.syntax.block_flaws import TooLarge
from validator.metadata.syntax.table import (
    FENCES,
    FRONT_MATTER,
    HEADS,
    IN_CODE,
    SUFFIXES,
    SYNTAXES,
    examine,
    load,
)
from validator.model import Flaw
from validator.rules.catalog import catalog
from validator.rules.rule import Explain
from validator.settings.options import Settings
from validator.text.lines import Window

from .support import profile, write

Tables = Mapping[str, Mapping[str, object]]

DEFAULTS = Settings({})
SEA: Mapping[str, object] = {
    "schema": {"required": ["title"], "properties": {"title": {"const": "Sea"}}}
}
SKY: Mapping[str, object] = {"schema": {"properties": {"title": {"const": "Sky"}}}}


def rule_for(flaw: type[Flaw]) -> Explain:
    """The check of the rule that puts such flaws into words."""
    checks = (rule.check for rule in catalog().rules.values())
    return next(one for one in checks if isinstance(one, Explain) and one.flaw is flaw)


def made(flaw: type[Flaw], **known: object) -> Flaw:
    """A flaw of this type with something in each of its fields."""
    values: dict[str, object] = {int: 1, str: "x", bool: False}  # type: ignore[dict-item]
    kinds: Mapping[str, Any] = get_type_hints(flaw)
    names = (name for name in flaw.__struct_fields__ if name not in known)
    some = {name: values[kinds[name]] for name in names if kinds[name] in values}
    return flaw(**known, **some)


NAMING = [
    one
    for one in vars(block_flaws).values()
    if inspect.isclass(one) and issubclass(one, Struct) and "syntax" in one.__struct_fields__
]


def said(data: bytes, tables: Tables) -> list[Diagnostic]:
    """What is found in a document, of delimiters and metadata."""
    return [
        one for one in check_bytes(data, profile(tables)) if one.code.startswith(("DEL", "MET"))
    ]


def assert_read(data: bytes, tables: Tables) -> None:
    """A document is clean, and its title is read: another one is asked for, and missed there."""
    assert said(data, {**tables, "metadata": SEA}) == []
    (missed,) = said(data, {**tables, "metadata": SKY})
    assert missed.code == "MET103"
    at = slice(missed.byte_offset, missed.byte_offset + missed.byte_length)
    assert data[at].strip(b"\"'") == b"Sea"


@pytest.mark.parametrize("name", SYNTAXES)
def test_a_syntax_is_complete(name: str) -> None:
    one = SYNTAXES[name]
    assert one.name == name
    assert one.called.startswith("the "), "as a message begins: `the YAML block cannot be read`"
    assert one.front_matter or one.head or one.suffixes or one.in_code, "it may stand somewhere"
    words = [front.how for front in (one.front_matter, one.head) if front]
    assert all(words)
    assert len({other.called for other in SYNTAXES.values()}) == len(SYNTAXES)


@pytest.mark.parametrize("name", SYNTAXES)
def test_its_example_has_a_title(name: str) -> None:
    block = SYNTAXES[name].example
    found = examine(name, block, (0, len(block)), DEFAULTS)
    assert load(name, block, DEFAULTS) == {"title": "Sea"}
    assert not found.flaws
    assert found.tree is not None
    assert found.tree.value == {"title": "Sea"}
    assert isinstance(found.tree.children, Mapping)
    title = found.tree.children["title"]
    assert block[slice(*title.key)].strip(b"\"'") == b"title"
    assert block[slice(*title.span)].strip(b"\"'") == b"Sea"


@pytest.mark.parametrize("flaw", NAMING, ids=lambda flaw: flaw.__name__)
def test_rules_have_words_for_every_syntax(flaw: type[Flaw]) -> None:
    explain = rule_for(flaw).explain
    told = {name: explain(made(flaw, syntax=name), DEFAULTS) for name in SYNTAXES}
    named = {name: bool(hit and SYNTAXES[name].called in hit.message) for name, hit in told.items()}
    assert all(hit and hit.message and hit.help for hit in told.values())
    assert len({*named.values()}) == 1, named


def test_some_flaws_name_a_syntax() -> None:
    assert len(NAMING) >= 4


@pytest.mark.parametrize("name", SYNTAXES)
def test_large_blocks_are_not_parsed(name: str) -> None:
    block = SYNTAXES[name].example + b"x" * 10_000_000
    assert load(name, block, DEFAULTS) is None
    found = examine(name, block, (0, len(block)), DEFAULTS)
    assert found.flaws == (TooLarge(0, len(block), len(block), 1 << 20),)


def test_a_record_may_be_larger_than_a_block() -> None:
    long = b'{"id": "' + b"x" * (1 << 20) + b'"'
    lines: Tables = {"delimiters": {"kind": "json-lines"}}
    settings = profile(lines).settings
    document = Document(Window(long + b"}"), (0, 0), (0, len(long) + 1), "json", size=len(long) + 2)
    assert fields.values(document, settings) is not None
    again = long + b', "id": 2}\n'
    assert [one.name for one in said(again, lines)] == ["duplicate-key"]
    entire: Tables = {"delimiters": {"block": "entire", "formats": ["json"]}}
    assert [one.name for one in said(again, entire)] == ["oversized-metadata"]


def front(name: str, text: bytes = b"Text.\n") -> bytes:
    """A document with the example as its front matter."""
    one, block = FRONT_MATTER[name], SYNTAXES[name].example
    if one.end:
        return block + b"\n" + text
    return one.opening + b"\n" + block + one.closing + b"\n" + text


@pytest.mark.parametrize("name", FRONT_MATTER)
@pytest.mark.parametrize("formats", ["all", "one"])
def test_it_is_front_matter(name: str, formats: str) -> None:
    among = [*FRONT_MATTER] if formats == "all" else [name]
    tables: Tables = {"delimiters": {"block": "front-matter", "formats": among}}
    assert_read(front(name), tables)
    assert_read(front(name, b""), tables)


@pytest.mark.parametrize("name", FRONT_MATTER)
def test_front_matter_that_is_missing(name: str) -> None:
    tables: Tables = {"delimiters": {"block": "front-matter", "formats": [name]}}
    opening = FRONT_MATTER[name].opening.decode()
    (found,) = said(b"Text.\n", tables)
    assert found.code == "DEL030"
    assert found.message == f"the document has no front matter: its first line is not `{opening}`"
    assert found.help == f"begin the document with `{opening}`"


@pytest.mark.parametrize("name", FRONT_MATTER)
def test_front_matter_that_is_not_closed(name: str) -> None:
    one = FRONT_MATTER[name]
    closing = one.closing
    tables: Tables = {"delimiters": {"block": "front-matter", "formats": [name]}}
    data = front(name, b"")
    (found,) = said(data[: data.rindex(closing)], tables)
    assert found.code == "DEL031"
    assert found.message.startswith(
        f"the metadata block that `{one.opening.decode()}` opens is not closed"
    )
    assert f"write `{closing.decode()}`" in found.help


@pytest.mark.parametrize("name", FENCES)
def test_fences_that_are_nearly_right(name: str) -> None:
    one = FENCES[name]
    sign = one.opening[:1]
    tables: Tables = {"delimiters": {"block": "front-matter", "formats": [name]}}
    (late,) = said(b"\n" + front(name), tables)
    assert late.code == "DEL032"
    assert late.help.endswith(f"must begin with `{one.opening.decode()}`")
    (near,) = said(sign + front(name), tables)
    assert near.code == "DEL030"
    assert f"looks like `{one.opening.decode()}`" in near.message
    data = front(name)
    at = data.rindex(one.closing)
    (near,) = said(data[:at] + sign + data[at:], tables)
    assert near.code == "DEL031"
    assert f"looks like `{one.closing.decode()}`" in near.message


@pytest.mark.parametrize("name", FENCES)
def test_blanks_after_a_fence_are_said_of_every_fence(name: str) -> None:
    keys = {"block": "front-matter", "formats": [name], "padding": "forbid"}
    opening = FENCES[name].opening + b"\n"
    data = front(name).replace(opening, opening + b"\n", 1)
    assert "DEL051" in [one.code for one in said(data, {"delimiters": keys})]


@pytest.mark.parametrize("name", HEADS)
def test_it_is_lines_at_the_start(name: str) -> None:
    tables: Tables = {"delimiters": {"block": name}}
    assert_read(SYNTAXES[name].example + b"\nText.\n", tables)
    assert_read(SYNTAXES[name].example, tables)
    assert said(b"\xef\xbb\xbf" + SYNTAXES[name].example + b"\n", tables) == []


@pytest.mark.parametrize("name", HEADS)
def test_lines_that_are_missing(name: str) -> None:
    head = HEADS[name]
    (found,) = said(b"Text.\n", {"delimiters": {"block": name}})
    assert found.code == "DEL030"
    assert found.message == (
        f"the document has no {head.called}: its first line is not `{head.form}`"
    )
    assert found.help == f"begin the document with `{head.form}`"
    allowing: Tables = {"delimiters": {"block": name, "block-presence": "allow"}}
    assert said(b"Text.\n", allowing) == []


@pytest.mark.parametrize("name", FRONT_MATTER)
def test_it_is_all_of_a_document(name: str) -> None:
    assert_read(SYNTAXES[name].example, {"delimiters": {"block": "entire", "formats": [name]}})


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_it_is_a_file_beside(suffix: str, tmp_path: Path) -> None:
    tables: Tables = {"delimiters": {"block": "sidecar", "sidecar": f"{{stem}}.{suffix}"}}
    write(tmp_path, {"a.txt": b"Text.\n"})

    def found(metadata: Mapping[str, object]) -> Iterator[Diagnostic]:
        return check_paths([str(tmp_path)], profile({**tables, "metadata": metadata})).diagnostics()

    (missing,) = found(SEA)
    assert (missing.code, f"a.{suffix}" in missing.message) == ("DEL033", True)
    write(tmp_path, {f"a.{suffix}": SYNTAXES[SUFFIXES[suffix]].example})
    assert not [*found(SEA)]
    (missed,) = found(SKY)
    assert (missed.code, missed.path.endswith(f"a.{suffix}")) == ("MET103", True)


@pytest.mark.parametrize("name", IN_CODE)
def test_it_is_data_in_a_block_of_code(name: str) -> None:
    block = SYNTAXES[name].example.rstrip(b"\n")
    text = b"```data\n" + block + b"\n```\n"
    for schema, codes in ((SEA, []), (SKY, ["BOD041"])):
        code = [{"language": "data", "syntax": name, **schema}]
        found = check_bytes(text, profile({"body": {"code": code}}))
        assert [one.code for one in found if one.code.startswith("BOD")] == codes


@pytest.mark.parametrize("name", SYNTAXES)
def test_options_know_it(name: str) -> None:
    one = SYNTAXES[name]
    assert (name in IN_CODE) == one.in_code
    with pytest.raises(ValueError, match="must be one of") as refused:
        BLOCK.read("none of them")
    assert (f'"{name}"' in str(refused.value)) == bool(one.head)
    assert bool(one.head) == (one.head is not None and one.head.how in BLOCK.doc)
    with pytest.raises(ValueError, match="must end in one of") as refused:
        SIDECAR.read("{stem}.none")
    assert all(f".{suffix}" in str(refused.value) for suffix in one.suffixes)
    assert (f"`{name}`" in FORMATS.doc) == bool(one.front_matter)
    with pytest.raises(ValueError, match="must be one of") as refused:
        FORMATS.read(["none"])
    assert (f'"{name}"' in str(refused.value)) == bool(one.front_matter)
    with pytest.raises(ValueError, match="must be one of") as refused:
        CODE.read([{"language": "data", "syntax": "none"}])
    assert (name in str(refused.value)) == one.in_code
