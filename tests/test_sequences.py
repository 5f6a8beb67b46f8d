"""Quick searches beyond ASCII must see all that plain regular expressions see."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.rules.catalog import catalog
from validator.rules.rule import Local, Whole
from validator.text.screen.byte_rows import Rows, affordable
from validator.text.screen.screen import Beyond
from validator.text.screen.sequences import Sequences

from .support import profile

CLUES = sorted(
    {
        (clue.lead, clue.tail, clue.after)
        for rule in catalog().rules.values()
        if isinstance(rule.check, Local | Whole)
        for clue in rule.check.clues(profile(rule.profile).settings)
        if isinstance(clue, Beyond)
    }
)
PLACES = st.lists(
    st.lists(st.sampled_from(b"ab\x80\x81\xc3"), min_size=1).map(lambda codes: bytes({*codes})),
    min_size=1,
    max_size=4,
).map(tuple)
TEXTS = st.lists(st.sampled_from(b"ab\x80\x81\xc3"), max_size=20).map(bytes)


def pattern(row: tuple[bytes, ...]) -> re.Pattern[bytes]:
    """A row as a regular expression, which also finds what overlaps."""
    return re.compile(b"(?=" + b"".join(b"[" + re.escape(place) + b"]" for place in row) + b")")


@given(st.lists(PLACES, min_size=1, max_size=3), TEXTS)
def test_rows_stand_where_a_regular_expression_finds_them(
    rows: list[tuple[bytes, ...]], text: bytes
) -> None:
    starts = {match.start() for row in rows for match in pattern(row).finditer(text)}
    assert set(Rows(*rows).starts(text)) == starts
    assert Rows(*rows).found(text) == bool(starts)


@given(PLACES)
def test_an_affordable_row_is_a_part(row: tuple[bytes, ...]) -> None:
    start, part = affordable(row)
    assert part
    assert row[start : start + len(part)] == part


def signs() -> list[bytes]:
    """Characters that clues are about, and some that stand beside them."""
    leads = {lead for lead, _, _ in CLUES} | {b"\xc3", b"\xc4", b"\xc5", b"\xd0", b"\xd1"}
    found = {b"a", b" ", b"\n", "日".encode(), "ب".encode(), "\U0001f600".encode()}
    for lead in leads:
        for first in range(0x80, 0xC0):
            for more in (b"", b"\x80", b"\xbf", b"\xbf\xbe"):
                try:
                    (lead + bytes((first,)) + more).decode()
                except UnicodeDecodeError:
                    continue
                found.add(lead + bytes((first,)) + more)
    return sorted(found)


def test_sequences_are_found_wherever_a_regular_expression_finds_them() -> None:
    source, crumbs = random.Random(1), signs()
    exact = {
        clue: re.compile(
            (b"(?<=" + after + b")" if after else b"") + re.escape(lead) + b"(?:" + tail + b")"
        )
        for clue in CLUES
        for lead, tail, after in (clue,)
    }
    everything, alone = Sequences(CLUES), {clue: Sequences([clue]) for clue in CLUES}
    seen = set()
    for _ in range(6000):
        text = b"".join(source.choices(crumbs, k=source.randint(1, 5)))
        matching = [clue for clue in CLUES if exact[clue].search(text)]
        seen.update(matching)
        assert everything.found(text) or not matching
        assert all(alone[clue].found(text) for clue in matching)
    assert len(seen) > len(CLUES) / 2


@pytest.mark.parametrize("many", [1, 100])
@pytest.mark.parametrize(
    ("lead", "tail", "after", "text"),
    [
        (b"\xc2", b"(?:[\xa0]|x|)", b"", b"\xc2b"),
        (b"\xc2", b"[\\d]", b"", b"\xc27"),
        (b"\xc2", b"a|b", b"", b"\xc2b"),
        (b"\xc2", b"[ab]?c", b"", b"\xc2c"),
        (b"\xc2", b"(?:[ab]){2}", b"", b"\xc2ab"),
        (b"\xc2", b"[^a]", b"", b"\xc2\xc2"),
        (b"\xc2", b"[\\[a]", b"", b"\xc2["),
        (b"\xc2", b"\xa0", b"[\xd0].", b"\xd0\x90\xc2\xa0"),
        (b"\xe2\x80", b"\x8c(?=[\r\n\xff])", b"", b"\xe2\x80\x8c\n"),
    ],
)
def test_patterns_that_are_not_understood_are_not_missed(
    lead: bytes, tail: bytes, after: bytes, text: bytes, many: int
) -> None:
    assert Sequences([(lead, tail, after)]).found(b"-" + text * many + b"-")
