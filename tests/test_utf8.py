"""Whether bytes are UTF-8: the quick answer is that of the decoder, for all that can go wrong."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from validator.encoding.utf8 import all_utf8, is_utf8

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
