"""JSON: strict, with the bytes of everything, and no duplicate key that is passed over."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.metadata.syntax import json as syntax_json
from validator.metadata.syntax.block_flaws import (
    CutShort,
    DuplicateKey,
    EmptyBlock,
    ExtraData,
    LoneSurrogate,
    NotFinite,
    NotMapping,
    TooDeep,
    Unparsable,
    UnsafeInteger,
)
from validator.metadata.syntax.block_text import Examined
from validator.metadata.syntax.json import examine, load, load_lines
from validator.settings.options import Settings

from .test_syntax_laws import assert_flaw, nodes

DEFAULTS = Settings({})
TEXTS = st.text(alphabet='ab:"\\ \t\u2028é𝄞', max_size=5)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4)


def read(block: bytes) -> Examined:
    return examine(block, (0, len(block)), DEFAULTS)


@given(
    OBJECTS,
    st.booleans(),
    st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", " :"), (",", "\t:\r\n")]),
)
def test_both_ways_read_what_was_written(
    value: dict[str, Any], is_ascii: bool, separators: tuple[str, str]
) -> None:
    block = json.dumps(value, ensure_ascii=is_ascii, separators=separators).encode()
    found = read(block)
    assert not found.flaws
    assert found.tree is not None
    assert found.tree.value == value
    assert load(block, DEFAULTS) == value  # exact counting never cries wolf


@given(OBJECTS, OBJECTS, st.data())
def test_a_key_that_comes_twice_is_never_passed_over(
    value: dict[str, Any], other: dict[str, Any], data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from(sorted(value)))
    separators = data.draw(st.sampled_from([(",", ":"), (", ", " : ")]))
    first = json.dumps(value, separators=separators)[:-1]
    again = json.dumps({key: other}, ensure_ascii=False, separators=separators)[1:]
    block = f"{first},{again}".encode()
    assert load(block, DEFAULTS) is None
    assert [type(flaw) for flaw in read(block).flaws] == [DuplicateKey]


def test_every_key_and_value_knows_its_bytes() -> None:
    block = '{"é": ["x", {"q" :\t1}], "\\u0062": -1.5e3, "c": null}'.encode()
    tree = read(block).tree
    assert tree is not None
    shown = [(block[slice(*one.key)].decode(), block[slice(*one.span)]) for one in nodes(tree)]
    assert shown[1:] == [
        ('"é"', b'["x", {"q" :\t1}]'),
        ("", b'"x"'),
        ("", b'{"q" :\t1}'),
        ('"q"', b"1"),
        ('"\\u0062"', b"-1.5e3"),
        ('"c"', b"null"),
    ]


@pytest.mark.parametrize(
    ("block", "flaw", "shown"),
    [
        (b'{"a":1,"\\u0061":2}', DuplicateKey, b'"\\u0061"'),
        (b'{"b":{"a":1,"a":2}}', DuplicateKey, b'"a"'),
        (b'{"a":NaN}', NotFinite, b"NaN"),
        (b'{"a":-Infinity}', NotFinite, b"-Infinity"),
        (b'{"a":1e999}', NotFinite, b"1e999"),
        (b'{"a":9007199254740992}', UnsafeInteger, b"9007199254740992"),
        (b'{"a":' + b"9" * 9999 + b"}", UnsafeInteger, b"9" * 9999),
        (b'{"a":"\\\\\\ud83d\\u0041"}', LoneSurrogate, b"\\ud83d"),
        (b'{"\\ude00":1}', LoneSurrogate, b"\\ude00"),
        (b'{"a":1}{"b":2}', ExtraData, b"{"),
        (b'{"a":1} x', ExtraData, b"x"),
        (b"[1]", NotMapping, b"[1]"),
        (b'"a"', NotMapping, b'"a"'),
        (b" \n", EmptyBlock, b" \n"),
        (b"{}", EmptyBlock, b"{}"),
        (b'{"a":"x', CutShort, b"x"),
        (b'{"a":"\\u12', CutShort, b"2"),
        (b'{"a":[1,', CutShort, b","),
        (b'{"a":tr', CutShort, b"r"),
        (b'{"a":-', CutShort, b"-"),
        (b'{"a"', CutShort, b'"'),
    ],
)
def test_each_flaw_has_its_type_and_bytes(block: bytes, flaw: type, shown: bytes) -> None:
    assert_flaw(load(block, DEFAULTS), read(block), block, flaw, shown)


@pytest.mark.parametrize(
    ("block", "shown", "words"),
    [
        (b'{"a":1,}', b",", "a comma stands before the end of the object"),
        (b'{"a":[1,]}', b",", "a comma stands before the end of the list"),
        (b"{'a':1}", b"'", "there are quotation marks `'` instead of double ones"),
        ("{“a”:1}".encode(), "“".encode(), "there are typographic quotation marks"),
        (b"{a:1}", b"a", "the key `a` is not in quotes"),
        (b'{"a":True}', b"True", "`True` is not JSON"),
        (b'{"a":abc}', b"abc", "the text `abc` is not in quotes"),
        (b'{"a":01}', b"01", "`01` is not a number"),
        (b'{"a":.5}', b".5", "`.5` is not a number"),
        (b'{"a":1.}', b"1.", "`1.` is not a number"),
        (b'{"a":"\\q"}', b"\\q", "`\\q` is no escape"),
        (b'{"a":"\\u12z"}', b"\\u12z", "`\\u12z` is no escape"),
        (b'{"a":"\t"}', b"\t", "a text holds a raw U+0009"),
        (b'{"a":"\n"}', b"\n", "a line ends inside of a text"),
        (b'{"a":"say "hi""}', b"h", "a comma is missing before `h`"),
        (b'{"a" 1}', b'"a"', "no colon follows this key"),
        (b'{"a":}', b"}", "there is no value before `}`"),
        (b'{"a":[1}', b"}", "the list that is open here ends with `]`"),
        (b'{"a":1}}', b"}", "the `}` closes nothing"),
        (b'{"a":1} // x', b"//", "there is a comment"),
        (b'{/* x */"a":1}', b"/", "there is a comment"),
        (b'\xef\xbb\xbf{"a":1}', b"\xef\xbb\xbf", "a byte order mark"),
        (b"\0", b"\0", "`␀` begins no value"),
    ],
)
def test_what_cannot_be_read_is_said_in_our_words(block: bytes, shown: bytes, words: str) -> None:
    found = read(block)
    (flaw,) = found.flaws
    assert isinstance(flaw, Unparsable)
    assert found.tree is None
    assert block[flaw.start : flaw.end] == shown
    assert flaw.reason.startswith(words)
    assert flaw.advice
    assert load(block, DEFAULTS) is None


def test_where_a_second_record_begins_is_told() -> None:
    (flaw,) = read(b'{"a":1} {"b":2}').flaws
    assert flaw == ExtraData(8, 9, True)


def test_a_lone_surrogate_is_replaced_in_the_value() -> None:
    tree = read(b'{"a":"x\\ud83d"}').tree
    assert tree is not None
    assert tree.value == {"a": "x\ufffd"}


def test_of_two_equal_keys_the_last_is_kept() -> None:
    tree = read(b'{"a":1,"a":2}').tree
    assert tree is not None
    assert tree.value == {"a": 2}


@pytest.mark.parametrize("block", [b"[" * 100_000, b'{"a":' * 100_000])
def test_depth_is_bounded(block: bytes) -> None:
    assert load(block, DEFAULTS) is None
    (flaw,) = read(block).flaws
    assert isinstance(flaw, TooDeep)


@pytest.mark.parametrize(
    "block",
    [
        b'{"a":1,"a" :2}',
        b'{"a":1,"a"\t:2}',
        b'{"a":1,"a"  :2}',
        b'{"a":1,"a"\r\n:2}',
        b'{"a":1,"a"\n:2}',
        b'{"a":1,"a"\t :2}',
        b'{"a":1,"a"\r :2}',
        b'{"a":1,"a"\n :2}',
        b'{"a":1,"a" \t:2}',
        b'{"a":1,"a":2,"b\\\\":3}',  # the `\":` of the last key hides one from the count
        b'{"a":": x","a":1,"b" :2}',
    ],
)
def test_no_spelling_hides_a_key_from_the_count(block: bytes) -> None:
    assert load(block, DEFAULTS) is None
    assert [type(flaw) for flaw in read(block).flaws] == [DuplicateKey]


RECORD = b'{"id": "a%d", "score": %s, "text": "an e-mail, pre-E-book"}\n'


@pytest.mark.parametrize("nested", [False, True])
def test_a_plain_zero_is_not_sought_for_what_is_too_small(
    nested: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It costs some searches at the speed of memory, not a pass of an automaton."""
    monkeypatch.setattr(syntax_json, "_small_number", None)
    record = RECORD.replace(b"%s", b"[%s]") if nested else RECORD
    lines = [record % (number, b"0.0 -0.0 0e0 0.5".split()[number % 4]) for number in range(9)]
    read_at_once = load_lines(b"".join(lines), len(lines), DEFAULTS)
    assert read_at_once is not None
    assert len(read_at_once) == len(lines)


@pytest.mark.parametrize(
    "number",
    [b"1e-400", b"5E-324", b"-1e-0400", b"0." + b"0" * 400 + b"1", b"0." + b"0" * 320 + b"1e9"],
)
def test_what_a_double_does_not_hold_is_examined(number: bytes) -> None:
    lines = [RECORD % (1, b"0.0"), RECORD % (2, number)]
    assert load_lines(b"".join(lines), 2, DEFAULTS) is None
    assert load_lines(lines[1], 1, DEFAULTS) is None
    assert load(lines[1], DEFAULTS) is None
