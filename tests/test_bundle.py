"""Seed bundles: any file under any name comes back as it was, and what is broken is told."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from validator import check_bytes, load_profile, pack, unpack

NAMES = st.one_of(
    st.binary(min_size=1, max_size=8),
    st.sampled_from([b"a.txt", b"%", b"a b", "ö".encode(), b"\xff", b"%20", b"%%%"]),
)
CONTENTS = st.one_of(
    st.binary(max_size=16),
    st.lists(
        st.sampled_from(
            [b"%%%", b"%%% end a.txt\n", b"\\", b"\n", b"\r", b"\r\n", b"a", b"%%% begin a.txt"]
        ),
        max_size=8,
    ).map(b"".join),
)  # fmt: skip


@given(files=st.dictionaries(NAMES, CONTENTS, max_size=4))
@example(files={b"a.txt": b"", b"b.txt": b"\n", b"c.txt": b"\r", b"d.txt": b"x"})
@example(files={b"a.txt": b"\r%%%", b"b": b"\r\n\\%%%"})
def test_what_was_packed_comes_back(files: dict[bytes, bytes]) -> None:
    assert dict(unpack(b"".join(pack(files.items())))) == files


@given(files=st.lists(st.text("ab %\\\n", min_size=1, max_size=12), min_size=1, max_size=4))
def test_the_profile_passes_a_bundle_of_text(files: list[str]) -> None:
    named = ((f"{number}.txt".encode(), text.encode()) for number, text in enumerate(files))
    found = check_bytes(b"".join(pack(named)), load_profile("seed-bundle"))
    assert not [one.message for one in found if one.code.startswith("DEL")]


BROKEN = {
    b"text": 0,
    b"%%% begin a\nText.\n": 0,
    b"%%% begin a\nText.\n%%% end b\n": 18,
    b"%%% begin a\nText.\n%%% end a": 18,
    b"%%% begin a\n%%% end a\n\n%%% begin b\n%%% end b\n": 22,
    b"%%% begin a\n%%% begin b\n%%% end b\n": 12,
    b"%%% begin a\n%%% end a\n%%% begin a\n%%% end a\n": 22,
    b"%%% begin a b\n%%% end a b\n": 0,
    b"%%% begin a%2\n%%% end a%2\n": 0,
    b"%%% begin a\r\n%%% end a\r\n": 0,
    b"%%% begin a\n\n%%% end a without-newline\n": 13,
}


@pytest.mark.parametrize("data", BROKEN)
def test_what_is_broken_is_told_with_its_byte(data: bytes) -> None:
    with pytest.raises(ValueError, match=f"^byte {BROKEN[data]}: "):
        list(unpack(data))


@given(data=st.lists(st.sampled_from([b"%%% begin a\n", b"%%% end a\n", b"a", b"\n", b"\\%%%",
                                      b"%%% end a without-newline\n"]), max_size=8)
       .map(b"".join))  # fmt: skip
def test_what_unpacks_packs_to_the_same(data: bytes) -> None:
    try:
        files = list(unpack(data))
    except ValueError:
        return
    assert b"".join(pack(files)) == data


def test_names_are_needed_and_not_shared() -> None:
    with pytest.raises(ValueError, match="without a name"):
        list(pack([(b"", b"a")]))
    with pytest.raises(ValueError, match="two files"):
        list(pack([(b"a", b""), (b"a", b"")]))
