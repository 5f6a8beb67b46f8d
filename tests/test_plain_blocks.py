"""What is read of Markdown without the parser is what the parser gives of the whole text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from validator.body.plain_blocks import blocks_of

KEPT = ("heading_open", "inline", "fence", "code_block", "html_block")
PARSER = MarkdownIt("commonmark")
PARSER.core.ruler.enableOnly(["normalize", "block"])

_BEGINNINGS = st.sampled_from(
    "- |* |1. |2) |10. |100. |  - |    - |   * |     - |  1. |      2. |- - |1. - |-   |-     x|> |"
    "# |## x #|```|``|~~~|   ```|<div>|</div>|<!-- |-->|<pre>|</pre>|<a>|[a]: /u|[b]|---|===|***|"
    "* * *|\t- |    |  |   ||-|+|1.|text|*em*|_x_|`c`|+5|-x|1.5|2023|![i](u)|[l](u)|\\# |&|"
    "\u00a0|a\u2028b|\x0b|'t'|  continued|    deep".split("|")
)
_ENDS = st.sampled_from(
    "|text|[a](b)|foo bar| x|*|[c]: /d|'title'|`|```|# not|- x|  |\t|[x]".split("|")
)
_LINES = st.builds("".join, st.tuples(_BEGINNINGS, _ENDS)) | st.just("")


def parsed(text: str, references: dict[str, Any]) -> Sequence[Any]:
    return PARSER.parse(text, references)


@given(st.lists(_LINES, max_size=12).map("\n".join))
@example("- a\n\n  - b\n\n    c\n\nd\n---\n")
@example("<!-- a\n\nb\n\nc -->\n\n[d]: /e\n\n[d]: /f\n\n[g]: /h")
@example("100. a\n    - b\n        - c")
def test_plain_blocks_are_those_of_the_parser(text: str) -> None:
    wanted: dict[str, Any] = {}
    tokens = [one for one in parsed(text, wanted) if one.type in KEPT and one.map]
    found, references = blocks_of(text, parsed)
    assert [(one.type, list(one.map)) for one in found] == [(one.type, one.map) for one in tokens]
    assert [one.content for one in found if one.type == "inline"] == [
        one.content for one in tokens if one.type == "inline"
    ]
    assert references == wanted
    assert list(references.get("references", ())) == list(wanted.get("references", ()))


def never(text: str, references: dict[str, Any]) -> Sequence[Any]:
    raise AssertionError(text)


def test_plain_blocks_need_no_parser() -> None:
    text = "# A\n\nText [a](b)\nand *more*.\n\n- one\n  two\n\n  1. three\n\n```\n[x]: y\n```\nEnd"
    found, references = blocks_of(text, never)
    assert [(one.type, one.map) for one in found] == [
        ("heading_open", (0, 1)),
        ("inline", (0, 1)),
        ("inline", (2, 4)),
        ("inline", (5, 7)),
        ("inline", (8, 9)),
        ("fence", (10, 13)),
        ("inline", (13, 14)),
    ]
    assert [one.content for one in found if one.type == "inline"][2] == "one\ntwo"
    assert references == {}


def test_only_what_is_not_plain_is_parsed() -> None:
    asked = []

    def parse(text: str, references: dict[str, Any]) -> Sequence[Any]:
        asked.append(text)
        return parsed(text, references)

    blocks_of("Plain.\n\n> Quoted\n\nPlain.\n\n[a]: /b\n", parse)
    assert asked == ["> Quoted\n\n", "[a]: /b\n"]
    asked.clear()
    blocks_of("```\nopen\n\nto\n\nthe end", parse)  # each time twice as far
    assert asked[-1] == "```\nopen\n\nto\n\nthe end"
