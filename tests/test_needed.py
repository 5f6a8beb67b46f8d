"""Words that a text must have: RE2 finds no pattern in a text that lacks one of its words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.profile.configuration import NO_CONFIGURATION
from validator.text.needed import needed_words
from validator.text.re2 import searched_set

PIECES = (
    *("a", "b", "é", "=", "-", "{", "}", "]", "(", ")", "(?:", "(?s:", "(?i)", "(?i:", "(?P<i>"),
    *("|", "*", "+", "?", "{0}", "{0,2}", "{2}", "{1,}", "*?", "+?", "{2}?", ".", "^", "$"),
    *(r"\A", r"\n", r"\.", r"\(", r"\x61", r"\141", r"\pL", r"\d", r"\Qa*\E", r"\b"),
    *("[ab]", "[^a]", "[]a]", "[[:alpha:]]", r"[\]a]", "[(]"),
)
TEXTS = st.text("abAé=-{}]()*?.\n1", max_size=8)


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(PIECES), max_size=7).map("".join), st.lists(TEXTS, max_size=20))
def test_what_lacks_a_word_is_not_found(source: str, texts: list[str]) -> None:
    try:
        found = searched_set([source])
    except ValueError:
        return
    words = needed_words(source)
    for text in (text.encode() for text in texts):
        if not all(word in text for word in words):
            assert not found(text), (source, text, words)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (r"\AFrom [^\n]+ x", ["From ", " x"]),
        (r"\n={48}\n", ["\n=", "\n"]),
        (r"ab*c+d?e", ["a", "c", "e"]),
        (r"a|b", []),
        (r"(?:a|b)c", ["c"]),
        (r"(?i)abc", []),
        (r"[[:alpha:]]b", []),
        (r"\x41b", []),
        (r"a\.b{0,3}é", ["a.", "é"]),
        (r"a+?b", ["a", "b"]),
    ],
)
def test_the_words_of_a_pattern(source: str, words: list[str]) -> None:
    assert [*needed_words(source)] == [word.encode() for word in words]


def test_the_contents_of_built_in_profiles_have_words() -> None:
    contents = {one.name: one.content for one in NO_CONFIGURATION.profiles if one.content}
    assert contents
    for name, content in contents.items():
        assert needed_words(content.pattern), name


@given(st.data())
def test_a_file_of_a_built_in_profile_has_its_words(data: st.DataObject) -> None:
    patterns = sorted({p.content.pattern for p in NO_CONFIGURATION.profiles if p.content})
    pattern = data.draw(st.sampled_from(patterns))
    text = data.draw(st.from_regex(re.compile(pattern, re.ASCII))).encode()
    assert all(word in text for word in needed_words(pattern))
