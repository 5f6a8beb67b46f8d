"""What a divider holds back of a file: enough for what may still come, and no more."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.delimiters import joined_windows
from validator.delimiters.held import Held
from validator.delimiters.joined_windows import stitched
from validator.text.lines import NEWLINE, Window

PIECES = st.sampled_from([b"a", b"bc", b"\n", b"\r\n", b"\r"])
TEXTS = st.lists(PIECES, min_size=1, max_size=40).map(b"".join)
CUTS = st.lists(st.integers(0, 40), min_size=1, max_size=8)


def windows(data: bytes, cuts: Sequence[int]) -> list[Window]:
    """`data` in windows that end anywhere, but not between CR and LF."""
    inside = {cut % len(data) for cut in cuts}
    edges = [cut for cut in inside if cut and data[cut - 1 : cut + 1] != b"\r\n"]
    edges = [0, *sorted(edges), len(data)]
    made = []
    for start, end in itertools.pairwise(edges):
        place = Window(data).location(start)
        whole = end == len(data)
        made.append(Window(data[start:end], start, place.row, place.column, start == 0, whole))
    return made


@given(TEXTS, CUTS, st.integers(1, 20), st.data())
def test_what_is_not_too_large_is_held_and_little_more(
    data: bytes, cuts: list[int], limit: int, draw: st.DataObject
) -> None:
    held, longest, wanted = Held(limit), 0, 0
    for window in windows(data, cuts):
        held.add(window)
        longest = max(longest, len(window.data))
        end = window.offset + len(window.data)
        start, left = held.what_is_left(0, end)
        assert left == data[start:end]
        assert len(left) < limit + 2 * longest or not left
        for stop in range(window.offset + 1, end + 1):
            first = max(wanted, stop - limit)
            assert held.slice(first, stop) == data[first:stop]
            if stop - limit - 1 >= 0:
                assert held.slice(stop - limit - 1, stop) is None
        wanted = max(wanted, draw.draw(st.integers(0, end)))
        held.forget_before(wanted)
        assert held.what_is_left(0, end)[0] > wanted - max(longest, 1)
        start, left = held.what_is_left(wanted, end)
        assert left == data[start:end]
        assert start <= max(wanted, end - limit)


def test_what_no_one_forgets_is_held_up_to_the_limit() -> None:
    held = Held(10)
    for window in windows(b"a" * 200, range(0, 200, 4)):
        held.add(window)
        assert len(held.what_is_left(0, 200)[1]) <= 10 + 2 * 4 - 1


@given(TEXTS, CUTS)
def test_without_a_limit_all_that_is_wanted_is_held(data: bytes, cuts: list[int]) -> None:
    held = Held(0)
    for window in windows(data, cuts):
        held.add(window)
    for start, end in itertools.combinations(range(len(data) + 1), 2):
        assert held.slice(start, end) == data[start:end]


LONGEST = 12


def joined(given: Sequence[Window], lines: int, reach: int) -> list[tuple[Window, int]]:
    """The windows, joined, where LONGEST bytes may be held back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joined_windows, "LONGEST", LONGEST)
        return list(stitched(iter(given), lines, reach))


@given(TEXTS, CUTS, st.integers(1, 3), st.integers(0, 4))
def test_no_marker_is_cut_in_two(data: bytes, cuts: list[int], lines: int, reach: int) -> None:
    starts = [0, *(match.end() for match in NEWLINE.finditer(data))]
    done = 0
    for window, certain in joined(windows(data, cuts), lines, reach):
        end = window.offset + len(window.data)
        assert (window.offset, window.first, window.last) == (done, not done, end == len(data))
        assert window.data == data[done:end]
        place = Window(data).location(done)
        assert (window.row, window.column == 1) == (place.row, place.column == 1)
        assert done <= certain <= end
        if window.last or (certain == end and end - done > LONGEST):
            pass  # nothing follows, or there is too much of it
        elif end in starts:
            assert len([start for start in starts if certain <= start < end]) < lines
            for start in starts:
                whole = [one for one in starts if start < one <= end]
                assert not done <= start < certain or len(whole) >= lines
        else:
            assert certain == done or certain + reach <= end
        done = certain
    assert done == len(data)


@pytest.mark.parametrize(("lines", "reach"), [(2, 0), (3, 5), (1, 300)])
def test_a_line_without_an_end_is_not_held_back_for_ever(lines: int, reach: int) -> None:
    data = b"a" * 200
    found = joined(windows(data, range(0, 200, 4)), lines, reach)
    assert max(len(window.data) for window, _ in found) == LONGEST + 4
    assert found[-1][1] == len(data)
