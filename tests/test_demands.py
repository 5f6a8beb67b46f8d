"""Forbidden and required text: scopes, counts, exemptions, severities."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.body.demands import FORBID, REQUIRE
from validator.body.scopes import markup, prose
from validator.body.search import forbidden, missing
from validator.document import Document, Place
from validator.model import Severity
from validator.rules.body.forbidden_text import rule as forbidden_text
from validator.rules.body.missing_text import rule as missing_text
from validator.rules.body.surplus_text import rule as surplus_text
from validator.settings.options import Settings
from validator.text.lines import Window

from .support import profile, refused


def document(body: bytes, fields: Mapping[str, str] | None = None) -> Document:
    """A file that is all body, with fields in its name."""
    return Document(Window(body), (0, len(body)), place=Place(b"docs/a.md", fields or {}))


def said(
    rule: Any, body: bytes | Document, rows: list[Mapping[str, Any]], **more: Any
) -> list[tuple[str, Severity | None]]:
    """The bytes that each hit marks, and its severity; `clean` must agree."""
    key = "forbid" if rule is forbidden_text else "require"
    filled = [{"message": "m", **row} for row in rows]
    chosen = profile({"body": {key: filled, **more}, "metadata": {"id": "file.id"}}).settings
    one = document(body) if isinstance(body, bytes) else body
    found = list(rule.check.diagnose(one, chosen)) if rule.check.wanted(chosen) else []
    assert rule.check.clean(one, chosen) == (not found)
    return [(one.data[hit.start : hit.end].decode(), hit.severity) for hit in found]


def texts(rule: Any, body: bytes | Document, *rows: Mapping[str, Any], **more: Any) -> list[str]:
    """The bytes that each hit marks."""
    return [text for text, _ in said(rule, body, list(rows), **more)]


MARKDOWN = b"""TODO one `TODO two` ``TODO ` three`` \\`TODO four\\`

<!-- TODO five
TODO six --> TODO seven

    TODO eight

- item

  ```
  TODO nine
  ```

~~~
TODO ten
~~~

## Plan

TODO eleven `open TODO twelve

## Done
"""

RST = b"""TODO one ``TODO two`` and so on::

    TODO three

  TODO four

TODO five

.. code-block:: python

   TODO six

.. TODO seven
   TODO eight

.. note::

   TODO nine

.. [1] TODO ten
"""


def words(body: bytes, scope: str, syntax: str) -> list[str]:
    """The words after each TODO that is found."""
    row = {"pattern": r"TODO \w+", "scope": scope}
    found = texts(forbidden_text, body, row, sections={"syntax": syntax})
    return [text.removeprefix("TODO ") for text in found]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"TODO one `<!--` TODO two\n\nTODO three\n", ["one", "two", "three"]),
        (b"a <!-- `TODO one --> TODO two ` TODO three\n", ["two", "three"]),
        (b"a `b <!-- TODO one` TODO two --> TODO three\n", ["two", "three"]),
        (b"a <!-- TODO one\n\nTODO two\n", ["one", "two"]),
        (b"<!-- TODO one\n\nTODO two --> TODO three\n\nTODO four\n", ["three", "four"]),
        (b"<!-- TODO one\n\nTODO two\n", []),
        (b"<div>TODO one <!-- TODO two\nTODO three --></div>\n", ["one"]),
        (b"```\n<!--\n```\nTODO one\n", ["one"]),
    ],
)
def test_what_begins_first_hides(body: bytes, found: list[str]) -> None:
    assert words(body, "prose", "markdown") == found


def test_scopes_of_markdown() -> None:
    assert len(words(MARKDOWN, "body", "markdown")) == 11
    assert words(MARKDOWN, "prose", "markdown") == ["one", "four", "seven", "eleven", "twelve"]
    comments = ["five", "six"]
    markup = ["one", "four", *comments, "seven", "eleven", "twelve"]
    assert words(MARKDOWN, "markup", "markdown") == markup
    assert words(b"a `<!-- TODO one -->` <!-- `TODO two` -->\n", "markup", "markdown") == ["two"]
    assert words(MARKDOWN, "section:Plan", "markdown") == ["eleven", "twelve"]
    assert words(MARKDOWN, "section:Plans", "markdown") == []


def test_scopes_of_restructured_text() -> None:
    assert words(RST, "prose", "rst") == ["one", "five", "nine", "ten"]
    assert words(RST, "markup", "rst") == ["one", "five", "seven", "eight", "nine", "ten"]
    tabs = b"..\tcode:: py\n\n\tTODO one\n\nTODO two::\n\n\tTODO three\n        TODO four\n"
    assert words(tabs, "prose", "rst") == ["two"]


View = Callable[[Document, str], bytes]

SCRAPS = [
    *(b"`", b"``", b"\n", b"\n\n", b"```\n", b"<!--", b"-->", b"x", b" ", b"    ", b"> "),
    *(b"::\n", b".. ", b"- ", b"\r\n", b"\xc3\xa9", b"\\", b"## A\n", b"~~~", b"\r"),
]


@settings(max_examples=300)
@given(
    st.lists(
        st.sampled_from(SCRAPS),
        max_size=30,
    ).map(b"".join),
    st.sampled_from(["markdown", "rst"]),
    st.sampled_from([prose, markup]),
)
def test_blots_keep_every_offset_and_line(body: bytes, syntax: str, view: View) -> None:
    blotted = view(document(body), syntax)
    assert len(blotted) == len(body)
    assert all(one in (other, 0xFF) for one, other in zip(blotted, body, strict=True))
    assert blotted.count(b"\n") == body.count(b"\n")
    assert blotted.count(b"\r") == body.count(b"\r")


def test_nothing_is_found_across_a_blot() -> None:
    rows = [{"pattern": pattern, "scope": "prose"} for pattern in (r"a\s*b", "a.*b", "(?s)a.*b")]
    assert texts(forbidden_text, b"a `x` b\n", *rows) == []
    assert texts(forbidden_text, b"a b\n", rows[0]) == ["a b"]


def test_all_places_are_found_and_lines_have_ends() -> None:
    assert texts(forbidden_text, b"ab ab\nab", {"pattern": "ab"}) == ["ab", "ab", "ab"]
    assert texts(forbidden_text, b"ab ab\nab", {"pattern": "^ab$"}) == ["ab"]
    assert texts(forbidden_text, b"ab", {"pattern": "x*"}) == []


def test_patterns_may_name_groups_alike() -> None:
    rows = [{"pattern": "(?P<n>a)"}, {"pattern": "(?P<n>b)"}]
    assert texts(forbidden_text, b"ba", *rows) == ["a", "b"]


@pytest.mark.parametrize(
    ("names", "exempt"),
    [
        (["a.md"], True),
        (["docs/*"], True),
        (["*.md"], True),
        (["17"], True),
        (["b.md", "1"], False),
        ([], False),
    ],
)
def test_exemptions(names: list[str], exempt: bool) -> None:
    one = document(b"ab", {"file.id": "17"})
    assert texts(forbidden_text, one, {"pattern": "ab", "except": names}) == ["ab"] * (not exempt)
    missing = texts(missing_text, one, {"pattern": "x", "except": names})
    assert bool(missing) is not exempt


def test_severity_by_a_field() -> None:
    one = document(b"ab", {"file.status": "Draft"})
    when = {"when": "file.status", "is": ["Draft", "Old"], "then": "info"}
    assert said(forbidden_text, one, [{"pattern": "a", "severity": when}]) == [("a", Severity.INFO)]
    other = document(b"ab", {"file.status": "Final"})
    assert said(forbidden_text, other, [{"pattern": "a", "severity": when}]) == [("a", None)]
    assert said(forbidden_text, other, [{"pattern": "a", "severity": "warning"}]) == [
        ("a", Severity.WARNING)
    ]


def test_a_field_is_searched() -> None:
    one = document(b"Title\nText\n", {"file.status": "Draft"})
    assert texts(forbidden_text, one, {"pattern": "^D", "scope": "field:file.status"}) == ["Title"]
    assert texts(forbidden_text, one, {"pattern": "T", "scope": "field:file.status"}) == []
    assert texts(missing_text, one, {"pattern": "F", "scope": "field:file.status"}) == ["Text"]
    assert texts(missing_text, one, {"pattern": "F", "scope": "field:file.none"}) == ["Text"]


@pytest.mark.parametrize(
    ("body", "least", "most", "missing", "surplus"),
    [
        (b"x\nend\n", None, None, [], []),
        (b"\nend\n\n", None, None, ["end"], []),
        (b"x\nend", 2, None, ["end"], []),
        (b"x x\nend", 2, 2, [], []),
        (b"x x\nend", None, 1, [], ["x"]),
        (b"end", None, 1, [], []),
        (b"", 1, 1, [""], []),
    ],
)
def test_counts(
    body: bytes, least: int | None, most: int | None, missing: list[str], surplus: list[str]
) -> None:
    row: dict[str, Any] = {"pattern": "x"}
    row.update({key: value for key, value in (("min", least), ("max", most)) if value is not None})
    assert texts(missing_text, body, row) == missing
    assert texts(surplus_text, body, row) == surplus


def test_tables_travel() -> None:
    demands = FORBID.read([{"pattern": "a", "message": "m"}])
    assert demands.in_body(b"a")
    assert pickle.loads(pickle.dumps(demands)) == demands


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({}, "`body.forbid[1]` needs the key `pattern`"),
        ({"pattern": "a"}, "`body.forbid[1]` needs the key `message`"),
        ({"pattern": "(", "message": "m"}, "`body.forbid[1].pattern` is not a pattern that"),
        (
            {"pattern": "a", "mesage": "m"},
            "`body.forbid[1]` has the unknown key `mesage`; did",
        ),
        ({"pattern": "a", "message": "m", "min": 1}, "`body.forbid[1]` has the unknown key"),
        (
            {"pattern": "a", "message": "m", "scope": "prosa"},
            (
                '`body.forbid[1].scope` must be one of "body", "prose", "markup", "text", '
                '"links", "section:NAME", "field:NAME", not "prosa"; did you mean `prose`?'
            ),
        ),
        ({"pattern": "a", "message": "m", "scope": "section:"}, "`body.forbid[1].scope` must"),
        (
            {"pattern": "a", "message": "m", "severity": {"when": "x", "then": "info"}},
            "`body.forbid[1].severity` needs the key `is`",
        ),
        (
            {"pattern": "a", "message": "m", "severity": {"when": "x", "is": 1, "then": "bad"}},
            '`body.forbid[1].severity.then` must be one of "info", "warning", "error", not "bad"',
        ),
    ],
)
def test_what_is_wrong_in_the_profile(row: dict[str, Any], words: str) -> None:
    assert words in refused("body.forbid", [row])


def test_counts_must_make_sense() -> None:
    row = {"pattern": "a", "message": "m", "min": 3, "max": 2}
    with pytest.raises(ValueError, match="asks for at least 3 and at most 2"):
        REQUIRE.read([row])
    assert REQUIRE.read([row | {"max": 3}]).rows


LINKS = {"pattern": r"https?://\S+", "unless": [r"^https://example\.org/", r"\.pdf$"]}


def test_a_match_that_is_excepted_is_none() -> None:
    text = b"http://example.org/a https://example.org/b https://c.example/d.pdf https://c.example/d"
    assert texts(forbidden_text, text, LINKS) == ["http://example.org/a", "https://c.example/d"]
    assert texts(missing_text, b"see https://example.org/b", LINKS) != []
    assert texts(missing_text, b"see http://example.org/b", LINKS) == []


@pytest.mark.parametrize(
    ("link", "count"), [("https://example.org/b", 0), ("https://example.org/b http://c", 1)]
)
def test_a_field_has_exceptions_too(link: str, count: int) -> None:
    one = document(b"text", {"file.link": link})
    row = {**LINKS, "scope": "field:file.link"}
    assert len(said(forbidden_text, one, [row])) == count


def test_an_exception_is_a_pattern() -> None:
    row = {"pattern": "a", "message": "m", "unless": ["b", "("]}
    assert "`body.forbid[1].unless[2]` is not a pattern" in refused("body.forbid", [row])


SEEN = (
    b"See [the page](page.md#a), page.md and `page.md`.\n\n<b id='page.md'>\n\n"
    b"[r]: <other page.md>\n"
)


def test_what_readers_see_and_where_links_lead() -> None:
    text = b"TODO a `TODO b` [TODO c](<TODO d>) ![TODO e](f) <i title='TODO g'>\n\n[r]: <TODO h>\n"
    assert words(text, "text", "markdown") == ["a", "c"]
    row = {"pattern": r"page\.md$", "message": "m", "scope": "links"}
    demands = FORBID.read([row])
    document = Document(Window(SEEN), (0, len(SEEN)))
    (hit,) = forbidden(document, Settings({}), demands, "markdown")
    assert SEEN[hit.start : hit.end] == b"other page.md"
    assert demands.in_body(SEEN) is not None
    assert demands.in_body(b"No link to page.md\n") is None
    escaped = FORBID.read([{**row, "pattern": "page_1"}])
    assert escaped.in_body(b"[a](page\\_1)") is not None
    text = b"Text.\n\nThe end.\n"
    (hit,) = missing(
        Document(Window(text), (0, len(text))), Settings({}), REQUIRE.read([row]), "markdown"
    )
    assert text[hit.start : hit.end] == b"The end."
