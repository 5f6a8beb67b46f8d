"""Where a name says too little, the first bytes tell the profile; and never wrongly."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path

import pytest

from validator import ConfigError, check_paths, list_files
from validator.file.reading import read_beginning
from validator.render._saved import read_saved
from validator.run import by_content
from validator.run.by_content import BEGINNING
from validator.text.re2 import searched_set

from .support import FIXTURES, run_cli, write

MAIL = (
    b"From a@example.org Mon Jan  1 10:00:00 2024\nFrom: A <a@example.org>\nSubject: 1\n\nText.\n"
)
TOKEN = b"1\tYes\tyes\tINTJ\t_\t_\t0\troot\t_\t_\n\n"
SENTENCE = b"# sent_id = 1\n# text = Yes\n" + TOKEN
BLOCK = b"---\ntitle: A\ntags:\n- a\n- b\nnote: |\n  two\n\n  lines\n# why\n---\n\nText.\n"
RECORDS = b'{"id": "a", "n": 1}\n{"id": "b", "n": 2}\n'
DIGEST = (
    b"Directory structure:\n\xe2\x94\x94\xe2\x94\x80\xe2\x94\x80 src/\n\n" + b"=" * 48 + b"\n"
    b"FILE: src/a.py\n" + b"=" * 48 + b"\nText.\n"
)
PACKED = (
    b"This file is a merged representation of the entire codebase, combined into a single document "
    b"by Repomix.\n\n"
)
RULE = b"=" * 64 + b"\n"
BUNDLE = b"%%% begin 1.txt\nText.\n%%% end 1.txt\n"

KNOWN = [
    ("a.txt", MAIL, "mbox"),
    ("A.TXT", MAIL, "mbox"),
    ("a.text", MAIL.replace(b"\n", b"\r\n"), "mbox"),
    ("a.txt", MAIL.replace(b"a@example.org Mon", b"a at example.org  Mon"), "mbox"),
    ("a.txt", SENTENCE, "conllu"),
    ("a.txt", b"# newdoc id = a\n" + SENTENCE.replace(b"1\tYes", b"1-2\tYes"), "conllu"),
    ("a.txt", BLOCK, "markdown"),
    ("a.txt", b"\xef\xbb\xbf" + BLOCK.replace(b"\n", b"\r\n"), "markdown"),
    ("a.txt", BUNDLE, "seed-bundle"),
    ("a.txt", DIGEST, "gitingest"),
    ("a.txt", b"Repository: a/b\nFiles analyzed: 1\n\nTokens: 10\n" + DIGEST, "gitingest"),
    ("a.txt", PACKED + RULE + b"File Summary\n" + RULE + b"\nText.\n", "repomix-plain"),
    ("a.txt", PACKED + b"<file_summary>\nText.\n", "repomix"),
    ("a.xml", PACKED + b"<file_summary>\nText.\n", "repomix"),
    ("a.json", RECORDS, "jsonl"),
    ("a.json", RECORDS.replace(b"{", b"{ ").replace(b"\n", b"\r\n"), "jsonl"),
]  # fmt: skip
"""What is known by its content."""

PLAIN = [
    ("a.txt", b"From Anna, who wrote it\nTo Ben\n\nDear Ben,\n"),
    ("a.txt", b"From Monday on\nSubject: work\n"),
    ("a.txt", MAIL.replace(b" 2024\n", b" 2024, in the morning\n")),
    ("a.txt", MAIL.replace(b"From: A <a@example.org>", b"I saw a fox.")),
    ("a.txt", MAIL.replace(b"Mon Jan  1 10:00:00 2024", b"1 January 2024")),
    ("a.txt", b"\n" + MAIL),
    ("a.txt", TOKEN),
    ("a.txt", b"# a comment\n" + TOKEN),
    ("a.txt", SENTENCE.replace(b"\t_\t_\n", b"\n")),
    ("a.txt", b"# sent_id = 1\n1. Yes\n2. No\n"),
    ("a.txt", b"---\nText, and a rule above.\n---\n"),
    ("a.txt", b"---\n\ntitle: A\n---\n"),
    ("a.txt", b"---\ntitle: A\n\nText without a closing fence.\n"),
    ("a.txt", b"---\nNote: this is a remark.\nAnd this goes on without a colon\n---\nText.\n"),
    ("a.txt", b"----\ntitle: A\n----\n"),
    ("a.txt", b"Text.\n---\ntitle: A\n---\n"),
    ("a.txt", b"---\ntitle: A\n--- end\n"),
    ("a.txt", b"See %%% begin 1.txt\n"),
    ("a.txt", b"%%% begin\n"),
    ("a.txt", b"Directory structure:\n- src\n- docs\n"),
    ("a.txt", b"=" * 48 + b"\nFILE: a\n" + b"=" * 48 + b"\n"),
    ("a.txt", PACKED + b"So it says.\n"),
    ("a.txt", RECORDS),
    ("a.txt", b""),
    ("a.txt", b"\0" * 100),
    ("a.txt", MAIL.decode().encode("utf-16")),
    ("a.rst", MAIL),
    ("a.md", MAIL),
    ("a.json", b'{"a": 1}\n'),
    ("a.json", b'{"a": 1,\n"b": 2}\n'),
    ("a.json", b'{\n  "a": {"b": 1}\n}\n{"c": 1}\n'),
    ("a.json", b'[{"a": 1},\n{"a": 2}]\n'),
    ("a.json", b'{"a": 1},\n{"a": 2}\n'),
    ("a.json", b'{"a": "' + b"x" * BEGINNING + b'"}\n{"a": "b"}\n'),
    ("a.json", BLOCK),
    ("001_5d41402abc4b2a76.txt", BLOCK),
]
"""What is not, and goes by its name."""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("name", "text", "profile"), KNOWN)
def test_content_tells(name: str, text: bytes, profile: str) -> None:
    Path(name).write_bytes(text)
    (found,) = list_files(".")
    assert (found.profile, bool(found.by_content)) == (profile, True)


@pytest.mark.parametrize(("name", "text"), PLAIN)
def test_what_only_looks_alike_goes_by_its_name(name: str, text: bytes) -> None:
    Path(name).write_bytes(text)
    (found,) = list_files(".")
    by_name = {".txt": "text", ".rst": "text", ".md": "markdown", ".json": ""}[Path(name).suffix]
    by_name = "seed" if name.startswith("001_") else by_name
    assert (found.profile, found.by_content) == (by_name, "")


@pytest.mark.parametrize("name", ["conllu", "mbox", "seed-bundle", "gitingest", "jsonl"])
def test_what_a_profile_passes_is_known_and_passes(name: str) -> None:
    (sample, *_) = sorted((FIXTURES / "profiles" / name / "ok").iterdir())
    path = Path("a.json" if name == "jsonl" else "a.txt")
    path.write_bytes(sample.read_bytes())
    results = check_paths(".").results()
    assert results.summary.by_content == {name: 1}
    assert results.ok


def test_through_compression() -> None:
    Path("a.txt.gz").write_bytes(gzip.compress(MAIL))
    Path("b.json.gz").write_bytes(gzip.compress(RECORDS))
    Path("c.txt.gz").write_bytes(b"\x1f\x8b\x08\x00 cut")
    Path("d.txt.gz").write_bytes(gzip.compress(b"Text.\n"))
    assert [one.profile for one in list_files(".")] == ["mbox", "jsonl", "text", "text"]


def test_only_files_whose_name_says_too_little_are_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []

    def beginning(path: bytes, size: int) -> bytes:
        opened.append(path)
        return read_beginning(path, size)

    monkeypatch.setattr(by_content, "read_beginning", beginning)
    names = ["a.md", "a.jsonl", "a.rst", "a.png", "001_5d41402abc4b2a76.txt", ".a.txt", "b.txt"]
    write(Path(), dict.fromkeys(names, b"Text.\n"))
    assert len([*list_files(".")]) == len(names)
    assert opened == [b"b.txt"]


def test_what_is_no_file_is_not_opened() -> None:
    os.mkfifo("a.txt")
    Path("b.txt").symlink_to("nowhere")
    assert [one.profile for one in list_files(".")] == ["text", "text"]


OWN = """
[profiles.drafts]
files = ["drafts/"]

[profiles.notes]
detect-within = ["*.txt", "*.log"]
detect-content = '\\A(?:NOTE|TODO) [0-9]+\\n'
detect-form = "a first line `NOTE 1`"
"""


def test_a_profile_of_yours_may_know_content() -> None:
    files = {
        "seed-validator.toml": OWN.encode(),
        "a.txt": b"NOTE 1\r\nText.\n",
        "b.txt": b"Text.\n",
        "c.log": b"TODO 2\n",
        "d.md": b"NOTE 1\n",
        "drafts/a.txt": b"NOTE 1\n",
        "e.txt": MAIL,
    }
    write(Path(), files)
    known = {one.path: one.profile for one in list_files(".") if one.profile}
    assert known == {"a.txt": "notes", "c.log": "notes", "drafts/a.txt": "drafts"}
    write(Path(), {"seed-validator.toml": b'unclaimed = "detect"\n' + OWN.encode()})
    known = {one.path: one.profile for one in list_files(".")}
    assert known == {
        "a.txt": "notes",
        "b.txt": "text",
        "c.log": "notes",
        "d.md": "markdown",
        "drafts/a.txt": "drafts",
        "e.txt": "mbox",
    }


def test_a_profile_of_yours_goes_before_what_content_tells() -> None:
    own = b'unclaimed = "detect"\n[profiles.mine]\nextends = "text"\n'
    write(Path(), {"seed-validator.toml": own, "a.txt": MAIL, "a.json": RECORDS})
    assert [(one.path, one.profile) for one in list_files(".")] == [
        ("a.json", "jsonl"),
        ("a.txt", "mine"),
    ]


def test_what_extends_a_profile_knows_what_it_knows() -> None:
    write(
        Path(),
        {
            "seed-validator.toml": b'[profiles.mails]\nextends = "mbox"\n',
            "a.txt": MAIL,
            "b.txt": b"Text.\n",
        },
    )
    assert [one.profile for one in list_files(".")] == ["mails", ""]


def test_what_extends_a_profile_without_names_is_for_all_files() -> None:
    own = b'[profiles.packed]\nextends = "repomix"\n'
    write(Path(), {"seed-validator.toml": own, "a.xml": b"<x/>\n", "b.txt": b"Text.\n"})
    assert [one.profile for one in list_files(".")] == ["packed", "packed"]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ('detect-within = ["*.txt"]', "has no `detect-content`"),
        ("detect-content = 'x'", "has no `detect-within`"),
        ("detect-within = ['*.txt']\ndetect-content = '(x'", "`profiles.a.detect-content` is not"),
        ("detect-wthin = ['*.txt']", "did you mean `detect-within`?"),
    ],
)  # fmt: skip
def test_keys_that_are_wrong_are_told(written: str, words: str) -> None:
    Path("seed-validator.toml").write_text(f"[profiles.a]\n{written}\n", "utf-8")
    with pytest.raises(ConfigError) as caught:
        check_paths(".")
    assert words in str(caught.value)
    assert str(caught.value).startswith("seed-validator.toml:")


def test_it_is_told_what_was_decided() -> None:
    write(Path(), {"a.txt": MAIL, "b.txt": b"A title\nText.\n", "c.json": RECORDS, "d.png": b"x"})
    _, out, _ = run_cli(".", show_files=True)
    assert out == (
        "a.txt: mbox, by content: it begins with a whole line `From SENDER DATE` and a header\n"
        "b.txt: text\n"
        "c.json: jsonl, by content: its first line is an object, and another begins on the second\n"
        "d.png: - without a profile\n"
    )
    _, out, _ = run_cli(".", output_format="concise")
    assert out == (
        "All checks passed! 3 files, 4 documents, 140 bytes; 2 known by content (1 jsonl, 1 mbox); "
        "1 file skipped, without a profile (1 .png).\n"
    )
    _, out, _ = run_cli(".", output_format="json")
    assert json.loads(out)["summary"]["files"]["by_content"] == {"jsonl": 1, "mbox": 1}


def test_standard_input_is_looked_at() -> None:
    _, out, _ = run_cli("-", stdin=MAIL, stdin_filename="a.txt", output_format="json")
    assert json.loads(out)["summary"]["files"]["by_content"] == {"mbox": 1}
    _, out, _ = run_cli("-", stdin=b"Text.\n", stdin_filename="a.txt", output_format="json")
    assert json.loads(out)["summary"]["files"]["by_content"] == {}


@pytest.mark.parametrize(
    ("patterns", "found"),
    [
        ([r"\Ab", r"\Aa"], [1]),
        ([r"\Ax|b", r"\A(?:x|a)"], [0, 1]),
        ([r"\A[|(]", r"\Aa(?:x|(b|y))c"], [1]),
        ([r"\A\Q(\E|b\Q)\E"], []),
        (["c", r"\Ab"], [0]),
        ([r"\A\(|b"], [0]),
    ],
)
def test_a_set_finds_what_each_pattern_finds(patterns: list[str], found: list[int]) -> None:
    assert searched_set(patterns)(b"abc") == found
    alone = [at for at, one in enumerate(patterns) if searched_set([one, "nowhere"])(b"abc") == [0]]
    assert alone == found


def test_a_saved_run_keeps_it() -> None:
    write(Path(), {"a.txt": MAIL, "b.png": b"x"})
    _, saved, _ = run_cli("a.txt", output_format="json")
    again = read_saved(io.BytesIO(saved.encode()), "a.json")
    assert again.summary.by_content == {"mbox": 1}


def test_hidden_files_and_links_that_lead_out_are_not_looked_at(tmp_path: Path) -> None:
    own = b'unclaimed = "detect"\n[profiles.meta]\nfiles = [".meta/*.md"]\n'
    write(
        tmp_path,
        {
            "outside.txt": MAIL,
            "in/seed-validator.toml": own,
            "in/.meta/a.md": b"Text.\n",
            "in/.meta/b.txt": MAIL,
            "in/c.txt": b"-> ../outside.txt",
        },
    )
    found = {one.path: (one.profile, one.passed_by) for one in list_files("in")}
    assert found == {
        "in/.meta/a.md": ("meta", ""),
        "in/.meta/b.txt": ("", "hidden"),
        "in/c.txt": ("text", ""),
    }
