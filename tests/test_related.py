"""Other places that a finding of one file is about: the first of two keys, the outer document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator import check_bytes
from validator.model import Diagnostic, Location

from .support import profile, run_cli

Tables = dict[str, dict[str, object]]

FRONT: Tables = {"delimiters": {"block": "front-matter"}}
HEADERS: Tables = {"delimiters": {"block": "headers"}}
RECORDS: Tables = {"delimiters": {"kind": "json-lines"}}
MARKED: Tables = {"delimiters": {"kind": "marked", "begin": "[begin]", "end": "[end]"}}
NAMED: Tables = {
    "delimiters": {
        "kind": "marked",
        "begin": {"pattern": r"begin (?P<name>\S+)", "form": "begin NAME"},
        "end": {"pattern": r"end (?P<name>\S+)", "form": "end NAME"},
    }
}


def sections(**keys: object) -> Tables:
    return {"body": {"sections": keys}}


def schema(**properties: object) -> Tables:
    return {**FRONT, "metadata": {"schema": {"properties": properties}}}


def of(data: bytes, tables: Tables, code: str) -> list[Diagnostic]:
    """The findings of one rule."""
    return [one for one in check_bytes(data, profile(tables), name="a.md") if one.code == code]


def places(found: list[Diagnostic]) -> list[tuple[int, int, str]]:
    """Row, column and words of all that belongs to findings."""
    told = []
    for one in found:
        for related in one.related:
            assert related.path == one.path
            assert related.location is not None
            told.append((related.location.row, related.location.column, related.message))
    return told


FIRST = "it stands here first"


@pytest.mark.parametrize(
    ("tables", "data", "code", "wanted"),
    [
        (FRONT, b"---\na: 1\nb: 2\na: 3\na: 4\n---\nx\n", "MET013", [(2, 1, FIRST), (2, 1, FIRST)]),
        (FRONT, b"+++\na = 1\n\na = 2\n+++\nx\n", "MET013", [(2, 1, FIRST)]),
        (FRONT, '{"é": 1, "b": 1,\n "b": 2}\nx\n'.encode(), "MET013", [(1, 10, FIRST)]),
        (HEADERS, b"A: 1\r\nB: 2\r\na: 3\r\n\r\nx\r\n", "MET013", [(1, 1, FIRST)]),
        (RECORDS, b'{"a": 1}\n{"b": 1, "b": 2}\n', "MET013", [(2, 2, FIRST)]),
        (RECORDS, b'{"a": 1}\n{"b": [1, {"c": 2\n', "MET027", [(2, 11, "an object begins here")]),
        (
            {**RECORDS, "metadata": {"types": "one"}},
            b'{"a": 1}\n\n{"a": 1, "n": 1}\n{"n": "x"}\n',
            "MET040",
            [(3, 1, "the record in which it is a number")],
        ),
        (
            schema(t={"uniqueItems": True}),
            b"---\nt: [a, b, a]\n---\nx\n",
            "MET110",
            [(2, 5, "item 1")],
        ),
        (
            schema(t={"x-split": ", ", "x-sorted": "text"}),
            b"---\nt: b, a\n---\nx\n",
            "MET109",
            [(2, 4, "the item before it")],
        ),
        (
            {**FRONT, "metadata": {"order": ["a", "b"]}},
            b"---\nb: 1\na: 2\n---\nx\n",
            "MET108",
            [(2, 1, "it belongs before this one")],
        ),
        (sections(unique=True), b"x\n\n## A\ny\n## A\nz\n", "BOD024", [(3, 1, "the first one")]),
        (
            sections(order=["A", "B"]),
            b"## B\n## A\n",
            "BOD022",
            [(2, 1, "it belongs after this one")],
        ),
        (sections(last="A"), b"## A\n## B\n", "BOD022", [(2, 1, "the section that follows")]),
        (
            {"body": {"require": [{"pattern": "x", "message": "m", "max": 1}]}},
            b"x\n a x x\n",
            "BOD032",
            [(1, 1, "it stands here, too")],
        ),
        (
            MARKED,
            b"[begin]\nOne.\n[begin]\nTwo.\n[end]\n[end]\n",
            "DEL012",
            [(1, 1, "the outer document begins here")],
        ),
        (
            MARKED,
            b"[begin]\nOne.\n[begin]\nTwo.\n[end]\n",
            "DEL010",
            [(3, 1, "the next document begins here")],
        ),
        (
            MARKED,
            b"[begin]\nOne.\n[END]\n",
            "DEL010",
            [(3, 1, "this line looks like `[end]`")],
        ),
        (MARKED, b"[Begin]\nx\n[end]\n", "DEL011", [(1, 1, "this line looks like `[begin]`")]),
        (FRONT, b"---\na: 1\n----\nx\n", "DEL031", [(3, 1, "this line looks like `---`")]),
        (NAMED, b"begin one\nText.\nend two\n", "DEL013", [(1, 7, "the begin marker")]),
    ],
)
def test_the_other_place_is_told(
    tables: Tables, data: bytes, code: str, wanted: list[tuple[int, int, str]]
) -> None:
    found = of(data, tables, code)
    assert found
    assert places(found) == wanted


def test_a_place_in_an_earlier_window(tmp_path: Path) -> None:
    text = b"[begin]\n" + b"Text.\n" * 100_000
    data = b"[begin]\nx\n[end]\n" + text + b"[begin]\nTwo.\n[end]\n[end]\n"
    found = of(data, MARKED, "DEL012")
    assert places(found) == [(4, 1, "the outer document begins here")]
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    from validator import check_paths

    (again,) = check_paths([str(path)], profile(MARKED)).diagnostics()
    assert places([again]) == places(found)


def test_a_place_in_a_later_window() -> None:
    text = b"[begin]\n" + b"Text.\n" * 100_000
    found = of(text + b"[begin]\nTwo.\n[end]\n", MARKED, "DEL010")
    assert places(found) == [(100_002, 1, "the next document begins here")]


def test_a_place_in_another_encoding() -> None:
    tables: Tables = {**FRONT, "encoding": {"charset": "utf-16"}}
    data = "---\né: 1\nb: ß\nb: 2\n---\nx\n".encode("utf-16")
    found = of(data, tables, "MET013")
    assert places(found) == [(3, 1, FIRST)]


def test_nothing_is_said_of_the_place_itself() -> None:
    """A text that is split, with escapes in it, whose parts cannot be found: no second place."""
    tables = schema(t={"x-split": ",", "x-unique": "text"})
    for one in of(b'---\nt: "\\u0061,\\u0061"\n---\nx\n', tables, "MET110"):
        assert all(related.location != one.location for related in one.related)


LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters='"\\')
KEYS = st.text(LETTERS, max_size=4)


@given(st.lists(KEYS, min_size=2, max_size=6), st.sampled_from([", ", ",\n", ",\r\n \t"]))
def test_the_first_key_is_where_it_is(keys: list[str], glue: str) -> None:
    """Every key that stands again is related to where it stood first."""
    parts = [json.dumps(key, ensure_ascii=False) + ": 1" for key in keys]
    data = ("{" + glue.join(parts) + "}\n").encode()
    tables: Tables = {"delimiters": {"block": "entire", "formats": ["json"]}}
    lines = data.decode().replace("\r\n", "\n").split("\n")
    for one in of(data, tables, "MET013"):
        key = str(one.data["key"])
        (related,) = one.related
        assert related.location is not None
        before = lines[related.location.row - 1][related.location.column - 1 :]
        assert before.startswith(json.dumps(key, ensure_ascii=False) + ":")
        row, column = related.location.row, related.location.column
        ahead = "\n".join((*lines[: row - 1], lines[row - 1][: column - 1]))
        assert json.dumps(key, ensure_ascii=False) + ":" not in ahead


def test_it_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_bytes(b"---\na: 1\na: 3\n---\nx\n")
    _, out, _ = run_cli("a.md", profile="front-matter", output_format="full")
    assert " ::: a.md:2:1  it stands here first\n" in out
    _, out, _ = run_cli("a.md", profile="front-matter", output_format="json")
    (one,) = [one for one in json.loads(out)["diagnostics"] if one["code"] == "MET013"]
    wanted: dict[str, Any] = {
        "path": "a.md",
        "message": FIRST,
        "location": {"row": 2, "column": 1},
    }
    assert one["related"] == [wanted]


def test_the_other_place_may_be_in_a_window_before() -> None:
    """A file is read in windows of 256 KiB; the begin marker lies in the first of them."""
    data = b"begin a\n" + b"A line of the text.\n" * 30_000 + b"end b\n"
    (one,) = check_bytes(data, profile(NAMED), name="a.txt")
    assert one.code == "DEL013"
    assert [(other.location, other.message) for other in one.related] == [
        (Location(row=1, column=7), "the begin marker")
    ]
