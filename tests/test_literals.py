"""A quick search for words may cry wolf; it never misses what the pattern finds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from validator import check_paths
from validator.text.literals import may_hold, words
from validator.text.re2 import Finder

from .support import profile, write


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("TODO", (False, [b"TODO"])),
        (r"\bTODO\b|FIXME:", (False, [b"TODO", b"FIXME:"])),
        (r"(?i)peps\.python\.org/pep-", (True, [b"peps.python.org/pep-"])),
        (r"\[your name\]", (False, [b"[your name]"])),
        *(
            (none, None)
            for none in ("a.b", "a|", "", "^a", "a$", r"\d", "(a)", r"a\|b", "é", "a{2}")
        ),
        *((none, None) for none in ("(?i)", "(?i:a)", "a?", "a(?i)", r"a\b\b", "a\n", r"\x41")),
    ],
)
def test_what_is_a_choice_of_words(pattern: str, expected: object) -> None:
    assert words(pattern) == expected


LETTERS = "kKsSßẞſ\u212aiİıIéÉ a-/.\n"
PATTERNS = st.lists(st.text("ksSi a-/.", min_size=1, max_size=4), min_size=1, max_size=3).map(
    lambda ways: "|".join(map(re.escape, ways))
)


@given(PATTERNS, st.booleans(), st.text(LETTERS, max_size=40))
@example("k", True, "\u212a")
@example("ss", True, "ſs")
@example("ss", True, "ß")
def test_what_the_pattern_finds_the_words_find(pattern: str, uncased: bool, text: str) -> None:
    pattern = "(?i)" * uncased + pattern.replace("\\ ", " ").replace("\\-", "-")
    assert words(pattern) is not None
    if Finder(pattern).first(text.encode()) is not None:
        assert may_hold([pattern])(text.encode())
        assert may_hold(["x{3}", pattern, "zzz"])(text.encode())


def test_other_patterns_are_sought_as_they_are() -> None:
    search = may_hold(["a.c", "TODO"])
    assert [search(text) for text in (b"abc", b"TODO", b"ab", b"todo")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("charset", ["windows-1252", "utf-16", "utf-8", "iso8859-15"])
@pytest.mark.parametrize("pattern", ["café", "(?i)CAF.", "caf", r"f\b. "])
def test_a_pattern_finds_the_same_in_every_charset(
    tmp_path: Path, charset: str, pattern: str
) -> None:
    texts = {"a.txt": "Titre\nUn café ici.\n", "b.txt": "Titre\nRien.\n", "c.txt": "Titre\nCAFÉ\n"}
    write(tmp_path, {name: text.encode(charset) for name, text in texts.items()})
    chosen = profile(
        {
            "encoding": {"charset": charset, "bom": "allow"},
            "body": {"forbid": [{"pattern": pattern, "message": "no drinks"}]},
        }
    )
    found = list(check_paths([str(tmp_path)], chosen, select=["BOD030"]).diagnostics())
    expected = [name for name, text in texts.items() if Finder(pattern).first(text.encode())]
    assert [one.path.rpartition("/")[2] for one in found] == expected
