"""Laws of every syntax of metadata.

1. What `examine` finds, `load` does not pass over; where there is nothing, the two agree.
2. Nothing raises, whatever the bytes are.
3. Every node and every flaw stands within the block, and moves with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from validator.document import NOWHERE, Node
from validator.options import Settings
from validator.syntax import SYNTAXES, examine, load
from validator.syntax.flaws import Spot
from validator.syntax.text import Examined

DEFAULTS = Settings({})
LENIENT = Settings(
    {
        "metadata.yaml-anchors": "allow",
        "metadata.yaml-tags": "allow",
        "metadata.allow-ambiguous": ("date", "truth-word", "octal", "exponent"),
        "metadata.header-blank": "require",
        "metadata.max-depth": 3,
    }
)

COMMON = [
    b"a", b"b", b"a", b"1", b"0", b" ", b" ", b"\n", b"\n", b"\r\n", b"\r", b"\t", b'"', b"'",
    "é".encode(), "𝄞".encode(), "\u2028".encode(), b"\xc2\x85", b"\xff", b"\0", b"\\",
    b"\xef\xbb\xbf",
    b"[", b"]", b"{", b"}", b",", b":", b"#", b"-", b".",
]  # fmt: skip
WORDS = {
    "yaml": [
        b"a: b\n", b"c: d\n", b"a: ", b"b: ", b": ", b"- ", b"  ", b"? ", b"&x ", b"*x", b"!t ",
        b"<<: ", b"|\n", b">-\n", b"---\n", b"...\n", b"yes", b"no", b"0123", b"12:30", b"1.10",
        b"1e5", b"2024-01-01", b"~", b"=", b".inf", b"9007199254740993", b"007", b"null", b"'x'",
        b'"x"', b"%", b"@", b"`",
    ],
    "toml": [
        b"a = 1\n", b"b = 'x'\n", b"a = ", b"b = ", b"c.d = ", b"[t]\n", b"[[t]]\n", b"[a.b]\n",
        b'"""', b"'''", b"true", b"inf", b"nan", b"1e999", b"2024-01-01", b"9007199254740993",
        b"{x = 1}", b"[1, 2]", b"[[", b"]]", b"=", b'"c" = ', b"\\u00e9", b"_",
    ],
    "json": [
        b'{"a":1}', b'{"a":', b'"a":', b'"a" :', b'"a\\\\":', b'"b": ', b'": x"', b'"\\":"',
        b"{}", b"[]", b"null", b"true", b"True", b"NaN", b"-Infinity", b"1e999", b"-0", b"01",
        b"9007199254740992", b"9007199254740993.0", b"\\ud83d", b"\\ude00", b"\\u0061",
        b'"\\u0061":',
        b"\\n", b"//", b"1.5", b'"x"',
    ],
    "headers": [b"A: b\n", b"a: c\n", b"B: d\n", b"C:\n", b" more\n", b"D :x\n", b"E:x\n", b": "],
    "comments": [b"# a = b\n", b"# newdoc\n", b"# newpar id = x\n", b"# prose\n", b"#a=\n", b"= "],
}  # fmt: skip


def blocks(syntax: str) -> SearchStrategy[bytes]:
    """Blocks of words of a syntax, mixed with what breaks parsers."""
    words = st.sampled_from([*WORDS[syntax] * 3, *COMMON])
    loose = st.lists(words, max_size=14).map(b"".join)
    if syntax == "json":
        return loose | st.lists(words, max_size=8).map(lambda some: b'{"a":1,%s}' % b"".join(some))
    return loose


def nodes(node: Node) -> Iterator[Node]:
    """A node and all that are in it."""
    yield node
    children = node.children
    for child in children.values() if isinstance(children, Mapping) else children:
        yield from nodes(child)


def moved(found: Examined, by: int) -> Any:
    """Every span, from `by` on."""
    spans = [(node.start - by, node.end - by) for node in nodes(found.tree)] if found.tree else []
    return spans, [
        (type(flaw), flaw.start - by, flaw.end - by)
        for flaw in found.flaws
        if isinstance(flaw, Spot)
    ]


@pytest.mark.parametrize("settings", [DEFAULTS, LENIENT], ids=["defaults", "lenient"])
@pytest.mark.parametrize("syntax", SYNTAXES)
@given(data=st.data())
def test_the_quick_way_misses_nothing(syntax: str, settings: Settings, data: st.DataObject) -> None:
    block = data.draw(blocks(syntax))
    found = examine(syntax, block, (0, len(block)), settings)
    quick = load(syntax, block, settings)
    if found.flaws:
        assert quick is None
    else:
        assert found.tree is not None
        if quick is not None:
            assert repr(quick) == repr(found.tree.value)


@pytest.mark.parametrize("syntax", SYNTAXES)
@given(data=st.data())
def test_every_span_is_within_the_block_and_moves_with_it(syntax: str, data: st.DataObject) -> None:
    block = data.draw(blocks(syntax) | st.binary(max_size=30))
    before = data.draw(st.sampled_from([b"", b"---\n", "\u00e9\n".encode()]))
    start, end = len(before), len(before) + len(block)
    here = examine(syntax, before + block + b"\n---\n", (start, end), LENIENT)
    assert moved(here, start) == moved(examine(syntax, block, (0, len(block)), LENIENT), 0)
    for flaw in here.flaws:
        assert isinstance(flaw, Spot)
        assert start <= flaw.start <= flaw.end <= end
    for node in nodes(here.tree) if here.tree else ():
        assert start <= node.start <= node.end <= end
        assert node.key == NOWHERE or start <= node.key[0] <= node.key[1] <= end


@pytest.mark.parametrize("syntax", SYNTAXES)
@given(data=st.data())
def test_flaws_come_in_order(syntax: str, data: st.DataObject) -> None:
    block = data.draw(blocks(syntax))
    flaws = examine(syntax, block, (0, len(block)), DEFAULTS).flaws
    starts = [flaw.start for flaw in flaws if isinstance(flaw, Spot)]
    assert len(starts) == len(flaws)
    assert starts == sorted(starts)
