"""Shapes of records, and the rules that compare the records of a file by them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator import check_paths, load_profile
from validator.metadata.syntax.shapes import MOST, Known, Records, shape, shapes

SCALARS = (
    st.none() | st.booleans() | st.integers(0, 3) | st.floats(0, 1) | st.text("ab", max_size=2)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab"), inner, max_size=2),
    max_leaves=4,
)
RECORDS = st.lists(st.dictionaries(st.sampled_from("abc"), VALUES), max_size=6) | st.lists(
    st.fixed_dictionaries({"a": SCALARS, "b": SCALARS}), max_size=4
)


@given(RECORDS)
def test_shapes_of_many_are_those_of_each(records: list[dict[str, Any]]) -> None:
    assert shapes(records) == shapes(Records(records)) == set(map(shape, records))


@given(st.dictionaries(st.sampled_from("abc"), SCALARS), st.integers(1, 5))
def test_records_that_are_alike_have_one_shape(record: dict[str, Any], count: int) -> None:
    assert shapes(Records(dict(record) for _ in range(count))) == {shape(record)}


def test_what_tells_shapes_apart() -> None:
    assert shape({"a": 1}) != shape({"a": "1"}) != shape({"b": "1"})
    assert shape({"a": {"b": 1}}) != shape({"a": {"c": 1}})
    assert shape({"a": [1, "x"]}) != shape({"a": [1, 2]})
    assert shape({"a": [1, 2]}) == shape({"a": [3]})
    assert len(shapes([{"a": 1, "b": 2}, {"a": 1}, {"b": 1, "a": 2}])) == 3


def test_what_is_known_stays_bounded() -> None:
    known = Known()
    for number in range(3 * MOST):
        known.learn(number)
    assert known.agrees({3 * MOST - 1})
    assert sum(known.agrees({number}) for number in range(3 * MOST)) <= MOST


@pytest.mark.parametrize("size", [10, 5000])
def test_records_that_differ_are_rejected_and_named(tmp_path: Path, size: int) -> None:
    """In files that are one window and in those that are many: each record that is at fault."""
    records: list[dict[str, Any]] = [{"id": f"d{n}", "text": "x" * size} for n in range(200)]
    records[50]["id"] = 50
    records[120]["Text"] = records[120].pop("text")
    records[121]["Text"] = records[121].pop("text")
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in records), "utf-8")
    run = check_paths([str(path)], load_profile("dolma"))
    found = list(run.diagnostics())
    named = [(one.document_index, one.name) for one in found if one.code != "MET100"]
    assert named == [
        (51, "mixed-field-types"),
        (51, "wrong-type"),
        (121, "unsafe-key"),
        (121, "mixed-field-types"),  # it is first seen late
        (122, "unsafe-key"),
    ]
    assert run.summary.totals.documents == 200
    assert run.summary.totals.rejected == 3


@pytest.mark.parametrize("number", ["1e22", "9007199254740993", "0.0"])
def test_records_that_must_be_examined_are_compared_too(number: str, tmp_path: Path) -> None:
    lines = f'{{"id": "a", "v": {number}}}\n{{"id": "b", "v": "{number}"}}\n{{"ID": "c"}}\n'
    (tmp_path / "a.jsonl").write_text(lines, "utf-8")
    found = check_paths([str(tmp_path)], load_profile("jsonl")).diagnostics()
    named = {one.name for one in found} - {"unsafe-integer"}
    assert named == {"mixed-field-types", "unsafe-key"}


def test_keys_of_one_file_are_not_held_against_those_of_another(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"id": "a"}\n')
    (tmp_path / "b.jsonl").write_bytes(b'{"ID": "a"}\n')
    assert not list(check_paths([str(tmp_path)], load_profile("jsonl")).diagnostics())
