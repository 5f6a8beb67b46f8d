"""Links that lead nowhere, where what they lead to has moved: `check --fix --unsafe-fixes`.

They are known when all files are through, so that a file is opened a second time for them.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from validator.file.originals import RefusedError
from validator.file.replacing import Replacement
from validator.fix import corpus_fixer
from validator.fix.backup import undo
from validator.fix.corpus_fixer import NOT_THERE, OTHERWISE, CorpusFixer
from validator.fix.proving import gained
from validator.fix.task import HELD

from .support import run_cli, write
from .test_fix_roundtrip import TOOLS, applied
from .test_fixes import fix

CONFIG = """
[profiles.pages]
files = ["**/*.md", "**/*.md.gz"]
encoding.newline = "any"
text.trailing-blanks = "forbid"
encoding.charset = ["utf-8", "windows-1252"]

[profiles.pages.body.fields]
links = { scope = "links" }

[[profiles.pages.corpus.references]]
field = "body.links"
to = "file"
anchors = true

[profiles.notes]
files = ["**/*.txt"]
"""


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with a configuration, which is the working directory."""
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "seed-validator.toml").write_text(CONFIG)
    monkeypatch.chdir(folder)
    return folder


def after(folder: Path, name: str, text: str, others: Mapping[str, bytes]) -> str:
    """What a page says when all is fixed beside other files; a second run changes nothing."""
    write(folder, {name: text.encode(), **others})
    fix(fix=True, unsafe_fixes=True)
    found = (folder / name).read_bytes()
    assert "No fixes were made." in fix(fix=True, unsafe_fixes=True)[2]
    assert (folder / name).read_bytes() == found
    return found.decode()


THERE: Mapping[str, bytes] = {
    "new/place/cats.md": b"# Some cats\n\n## Food & drink\n",
    "new/dogs (old).md": b"# Some dogs\n",
    "top.md": b"# Top\n",
    "new/notes.txt": b"Notes.\n",
    "a/README.md": b"# Read\n",
    "x/twice.md": b"# One\n",
    "y/twice.md": b"# Two\n",
    "été/thé.md": "# Thé\n".encode(),
}


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("[a](cats.md)", "[a](../new/place/cats.md)"),
        ("[a](./cats.md)", "[a](../new/place/cats.md)"),
        ("[a](old/cats.md 'A cat')", "[a](../new/place/cats.md 'A cat')"),
        ("[a](<old/cats.md> (A cat))", "[a](<../new/place/cats.md> (A cat))"),
        ("![a](cats.md?raw=1)", "![a](../new/place/cats.md?raw=1)"),
        ("[a](cats.md#some-cats)", "[a](../new/place/cats.md#some-cats)"),
        ("[a](cats.md#food--drink)", "[a](../new/place/cats.md#food--drink)"),
        ("[a](cats.md#no-such)", "[a](cats.md#no-such)"),
        ("[a](/old/cats.md)", "[a](/new/place/cats.md)"),
        ("[a](/old/top.md)", "[a](/top.md)"),
        ("[a](top.md)", "[a](../top.md)"),
        ("[a][b]\n\n[b]:  cats.md\n  'T'", "[a][b]\n\n[b]:  ../new/place/cats.md\n  'T'"),
        ("[a][b]\n\n[b]: <cats.md>", "[a][b]\n\n[b]: <../new/place/cats.md>"),
        ("[a](dogs%20(old).md)", "[a](../new/dogs%20(old).md)"),
        ("[a](<dogs (old).md>)", "[a](<../new/dogs (old).md>)"),
        ("[a](th%C3%A9.md)", "[a](../été/th%C3%A9.md)"),
        ("[a](cats.md), [b](cats.md)", "[a](../new/place/cats.md), [b](../new/place/cats.md)"),
        ("> - [a](cats.md)\n>   [b](top.md)", "> - [a](../new/place/cats.md)\n>   [b](../top.md)"),
        ("[a](notes.txt)", "[a](../new/notes.txt)"),
        ("`[a](cats.md)` [b](cats.md)", "`[a](cats.md)` [b](../new/place/cats.md)"),
        ("[a](c\\ats.md) [a](ca&#116;s.md)", "[a](c\\ats.md) [a](ca&#116;s.md)"),
        ("[a](gone.md) [a](Cats.md)", "[a](gone.md) [a](Cats.md)"),
        ("[a](twice.md)", "[a](twice.md)"),
        ("[a](b/README.md) [a](b/index.md)", "[a](b/README.md) [a](b/index.md)"),
        ("[a](../en/page.md)", "[a](../en/page.md)"),
        ("[a](../../cats.md)", "[a](../../cats.md)"),
        ("[a](https://x.org/cats.md)", "[a](https://x.org/cats.md)"),
    ],
)
def test_only_the_directory_is_written(tree: Path, before: str, expected: str) -> None:
    assert after(tree, "a/page.md", before + "\n", THERE) == expected + "\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_names_of_directories_that_mean_something_in_links(tree: Path, end: str) -> None:
    there = {"new (1)/*&a[b]/c#d?/x y.md": b"# X\n"}
    text = f"[a](<x y.md>) [b](x%20y.md){end}é.{end}"
    expected = text.replace("x%20y", "../new%20%281%29/%2A%26a%5Bb%5D/c%23d%3F/x%20y").replace(
        "<x y", "<../new%20%281%29/%2A%26a%5Bb%5D/c%23d%3F/x y"
    )
    assert after(tree, "a/page.md", text, there) == expected


def test_restructured_text(tree: Path) -> None:
    rest = CONFIG.replace("[profiles.pages", "[profiles.rest").replace("**/*.md", "**/*.rst")
    rest = (
        rest[: rest.index("[profiles.notes]")] + '[profiles.rest.body.sections]\nsyntax = "rst"\n'
    )
    (tree / "seed-validator.toml").write_text(CONFIG + rest)
    text = "`A <cats.md>`_ and `b <old/cats.md>`__.\n\n.. _c: cats.md\n\n.. image:: cats.md\n"
    assert after(tree, "a/page.rst", text, THERE) == text.replace("old/", "").replace(
        "cats.md", "../new/place/cats.md"
    )


def test_another_encoding(tree: Path) -> None:
    write(tree, {"a/page.md": b"Caf\xe9 [a](cats.md)\n", **THERE})
    fix(fix=True, unsafe_fixes=True)
    assert (tree / "a/page.md").read_bytes() == b"Caf\xe9 [a](../new/place/cats.md)\n"


def test_a_compressed_file(tree: Path) -> None:
    write(tree, {"a/page.md.gz": gzip.compress(b"[a](cats.md)\n"), **THERE})
    fix(fix=True, unsafe_fixes=True)
    found = gzip.decompress((tree / "a/page.md.gz").read_bytes())
    assert found == b"[a](../new/place/cats.md)\n"


PAGES: Mapping[str, bytes] = {
    "a/page.md": b"# Page \n\n[a](cats.md#some-cats)\n",
    "a/other.md": b"[a](gone.md)\n[a](cats.md)\n",
    **THERE,
}
MENDED = {
    "a/page.md": b"# Page\n\n[a](../new/place/cats.md#some-cats)\n",
    "a/other.md": b"[a](gone.md)\n[a](../new/place/cats.md)\n",
}


def held(folder: Path) -> Mapping[str, bytes]:
    return {name: (folder / name).read_bytes() for name in MENDED}


def test_it_is_unsafe(tree: Path) -> None:
    write(tree, PAGES)
    _, out, err = fix(fix=True)
    assert held(tree) == {**held(tree), "a/page.md": PAGES["a/page.md"].replace(b" \n", b"\n")}
    assert "2 fixes more with `--unsafe-fixes`: 2 dangling-reference." in err
    assert "a/page.md:3:5: COR010" in out


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_told(tree: Path, jobs: int) -> None:
    write(tree, PAGES)
    code, out, err = fix(fix=True, unsafe_fixes=True, show_fixes=True, jobs=jobs)
    assert held(tree) == MENDED
    assert code == 1
    assert out.startswith("a/other.md:1:5: COR010 the text links to `gone.md`")
    assert "Found 1 error." in out
    assert "(10 valid, 1 rejected)" in out.replace("9 valid", "10 valid")
    assert err == (
        "- a/other.md:\n    1 × COR010 (dangling-reference)\n"
        "- a/page.md:\n    1 × COR010 (dangling-reference)\n    1 × TXT101 (trailing-blanks)\n"
        "Fixed 3 findings in 2 files: 2 dangling-reference, 1 trailing-blanks.\n"
    )


def test_fix_only(tree: Path) -> None:
    write(tree, PAGES)
    assert fix(fix_only=True, unsafe_fixes=True)[:2] == (0, "")
    assert held(tree) == MENDED


@pytest.mark.parametrize("tool", TOOLS)
def test_patches(tree: Path, tool: str) -> None:
    write(tree, PAGES)
    code, out, err = fix(diff=True, unsafe_fixes=True)
    assert code == 1
    assert held(tree) == {name: PAGES[name] for name in MENDED}
    assert "Would fix 3 findings in 2 files" in err
    applied(tool, out.encode(), tree)
    assert held(tree) == MENDED


def test_undo_puts_back_a_file_that_was_fixed_twice(tree: Path) -> None:
    write(tree, PAGES)
    fix(fix=True, unsafe_fixes=True, backup="../kept")
    assert held(tree) == MENDED
    assert {one.why for one in undo("../kept")} == {""}
    assert held(tree) == {name: PAGES[name] for name in MENDED}
    assert not (tree.parent / "kept").exists()


def test_undo_of_a_run_that_was_killed_between_the_two(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The backup knows of the second fix, the file does not have it."""
    write(tree, PAGES)
    finish = Replacement.finish

    def full(self: Replacement) -> None:
        if b"../new" in Path(os.fsdecode(self.path)).read_bytes():
            raise RefusedError("the disk is full")
        finish(self)

    monkeypatch.setattr(Replacement, "finish", full)
    _, out, err = fix(fix=True, unsafe_fixes=True, backup="../kept")
    assert "FIL007 the fixed file was not written: the disk is full" in out
    assert "COR010" in out
    assert "Not fixed, as told above: 2 unwritten-fix." in err
    assert {one.why for one in undo("../kept")} == {""}
    assert held(tree) == {name: PAGES[name] for name in MENDED}


def test_findings_that_are_suppressed_are_not_mended(tree: Path) -> None:
    text = "<!-- seed-validator: ignore COR010 -- it will be there -->\n[a](cats.md)\n"
    assert after(tree, "a/page.md", text, THERE) == text
    assert after(tree, "a/page.md", text[text.index("[") :], THERE) != text


def test_more_than_are_shown_are_all_mended(tree: Path) -> None:
    links = "".join(f"[a](old{number}/cats.md)\n[b](gone{number}.md)\n" for number in range(120))
    found = after(tree, "a/page.md", links, THERE)
    assert found.count("(../new/place/cats.md)") == 120
    _, out, _ = fix(fix=True, unsafe_fixes=True)
    assert out.count("COR010") == 50
    assert "Found 120 errors" in out


def test_what_is_left_is_within_the_limit(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CorpusFixer, "_objection", lambda *given: "so it is")
    links = "".join(f"[a](old{number}/cats.md)\n" for number in range(120))
    write(tree, {"a/page.md": links.encode(), **THERE})
    _, out, err = fix(fix=True, unsafe_fixes=True)
    assert out.count("COR010 ") == 51  # with that of FIL006
    assert "Found 121 errors" in out
    assert "FIL006 the fix for COR010 dangling-reference was not made: so it is" in out
    assert "Not fixed, as told above: 1 dangling-reference." in err


def test_what_is_not_there_any_more(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tree, PAGES)

    def meanwhile(*given: Any) -> str:
        (tree / "new/place/cats.md").unlink(missing_ok=True)
        return gained(*given)

    monkeypatch.setattr("validator.fix.corpus_fixer.gained", meanwhile)
    assert NOT_THERE in fix(fix=True, unsafe_fixes=True)[1]
    assert held(tree)["a/other.md"] == PAGES["a/other.md"]


def test_a_text_whose_links_would_be_others(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tree, PAGES)
    meant = corpus_fixer._meant
    monkeypatch.setattr(
        corpus_fixer, "_meant", lambda *given: dict.fromkeys(meant(*given), b"../x.md")
    )
    assert OTHERWISE in fix(fix=True, unsafe_fixes=True)[1]
    assert held(tree)["a/other.md"] == PAGES["a/other.md"]


def test_a_fix_that_makes_something_worse_is_not_made(tree: Path) -> None:
    config = CONFIG.replace("text.trailing-blanks", "text.max-line = 14\ntext.trailing-blanks")
    (tree / "seed-validator.toml").write_text(config)
    write(tree, {"a/page.md": b"[a](cats.md)\n", **THERE})
    _, out, _ = fix(fix=True, unsafe_fixes=True)
    assert "FIL006" in out
    assert (tree / "a/page.md").read_bytes() == b"[a](cats.md)\n"


def test_a_large_file_is_left_and_told(tree: Path) -> None:
    text = b"[a](cats.md)\n" + b"Text.\n" * (HELD // 6)
    write(tree, {"a/page.md": text, **THERE})
    _, out, _ = fix(fix=True, unsafe_fixes=True)
    assert "FIL006" in out
    assert "512 KiB" in out
    assert (tree / "a/page.md").read_bytes() == text


def test_a_file_that_changes_meanwhile_is_left(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tree, PAGES)
    objection = CorpusFixer._objection

    def meanwhile(self: CorpusFixer, *given: object) -> str:
        (tree / "a/other.md").write_bytes(b"[a](cats.md) and more\n")
        return objection(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(CorpusFixer, "_objection", meanwhile)
    _, out, _ = fix("a/other.md", "new", fix=True, unsafe_fixes=True)
    assert "FIL007" in out
    assert (tree / "a/other.md").read_bytes() == b"[a](cats.md) and more\n"


def test_single_files_and_standard_input_have_no_such_fix(tree: Path) -> None:
    write(tree, PAGES)
    _, _, err = fix("a/other.md", fix=True, unsafe_fixes=True)
    assert "No fixes were made." in err
    _, out, _ = run_cli(
        "-",
        stdin=PAGES["a/other.md"],
        stdin_filename="a/other.md",
    )
    assert "cats.md" in out
    assert "write `" not in out


def test_a_link_to_a_file_is_left_as_a_link(tree: Path) -> None:
    write(tree, {"a/page.md": b"[a](cats.md)\n", **THERE})
    os.symlink("../a/page.md", tree / "x/link.md")
    fix(fix=True, unsafe_fixes=True)
    assert (tree / "x/link.md").is_symlink()
    assert (tree / "a/page.md").read_bytes() == b"[a](../new/place/cats.md)\n"
