"""The mutants of the engine: which there are, and which tests are asked of one."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from .mutation import mapping
from .mutation.__main__ import drawn_from
from .mutation.chosen import Chosen
from .mutation.known import KNOWN
from .mutation.mapping import Map, Measured, Module
from .mutation.mutants import is_python, mutants_of


def faults(line: str, returns: str = "int") -> set[str]:
    """What a line of a function may become."""
    source = f"def f(a, b) -> {returns}:\n    {line}\n".encode()
    found = mutants_of(source, "f.py")
    assert all(is_python(one.applied(source)) for one in found)
    assert all(source[one.start : one.end].decode() == one.before for one in found)
    return {one.applied(source).decode().split("\n", 1)[1].strip() for one in found}


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("return a < b", {"return (a <= b)", "return (a > b)"}),
        ("return a in b", {"return (a not in b)"}),
        ("return a is None", {"return (a is not None)"}),
        ("return a and b", {"return (a or b)", "return (a)", "return (b)"}),
        ("return not a", {"return (a)"}),
        ("return a + 1", {"return (a - 1)", "return (a)", "return a + 2", "return a + 0"}),
        ("return a * b", {"return (a // b)"}),
        ("return a[b:]", {"return (a[:])"}),
        ("return b'\\r\\n'", {"return b'\\r'"}),
        ("return min(a, b)", {"return (max(a, b))"}),
        ("return True", {"return False"}),
        ("return a if b else 0", {
            "return a if not b else 0", "return a if b else 1", "return a if b else -1",
        }),
        ("return [x for x in a if x]", {"return [x for x in a if True]"}),
        ("a += b", {"a -= b", "pass"}),
        ("a(b)", {"pass"}),
        ("yield a", {"yield from ()"}),
        ("assert a < b", set()),
        ("a: tuple[int, 3] = b", set()),
        ("'''A docstring: 1.'''", set()),
        ("return f'{a + 1}'", set()),
        ("return a", set()),
    ],
)  # fmt: skip
def test_what_a_line_may_become(line: str, wanted: set[str]) -> None:
    assert faults(line) == wanted


def test_a_truth_is_turned_round_where_one_is_returned() -> None:
    assert faults("return a", "bool") == {"return not a"}


def test_what_is_data_is_left_alone() -> None:
    source = b'"""1."""\nMOST = 40\nif TYPE_CHECKING:\n    MOST = 1 + 1\n'
    source += b"class A(B, x=True):\n    n = 2\n"
    assert [(one.line, one.scope, one.after) for one in mutants_of(source, "a.py")] == [
        (6, "A", "1"),
        (6, "A", "3"),
    ]


def test_letters_before_a_fault_are_bytes() -> None:
    source = "def f(a):\n    b = 'é'; return a < b\n".encode()
    assert {one.before for one in mutants_of(source, "a.py")} == {"a < b"}


def test_the_same_seed_draws_the_same() -> None:
    sources = [("a.py", b"def f(a, b):\n    return a < b and a + 1 or not b\n")]
    drawn = drawn_from(sources, 1, 5)
    assert drawn == drawn_from(sources, 1, 5)
    assert len({*drawn}) == 5
    assert drawn != drawn_from(sources, 2, 5)


def test_the_likeliest_test_comes_first() -> None:
    tests = [Measured("broad", 0.1, 900), Measured("slow", 9.0, 10), Measured("own", 0.1, 10)]
    known = Map(tests, {"a.py": Module({1: {0, 1, 2}, 2: {0}}, {0: 9, 1: 9, 2: 9})})
    assert [test.name for test in known.of("a.py", 1)] == ["own", "slow", "broad"]
    assert [test.name for test in known.of("a.py", 2)] == ["broad"]
    assert len(known.of("a.py", 3)) == 3  # on import
    assert known.of("b.py", 1) == []


def test_parts_of_the_map_are_put_together(tmp_path: Path) -> None:
    parts = [tmp_path / "1.json", tmp_path / "2.json"]
    parts[0].write_text('{"tests": [["a", 0.1, 2]], "modules": {"m.py": ["old", {"7": [0]}]}}')
    parts[1].write_text(
        '{"tests": [["b", 0, 1], ["c", 0, 1]], "modules": '
        '{"m.py": ["new", {"7": [1], "8": [0, 1]}], "gone.py": ["new", {"1": [0]}]}}'
    )
    lines = [b"%d" % number for number in range(10)]
    (tmp_path / "old").write_bytes(b"\n".join(lines))
    del lines[2]
    for name in ("new", "m.py"):
        (tmp_path / name).write_bytes(b"\n".join(lines))
    found = mapping.read(parts, tmp_path)
    assert [test.name for test in found.tests] == ["a", "b", "c"]
    assert found.modules.keys() == {"m.py"}
    assert found.modules["m.py"].tests == {6: {0}, 7: {2}, 8: {1, 2}}
    assert found.modules["m.py"].lines == {0: 1, 1: 1, 2: 2}


def test_only_what_is_listed_is_run_and_in_that_order(tmp_path: Path) -> None:
    listed = tmp_path / "tests.json"
    listed.write_text('["c", "a"]')
    chosen, items = Chosen(listed), [SimpleNamespace(nodeid=name) for name in "abc"]
    given: Any = items
    chosen.pytest_collection_modifyitems(given)
    assert [item.nodeid for item in items] == ["c", "a"]
    for nodeid, failed in (("c", False), ("a", True), ("b", True)):
        report: Any = SimpleNamespace(nodeid=nodeid, when="call", passed=not failed, failed=failed)
        chosen.pytest_runtest_logreport(report)
    chosen.pytest_sessionfinish()
    assert (tmp_path / "tests.said").read_text() == '{"passed": 1, "failed": "a"}'


def test_known_mutants_have_a_reason() -> None:
    assert all(reason.strip() for reason in KNOWN.values())


def test_known_mutants_are_there() -> None:
    for path, scope, before, after in KNOWN:
        found = mutants_of((mapping.ROOT / path).read_bytes(), path)
        assert (scope, before, after) in {(one.scope, one.before, one.after) for one in found}, path
