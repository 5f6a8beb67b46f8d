"""Headings and sections of Markdown and reStructuredText, and what a profile demands of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.body.headings import headings, parsed_headings, quick_headings, sections
from validator.body.order import _longest_rise
from validator.body.outline import faults
from validator.body.sections import SECTIONS
from validator.document import Document
from validator.settings.options import Settings
from validator.text.lines import Window

from .support import refused

CRUMBS = [
    *("# A", "## B", "##", "#no", "### C ###", "## D #", "####### E", "## `x` #y", "#\tT", "## é"),
    *("text", "text", "", "", "", "```", "```py", "````", "~~~", "``` a`b", "~~~ ~", "``"),
    *(
        "---",
        "===",
        "-",
        "- item",
        "- # in a list",
        "  # in",
        "   ## near",
        "    # code",
        "\t# tab",
    ),
    *("> # quote", "> ```", "<div>", "</div>", "<!-- x", "-->", "<https://x.y>", "<b>bold</b>"),
    *("1. one", "   ```", " ```", "[a]: /x", "[a]:", '"title', "| a |", "|---|", "***", "\\# no"),
    *("* * *", "+ ```", "  text", "\u00a0# x", "# \u00a0y", "\x0c# z", "<pre>", "<?x", "a\\"),
]
LINES = st.lists(st.tuples(st.sampled_from(CRUMBS), st.sampled_from(["\n"] * 4 + ["\r\n"])))
TEXTS = LINES.map(lambda rows: "".join(map("".join, rows)).encode())


def document(body: bytes) -> Document:
    """A file that is all body."""
    return Document(Window(body), (0, len(body)))


@settings(max_examples=1500)
@given(TEXTS)
def test_headings_at_the_margin_are_what_a_parser_finds(text: bytes) -> None:
    quick = quick_headings(text)
    if quick is not None:
        assert quick == list(parsed_headings(text))


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (b"# A\n\n```\n# B\n```\n## C\n", ["A", "C"]),
        (b"A\n===\n\nB\nC\n---\n", ["A", "B C"]),
        (b"<!--\n# A\n-->\n# B\n", ["B"]),
        (b"- x\n\n  # A\n\n# B\n", ["B"]),
        (b"~~~\n# A\n", []),
        (b"# A\r# B\r", ["A", "B"]),
        (b"", []),
        (b"# \xff\n", ["\udcff"]),
    ],
)
def test_markdown(text: bytes, titles: list[str]) -> None:
    assert [heading.title for heading in headings(document(text), "markdown")] == titles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"A\n=\n\nText.\n\nB\n-\n\nC\n=\n", [(1, "A"), (2, "B"), (1, "C")]),
        (b"===\nTop\n===\n\nA\n===\nB\n---\n", [(1, "Top"), (2, "A"), (3, "B")]),
        (b"Text\nText\n----\n", []),
        (b"Long title\n--\n", []),
        (b"A title\n-----\n", [(1, "A title")]),
        (b"::\n\n    A\n    =\n\nB\n=\n", [(1, "B")]),
        (b"A\r\n==\r\n\r\ntext\r\n", [(1, "A")]),
        (b"A\r==\r\rtext\r", [(1, "A")]),
        (b"text\n\n----\n\ntext\n", []),
        (b"====  ==\na     b\n====  ==\n", []),
        (b"----", []),
        ("Ä\n=".encode(), [(1, "Ä")]),
    ],
)
def test_restructured_text(text: bytes, expected: list[tuple[int, str]]) -> None:
    found = headings(document(text), "rst")
    assert [(heading.level, heading.title) for heading in found] == expected
    for heading in found:
        assert text[heading.start : heading.end].strip() == text[heading.start : heading.end]


@given(st.lists(st.sampled_from(["A", "==", "--", "", " x", "B b", ".. x", "===", "-"])))
def test_any_lines_of_restructured_text_are_read(rows: list[str]) -> None:
    text = "\n".join(rows).encode()
    at = 0
    for heading in headings(document(text), "rst"):
        assert at <= heading.start < heading.end <= heading.after <= len(text)
        at = heading.after


def test_a_section_reaches_to_the_next_of_its_level() -> None:
    text = b"# A\na\n## B\nb\n### C\nc\n## D\n# E\n"
    parts = {one.heading.title: text[one.heading.after : one.end] for one in all_of(text)}
    assert parts == {
        "A": b"a\n## B\nb\n### C\nc\n## D\n",
        "B": b"b\n### C\nc\n",
        "C": b"c\n",
        "D": b"",
        "E": b"",
    }
    assert [one.heading.title for one in sections(document(text), "markdown", 2)] == ["B", "D"]


def all_of(text: bytes) -> Any:
    """The sections of all levels."""
    return sections(document(text), "markdown")


@given(st.lists(st.integers(0, 5), max_size=8))
def test_the_longest_part_in_order_stays(ranks: list[int]) -> None:
    from itertools import combinations

    kept = _longest_rise(ranks)
    assert [ranks[at] for at in kept] == sorted(ranks[at] for at in kept)
    assert kept == sorted(set(kept))
    longer = combinations(ranks, len(kept) + 1)
    assert not any(list(chosen) == sorted(chosen) for chosen in longer)


def said(text: bytes, **table: Any) -> list[tuple[str, str]]:
    """Kind and message of each fault."""
    wanted = SECTIONS.read({key.replace("_", "-"): value for key, value in table.items()})
    settings = Settings({SECTIONS.key: wanted})
    return [(kind, hit.message) for kind, hit in faults(document(text), settings)]


def test_as_few_sections_as_possible_are_out_of_order() -> None:
    text = b"## C\n## A\n## B\n## D\n## X\n"
    assert said(text, order=["A", "B", "C", "D"]) == [
        ("misplaced", "`## C` stands before `## B`; it belongs after it")
    ]
    assert not said(b"## A\n## D\n", order=["A", "B", "C", "D"])


def test_a_section_that_stands_twice_is_not_out_of_order_with_itself() -> None:
    text = b"## A\n## D\n## B\n## C\n## D\n"
    assert said(text, order=["A", "B", "C", "D"]) == [
        ("misplaced", "`## D` stands before `## C`; it belongs after it")
    ]


def test_a_body_without_headings_lacks_all_sections() -> None:
    assert said(b"", required=["A", "B"]) == [
        ("missing", "the document has no section; missing are `## A` and `## B`"),
    ]
    assert said(b"Moved.\n", required=["A"]) == [("missing", "the section `## A` is missing")]


def test_a_missing_section_does_not_stand_before_a_heading_without_a_name() -> None:
    body = document(b"##\nText.\n")
    ((_, hit),) = faults(body, Settings({SECTIONS.key: SECTIONS.read({"required": ["A"]})}))
    assert (hit.start, hit.end, hit.help) == (3, 8, "add it at the end")


def test_a_heading_is_meant_for_one_section_only() -> None:
    found = said(b"## Abstrac\n", required=["Abstract", "Abstracts"], closed=True)
    assert found == [
        ("missing", "the section `## Abstract` is missing; `## Abstrac` may be meant for it"),
        ("missing", "the section `## Abstracts` is missing"),
    ]


def test_thousands_of_headings_are_no_trouble() -> None:
    text = b"## B\n\n## A\n\n" * 5000
    found = said(text, order=["A", "B"], unique=True, required=["C"], closed=True)
    assert len(found) > 10_000


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"requird": []}, "has the unknown key `requird`; did you mean `required`?"),
        ({"required": ["A", "A"]}, "`body.sections.required` names `A` twice"),
        ({"level": 7}, "`body.sections.level` must be a whole number from 1 to 6, not 7"),
        ({"syntax": "md"}, '`body.sections.syntax` must be one of "markdown", "rst", not "md"'),
        ({"closed": True}, "`body.sections.closed` needs `required`"),
        ({"closed": 1}, "`body.sections.closed` must be true or false, not 1"),
        ({"ordered": True, "order": ["A"]}, "`body.sections.ordered` cannot stand beside"),
        ({"exact": {"A": 1}}, "`body.sections.exact.A` must be text, not 1"),
        ({"exact": "A"}, '`body.sections.exact` must be a table, not "A"'),
    ],
)
def test_what_is_wrong_in_the_profile(table: dict[str, Any], words: str) -> None:
    assert words in refused("body.sections", table)
