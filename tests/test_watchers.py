"""Which rules are asked about a text: none is passed by whose clue is in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.check.watchers import Watcher, Watchers, beginnings
from validator.model import Severity
from validator.rules.catalog import catalog
from validator.text.screen.screen import AnyByte, Ask, Beyond, Clue, Head, Literal, Screen

ENTRY = catalog().entries[catalog().find("nul-byte").code]

PIECES = [b"a", b"\n", b"\xc3", b"\xa9", b"\xe2\x80", b"\x8b", b"\xf0\x9f", b"\x98\x80", b"\xed"]
PIECES += [b"\xa0\x80", b"\xff", "é".encode(), "\u200b".encode(), "\U000e0001".encode()]
CLUES = [
    Beyond(b"\xe2\x80", rb"[\x8b\x8c]"),
    Beyond(b"\xc3", b""),
    Beyond(b"\xed", rb"[\xa0-\xbf]"),
    Beyond(b"\xf3\xa0", rb"[\x80\x81]."),
    Beyond(b"\xc3\xa9", rb"[\xc3\xf0]"),
    Beyond(b"\xf0\x9f", rb"(?=a|\n)"),
]


def watchers(*each: Sequence[Clue]) -> Watchers:
    """Rules that look for these clues."""
    every = [tuple(clues) for clues in each]
    return Watchers(Watcher(ENTRY, Severity.ERROR, Screen(one), one) for one in every)


def asked(every: Watchers, text: bytes) -> list[int]:
    """The numbers of those that are alarmed by a text."""
    alarmed = [*every.alarmed(text)]
    return [at for at, one in enumerate(every) if one in alarmed]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map(b"".join))
def test_a_rule_is_asked_wherever_its_screen_alone_cries(text: bytes) -> None:
    every = watchers(*([clue] for clue in CLUES))
    assert asked(every, text) == [at for at, one in enumerate(every) if one.screen(text)]


@pytest.mark.parametrize("clue", CLUES)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map(b"".join))
def test_beginnings_hold_what_a_sequence_begins_with(clue: Beyond, text: bytes) -> None:
    found = re.search(re.escape(clue.lead) + b"(?:" + clue.tail + b")", text)
    if found:
        begun = beginnings(text)
        assert begun is None or clue.lead[:3] in begun or clue.lead[:2] in begun


def test_one_search_tells_for_all_rules_that_ascii_has_no_clue() -> None:
    questions: list[Sequence[bytes]] = []

    def never(texts: Sequence[bytes]) -> bool:
        questions.append(texts)
        return False

    every = watchers(
        [AnyByte(b"\t")], [Literal(b"<|"), Beyond(b"\xc3", b"")], [Head(b"#")], [Ask(never, True)]
    )
    assert asked(every, b"plain\n") == []
    assert not questions, "of ASCII it is not asked"
    assert asked(every, b"a\tb <| c\n") == [0, 1]
    assert asked(every, b"# a\n") == [2]
    assert asked(every, "é\n".encode()) == [1]
    assert questions, "of what is beyond ASCII it is"


def test_what_only_its_function_can_tell_is_always_asked() -> None:
    every = watchers([Ask(lambda texts: b"x" in texts[0])], [Ask(bool, beyond=True)])
    assert asked(every, b"x") == [0]
    assert asked(every, b"y") == []
    assert asked(every, "é".encode()) == [1]


def test_of_very_many_characters_and_of_noise_it_is_not_known() -> None:
    assert beginnings(b"plain\n") == ()
    assert beginnings(b"a\xffb") == {b"\xff"}
    assert beginnings("é\u200b".encode()) == {
        b"\xc3",
        b"\xc3\xa9",
        b"\xe2",
        b"\xe2\x80",
        b"\xe2\x80\x8b",
    }
    assert beginnings("é".encode() * 9000) is None
    assert beginnings(b"\xff" * 97) is None
    assert asked(watchers([Beyond(b"\xc3", rb"\xa9")]), "é".encode() * 9000) == [0]
