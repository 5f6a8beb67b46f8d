"""Whether bytes are UTF-8: the quick answer is that of the decoder, for all that can go wrong."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from validator import check_bytes
from validator.encoding.utf8 import Fault, all_utf8, bad_sequences, is_utf8
from validator.text.lines import Window

from .support import profile

# The bounds of every kind of byte (Unicode table 3-7).
BOUNDS = bytes.fromhex("00 7f 80 8f 90 9f a0 bf c0 c1 c2 df e0 e1 ec ed ee ef f0 f1 f3 f4 f5 ff")
LONG = b"a" * 5000
CHARACTERS = ["a", "é", "ࠀ", "한", "\U00010000", "\U0010ffff"]
PIECES = st.lists(
    st.sampled_from([*(text.encode() for text in CHARACTERS), *(bytes((b,)) for b in BOUNDS)]),
    max_size=12,
).map(b"".join)


def decodes(data: bytes) -> bool:
    """What the decoder says."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def test_all_short_sequences_of_bounds() -> None:
    for length in (1, 2, 3):
        for codes in product(BOUNDS, repeat=length):
            data = bytes(codes)
            assert is_utf8(LONG + data) == decodes(data)


def test_all_sequences_of_four_bytes() -> None:
    for codes in product(b"a\xf0\xf1\xf3\xf4\xf5\xef", BOUNDS, b"a\x80\xbf\xc2", b"a\x80\xbf\xe0"):
        data = bytes(codes)
        assert is_utf8(data + LONG) == decodes(data)


@given(PIECES, PIECES)
def test_is_what_the_decoder_says(left: bytes, right: bytes) -> None:
    assert is_utf8(left) == decodes(left)
    for data in (left + LONG + right, left * 3000 + right):
        assert is_utf8(data) == decodes(data)


@given(st.lists(PIECES, min_size=1, max_size=4))
def test_several_texts_are_judged_one_by_one(texts: list[bytes]) -> None:
    for more in ([], [LONG]):
        assert all_utf8([*texts, *more]) == all(map(decodes, texts))


@given(PIECES, PIECES)
def test_what_is_bad_is_told_whatever_it_is(left: bytes, right: bytes) -> None:
    """Surrogates in pairs, halves of them, and what only begins as one does."""
    for middle in (b"\xed\xa0\xbd\xed\xb8\x80", b"\xed\xa0\xbd\xed\xb8Z", b"\xed\xa0\xed\xb8\x80"):
        data = "éé".encode() * 20 + left + middle + right
        found = check_bytes(data, profile({}))
        assert any(one.code.startswith("ENC0") for one in found)
        for start, end, fault in bad_sequences(Window(data)):
            if fault is Fault.SURROGATE and end - start == 6:
                pair = data[start:end].decode("utf-8", "surrogatepass")
                assert len(pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le")) == 1
