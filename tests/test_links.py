"""Links of a text: what CommonMark and reStructuredText call one, to the byte, however hostile."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.body import markdown_links
from validator.body.headings import MARKDOWN, RST
from validator.body.link import Links
from validator.body.links import links, words
from validator.body.markdown_links import plain_links
from validator.body.scopes import prose
from validator.document import NOWHERE, Document
from validator.text.lines import Window

from .support import linear


def document(text: bytes, start: int = 0) -> Document:
    """A document whose body begins at `start`."""
    return Document(Window(text), (start, len(text)))


def found(text: bytes, syntax: str) -> list[tuple[bytes, bytes]]:
    """The target of each link as it is written, and as it reads."""
    return [(text[slice(*one.span)], one.target) for one in links(document(text), syntax).targets]


MARKDOWN_CASES = [
    (b"[a](b.md)", [(b"b.md", b"b.md")]),
    ("é [a é](b.md é) [c](é.md)".encode(), [("é.md".encode(), "é.md".encode())]),
    (b'[a](<b c.md> "t") ![i](d.png)', [(b"b c.md", b"b c.md"), (b"d.png", b"d.png")]),
    (b"[![i](d.png)](b.md)", [(b"b.md", b"b.md"), (b"d.png", b"d.png")]),
    (b"[a][r] and [r]\n\n[r]: b.md 't'\n[r]: c.md\n", [(b"b.md", b"b.md"), (b"c.md", b"c.md")]),
    (b"[r]:\r\n  <b c.md>\r\n\r\n[r]\r\n", [(b"b c.md", b"b c.md")]),
    (b"> [a](b.md), [two\r> lines](c.md)\r", [(b"b.md", b"b.md"), (b"c.md", b"c.md")]),
    (b"- x\n\n  1. [a](b.md)\n\t[t](u.md)\n", [(b"b.md", b"b.md"), (b"u.md", b"u.md")]),
    (b"## [a](b.md) ##\n\n[c](d.md)\n===\n", [(b"b.md", b"b.md"), (b"d.md", b"d.md")]),
    (b"[a](b\\_c.md) [d](e&amp;f)", [(b"b\\_c.md", b"b_c.md"), (b"e&amp;f", b"e&f")]),
    (b"[a](b%20c.md#d?e)", [(b"b%20c.md#d?e", b"b%20c.md#d?e")]),
    (b"| [a](b.md) | c |\n|---|---|\n", [(b"b.md", b"b.md")]),
    (b"[a](javascript:x) [b](//x.org)", [(b"javascript:x",) * 2, (b"//x.org",) * 2]),
    (b"\xff [c](\xff.md)", [(b"\xff.md", b"\xff.md")]),
    (b"`[a](b.md)` \\[a](b.md)\n\n    [a](b.md)\n\n```\n[a](b.md)\n```\n", []),
    (b"[a] (b.md) [a](b.md\n\n<div>\n[a](b.md)\n</div>\n\n[^1]: EIP-1\n", []),
    (b"[]() [a]() [a]( )", []),
]


@pytest.mark.parametrize(("text", "expected"), MARKDOWN_CASES)
def test_links_of_markdown(text: bytes, expected: list[tuple[bytes, bytes]]) -> None:
    assert found(text, MARKDOWN) == expected


def test_addresses_are_no_words() -> None:
    text = b"See https://example.org/erc-20 and ftp://a.b/c, not example.org.\n"
    for syntax in (MARKDOWN, RST):
        seen = words(document(text), syntax)
        assert seen.replace(b"\xff", b"") == b"See  and  not example.org.\n"


def test_addresses_without_words() -> None:
    text = "é <https://example.org/é> <me@example.org>".encode()
    assert found(text, MARKDOWN) == [
        ("https://example.org/é".encode(), "https://example.org/é".encode()),
        (b"me@example.org", b"mailto:me@example.org"),
    ]


RST_TEXT = """\
:pep:`8`, `text é <a.rst>`_ and `x y`_ or simple_ `b
c <two
words.rst>`__ `alias <other_>`_ :code:`no` ``lit <no.rst>`_`` https://example.org/a

.. _name: ../t.rst
.. _`na: me`: u.rst#part
.. _here:
__ anon.rst
.. image:: pic.png
   :target: page.rst
.. |s| figure:: <sub.png>
.. comment with `c <n.rst>`_

Code::

  `a <code.rst>`_
"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_links_of_restructured_text(end: str) -> None:
    text = RST_TEXT.replace("\n", end).encode()
    targets = [target for _, target in found(text, RST)]
    assert targets == [
        *(b"a.rst", b"twowords.rst", b"../t.rst", b"u.rst#part", b"anon.rst"),
        *(b"pic.png", b"page.rst", b"sub.png"),
    ]
    known = links(document(text), RST)
    shown = [text[slice(*one.shown)].strip() for one in known.links if one.shown != NOWHERE]
    assert shown[:5] == [b"8", "text é".encode(), b"x y", b"simple", f"b{end}c".encode()]


def test_what_readers_see() -> None:
    text = b"See [the page](page.md), ![image](i.png) <b>bold</b> `code`.\n\n[r]: other.md\n"
    seen = words(document(text), MARKDOWN)
    assert len(seen) == len(text)
    assert seen.replace(b"\xff", b"") == b"See the page,  bold .\n\n\n"
    text = b"See `the page <page.rst>`_.\n\n.. image:: i.png\n"
    assert words(document(text), RST).replace(b"\xff", b"") == b"See the page .\n\n\n"


def test_what_stands_in_a_link() -> None:
    text = b"EIP-1 [x EIP-2](eip-3.md) <https://eip-4.org> ![EIP-5](a.png) [![EIP-6](a)](b)"
    known = links(document(text), MARKDOWN)
    held = [
        known.holds((at, at + 5)) for at in (text.lower().find(b"eip-%d" % n) for n in range(1, 7))
    ]
    assert held == [False, True, False, True, False, True]
    assert not Links().holds((0, 1))


def test_offsets_are_of_the_body() -> None:
    text = b"---\ntitle: [a](b.md)\n---\n[c](d.md)\n"
    (one,) = links(document(text, 25), MARKDOWN).targets
    assert text[25 + one.span[0] : 25 + one.span[1]] == b"d.md"


PIECES = [
    *("[", "]", "(", ")", "!", "<", ">", "`", "\\", "_", ":", "a", "é", " ", "\t", "\n", "\r\n"),
    *("[a](b.md)", "![i](c.png)", "[r]: d.md\n", "<https://e.org>", "> ", "- ", "    ", "# ", "\r"),
    *("`t <f.rst>`_", ".. _n: g.rst\n", ".. image:: h\n", "```\n", "<b id='x'>", "&amp;", "\udcff"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map(
    lambda parts: "".join(parts).encode("utf-8", "surrogateescape")
)


@given(TEXTS, st.sampled_from([MARKDOWN, RST]))
def test_links_lie_in_the_text(text: bytes, syntax: str) -> None:
    one = document(text)
    known = links(one, syntax)
    for link in known.links:
        assert 0 <= link.start <= link.end <= len(text)
        if link.target:
            start, end = link.span
            assert link.start <= start < end <= link.end
            written = text[start:end]
            escaped = b"\\" in written or b"&" in written or link.target.startswith(b"mailto:")
            assert escaped or b"".join(written.split()) == b"".join(link.target.split())
        if link.shown != NOWHERE:
            assert link.start <= link.shown[0] <= link.shown[1] <= link.end
    for view in (prose(one, syntax), words(one, syntax)):
        assert len(view) == len(text)
        assert all(a in (b, 0xFF) for a, b in zip(view, text, strict=True))


HOSTILE = {
    "many": b"[a](b.md) " * 20_000,
    "lines": b"[a](b.md)\n" * 20_000,
    "letters": "é [a](b.md) ".encode() * 20_000,
    "open": b"[" * 30_000,
    "half": b"[a](" * 10_000,
    "images": b"![" * 10_000,
    "angles": b"<" * 30_000,
    "definitions": b"[a]: b\n" * 10_000,
    "deep": b"[" * 400 + b"a" + b"](b)" * 400,
    "roles": b":a" * 20_000 + b"`" * 10_001,
    "blanks": b"`" + b" " * 50_000 + b"<",
    "names": b"a-" * 20_000 + b"_",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("syntax", [MARKDOWN, RST])
def test_time_is_linear(name: str, syntax: str) -> None:
    with linear():
        known = links(document(HOSTILE[name]), syntax)
    assert len(known.links) <= 20_000 * 3


BITS = ["[", "]", "(", ")", "[a](b.md)", "[`c`](d)", "`", "``", "`e`", "!", "\\", "&amp;", "<", ">"]
BITS += ["f", " ", "\n", "[g\nh](i#j)", "*k*", "é", "[](l)", "[m]( n)", "[o](p 'q')", "[x]", "\xa0"]


@given(st.lists(st.sampled_from(BITS), min_size=1, max_size=8).map("".join))
@settings(max_examples=300)
def test_plain_links_are_those_of_the_parser(content: str) -> None:
    content = f"T{content}T"  # what begins so is a paragraph
    plain = plain_links(content)
    if plain is not None:
        env: dict[str, object] = {"references": {}}
        assert plain == markdown_links._parsed(markdown_links._parser(), content, env)


def test_what_is_plain_needs_no_parser() -> None:
    assert plain_links("no link") == []
    assert [one.written for one in plain_links("a [b `]` c](d.md#e) `[f](g)` h [](i)") or []] == [
        "d.md#e",
        "i",
    ]
    for unclear in ("[a]", "[a](b", "[a](<b>)", "![a](b)", "[a\\](b)", "``[a](b)``", "[a](b(c))"):
        assert plain_links(unclear) is None
