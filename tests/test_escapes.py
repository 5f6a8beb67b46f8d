r"""Texts that JSON writes with escapes: `\u202e` is as bad as the character itself."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from validator import check_bytes
from validator.text.json_escapes import texts_of, unescaped

from .support import codes, profile

RECORDS = profile({"delimiters": {"kind": "json-lines"}})

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@given(texts, st.booleans())
def test_the_text_is_that_of_the_parser(text: str, ascii_only: bool) -> None:
    written = json.dumps(text, ensure_ascii=ascii_only).encode()[1:-1]
    assert unescaped(written).text.decode() == text


@given(texts, st.data())
def test_each_character_is_found_as_it_is_written(text: str, data: st.DataObject) -> None:
    written = json.dumps(text).encode()[1:-1]
    found = unescaped(written)
    at = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(at, len(text)))
    start, stop = (len(text[:place].encode()) for place in (at, end))
    place = found.origin(start, stop)
    if place is None:
        assert json.dumps(text[at:end])[1:-1] == text[at:end]
    elif start < stop:
        assert json.loads(b'"' + written[slice(*place)] + b'"') == text[at:end]


@given(values)
def test_every_text_is_seen(value: object) -> None:
    written = re.findall(r'"(?:[^"\\]|\\.)*"', json.dumps(value))
    assert sorted(texts_of([value])) == sorted(json.loads(text) for text in written)


def test_half_a_pair_is_no_reason_to_stumble() -> None:
    assert unescaped(rb"a\ud83d b\ude00 \ud83d\ude00").text == "a? b? 😀".encode()


def test_rules_about_characters_see_them() -> None:
    (found,) = check_bytes(rb'{"a": "x \u202e y"}' + b"\n", RECORDS)
    assert (found.code, found.byte_offset, found.byte_length) == ("TXT202", 9, 6)
    assert codes(check_bytes(rb'{"a\u200b": [{"b": "\u0000"}]}' + b"\n", RECORDS)) == [
        "TXT206",
        "TXT001",
    ]


def test_what_is_written_plainly_is_reported_once() -> None:
    data = '{"a": "x \u202e y \\u00e9"}\n'.encode()
    assert codes(check_bytes(data, RECORDS)) == ["TXT202"]


def test_prose_in_escapes_is_clean() -> None:
    lines = [
        {"text": "Привет, мир. Café — “so”, naïve."},
        {"text": "日本語のテキスト、نص عربي, हिन्दी 👩‍🚀."},
        {"text": 'one\ntwo\tthree "four" \\u five /'},
    ]
    data = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    assert not check_bytes(data, RECORDS)
