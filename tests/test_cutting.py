"""Tasks are cut by bytes: large files of one directory are the work of several workers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.check.plan import RANGE, Part
from validator.run import cutting
from validator.run.cutting import BYTES, FEW, FILES, cut
from validator.run.request import RunRequest, prepare

MB = 1 << 20


def sparse(folder: Path, sizes: dict[str, int]) -> None:
    """Files of these sizes that take no room on the disk."""
    for name, size in sizes.items():
        with open(folder / name, "wb") as file:
            file.truncate(size)


def parts(folder: Path, profile: str) -> list[Part]:
    """The tasks of a run."""
    request = RunRequest(paths=(str(folder),), profile=profile, isolated=True)
    return [*prepare(request).begin()[1]]


def names(made: list[Part]) -> list[list[str]]:
    return [[os.fsdecode(name) for name in part.names] for part in made]


def test_large_files_of_a_directory_are_a_task_each(tmp_path: Path) -> None:
    sparse(tmp_path, {f"{number}.jsonl": 60 * MB for number in range(8)})
    assert names(parts(tmp_path, "jsonl")) == [[f"{number}.jsonl"] for number in range(8)]


def test_small_files_stay_together_up_to_so_many(tmp_path: Path) -> None:
    sparse(tmp_path, {f"{number:03d}.txt": 2500 for number in range(FILES + 44)})
    assert [len(some) for some in names(parts(tmp_path, "text"))] == [FILES, 44]


def test_neighbours_share_a_task_while_there_is_room(tmp_path: Path) -> None:
    sizes = {"a": 6 * MB, "b": 9 * MB, "c": 2 * MB, "d": 40 * MB, "e": 1, "f": 0}
    sparse(tmp_path, {f"{name}.jsonl": size for name, size in sizes.items()})
    made = [[name[0] for name in some] for some in names(parts(tmp_path, "jsonl"))]
    assert made == [["a", "b"], ["c"], ["d"], ["e", "f"]]


@pytest.mark.parametrize("name", ["{}.jsonl", "{}.txt.gz"])
def test_a_large_one_among_many_is_found_where_such_are_usual(tmp_path: Path, name: str) -> None:
    sparse(tmp_path, {name.format(f"{number:03d}"): 100 for number in range(200)})
    sparse(tmp_path, {name.format("101"): 20 * MB, name.format("150"): 20 * MB})
    profile = "jsonl" if "jsonl" in name else "text"
    assert [len(some) for some in names(parts(tmp_path, profile))] == [101, 1, 48, 1, 49]


def test_of_many_texts_not_every_one_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sparse(tmp_path, {f"{number:03d}.txt": 100 for number in range(200)})
    asked: list[bytes] = []

    def size_of(path: bytes) -> int:
        asked.append(path)
        return 100

    monkeypatch.setattr(cutting, "size_of", size_of)
    parts(tmp_path, "text")
    assert 0 < len(asked) < FEW


def test_of_many_large_texts_every_one_is(tmp_path: Path) -> None:
    sparse(tmp_path, {f"{number:03d}.txt": MB for number in range(200)})
    assert {len(some) for some in names(parts(tmp_path, "text"))} == {16, 200 % 16}


def test_a_large_file_is_looked_at_in_ranges(tmp_path: Path) -> None:
    sparse(tmp_path, {"a.jsonl": 1, "b.jsonl": 70 * MB, "c.jsonl": 70 * MB, "d.jsonl.gz": 70 * MB})
    made = parts(tmp_path, "jsonl")
    ranges = [[(one.start, one.stop) for one in part.preparations()] for part in made]
    five = [(number * RANGE, (number + 1) * RANGE) for number in range(5)]
    assert ranges == [[], five, five, []]
    assert made[1].prepared([]).preparations() == ()


def test_a_file_that_is_gone_has_no_bytes(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/"
    assert [*cut(folder, [b"a", b"b"], all_asked=True)] == [((b"a", b"b"), 0)]


@given(sizes=st.lists(st.sampled_from([0, 1, MB, 5 * MB, BYTES, 3 * BYTES])), few=st.integers(1, 9))
def test_a_cut_keeps_all_names_in_order(sizes: list[int], few: int) -> None:
    given_names = [b"%d" % number for number in range(len(sizes))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "size_of", lambda path: sizes[int(path)])
        tasks = [*cut(b"", given_names, few, all_asked=True)]
    assert [name for task, _ in tasks for name in task] == given_names
    for task, _ in tasks:
        assert 0 < len(task) <= few
        assert len(task) == 1 or sum(sizes[int(name)] for name in task) <= BYTES
