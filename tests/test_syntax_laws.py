"""Laws of every syntax of metadata.

1. What `examine` finds, `load` does not pass over; where there is nothing, the two agree.
2. Nothing raises, whatever the bytes are.
3. Every node and every flaw stands within the block, and moves with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from validator.document import NOWHERE, Node
from validator.metadata.syntax.block_text import Examined
from validator.metadata.syntax.json import load_lines
from validator.metadata.syntax.table import SYNTAXES, examine, load
from validator.model import SpanFlaw
from validator.settings.options import Settings

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


SCALARS = [
    b"x", b"1", b"-2.5", b"true", b"'x'", b'"x"', "'é'".encode(), '"𝄞"'.encode(), b"[1, 2]",
    b"9007199254740992", b"-9007199254740993", b"",
]  # fmt: skip
YAML_SCALARS = [
    b"yes", b"0123", b"12:30", b"1.10", b"1e5", b"2024-01-01", b"=", b"<<", b".inf", b"0x1F",
    b"&x 1", b"*x", b"!t x", b"! x", b"[&x 1, *x]", b"{x: 1, x: 2}", b"null", b"|\n  x\n  y",
    "é ü".encode(), b"x\n  y", b"1_0", b"- x", b"a: b", b"Q&A *b* !c",
]  # fmt: skip
TOML_SCALARS = [b"inf", b"1e999", b"2024-01-01", b"{x = 1}", b"[[1]]", b"{x = 1, x = 2}", b"0x1F"]
JSON_KEYS = [
    b'"a"',
    b'"b"',
    b'"\\u0061"',
    b'"a\\\\"',
    b'"\\":"',
    '"é"'.encode(),
    b'"c" ',
    b'"a"\t',
    b'"a"\t ',
]
JSON_SCALARS = [
    b"1", b'"x"', b'": y"', b'"\\":"', b'"\\\\"', b"null", b"[1]", b'{"a":1}', b'{"a":1,"a":2}',
    b"NaN", b"1e999", b"9007199254740992", b"-1e300", b'"\\ud83d"', b'"\\ud83d\\ude00"',
    '"é"'.encode(), b'{"a" :1,"b":": "}',
]  # fmt: skip


def _fields(keys: list[bytes], sign: bytes, values: list[bytes]) -> SearchStrategy[list[bytes]]:
    """Fields of one key and one value each, mostly well-formed."""
    pair = st.tuples(st.sampled_from(keys), st.sampled_from(values))
    return st.lists(pair.map(lambda two: two[0] + sign + two[1]), min_size=1, max_size=4)


NAMES = [b"a", b"b", b"c", "é".encode(), b"A"]
SHAPED = {
    "yaml": _fields(NAMES, b": ", SCALARS + YAML_SCALARS).map(b"\n".join),
    "toml": _fields([*NAMES[:3], b"a.b", b"[t]\nd"], b" = ", SCALARS[1:] + TOML_SCALARS).map(
        b"\n".join
    ),
    "json": _fields(JSON_KEYS, b":", JSON_SCALARS).map(lambda some: b"{%s}" % b",".join(some)),
    "headers": _fields(NAMES, b":", [b" x", b"x", b"", b"\tx\n  y", " é".encode()]).map(b"\n".join),
    "comments": _fields([b"# a", b"# b", b"#c", b"# newpar id"], b"=", SCALARS).map(b"\n".join),
}


def blocks(syntax: str) -> SearchStrategy[bytes]:
    """Blocks that are well-formed, nearly, or made of what breaks parsers."""
    example = SYNTAXES[syntax].example
    crumbs = [*WORDS.get(syntax, ()), *(example[: at + 1] for at in range(len(example)))]
    words = st.lists(st.sampled_from([*crumbs * 3, *COMMON]), max_size=14)
    start = st.sampled_from([b"", b"", b"", b"\xef\xbb\xbf"])
    shaped = st.tuples(start, SHAPED.get(syntax, st.just(example))).map(b"".join)
    return shaped | shaped | words.map(b"".join)


def assert_flaw(loaded: object, found: Examined, block: bytes, flaw: type, shown: bytes) -> None:
    """A block has this flaw alone, at these bytes, and the quick way has seen that there is one."""
    (only,) = found.flaws
    assert type(only) is flaw
    assert block[only.start : only.end] == shown  # type: ignore[attr-defined]
    assert loaded is None


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
        if isinstance(flaw, SpanFlaw)
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
        assert isinstance(flaw, SpanFlaw)
        assert start <= flaw.start <= flaw.end <= end
    for node in nodes(here.tree) if here.tree else ():
        assert start <= node.start <= node.end <= end
        assert node.key == NOWHERE or start <= node.key[0] <= node.key[1] <= end


@pytest.mark.parametrize("syntax", SYNTAXES)
@given(data=st.data())
def test_flaws_come_in_order(syntax: str, data: st.DataObject) -> None:
    block = data.draw(blocks(syntax))
    flaws = examine(syntax, block, (0, len(block)), DEFAULTS).flaws
    starts = [flaw.start for flaw in flaws if isinstance(flaw, SpanFlaw)]
    assert len(starts) == len(flaws)
    assert starts == sorted(starts)


LINES = st.lists(
    st.sampled_from(
        [
            b'{"a":1}', b'{"a": {"b": "x"}, "c": [1, {"d": null}]}', b'{"a":1,"a":2}',
            b'{"a":1,"a" :2}', b'{"a\\\\":1,"a\\\\":2}', b'{"a":": x","b":"\\":"}',
            b'{"a":1}{"a":2}',
            b'{"a":1} {', b'{"a":', b'{"a":[{}', b'{"b":1}]}', b"{}", b'{"a":9007199254740992}',
            b'{"a":NaN}', b'{"a":1},', b'{"a":"\\ud83d"}', b'{"a":1}\r{"a":2}', b'{"a"\t: 1}',
        ]
    ),
    min_size=1,
    max_size=5,
)  # fmt: skip


@given(LINES, st.booleans())
def test_many_records_at_once_are_what_each_is_alone(lines: list[bytes], ended: bool) -> None:
    text = b"\n".join(lines) + (b"\n" if ended else b"")
    together = load_lines(text, len(lines), DEFAULTS)
    alone = [load("json", line, DEFAULTS) for line in lines]
    if together is not None:
        assert together == alone


def test_clean_records_are_read_at_once() -> None:
    line = b'{"id": "a%d", "text": "He said \\": yes", "meta": {"n": [%d]}}'
    lines = [line % (n, n) for n in range(9)]
    together = load_lines(b"\n".join(lines), len(lines), DEFAULTS)
    assert together == [load("json", line, DEFAULTS) for line in lines]
    assert together is not None


@given(SHAPED["json"])
def test_a_span_of_json_holds_its_value(block: bytes) -> None:
    found = examine("json", block, (0, len(block)), DEFAULTS)
    for node in nodes(found.tree) if found.tree and not found.flaws else ():
        assert json.loads(block[node.start : node.end]) == node.value


@given(SHAPED["yaml"])
def test_a_span_of_yaml_holds_its_value(block: bytes) -> None:
    found = examine("yaml", block, (0, len(block)), DEFAULTS)
    for node in nodes(found.tree) if found.tree and not found.flaws else ():
        text = block[node.start : node.end].decode()
        if (
            isinstance(node.value, str)
            and text[:1] not in ("'", '"', "|", ">")
            and "\n" not in text
        ):
            assert text == node.value


def test_a_value_on_two_lines_does_not_hide_two_on_one() -> None:
    lines = [b'{"a":', b'{"b":1}}', b'{"a":1}{"a":2}']
    assert load_lines(b"\n".join(lines), 3, DEFAULTS) is None
