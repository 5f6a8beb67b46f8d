"""TOML: values of the standard library, bytes of ours, words for what cannot be read."""

from __future__ import annotations

import pytest

from validator import check_bytes
from validator.metadata.syntax.block_flaws import (
    DuplicateKey,
    EmptyBlock,
    NotFinite,
    TooDeep,
    Unparsable,
    UnsafeInteger,
)
from validator.metadata.syntax.block_text import Examined
from validator.metadata.syntax.toml import examine, load
from validator.settings.options import Settings

from .support import profile
from .test_syntax_laws import assert_flaw, nodes

DEFAULTS = Settings({})
BLOCK = '''title = "é x" # end
day = 2024-01-01
at = 2024-01-01 10:00:00Z
a.b."c d" = 1
l = [1, [2, 'x'], {q = 1, r.s = """y
"z"""}]
[tab.le]
k = """x"""""
[[p.q]]
n = 1
[[p.q]]
n = 2
[p.q.r]
z = true
'''.encode()


def read(block: bytes) -> Examined:
    return examine(block, (0, len(block)), DEFAULTS)


def test_both_ways_read_the_same_and_dates_are_text() -> None:
    found = read(BLOCK)
    assert not found.flaws
    assert found.tree is not None
    assert (
        found.tree.value
        == load(BLOCK, DEFAULTS)
        == {
            "title": "é x",
            "day": "2024-01-01",
            "at": "2024-01-01T10:00:00Z",
            "a": {"b": {"c d": 1}},
            "l": [1, [2, "x"], {"q": 1, "r": {"s": 'y\n"z'}}],
            "tab": {"le": {"k": 'x""'}},
            "p": {"q": [{"n": 1}, {"n": 2, "r": {"z": True}}]},
        }
    )


def test_every_key_and_value_knows_its_bytes() -> None:
    tree = read(BLOCK).tree
    assert tree is not None
    shown = [
        (BLOCK[slice(*one.key)].decode(), BLOCK[slice(*one.span)].decode()) for one in nodes(tree)
    ]
    assert shown[1:] == [
        ("title", '"é x"'),
        ("day", "2024-01-01"),
        ("at", "2024-01-01 10:00:00Z"),
        ("a", 'a.b."c d" = 1'),
        ("b", 'a.b."c d" = 1'),
        ('"c d"', "1"),
        ("l", '[1, [2, \'x\'], {q = 1, r.s = """y\n"z"""}]'),
        ("", "1"),
        ("", "[2, 'x']"),
        ("", "2"),
        ("", "'x'"),
        ("", '{q = 1, r.s = """y\n"z"""}'),
        ("q", "1"),
        ("r", 'r.s = """y\n"z"""'),
        ("s", '"""y\n"z"""'),
        ("tab", "[tab.le]"),
        ("le", "[tab.le]"),
        ("k", '"""x"""""'),
        ("p", "[[p.q]]"),
        ("q", "[[p.q]]"),
        ("q", "[[p.q]]"),
        ("n", "1"),
        ("q", "[[p.q]]"),
        ("n", "2"),
        ("r", "[p.q.r]"),
        ("z", "true"),
    ]


@pytest.mark.parametrize(
    ("block", "flaw", "shown"),
    [
        (b"a = 1\na = 2\n", DuplicateKey, b"a"),
        (b"[t]\nx = 1\n[t]\n", DuplicateKey, b"t"),
        (b"a = {b = 1, b = 2}\n", DuplicateKey, b"b"),
        (b"a.b = 1\na.'b' = 2\n", DuplicateKey, b"'b'"),
        (b"# nothing\n", EmptyBlock, b"# nothing\n"),
        (b"a = inf\n", NotFinite, b"inf"),
        (b"a = 1e999\n", NotFinite, b"1e999"),
        (b"a = 9007199254740992\n", UnsafeInteger, b"9007199254740992"),
    ],
)
def test_each_flaw_has_its_type_and_bytes(block: bytes, flaw: type, shown: bytes) -> None:
    assert_flaw(load(block, DEFAULTS), read(block), block, flaw, shown)


@pytest.mark.parametrize(
    ("block", "shown", "words"),
    [
        (b"title = Sea\n", b"S", "what stands after `title =` is no value of TOML"),
        (b"id = 0123\n", b"1", "the number after `id =` has leading zeros"),
        (b"title: Sea\n", b":", "there is no `=` after the key"),
        (b"a = 1 b = 2\n", b"b", "something follows the value on its line"),
        (b'a = "x\ny"\n', b"\n", "a line ends inside of a text"),
        (b"a = 'x\n", b"\n", "a quotation mark that opens a text is not closed"),
        (b"a = 'x", b"x", "a quotation mark that opens a text is not closed"),
        (b'a = "\\q"\n', b'"', "a backslash in double quotes begins no escape"),
        (b"a = [1, 2\n", b"\n", "a list is not closed"),
        (b"a = 2024-02-31\n", b"2", "there is no such date"),
        (b"[a\nb = 1\n", b"\n", "the bracket of a table's name is not closed"),
        (b"= 1\n", b"=", "no `key = value` begins with `=`"),
        (b"a = '\x01'\n", b"\x01", "the character `␁` must not stand here"),
        (b"\xef\xbb\xbfa = 1\n", b"\xef\xbb\xbf", "a byte order mark"),
        ("é = 1\n".encode(), "é".encode(), "no `key = value` begins with `é`"),
        ("a = 'é'\r\nb = x\r\n".encode(), b"x", "what stands after `b =`"),
    ],
)
def test_what_cannot_be_read_is_said_in_our_words(block: bytes, shown: bytes, words: str) -> None:
    found = read(block)
    (flaw,) = found.flaws
    assert isinstance(flaw, Unparsable)
    assert found.tree is None
    assert flaw.reason.startswith(words)
    assert flaw.advice
    assert block[flaw.start : flaw.end] == shown
    assert load(block, DEFAULTS) is None


@pytest.mark.parametrize(
    "block",
    [
        b"a = " + b"[" * 100_000,
        b"a" + b".a" * 100_000 + b" = 1",
        b"[" + b"a." * 100_000 + b"a]",
        b"a = " + b"{a = " * 100_000,
    ],
)
def test_depth_is_bounded(block: bytes) -> None:
    assert load(block, DEFAULTS) is None
    (flaw,) = read(block).flaws
    assert isinstance(flaw, TooDeep)


@pytest.mark.parametrize("digits", ["0x" + "f" * 4000, "0b" + "1" * 20_000, "0o" + "7" * 6000])
@pytest.mark.parametrize("form", ["id = {}", "id = [{}]", "id = {{ a = {} }}"])
def test_a_number_that_python_would_not_write(digits: str, form: str) -> None:
    """`str` refuses integers of more than 4,300 digits; what else is found is told, too."""
    text = f"+++\n{form.format(digits)}\n+++\nText. \n"
    schema = {"properties": {"id": {"maxLength": 3, "maximum": 3, "enum": [1]}}}
    keys: dict[str, dict[str, object]] = {
        "delimiters": {"block": "front-matter"},
        "metadata": {"id": "id", "schema": schema},
        "text": {"trailing-blanks": "forbid"},
    }
    found = [one.code for one in check_bytes(text.encode(), profile(keys))]
    assert "MET024" in found
    assert "TXT101" in found


def test_a_number_of_too_many_digits() -> None:
    (flaw,) = examine(b"a = " + b"9" * 5000, (0, 5004), Settings({})).flaws
    assert isinstance(flaw, Unparsable)
    assert flaw.reason == "a number has too many digits to be read"
