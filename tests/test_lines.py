"""Positions: bytes, rows, columns, windows, and what strict decoding says is wrong."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator import apply_edits
from validator.encoding.utf8 import Fault, bad_sequences
from validator.file.reading import Pages
from validator.model import Edit, Location
from validator.text.lines import EXCERPT_BYTES, NEWLINE, Window, count_line_ends

from .support import linear

MIXED = st.lists(
    st.sampled_from(
        [
            b"a",
            b"\n",
            b"\r",
            b"\r\n",
            "é".encode(),
            "日".encode(),
            b"\xff",
            "\u2028".encode(),
            b"\x0c",
        ]
    ),
    max_size=30,
).map(b"".join)


@given(MIXED, st.integers(0, 40))
def test_location_counts_line_ends_and_code_points(data: bytes, offset: int) -> None:
    offset = min(offset, len(data))
    if data[offset - 1 : offset + 1] == b"\r\n":
        return  # no rule points into the middle of a line end
    before = data[:offset]
    ends = list(NEWLINE.finditer(before))
    line = before[ends[-1].end() :] if ends else before
    expected = Location(1 + len(ends), 1 + len(line.decode("utf-8", "surrogateescape")))
    assert Window(data).location(offset) == expected


@given(MIXED)
def test_places_along_a_line_are_counted_on(data: bytes) -> None:
    """Each place is worked out from the one before it; the result is that of a new start."""
    window = Window(data)
    inside = {match.start() + 1 for match in NEWLINE.finditer(data) if len(match.group()) == 2}
    for offset in {*range(len(data) + 1)} - inside:
        assert window.location(offset) == Window(data).location(offset)


@given(MIXED)
def test_lines_begin_behind_line_ends(data: bytes) -> None:
    assert Window(data).starts == [0, *(match.end() for match in NEWLINE.finditer(data))]


@given(MIXED)
def test_line_ends_are_counted_in_their_order(data: bytes) -> None:
    counted = Counter(NEWLINE.findall(data))
    assert [*count_line_ends(data).items()] == [*counted.items()]


@given(st.text("ab\u200b\u200c\n"))
def test_a_first_character_is_a_quicker_way_to_the_same_matches(text: str) -> None:
    window, pattern = (
        Window(text.encode()),
        re.compile("(?<!a)[\u200b\u200c][\u200b\u200c]*|\u200cb"),
    )
    quickly = window.matches(pattern, re.compile("[\u200b\u200c]"))
    assert [(a, b) for a, b, _ in quickly] == [(a, b) for a, b, _ in window.matches(pattern)]


@given(MIXED)
def test_bad_sequences_are_what_strict_decoding_refuses(data: bytes) -> None:
    spans = [(start, end) for start, end, _ in bad_sequences(Window(data))]
    kept = apply_edits(data, [Edit(start, end, b"") for start, end in spans])
    kept.decode("utf-8")
    assert bool(spans) == (data.decode("utf-8", "ignore").encode() != data)


@pytest.mark.parametrize(
    ("data", "spans"),
    [
        (b"a\x80b", [(1, 2, Fault.STRAY)]),
        (b"a\xc3b", [(1, 2, Fault.INTERRUPTED)]),
        (b"a\xe2\x82b", [(1, 3, Fault.INTERRUPTED)]),
        (b"a\xe2\x82", [(1, 3, Fault.TRUNCATED)]),
        (b"a\xc0\xafb", [(1, 3, Fault.OVERLONG)]),
        (b"\xf0\x80\x80\xaf", [(0, 4, Fault.OVERLONG)]),
        (b"\xe0\xa4 b", [(0, 2, Fault.INTERRUPTED)]),
        (b"\xf0\x9f\x98 b", [(0, 3, Fault.INTERRUPTED)]),
        (b"\xed\x9f b", [(0, 2, Fault.INTERRUPTED)]),
        (b"\xf4\x8f\xbf b", [(0, 3, Fault.INTERRUPTED)]),
        (b"\xed\xa0\xbd", [(0, 3, Fault.SURROGATE)]),
        (b"\xed\xa0\xbd\xed\xb8\x80", [(0, 6, Fault.SURROGATE)]),
        (b"\xf4\x90\x80\x80", [(0, 4, Fault.BEYOND)]),
        (b"\xf7\xbf\xbf\xbf", [(0, 4, Fault.BEYOND)]),
        (b"\xfe\xff", [(0, 1, Fault.NEVER), (1, 2, Fault.NEVER)]),
    ],
)
def test_faults_are_told_apart(data: bytes, spans: list[tuple[int, int, Fault]]) -> None:
    assert list(bad_sequences(Window(data))) == spans


def test_many_faults_take_linear_time() -> None:
    with linear():
        assert len(list(bad_sequences(Window(b"\xe9 " * 200_000)))) == 200_000


@pytest.mark.parametrize(
    "line",
    [
        b"word " * 20 + b"\n",
        "日本語 ".encode() * 20 + b"\r\n",
        b"x" * 3_000_000,
        "é".encode() * 1_500_000,
    ],
)
def test_windows_are_the_file_cut_at_line_ends(line: bytes, tmp_path: Path) -> None:
    data = line * max(1, 700_000 // len(line)) + b"end"
    path = tmp_path / "big.txt"
    path.write_bytes(data)
    windows = list(Pages(os.fsencode(path)))
    assert b"".join(window.data for window in windows) == data
    assert len(windows) > 1
    assert windows[0].first
    assert [window.last for window in windows] == [False] * (len(windows) - 1) + [True]
    whole = Window(data)
    for window in windows:
        assert Location(window.row, window.column) == whole.location(window.offset)
        window.data.decode("utf-8")


def test_excerpts_of_huge_lines_are_short() -> None:
    window = Window(b"first\n" + "é".encode() * 500_000 + b"\0" + b"x" * 500_000 + b"\nlast\n")
    at = window.data.index(b"\0")
    lines = window.excerpt(at, at + 1)
    assert [line.row for line in lines] == [1, 2, 3]
    marked = lines[1]
    assert marked.data[marked.start : marked.end] == b"\0"
    assert len(marked.data) <= EXCERPT_BYTES
    assert marked.cut_before
    assert marked.cut_after
    marked.data.decode("utf-8")


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap at byte 1"):
        apply_edits(b"abc", [Edit(0, 2, b""), Edit(1, 3, b"")])
