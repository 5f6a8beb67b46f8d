"""Any size: memory grows with no file, line or number of findings, time no faster than they."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator import check_bytes, check_paths
from validator.check.watchers import Watcher, coverers_first
from validator.encoding.damage import KEPT, Legacy, flaws
from validator.file.windows import LONGEST_LINE, cut
from validator.model import Severity
from validator.rules.catalog import catalog
from validator.rules.rule import Local
from validator.text.lines import Window, code_points

from .support import profile, write

LOCAL_RULES = [rule for rule in catalog().rules.values() if isinstance(rule.check, Local)]


@pytest.mark.parametrize(
    ("line", "times"),
    [(b"line\r\nand\n", 20_000), (b"a\x01b\x02\n", 40_000), (b"a\x01b\x02", 40_000)],
    ids=["mixed line ends", "controls", "controls on one line"],
)
def test_memory_does_not_grow_with_the_findings(line: bytes, times: int) -> None:
    data, rules = line * times, profile({})
    check_bytes(b"a\x01\r\nb\n", rules)  # what is compiled once does not count
    tracemalloc.start()
    try:
        found = check_bytes(data, rules)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    if b"\x01" in line:
        assert found[-1].data["omitted"] == 2 * times - len(found)
    else:
        assert [one.data["count"] for one in found] == [times]
    assert peak < 8 << 20


def test_rules_come_after_those_that_cover_them() -> None:
    entries = catalog().entries
    watchers = [Watcher(entries[rule.code], Severity.ERROR, bool) for rule in LOCAL_RULES]
    ordered = [watcher.rule for watcher in coverers_first(watchers)]
    assert sorted(rule.code for rule in ordered) == sorted(rule.code for rule in LOCAL_RULES)
    for at, rule in enumerate(ordered):
        assert not {earlier.name for earlier in ordered[:at]}.intersection(rule.covers)


@given(
    text=st.lists(st.sampled_from(["a", "é", "€", "😀", "\n", "\udc80", "\udce9"]), max_size=30),
    data=st.data(),
)
def test_columns_are_the_same_in_any_order_of_asking(text: list[str], data: st.DataObject) -> None:
    raw = "".join(text).encode("utf-8", "surrogateescape")
    window = Window(raw, column=5)
    for offset in data.draw(st.lists(st.integers(0, len(raw)), max_size=12)):
        begin = raw.rfind(b"\n", 0, offset) + 1
        column = (1 if begin else 5) + code_points(raw[begin:offset])
        assert window.location(offset).column == column


@pytest.mark.parametrize(
    "line",
    [b"some words of a line ", "слова строки ".encode(), "行の言葉".encode(), b"1, 2, ", b"%"],
)
def test_a_huge_line_is_cut_where_no_rule_is_misled(line: bytes) -> None:
    data = line * (LONGEST_LINE // len(line) + 2)
    for size in range(LONGEST_LINE, LONGEST_LINE + len(line)):
        end = cut(data[:size])
        assert LONGEST_LINE - 4096 < end <= size
        data[:end].decode()
        assert b" " not in data[end - 1 : end + 1]


def test_legacy_bytes_are_counted_alike_one_by_one_and_at_once() -> None:
    line = "Déjà vu à l'été.\n".encode("cp1252")
    windows = [Window(line * 300, offset) for offset in range(4)]
    counted = next(iter(flaws(windows)))
    alone = next(iter(flaws(windows[:1])))
    assert isinstance(counted, Legacy)
    assert isinstance(alone, Legacy)
    assert counted.invalid > KEPT
    assert (counted.invalid, counted.rows) == (4 * alone.invalid, 4 * alone.rows)


def test_a_line_of_a_megabyte_has_no_blank_at_its_end(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": b"Title\n" + b"word " * (LONGEST_LINE // 2) + b"end.\n"})
    assert not list(check_paths([str(tmp_path)], profile({})).diagnostics())
