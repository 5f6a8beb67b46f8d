"""Header blocks and comment lines."""

from __future__ import annotations

import pytest

from validator.metadata.syntax import comments, headers
from validator.metadata.syntax.block_flaws import DuplicateKey, EmptyBlock, NotAHeader
from validator.metadata.syntax.block_text import Examined
from validator.settings.options import Settings

from .test_syntax_laws import nodes

DEFAULTS = Settings({})
STRICT = Settings({"metadata.header-blank": "require"})
HEADERS = b"PEP: 8\nTitle: Style: a guide \nAuthor: Ann <a@b>,\r\n  Bob\nEmpty:\nX:y\n"
COMMENTS = b"# sent_id = x\n# newdoc\r\n# newpar id = p1\n# text = a = b \n# prose a = b\n#x=\n"


def read(block: bytes, settings: Settings = DEFAULTS) -> Examined:
    return headers.examine(block, (0, len(block)), settings)


def test_headers_keep_their_folds() -> None:
    fields = {
        "PEP": "8",
        "Title": "Style: a guide",
        "Author": "Ann <a@b>,\n  Bob",
        "Empty": "",
        "X": "y",
    }
    found = read(HEADERS)
    assert not found.flaws
    assert found.tree is not None
    assert found.tree.value == headers.load(HEADERS, DEFAULTS) == fields


REPEATED = b"B: 1\nReceived: x\na: 2\nreceived: y\nA: 3\nRECEIVED: z\n"


def test_headers_of_mails_may_stand_often_and_the_first_counts() -> None:
    of_mail = Settings({"metadata.repeated-headers": "as-in-mail"})
    found = headers.examine(REPEATED, (0, len(REPEATED)), of_mail)
    fields = [("B", "1"), ("Received", "x"), ("a", "2")]
    assert not found.flaws
    assert found.tree is not None
    assert [*found.tree.value.items()] == fields
    assert [*(headers.load(REPEATED, of_mail) or {}).items()] == fields
    assert headers.load(REPEATED, DEFAULTS) is None
    twice = REPEATED + b"Subject: s\nsubject: t\n"
    assert headers.load(twice, of_mail) is None
    (flaw,) = headers.examine(twice, (0, len(twice)), of_mail).flaws
    assert twice[flaw.start : flaw.end] == b"subject"  # type: ignore[attr-defined]


def test_every_name_and_value_knows_its_bytes() -> None:
    tree = read(HEADERS).tree
    assert tree is not None
    shown = [(HEADERS[slice(*one.key)], HEADERS[slice(*one.span)]) for one in nodes(tree)]
    assert shown[1:] == [
        (b"PEP", b"8"),
        (b"Title", b"Style: a guide"),
        (b"Author", b"Ann <a@b>,\r\n  Bob"),
        (b"Empty", b""),
        (b"X", b"y"),
    ]


@pytest.mark.parametrize(
    ("block", "problem", "shown"),
    [
        (b"A: b\ntext\n", "no-colon", b"text"),
        (b"A: b\n\nC: d\n", "blank-line", b""),
        (b"A: b\n \t\nC: d\n", "blank-line", b" \t"),
        (b"A : b\n", "blank-before-colon", b"A : b"),
        (b"A b: c\n", "blank-in-name", b"A b: c"),
        (b": b\n", "empty-name", b": b"),
        (b" b\nA: c\n", "leading-continuation", b" b"),
    ],
)
def test_lines_that_are_no_headers(block: bytes, problem: str, shown: bytes) -> None:
    (flaw,) = read(block).flaws
    assert isinstance(flaw, NotAHeader)
    assert flaw.problem == problem
    assert block[flaw.start : flaw.end] == shown
    assert headers.load(block, DEFAULTS) is None


def test_a_blank_after_the_colon_may_be_required() -> None:
    block = b"A: b\nC:d\nE:\nF:\tg\n"
    assert headers.load(block, DEFAULTS) is not None
    assert headers.load(block, STRICT) is None
    (flaw,) = read(block, STRICT).flaws
    assert flaw == NotAHeader(5, 7, "no-blank-after-colon", "C")


def test_a_value_may_begin_on_the_next_line() -> None:
    block = b"Title: Cats\nPost-History:\n    1-Jan,\n    2-Jan\nTopic:\n"
    fields = {"Title": "Cats", "Post-History": "1-Jan,\n    2-Jan", "Topic": ""}
    assert headers.load(block, STRICT) == fields


def test_names_are_the_same_whatever_their_case() -> None:
    block = b"Title: a\nTITLE: b\n"
    assert headers.load(block, DEFAULTS) is None
    assert read(block).flaws == (DuplicateKey(9, 14, "TITLE", 0),)


def test_no_headers() -> None:
    assert read(b"\n").flaws == (EmptyBlock(0, 1, "headers"),)


def test_many_continuation_lines_are_read() -> None:
    block = b"A: b\n" + b" x\n" * 100_000
    fields = headers.load(block, DEFAULTS)
    assert fields == {"A": "b" + "\n x" * 100_000}


def test_comments_hold_fields() -> None:
    found = comments.examine(COMMENTS, (0, len(COMMENTS)), DEFAULTS)
    assert found.tree is not None
    assert not found.flaws
    assert (
        found.tree.value
        == comments.load(COMMENTS, DEFAULTS)
        == {
            "sent_id": "x",
            "newdoc": None,
            "newpar id": "p1",
            "text": "a = b",
            "x": "",
        }
    )
    shown = [(COMMENTS[slice(*one.key)], COMMENTS[slice(*one.span)]) for one in nodes(found.tree)]
    assert shown[1:] == [
        (b"sent_id", b"x"),
        (b"newdoc", b""),
        (b"newpar id", b"p1"),
        (b"text", b"a = b"),
        (b"x", b""),
    ]


def test_a_comment_that_comes_twice() -> None:
    block = b"# a = 1\n# a = 2\n"
    assert comments.load(block, DEFAULTS) is None
    assert comments.examine(block, (0, len(block)), DEFAULTS).flaws == (
        DuplicateKey(10, 11, "a", 2),
    )
