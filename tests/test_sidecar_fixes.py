"""Fixes of metadata in files beside documents: `check --fix` as a user sees it."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from validator.fix.backup import undo
from validator.fix.task import HELD

from .support import write
from .test_fix_roundtrip import TOOLS, applied
from .test_fixes import fix

CONFIG = """
[profiles.pages]
files = ["**/*.txt", "**/*.txt.gz"]
text.trailing-blanks = "forbid"
encoding.charset = ["utf-8", "windows-1252"]
delimiters.block = "sidecar"
delimiters.sidecar = "{stem}.%s"
metadata.order = ["id", "title", "state"]

[profiles.pages.metadata.schema]
additionalProperties = false
required = ["id"]

[profiles.pages.metadata.schema.properties]
id = { type = "string", x-equals = "{file.stem}" }
title = { type = "string", x-alias = ["headline"] }
state = { enum = ["open", "closed"] }
digest = { x-hash = "sha256:body" }

[profiles.pages.file]
name = '(?P<stem>[a-z0-9]+)\\.txt'
"""


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with a configuration, which is the working directory."""
    folder = tmp_path / "tree"
    folder.mkdir()
    configure(folder, "json")
    monkeypatch.chdir(folder)
    return folder


def configure(folder: Path, syntax: str) -> None:
    (folder / "seed-validator.toml").write_text(CONFIG % syntax)


def held(folder: Path) -> Mapping[str, bytes]:
    """The files but for the configuration."""
    found = (path for path in folder.iterdir() if path.suffix not in {".toml", ".new"})
    return {path.name: path.read_bytes() for path in found}


CASES: Mapping[str, list[tuple[str, str, bool]]] = {
    "json": [
        ('{"title": "A", "id": "a"}\n', '{"id": "a", "title": "A"}\n', True),
        ('{"id": "a", "headline": "A"}\n', '{"id": "a", "title": "A"}\n', True),
        ('{"id": "a", "title": 12}\n', '{"id": "a", "title": "12"}\n', True),
        ('\ufeff{"id": "a"}', '{"id": "a"}', True),
        ('{"id": "a", "tilte": "A"}\n', '{"id": "a", "title": "A"}\n', False),
        ('{"id": "a", "state": "opne"}\n', '{"id": "a", "state": "open"}\n', False),
    ],
    "yaml": [
        ("# T\ntitle: A\nid: a\n", "id: a\n# T\ntitle: A\n", True),
        ("id: a\nheadline: A\n# b\n", "id: a\ntitle: A\n# b\n", True),
        ("id: a\r\ntitle: 12\r\n", 'id: a\r\ntitle: "12"\r\n', True),
        ("id: a\ntitle: no\n", 'id: a\ntitle: "no"\n', True),
        ("id: a\nstate: clsoed\n", "id: a\nstate: closed\n", False),
    ],
    "data.toml": [  # `seed-validator.toml` is none of them
        ('title = "A"\nid = "a"\n', 'id = "a"\ntitle = "A"\n', True),
        ('id = "a"\nheadline = "A"\n', 'id = "a"\ntitle = "A"\n', True),
        ('id = "a"\ntitel = "A"\n', 'id = "a"\ntitle = "A"\n', False),
    ],
}
EACH = [(syntax, *case) for syntax, cases in CASES.items() for case in cases]


@pytest.mark.parametrize(("syntax", "before", "after", "safe"), EACH)
def test_what_is_mended(tree: Path, syntax: str, before: str, after: str, *, safe: bool) -> None:
    configure(tree, syntax)
    name = f"a.{syntax}"
    write(tree, {"a.txt": b"Text.\n", name: before.encode()})
    code, _, err = fix(fix=True)
    assert ((tree / name).read_bytes() == after.encode()) is safe
    if not safe:
        assert "1 fix more with `--unsafe-fixes`" in err
        code, _, err = fix(fix=True, unsafe_fixes=True)
    assert (tree / name).read_bytes() == after.encode()
    assert (code, (tree / "a.txt").read_bytes()) == (0, b"Text.\n")
    assert "in 1 file: 1 " in err
    assert "No fixes were made." in fix(fix=True, unsafe_fixes=True)[2]


PAGES: Mapping[str, bytes] = {
    "a.txt": b"Text. \n",
    "a.json": b'{"title": 3, "id": "a"}\n',
    "b.txt": b"Caf\xe9\n",
    "b.json": b'{"title": "B", "id": "b", "more": 1}\n',
    "c.txt": b"Text. \n",
    "c.json": b'{"id": "c"}\n',
}
MENDED: Mapping[str, bytes] = {
    "a.txt": b"Text.\n",
    "a.json": b'{"id": "a", "title": "3"}\n',
    "b.txt": b"Caf\xe9\n",
    "b.json": b'{"id": "b", "title": "B", "more": 1}\n',
    "c.txt": b"Text.\n",
    "c.json": b'{"id": "c"}\n',
}


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_told(tree: Path, jobs: int) -> None:
    write(tree, PAGES)
    code, out, err = fix(fix=True, show_fixes=True, jobs=jobs)
    assert held(tree) == MENDED
    assert code == 1
    assert out.splitlines()[:2] == [
        "b.json:1:27: MET101 `more` is none of the known fields",
        "Found 1 error.",
    ]
    assert err == (
        "- a.json:\n    1 × MET102 (wrong-type)\n    1 × MET108 (key-order)\n"
        "- a.txt:\n    1 × TXT101 (trailing-blanks)\n"
        "- b.json:\n    1 × MET108 (key-order)\n"
        "- c.txt:\n    1 × TXT101 (trailing-blanks)\n"
        "Fixed 5 findings in 4 files: 2 key-order, 2 trailing-blanks, 1 wrong-type.\n"
    )


@pytest.mark.parametrize("tool", TOOLS)
def test_patches(tree: Path, tool: str) -> None:
    write(tree, PAGES)
    _, out, err = fix(diff=True)
    assert held(tree) == PAGES
    assert "Would fix 5 findings in 4 files" in err
    applied(tool, out.encode("utf-8", "surrogateescape"), tree)
    assert held(tree) == MENDED


def test_undo(tree: Path) -> None:
    write(tree, PAGES)
    fix(fix=True, backup="../kept")
    assert held(tree) == MENDED
    assert {one.why for one in undo("../kept")} == {""}
    assert held(tree) == PAGES


def test_a_sidecar_of_several_documents_is_fixed_once(tree: Path) -> None:
    text = (CONFIG % "json").replace("a-z0-9]+)\\.txt", "a-z0-9]+)\\.(txt|log)")
    text = text.replace('"**/*.txt",', '"**/*.txt", "**/*.log",')
    (tree / "seed-validator.toml").write_text(text)
    write(tree, {"a.txt": b"T.\n", "a.log": b"T.\n", "a.json": b'{"title": "A", "id": "a"}\n'})
    assert fix(diff=True)[1].count("diff --git") == 1
    code, out, err = fix(fix=True)
    assert code == 0
    assert "All checks passed! 2 files, 2 documents, 58 bytes." in out
    assert "Fixed 1 finding in 1 file" in err
    assert (tree / "a.json").read_bytes() == b'{"id": "a", "title": "A"}\n'


def test_a_document_in_another_encoding_and_compressed(tree: Path) -> None:
    document = gzip.compress(b"Caf\xe9\n")
    write(tree, {"a.txt.gz": document, "a.json": '{"title": "é", "id": "a"}\n'.encode()})
    assert fix(fix=True)[0] == 0
    assert (tree / "a.json").read_bytes() == '{"id": "a", "title": "é"}\n'.encode()
    assert (tree / "a.txt.gz").read_bytes() == document


def test_what_is_said_of_the_body_counts(tree: Path) -> None:
    """The digest of the body is a field of the sidecar; the body is mended, too."""
    before, after = (hashlib.sha256(one).hexdigest().encode() for one in (b"T. \n", b"T.\n"))
    for digest, whole in ((before, False), (after, True)):
        sidecar = b'{"digest": "%b", "title": "A", "id": "a"}\n' % digest
        write(tree, {"a.txt": b"T. \n", "a.json": sidecar})
        _, out, _ = fix(fix=True)
        assert (tree / "a.json").read_bytes().endswith(b'"id": "a", "title": "A"}\n')
        assert ((tree / "a.txt").read_bytes() == b"T.\n") is whole
        assert ("FIL006" in out) is not whole


def test_more_than_are_shown(tree: Path) -> None:
    configure(tree, "yaml")
    text = (CONFIG % "yaml").replace("additionalProperties = false", "") + (
        '[profiles.pages.metadata.schema.patternProperties]\n"^f" = { type = "string" }\n'
    )
    (tree / "seed-validator.toml").write_text(text)
    fields = "".join(f"f{number}: {number}\n" for number in range(90))
    write(tree, {"a.txt": b"T.\n", "a.yaml": f"id: a\n{fields}".encode()})
    code, _, err = fix(fix=True)
    assert code == 0
    assert "Fixed 90 findings in 1 file: 90 " in err


def test_a_sidecar_that_is_read_only_is_told(tree: Path) -> None:
    write(tree, {"a.txt": b"T. \n", "a.json": PAGES["a.json"]})
    (tree / "a.json").chmod(0o444)
    _, out, err = fix(fix=True)
    assert "a.json:1:1: FIL007 the fixed file was not written: it is read-only" in out
    assert "MET108" in out
    assert "Fixed 1 finding in 1 file: 1 trailing-blanks." in err
    assert (tree / "a.txt").read_bytes() == b"T.\n"


def test_a_sidecar_behind_a_link_is_left(tree: Path) -> None:
    write(tree, {"a.txt": b"T.\n", "b.new": PAGES["a.json"]})
    os.symlink("b.new", tree / "a.json")
    assert "No fixes were made." in fix(fix=True)[2]
    assert (tree / "b.new").read_bytes() == PAGES["a.json"]


def test_a_fix_that_cannot_be_proved_is_not_made(tree: Path) -> None:
    """A name of a field that comes near is one that is there already."""
    before = b'{"id": "a", "title": "A", "headline": "B"}\n'
    write(tree, {"a.txt": b"T.\n", "a.json": before})
    fix(fix=True, unsafe_fixes=True)
    assert (tree / "a.json").read_bytes() == before


def test_a_large_document_is_left_and_told(tree: Path) -> None:
    write(tree, {"a.txt": b"Text.\n" * (HELD // 6 + 1), "a.json": PAGES["a.json"]})
    _, out, _ = fix(fix=True)
    assert "a.json:1:1: FIL006 the fix for MET108 key-order was not made: it, or its" in out
    assert (tree / "a.json").read_bytes() == PAGES["a.json"]


def test_files_of_a_manifest_are_left(tree: Path) -> None:
    with (tree / "seed-validator.toml").open("a") as file:
        file.write('[profiles.pages.corpus]\nmanifest = "sums-sha256.txt"\n')
    sums = hashlib.sha256(b"T.\n").hexdigest().encode() + b"  a.txt\n"
    write(tree, {"a.txt": b"T.\n", "a.json": PAGES["a.json"], "sums-sha256.txt": sums})
    _, out, _ = fix(fix=True)
    assert "FIL006" in out
    assert (tree / "a.json").read_bytes() == PAGES["a.json"]
