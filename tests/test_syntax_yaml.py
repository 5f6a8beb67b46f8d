"""YAML: the types of 1.2 alone, what readers differ about, and words for what cannot be read."""

from __future__ import annotations

import math
from typing import Any

import pytest

from validator.metadata.syntax.block_flaws import (
    AmbiguousScalar,
    AnchorUsed,
    DuplicateKey,
    EmptyBlock,
    KeyNotText,
    MergeKey,
    NotFinite,
    NotMapping,
    Respelled,
    SecondDocument,
    TabIndent,
    TagUsed,
    TooDeep,
    TooLarge,
    Unparsable,
    UnsafeInteger,
)
from validator.metadata.syntax.block_text import Examined
from validator.metadata.syntax.yaml import examine, load
from validator.readers.reader_set import Evidence
from validator.settings.options import Settings

from .test_syntax_laws import assert_flaw, nodes

DEFAULTS = Settings({})
ALLOWED = Settings({"metadata.yaml-anchors": "allow", "metadata.yaml-tags": "allow"})


def read(block: bytes, settings: Settings = DEFAULTS) -> Examined:
    return examine(block, (0, len(block)), settings)


def value_of(block: bytes, settings: Settings = DEFAULTS) -> Any:
    tree = read(block, settings).tree
    assert tree is not None
    return tree.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True), ("FALSE", False), ("null", None), ("~", None), ("", None), ("12", 12),
        ("-3", -3), ("0.5", 0.5), ("1.0", 1.0), ("-0.25", -0.25),
        ("1.5e+3", 1500.0), ("tRUE", "tRUE"), ("1.2.3", "1.2.3"), ("3f2a", "3f2a"),
        ("10-12", "10-12"), ("nope", "nope"), ("'12'", "12"), ('"no"', "no"), ("a b", "a b"),
    ],
)  # fmt: skip
def test_plain_scalars_are_of_the_core_schema(text: str, value: object) -> None:
    block = f"k: {text}\n".encode()
    assert repr(load(block, DEFAULTS)) == repr({"k": value})
    assert repr(value_of(block)) == repr({"k": value})
    assert not read(block).flaws


PY, JS = "python-frontmatter", "gray-matter"


@pytest.mark.parametrize(
    ("text", "kind", "python", "script"),
    [
        ("no", "truth-word", "false", "text"),
        ("On", "truth-word", "true", "text"),
        ("09.5", "octal", "the number 9.5", "text"),
        ("1e5", "exponent", "text", "the number 100000"),
        ("1_", "underscore", "the number 1", "text"),
        ("2024-02-31", "date", "an error", "the day 2024-03-02"),
        ("2024-01-31 25:00:00", "date", "an error", "the moment 2024-02-01 01:00:00 UTC"),
        ("=", "other", "an error", "text"),
        ("<<", "other", "an error", "text"),
    ],
)
def test_what_readers_differ_about(text: str, kind: str, python: str, script: str) -> None:
    block = f"k: {text}\n".encode()
    (flaw,) = read(block).flaws
    evidence = Evidence(((python, (PY,)), (script, (JS,))))
    assert flaw == AmbiguousScalar(3, 3 + len(text), text, kind, evidence, False, "k")
    assert load(block, DEFAULTS) is None
    assert value_of(block) == {"k": text}
    assert not read(block, Settings({"metadata.allow-ambiguous": (kind,)})).flaws


@pytest.mark.parametrize(
    ("readers", "text", "value"),
    [
        (("jekyll",), "no", False),
        (("jekyll",), "2024-01-31 10:00:00 +0100", "2024-01-31 10:00:00 +0100"),
        (("jekyll",), "tRue", True),
        (("jekyll",), "2024-02-31", "2024-02-31"),
        (("hugo",), "y", True),
        (("hugo",), "no", False),
        (("gray-matter",), "no", "no"),
        (("vfile-matter",), "2024-02-31", "2024-02-31"),
        (("mkdocs", "python-frontmatter"), "off", False),
        ((), "y", "y"),
        ((), "2024-01-31", "2024-01-31"),
        (("vfile-matter",), "12:30", "12:30"),
        (("hugo",), "1,000", "1,000"),
    ],
)
def test_what_readers_agree_on_is_the_value(
    readers: tuple[str, ...], text: str, value: object
) -> None:
    settings = Settings({"readers": readers} if readers else {})
    block = f"k: {text}\n".encode()
    assert load(block, settings) == value_of(block, settings) == {"k": value}
    assert not read(block, settings).flaws


@pytest.mark.parametrize(
    ("readers", "text", "kind", "value"),
    [
        ((), "0123", "octal", 83),
        ((), "12:30", "base-60", 750),
        ((), "1_000", "underscore", 1000),
        ((), "1.10", "trailing-zero", 1.1),
        ((), "-0x1F", "hexadecimal", -31),
        ((), "0b11", "binary", 3),
        (("jekyll",), "1,000", "comma", 1000),
        (("jekyll",), "12:30", "base-60", 45000),
        (("eleventy",), "0123", "octal", 123),
        (("vfile-matter",), "1e5", "exponent", 100000),
    ],
)
def test_a_number_that_is_not_printed_as_written_is_told(
    readers: tuple[str, ...], text: str, kind: str, value: float
) -> None:
    settings = {"readers": readers} if readers else {}
    block = f"k: {text}\n".encode()
    (flaw,) = read(block, Settings(settings)).flaws
    assert flaw == Respelled(3, 3 + len(text), text, kind, value, False)
    assert load(block, Settings(settings)) is None
    allowed = Settings({**settings, "metadata.allow-ambiguous": (kind,)})
    assert load(block, allowed) == {"k": value}


@pytest.mark.parametrize("text", ["+4", ".5", "-5.", "1.5e+3", "12", "-0.25", "1.0"])
def test_numbers_that_are_meant_are_not_told(text: str) -> None:
    assert not read(f"k: {text}\n".encode()).flaws


def test_what_one_reader_refuses_is_told_though_none_differs() -> None:
    (flaw,) = read(b"k: :name\n", Settings({"readers": ("jekyll",)})).flaws
    assert isinstance(flaw, AmbiguousScalar)
    assert flaw.evidence.words() == "an error to jekyll"


def test_what_is_allowed_to_be_ambiguous_is_quick_again() -> None:
    allowed = Settings({"metadata.allow-ambiguous": ("truth-word",)})
    block = b"date: 2024-01-01\ncountry: no\n"
    assert load(block, allowed) == {"date": "2024-01-01", "country": "no"}


def test_a_key_that_is_a_moment_is_no_text() -> None:
    block = b"2024-01-31: a\n"
    assert load(block, DEFAULTS) is None
    (flaw,) = read(block).flaws
    assert isinstance(flaw, KeyNotText)


@pytest.mark.parametrize(
    ("tag", "front_matter", "entire"),
    [("!function", 1, 0), ("!!str", 1, 1), ("!!python/name:os.system", 1, 1), ("!<x>", 1, 1)],
)
def test_a_program_may_have_tags_of_its_own(tag: str, front_matter: int, entire: int) -> None:
    block = f"k: {tag} v\n".encode()
    for settings, count in (
        ({}, front_matter),
        ({"delimiters.block": "entire"}, entire),
        ({"metadata.yaml-tags": "own"}, entire),
        ({"metadata.yaml-tags": "forbid", "delimiters.block": "entire"}, 1),
        ({"metadata.yaml-tags": "allow"}, 0),
    ):
        flaws = read(block, Settings(settings)).flaws
        assert [type(one) for one in flaws] == [TagUsed] * count


def test_comments_of_a_program_are_comments() -> None:
    block = b"title: Update #2\nname: \xe2\x80\x9cx\xe2\x80\x9d\n"
    assert len(read(block).flaws) == 2
    assert load(block, DEFAULTS) is None
    entire = Settings({"delimiters.block": "entire"})
    assert load(block, entire) is not None
    assert not read(block, entire).flaws


def test_a_key_can_be_ambiguous() -> None:
    (flaw,) = read(b"on: push\n").flaws
    assert isinstance(flaw, AmbiguousScalar)
    assert flaw.is_key


def test_every_key_and_value_knows_its_bytes() -> None:
    block = "é: ä\r\nb: [x, 'y', {q: 1}]\nc:\n  - d: |\n      text\n    e: 2\n\n# end\n".encode()
    tree = read(block).tree
    assert tree is not None
    shown = [(block[slice(*one.key)].decode(), block[slice(*one.span)]) for one in nodes(tree)]
    assert shown[1:] == [
        ("é", "ä".encode()),
        ("b", b"[x, 'y', {q: 1}]"),
        ("", b"x"),
        ("", b"'y'"),
        ("", b"{q: 1}"),
        ("q", b"1"),
        ("c", b"- d: |\n      text\n    e: 2"),
        ("", b"d: |\n      text\n    e: 2"),
        ("d", b"|\n      text"),
        ("e", b"2"),
    ]


@pytest.mark.parametrize(
    ("block", "flaw", "shown"),
    [
        (b"a: 1\na: 2\n", DuplicateKey, b"a"),
        (b"", EmptyBlock, b""),
        (b"# nothing\n", EmptyBlock, b"# nothing\n"),
        (b"- a\n", NotMapping, b"- a"),
        (b"title:Sea\n", NotMapping, b"title:Sea"),
        (b"a: 1\n--- {b: 2}\n", SecondDocument, b"---"),
        (b"1: x\n", KeyNotText, b"1"),
        (b"[a]: x\n", KeyNotText, b"[a]"),
        (b"a:\n\tb: c\n", TabIndent, b"\t"),
        (b"a: x\n \t\tb: c\n", TabIndent, b"\t\t"),
        (b"a: .inf\n", NotFinite, b".inf"),
        (b"a: 9007199254740992\n", UnsafeInteger, b"9007199254740992"),
        (b"a: " + b"9" * 5000 + b"\n", UnsafeInteger, b"9" * 5000),
        (b"a: !!str 1\n", TagUsed, b"!!str"),
        (b"a: !x\n", TagUsed, b"!x"),
        (b"a: &x 1\n", AnchorUsed, b"&x"),
        (b"<<: {a: 1}\n", MergeKey, b"<<"),
    ],
)
def test_each_flaw_has_its_type_and_bytes(block: bytes, flaw: type, shown: bytes) -> None:
    assert_flaw(load(block, DEFAULTS), read(block), block, flaw, shown)


@pytest.mark.parametrize(
    ("block", "shown", "words"),
    [
        (b"title: Part 1: The start\n", b":", "an unquoted value holds a colon and a blank"),
        (b"a:b\nc: d\n", b":", "the line before, `a:b`, is no `key: value`"),
        (b"a: b\n c: d\n", b":", "the line is indented deeper than the one before"),
        (b"a: 'x\n", b"'", "the quotation mark `'` that opens here is not closed"),
        (b"a: [1, 2\nb: 3\n", b"[", "the list that opens here is not closed"),
        (b"a: {b: c\n", b"{", "the mapping that opens here is not closed"),
        (b"a: @x\n", b"@", "an unquoted value cannot begin with `@`"),
        (b"a: `x`\n", b"`", "an unquoted value cannot begin with `` ` ``"),
        (b'a: "\\q"\n', b"\\", "`\\q` is no escape"),
        (b"a: 'it's'\n", b"s", "text follows the closing quotation mark"),
        (b"a: [b]]\n", b"]", "the `]` closes nothing"),
        (b"a: - b\n", b"-", "a list cannot begin on the line of its key"),
        (b"a: > b\n", b"b", "text follows `|` or `>` on its line"),
        (b"- a\nb: c\n", b"b", "a list ends here"),
        (b"a: b\nline\n", b"l", "the line is no `key: value`"),
        (b"  a: b\nc: d\n", b"c", "the line stands outside of the mapping"),
        (b"a: **x**\n", b"*", "`*` begins an alias of YAML here"),
        (b"a: *x\n", b"*x", "`*x` refers to an anchor, and there is no `&x`"),
        (b"a: \x1b\n", b"\x1b", "U+001B ESCAPE must not occur"),
        (b"a: \xff\x00\n", b"\0", "U+0000 NULL must not occur"),
        (b"\xef\xbb\xbfa: b\n", b"\xef\xbb\xbf", "a byte order mark"),
        ("é: ä: ü\n".encode(), b":", "an unquoted value holds a colon"),
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


def test_the_advice_for_a_colon_quotes_the_value() -> None:
    (flaw,) = read(b"title: Part 1: The start\n").flaws
    assert isinstance(flaw, Unparsable)
    assert flaw.advice == 'put the value in quotes: `title: "Part 1: The start"`'


def test_anchors_and_merge_keys_that_are_allowed_are_followed() -> None:
    block = b"b: &b {u: 1, v: 2}\nc:\n  <<: *b\n  v: 3\nd: *b\n"
    assert not read(block, ALLOWED).flaws
    assert value_of(block, ALLOWED) == {
        "b": {"u": 1, "v": 2},
        "c": {"u": 1, "v": 3},
        "d": {"u": 1, "v": 2},
    }


def test_tags_that_are_allowed_do_not_run_code() -> None:
    block = b"a: !!str 12\nb: !!python/name:os.getcwd x\nc: !!int 3\n"
    assert value_of(block, ALLOWED) == {"a": "12", "b": "x", "c": 3}


def test_a_bomb_of_aliases_is_bounded() -> None:
    lines = [b"a: &a [x,x,x,x,x,x,x,x,x,x]\n"]
    lines += [b"%c: &%c [%s]\n" % (c, c, b",".join([b"*%c" % (c - 1)] * 10)) for c in b"bcdefghij"]
    found = read(b"".join(lines), ALLOWED)
    assert found.tree is None
    assert type(found.flaws[-1]) is TooLarge


def test_an_alias_to_what_it_stands_in_is_a_flaw() -> None:
    (flaw,) = read(b"a: &x [*x]\n", ALLOWED).flaws
    assert isinstance(flaw, Unparsable)


@pytest.mark.parametrize("block", [b"[" * 100_000, b"- " * 100_000, b"a: " + b"{b: " * 100_000])
def test_depth_is_bounded(block: bytes) -> None:
    assert load(block, DEFAULTS) is None
    (flaw,) = read(block).flaws
    assert isinstance(flaw, TooDeep)
    assert flaw.limit == 64


def test_as_deep_as_allowed_is_not_too_deep() -> None:
    block = b"a: " + b"[" * 63 + b"]" * 63
    assert load(block, DEFAULTS) == value_of(block)
    assert type(read(b"a: " + b"[" * 64 + b"]" * 64).flaws[0]) is TooDeep


def test_infinity_is_kept_as_a_value() -> None:
    assert value_of(b"a: -.inf\n") == {"a": -math.inf}
