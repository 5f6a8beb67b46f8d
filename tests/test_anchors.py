"""Anchors: what GitHub and docutils make of a page, and references that lead to a part of one."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import partialmethod
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from validator import check_paths
from validator.body.anchors import anchors_of, id_of, slug_of, sure_anchors_of, syntax_of
from validator.cli.commands import cli
from validator.corpus.paths import Target, target_of
from validator.file.opening import read_whole
from validator.model import Diagnostic

from .support import profile, write

Tables = dict[str, dict[str, object]]


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("Some cats", "some-cats"),
        ("A  b - c", "a--b---c"),
        ("What's new, in v1.2?", "whats-new-in-v12"),
        ("`x_y` & *dogs*", "x_y--dogs"),
        ("snake_case and __strong__", "snake_case-and-strong"),
        ("[a link](b.md) ![image](c.png)", "a-link-"),
        ("<b>bold</b> &amp; &lt;", "bold--"),
        ("Été, ÉTÉ", "été-été"),
        ("日本語、テキスト", "日本語テキスト"),
        ("a\u00b2 \u2167 b\u0301 \U0001f600", "a--b\u0301-"),
        ("1. First", "1-first"),
        ("a/b\\_c", "ab_c"),
        ("two\nlines", "two-lines"),
        ("!!", ""),
    ],
)
def test_slugs(heading: str, slug: str) -> None:
    assert slug_of(heading) == slug


def test_anchors_of_markdown() -> None:
    text = (
        b"---\ntitle: x\n---\n# A\n\nB\n---\n\n> # A\n\n- # A 1\n\n```\n# Code\n```\n\n"
        b"A <a name=own></a> <a\nid=\"two words\"> `<a id=code>` <p data-id='no'>\n\n"
        b"<div class='a'\n  ID='block'>\n\n# A #\n\n#\n"
    )
    assert [*anchors_of(text, "markdown")] == [
        *("own", "two words", "block", "a", "b", "a-1", "a-1-1", "a-2", ""),
    ]


def test_anchors_that_are_given() -> None:
    text = (
        b"# Why it is so {#why}\n\n## Next { #next .big }\n\n[Word]{#word}\n\n"
        b"### Old\n{: #older}\n\n# MDX {/* #mdx */}\n\n# Set {a, b}\n\n`{#code}` {{ page }}\n\n"
        b"# Why it is so\n"
    )
    assert [*anchors_of(text, "markdown")] == [
        *("why", "next", "word", "older", "mdx"),
        *("why-it-is-so", "old", "set-a-b", "why-it-is-so-1"),
    ]


def test_anchors_of_restructured_text() -> None:
    text = (
        b".. _Before That:\n.. _`with: colon`: x.html\n\n=====\nTitle\n=====\n\n"
        b"2. A *part*: ``code``\n---------------------\n\nTitle\n-----\n\n"
        b"_`in line` and ``_`no` ``\n"
    )
    assert [*anchors_of(text, "rst")] == [
        *("title", "a-part-code", "id1", "before-that", "with-colon", "in-line"),
    ]


def test_ids_of_docutils() -> None:
    assert id_of("Ünïcode & More") == "unicode-more"
    assert id_of("PEP 8!") == "pep-8"
    assert id_of("12 a") == "a"


def test_the_language_of_a_file() -> None:
    assert syntax_of(b"a/B.MD") == "markdown"
    assert syntax_of(b"a.b.rst") == "rst"
    assert not any(map(syntax_of, (b"md", b"a.txt", b"a.md.gz", b"a.\xff", b"")))


@pytest.mark.parametrize(
    ("written", "target"),
    [
        (b"a.md#p?q", Target(b"a.md", b"p?q")),
        (b"a.md?q=1#p", Target(b"a.md", b"p")),
        (b"a.md?plain=1#L3", Target(b"a.md", b"L3", viewed=True)),
        (b"a%20b%zz%.md#%C3%A9", Target(b"a b%zz%.md", "é".encode())),
        (b"a%23b.md", Target(b"a#b.md")),
        (b"#p", Target(b"", b"p")),
        (b"https://example.org/#p", None),
        (b"mailto:a@example.org", None),
        (b"//example.org/a", None),
        (b"./a:b.md", Target(b"./a:b.md")),
    ],
)
def test_targets_of_links(written: bytes, target: Target | None) -> None:
    assert target_of(written, link=True) == target


def test_paths_in_fields_are_no_addresses() -> None:
    assert target_of(b"https://example.org/a%20b#p", False) == Target(
        b"https://example.org/a%20b", b"p"
    )


def tables(syntax: str = "markdown", more: Mapping[str, object] = {}) -> Tables:
    """A profile whose links must lead somewhere."""
    return {
        "delimiters": {"block": "front-matter", "block-presence": "allow"},
        "body": {"fields": {"links": {"scope": "links"}}, "sections": {"syntax": syntax}},
        "corpus": {"references": [{"field": "body.links", "to": "file", "anchors": True, **more}]},
    }


def told(folder: Path, keys: Tables | None = None) -> list[Diagnostic]:
    """What is found about the corpus."""
    found = check_paths([str(folder)], profile(keys or tables())).diagnostics()
    return [one for one in found if one.code.startswith("COR")]


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("b.md#part", ""),
        ("./sub/../b.md#part-1", ""),
        ("/b.md#part", ""),
        ("b%2Emd#p%61rt", ""),
        ("#", ""),
        ("b.md#", ""),
        ("#top", ""),
        ("a%20b.md#t%C3%AAte", ""),
        ("c.txt#nothing", ""),
        ("sub#nothing", ""),
        ("no.md#nothing", "no.md#nothing`, which is not there"),
        ("../outside.md#a", "../outside.md#a`, which is outside of the corpus"),
        ("..%2foutside.md", "..%2foutside.md`, which is outside of the corpus"),
        ("%2e%2e/outside.md", "%2e%2e/outside.md`, which is outside of the corpus"),
        ("%FF.md", "%FF.md`, which is not there"),
        ("a%00.md", "a%00.md`, which is not there"),
        ("B.md", "B.md`, which is not there; there is b.md"),
        ("b.md#prt", "b.md#prt`, but there is no such anchor; did you mean `part`?"),
        ("b.md#Part", "b.md#Part`, but there is no such anchor; did you mean `part`?"),
        ("#part", "#part`, but there is no such anchor"),
        ("b.md#%E2%80%AE", "b.md#%E2%80%AE`, but there is no such anchor"),
        ("e.md#x", "e.md#x`, but there is no such anchor"),
    ],
)
def test_links_into_pages(target: str, words: str, tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "outside.md": b"# A\n",
            "docs/a.md": f"# Own\n\n[a]({target})\n".encode(),
            "docs/b.md": b"# Part\n\n# Part\n",
            "docs/a b.md": "# Tête\n".encode(),
            "docs/c.txt": b"Part\n",
            "docs/e.md": b"Nothing.\n",
            "docs/sub/x.md": b"Text.\n",
        },
    )
    found = told(tmp_path / "docs")
    if words:
        (one,) = found
        assert one.message == f"the text links to `{words}"
        assert (one.byte_offset, one.byte_length) == (11, len(target))
        assert one.code == ("COR016" if "anchor" in words else "COR010")
    else:
        assert not found


def test_pages_that_are_only_on_the_disk(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": b"[a](b.md#part) [c](b.md#prt)\n", "b.md": b"# Part\n"})
    found = check_paths([str(tmp_path / "a.md")], profile(tables())).diagnostics()
    assert [one.message for one in found] == [
        "the text links to `b.md#prt`, but there is no such anchor; did you mean `part`?"
    ]


CONFIG = """\
[profiles.a]
files = ["*.md"]
body.fields.links.scope = "links"
corpus.references = [{ field = "body.links", to = "file", anchors = true }]
"""


@pytest.mark.parametrize(
    ("name", "rows"), [("docs/a.md", [4, 5, 6]), ("a.md", [2, 3, 4, 5, 6]), ("-", [6])]
)
def test_standard_input_lies_where_its_name_says(
    name: str, rows: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"docs/b.md": b"# Part\n", "seed-validator.toml": CONFIG.encode()})
    text = (
        b"# Own\n[b](b.md)\n[b](./b.md#part)\n[b](c.md)\n[b](b.md#prt)\n[b](#nothing) [c](#own)\n"
    )
    given = ["--stdin-filename", name] if name != "-" else ["--profile", "a"]
    words = ["check", "--output-format", "json", *given, "-"]
    result = CliRunner().invoke(cli, words, input=text)
    found = json.loads(result.output)["diagnostics"]
    assert [one["location"]["row"] for one in found] == rows


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"\xff.md")).write_bytes(b"# Part\n")
    except OSError:
        pytest.skip("the file system has names in UTF-8 only")
    write(tmp_path, {"a.md": b"[a](%FF.md#part) [c](%FF.md#prt)\n"})
    assert [one.message for one in told(tmp_path) if one.path.endswith("a.md")] == [
        "the text links to `%FF.md#prt`, but there is no such anchor; did you mean `part`?"
    ]


def test_pages_behind_links_out_of_the_corpus_are_not_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "secret.md": b"# Secret\n",
            "docs/a.md": b"[a](b.md#x)\n",
            "docs/b.md": b"-> ../secret.md",
        },
    )
    assert not [
        one for one in told(tmp_path / "docs") if "Secret" in one.help or "x" in one.message
    ]


def test_what_is_no_regular_file_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert read_whole(os.fsencode(tmp_path / "pipe.md"), 10) is None
    assert read_whole(os.fsencode(tmp_path), 10) is None
    (tmp_path / "a").write_bytes(b"12345678901")
    assert read_whole(os.fsencode(tmp_path / "a"), 10) is None
    assert read_whole(os.fsencode(tmp_path / "a"), 11) == b"12345678901"
    assert read_whole(os.fsencode(tmp_path / "no"), 11) is None


def test_restructured_text(tmp_path: Path) -> None:
    text = b"Title\n=====\n\n`a <#title>`_ `b <b.rst#ttle>`__ `c <b.rst#here>`_\n"
    write(tmp_path, {"a.rst": text, "b.rst": b"Title\n=====\n\n.. _here:\n"})
    (found,) = told(tmp_path, tables("rst"))
    assert found.message.endswith(
        "`b.rst#ttle`, but there is no such anchor; did you mean `title`?"
    )
    assert text[found.byte_offset :][: found.byte_length] == b"b.rst#ttle"


def test_a_page_with_another_ending_is_of_the_language_of_the_profile(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": b"# Part\n\n[a](#part) [b](b.txt#prt)\n", "b.txt": b"# Part\n"})
    (found,) = told(tmp_path)
    assert "`b.txt#prt`" in found.message


def test_terms_and_help(tmp_path: Path) -> None:
    more: dict[str, object] = {
        "severity": "info",
        "message": "no such part",
        "help": "see {}",
        "except": ["old.md"],
    }
    text = b"[a](#no) [b](#no)\n"
    write(tmp_path, {"a.md": text, "old.md": text})
    (found,) = told(tmp_path, tables(more=more))
    assert (found.severity.value, found.message, found.help) == ("info", "no such part", "see #no")
    assert found.notes == ("the text links to `#no`, but there is no such anchor",)


def test_very_many_links(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": b"# Part\n\n" + b"[a](#part) [b](c.md)\n" * 10_000})
    (found,) = told(tmp_path)
    assert found.message == "the text links to `c.md`, which is not there"
    assert len(found.related) == 100


def test_hostile_pages(tmp_path: Path) -> None:
    page = "".join(f"# \u202e{n} \x1b[31m\n\n" for n in range(3000)).encode()
    write(tmp_path, {"a.md": b"[a](b.md#" + b"x" * 5000 + b") [c](b.md#%1b)\n", "b.md": page})
    for one in told(tmp_path):
        assert "\u202e" not in one.message + one.help
        assert "\x1b" not in one.message + one.help
        assert len(one.message) < 200
        assert len(one.help) < 500


def test_facts_that_do_not_fit_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from validator.check import corpus_stage

    links = b" ".join(b"[x](%d.md#part)" % number for number in range(60))
    pages = {f"{number}.md": b"# Part\n" for number in range(59)}
    write(tmp_path, {**pages, "59.md": b"# Prt\n", "a.md": links, "z.md": b"[x](59.md#part)\n"})
    all_at_once = told(tmp_path)
    start = corpus_stage.CorpusStage.__init__
    monkeypatch.setattr(corpus_stage.CorpusStage, "__init__", partialmethod(start, kept=2, most=4))
    assert told(tmp_path) == all_at_once
    assert [Path(one.path).name for one in all_at_once] == ["a.md", "z.md"]


@given(st.text(max_size=60), st.sampled_from(["markdown", "rst"]))
def test_no_page_is_too_strange(text: str, syntax: str) -> None:
    found = anchors_of(text.encode("utf-8", "replace"), syntax)
    assert all(" " not in one or "<" in text for one in found)


CRUMBS = [
    "# A", "## B c", " # D", "#E", "```", "~~~", "````", "  ```", "   ```", "    ```", "> ```",
    "- ```", "- a", "  b", "", "<!--", "-->", "x -->", "<div>", "</div>", "<pre>", "</pre>", " <b>",
    "F\n===", "[a]: /u '", "'", "1. g", "   # H", "\t# I", "`x`", "text", "# A", "# J #", "> # K",
    "<?php", "?>", "<script>", "</script>", "``` a`b", "```~~", "~~~~", "~~~ a`b", "```sh",
    "---", "# L\r", "a\rb", "# ", "<PRE>", "<a>",
]  # fmt: skip


@given(st.lists(st.sampled_from(CRUMBS), max_size=12).map("\n".join))
@settings(max_examples=300)
def test_sure_anchors_are_anchors(text: str) -> None:
    page = text.encode()
    assert sure_anchors_of(page, "markdown") <= {*anchors_of(page, "markdown")}


def test_what_is_plain_is_sure() -> None:
    page = (
        b"---\ntitle: '# No'\n---\n# Title here\n\n```sh\n# no\n```\n\n1. a\n\n   ```\n   # no\n"
        b"   ```\n\n## Second, part: 2\n<!-- # no\n# no\n-->\n## \xc3\x89t\xc3\xa9\n<p>\n# no\n\n"
        b"## Last\n\n<pre>\n\n# no\n</pre>\n# Not sure\n"
    )
    sure = sure_anchors_of(page, "markdown")
    assert sure == {"title-here", "second-part-2", "été", "last"}
    assert sure < {*anchors_of(page, "markdown")}
    assert sure_anchors_of(page.replace(b"\n", b"\r\n"), "markdown") == sure
    assert sure_anchors_of(b"Title\n=====\n", "rst") == frozenset()
