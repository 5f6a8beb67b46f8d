"""Plain patterns speak of the same paths as the library that knows all patterns."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from validator.file.plain_patterns import plain_patterns

LINES = st.lists(
    st.sampled_from(["*", "**", ".md", "md", "a", "docs", "é", " ", "!", "#", "?", "\\", "."]),
    min_size=1,
    max_size=3,
).map("".join)
PATTERNS = st.lists(LINES | st.just(""), min_size=1, max_size=4).map("/".join)
NAMES = st.sampled_from(["a.md", "md", ".md", "docs", "a", "b.é", "é", ".", "x\ny.md", "a.md~"])
PATHS = st.tuples(st.lists(NAMES, min_size=1, max_size=4), st.sampled_from(["", "/"])).map(
    lambda pair: "/".join(pair[0]) + pair[1]
)


@settings(max_examples=1000)
@given(st.lists(PATTERNS, min_size=1, max_size=2), st.lists(PATHS, min_size=1, max_size=12))
@example(["*.md"], ["a.md/", "a.md/b", "docs/.md", "md"])
@example(["docs/**/*.md"], ["docs/a.md", "docs/a/b.md", "docs/a.md/x", "a/docs/a.md", "docs"])
@example(["docs/*.md"], ["docs/a.md", "docs/a/b.md", "docs/a.md/x", "a/docs/a.md"])
@example(["/*.md"], ["a.md", "docs/a.md", "a.md/x"])
def test_plain_patterns_are_those_of_git(lines: list[str], paths: list[str]) -> None:
    plain = plain_patterns(lines)
    if plain is None:
        return
    known = GitIgnoreSpec.from_lines(lines).match_file
    assert [*map(plain, paths)] == [*map(bool, map(known, paths))]


@pytest.mark.parametrize("line", ["*.md", "**/*.md", "/*.md", "docs/*.md", "docs/**/*.txt"])
def test_what_most_profiles_have_is_plain(line: str) -> None:
    assert plain_patterns([line])


@pytest.mark.parametrize(
    "line",
    ["", "*", "a.md", "docs/", "!*.md", "#*.md", "*.md ", "a*.md", "*.m?", "*/*.md", r"*\.md"],
)
def test_what_is_not_plain(line: str) -> None:
    assert plain_patterns([line]) is None
