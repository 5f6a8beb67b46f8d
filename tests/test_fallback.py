"""An id that a document says itself, or else the one of its name: no two are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from .support import refused, run_cli, write

CONFIG = """
[profiles.docs]
extends = "markdown"
files = ["docs/"]
file.name = '(?:[0-9]+-)?(?P<id>[a-z-]+)\\.md'
corpus.unique = [{ fields = "id", fallback = "file.id" }]
"""


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    (tmp_path / "seed-validator.toml").write_text(CONFIG)
    return tmp_path


def told(folder: Path) -> list[str]:
    """What is said of ids, without the path of the folder."""
    _, out, _ = run_cli(str(folder), output_format="concise")
    return [line.replace(f"{folder}/", "") for line in out.splitlines() if "COR001" in line]


def test_names_and_front_matter_are_one_set_of_ids(docs: Path) -> None:
    write(
        docs / "docs",
        {
            "6-hello.md": b"# Hello\n",
            "8-hello.md": b"# Hello again\n",
            "x.md": b"---\nid: hello\n---\nText\n",
            "hello-two.md": b"---\nid: other\n---\nText\n",
        },
    )
    name, own = told(docs)
    assert name.startswith("docs/8-hello.md:1:1: COR001 `file.id` hello is already used by docs/6")
    assert own.startswith("docs/x.md:2:5: COR001 `id` hello is already used by docs/6-hello.md")


def test_a_name_is_no_id_where_the_document_says_another(docs: Path) -> None:
    write(
        docs / "docs",
        {"6-hello.md": b"---\nid: first\n---\nA\n", "8-hello.md": b"---\nid: second\n---\nB\n"},
    )
    assert told(docs) == []


def test_two_in_the_front_matter(docs: Path) -> None:
    write(docs / "docs", {f"{n}.md": b"---\nid: one\n---\n%s\n" % n.encode() for n in "ab"})
    (one,) = told(docs)
    assert one.startswith("docs/b.md:2:5: COR001 `id` one is already used by docs/a.md")


def test_a_key_of_several_fields_has_no_fallback() -> None:
    words = refused("corpus.unique", [{"fields": ["a", "b"], "fallback": "c"}])
    assert "must have one field beside `fallback`" in words
