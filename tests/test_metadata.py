"""The metadata of a document: its block, its markers, its file."""

from __future__ import annotations

import pickle

import pytest

from validator import check_bytes
from validator.document import Document, Node, Place
from validator.metadata import fields as metadata
from validator.metadata.syntax.block_flaws import DuplicateKey
from validator.settings.options import Settings
from validator.text.lines import Window

from .support import profile

DEFAULTS = Settings({})
DATA = b"<doc id=7 lang=en>\nid: a1\nauthor:\n  name: Ann\n\nText.\n"


def document(data: bytes = DATA, end: int = 46) -> Document:
    attributes = {"id": (8, 9), "lang": (15, 17)}
    place = Place(b"7_x.txt", {"file.id": "x"})
    return Document(
        Window(data), (end + 1, len(data)), (19, end), "yaml", attributes=attributes, place=place
    )


def test_the_block_hides_attributes_of_the_same_name() -> None:
    fields = {"id": "a1", "lang": "en", "author": {"name": "Ann"}}
    assert metadata.values(document(), DEFAULTS) == fields
    tree = metadata.examined(document(), DEFAULTS).tree
    assert tree is not None
    assert tree.value == fields


def test_attributes_know_their_bytes() -> None:
    tree = metadata.examined(document(), DEFAULTS).tree
    assert tree is not None
    assert isinstance(tree.children, dict)
    assert tree.children["lang"] == Node("en", 15, 17)
    assert DATA[slice(*tree.children["id"].span)] == b"a1"


def test_fields_by_name() -> None:
    one = document()
    assert metadata.field(one, DEFAULTS, "id") == "a1"
    assert metadata.field(one, DEFAULTS, "author.name") == "Ann"
    assert metadata.field(one, DEFAULTS, "author.mail") is None
    assert metadata.field(one, DEFAULTS, "file.id") == "x"
    assert metadata.field(one, DEFAULTS, "file.other") is None


def test_what_must_be_examined_still_has_fields() -> None:
    one = document(DATA.replace(b"author:\n  name: Ann\n", b"id: a2\n"), 33)
    assert metadata.values(one, DEFAULTS) is None
    found = metadata.examined(one, DEFAULTS)
    assert found.flaws == (DuplicateKey(26, 28, "id", 19),)
    assert metadata.field(one, DEFAULTS, "id") == "a2"
    assert metadata.field(one, DEFAULTS, "lang") == "en"


def test_of_an_unreadable_block_the_attributes_stay() -> None:
    one = document(DATA.replace(b"id: a1", b"id: @1"))
    assert metadata.examined(one, DEFAULTS).tree is None
    assert metadata.field(one, DEFAULTS, "id") == "7"
    assert metadata.field(one, DEFAULTS, "author") is None


def test_a_document_without_a_block_has_its_attributes() -> None:
    one = Document(Window(DATA), (19, len(DATA)), attributes={"id": (8, 9)})
    assert metadata.values(one, DEFAULTS) == {"id": "7"}
    tree = metadata.examined(one, DEFAULTS).tree
    assert tree is not None
    assert tree.value == {"id": "7"}


def test_examined_trees_pickle() -> None:
    found = metadata.examined(document(), DEFAULTS)
    assert pickle.loads(pickle.dumps(found)) == found


def test_nothing_is_asked_of_a_stub() -> None:
    stub: dict[str, object] = {"field": "status", "is": ["Moved"]}
    tables: dict[str, dict[str, object]] = {
        "delimiters": {"block": "front-matter"},
        "metadata": {"stub": stub, "schema": {"required": ["title"]}},
        "body": {"sections": {"required": ["A", "B"]}},
    }
    page = b"---\nid: 1\nstatus: %b\n---\n\nSee there.%b\n"
    for status, more, told in (
        (b"Moved", b"", []),
        (b"Moved", b"\x01", ["TXT002"]),
        (b"moved", b"", ["BOD020", "MET100"]),
        (b"", b"", ["BOD020", "MET100"]),
    ):
        found = check_bytes(page % (status, more), profile(tables))
        assert sorted(one.code for one in found) == told
    tables["metadata"]["stub"] = {"field": "moved"}
    assert not check_bytes(b"---\nmoved: true\n---\nText.\n", profile(tables))


@pytest.mark.parametrize(
    "value",
    [
        "status",
        {},
        {"field": 3},
        {"field": ""},
        {"field": "a", "was": "b"},
        {"field": "a", "is": [[]]},
    ],
)
def test_what_is_no_stub(value: object) -> None:
    with pytest.raises(ValueError, match=r"must|has the unknown key|needs the key"):
        profile({"metadata": {"stub": value}})
