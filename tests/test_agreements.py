"""What a profile declares of all documents: read rightly, refused in words, held against files."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from validator import check_paths
from validator.cli.check_request import Request
from validator.cli.commands import cli
from validator.cli.outputs import Streams
from validator.corpus.external_sort import Scratch
from validator.corpus.fact_store import Ledger
from validator.corpus.facts import Facts
from validator.corpus.manifest import BadLine, Entry, Reader
from validator.corpus.options import MANIFEST

from .support import codes, profile, refused, run_cli, write

Tables = dict[str, dict[str, object]]


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        (
            "unique",
            [3],
            "`corpus.unique[1]` must be the name of a field or a list of them or a table, not 3",
        ),
        ("unique", [["id", "id"]], "`corpus.unique[1]` names `id` twice"),
        (
            "unique",
            {"fields": "id", "mesage": ""},
            "`corpus.unique` has the unknown key `mesage`; did you mean `message`?",
        ),
        (
            "unique",
            {"fields": "id", "severity": "bad"},
            '`corpus.unique.severity` must be one of "info", "warning", "error", not "bad"',
        ),
        (
            "sequence",
            {"within": "file"},
            "`corpus.sequence` needs the key `field`: the field that counts",
        ),
        (
            "sequence",
            {"field": "n", "first": -1},
            "`corpus.sequence.first` must be a whole number from 0 on, not -1",
        ),
        ("sequence", {"field": "n", "within": "fil"}, 'not "fil"; did you mean `file`?'),
        ("references", ["a"], '`corpus.references[1]` must be a table, not "a"'),
        ("references", {"field": "a"}, "`corpus.references` needs the key `to`: "),
        (
            "references",
            {"field": "a", "to": "file", "compare": {"field": "x"}},
            "`corpus.references.compare` is only for a `to` that is a field of documents",
        ),
        (
            "references",
            {"field": "a", "to": "id", "file": "a.md"},
            "`corpus.references.file` must be a path with one `{}` for the item, not ",
        ),
        (
            "references",
            {"field": "a", "to": "file", "file": "{}.md"},
            "`corpus.references.file` is only for a `to` that is a field of documents",
        ),
        (
            "references",
            {"field": "a", "to": "id", "compare": {"field": "x", "must-be": "at-least"}},
            "`corpus.references.compare` must have an `order`",
        ),
        (
            "references",
            {"field": "a", "to": "id", "anchors": True},
            '`corpus.references.anchors` is only for a `to` that is "file"',
        ),
        (
            "references",
            {"field": "a", "to": "file", "anchors": 1},
            "`corpus.references.anchors` must be true or false, not 1",
        ),
        (
            "references",
            {"field": "a", "to": "id", "to-itself": "no"},
            '`corpus.references.to-itself` must be true or false, not "no"',
        ),
        ("references", {"field": "a", "to": "id", "to-itsself": True}, "did you mean `to-itself`?"),
        (
            "references",
            {"field": "a", "to": "id", "compare": {"field": "x", "is": "y", "own": "z"}},
            "`corpus.references.compare` must have nothing but `field` and `help` beside `is`",
        ),
        (
            "references",
            {"field": "a", "to": "id", "compare": {"field": "x", "is-not": []}},
            "`corpus.references.compare.is-not` must be text or ",
        ),
        (
            "references",
            {"field": "a", "to": "id", "compare": {"field": "x", "is": [["y"]]}},
            "`corpus.references.compare.is[1]` must be text or ",
        ),
        (
            "references",
            {"field": "a", "to": "id", "compare": {"field": "x", "is": ["y", ""]}},
            "`corpus.references.compare.is` must be a value that is not empty",
        ),
        (
            "references",
            {"field": "a", "to": "id", "compare": {"field": "x", "message": "m"}},
            "`corpus.references.compare` has the unknown key `message`; it may have field, own, ",
        ),
        ("agree", {"field": "a", "what": "prescence"}, "did you mean `presence`?"),
        (
            "agree",
            {"field": "a", "except": "x"},
            "`corpus.agree.except` must be a list of texts or of tables, or a table, not ",
        ),
        ("documents", -1, "must be a number, or [least, most], not -1"),
        ("documents", True, "must be a number, or [least, most]"),
        ("files", [3, 2], "must be a number, or [least, most], not [3, 2]"),
        ("files", [1, 2, 3], "must be a number, or [least, most], not [1, 2, 3]"),
        ("files", [], "must be a number, or [least, most], not an empty list"),
        (
            "manifest",
            {"path": "a", "format": "xml"},
            '`corpus.manifest.format` must be one of "bagit", "csv", "jsonl", not "xml"',
        ),
        ("manifest", "", '`corpus.manifest` must be the path of a file, not ""'),
        (
            "sidecar",
            {"of": "a.txt", "name": "{stem}.json"},
            '`corpus.sidecar.of` must be a file name with one `{stem}`, not "a.txt"',
        ),
        ("sidecar", {"of": "{stem}.txt", "name": "{stem}.txt"}, "two different names"),
        ("sidecar", {"of": "{stem}.md", "name": "/ko/{stem}.md"}, "or a path to one from"),
        ("sidecar", {"of": "{stem}.md", "name": "../{stem}/index.md"}, "or a path to one from"),
        ("sidecar", {"of": "../{stem}.md", "name": "{stem}.json"}, "must be a file name with one"),
    ],
)
def test_what_is_wrong_is_said(key: str, value: object, words: str) -> None:
    assert words in refused(f"corpus.{key}", value)


def test_the_place_in_the_configuration_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("seed-validator.toml").write_text("[profiles.a]\ncorpus.agree = [{ feld = 'x' }]\n")
    result = CliRunner().invoke(cli, ["check", "."])
    assert result.exit_code == 2
    assert "`corpus.agree[1]` has the unknown key `feld`; did you mean `field`?" in result.output
    assert "seed-validator.toml:2" in result.output


def test_the_configuration_is_shown_as_it_could_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("seed-validator.toml").write_text(
        "[profiles.a]\n[profiles.a.corpus]\nunique = ['id', ['a', 'b']]\ndocuments = [1, 3]\n"
        "[[profiles.a.corpus.references]]\nfield = 'see'\nto = 'id'\nseverity = 'info'\n"
        "except = [{ documents = ['1'], reason = 'old', until = 2027-01-31 }]\n"
    )
    for form in ("toml", "json"):
        result = CliRunner().invoke(cli, ["config", "a", "--output-format", form])
        assert result.exit_code == 0, result.output
    shown = json.loads(result.output)["corpus"]
    assert shown["unique"] == ["id", ["a", "b"]]
    assert shown["references"][0] == {
        "field": "see",
        "to": "id",
        "severity": "info",
        "except": [{"documents": ["1"], "reason": "old", "until": "2027-01-31"}],
    }


def test_exemptions_are_by_id_and_path(tmp_path: Path) -> None:
    keys: Tables = {
        "delimiters": {"kind": "json-lines"},
        "metadata": {"id": "id"},
        "corpus": {
            "unique": [{"fields": "slug", "except": ["two"], "message": "a slug is taken once"}],
            "agree": [{"field": "lang", "severity": "info", "except": ["old.jsonl"]}],
        },
    }
    write(
        tmp_path,
        {
            "a.jsonl": b'{"id": "one", "slug": "x", "lang": "en"}\n'
            b'{"id": "two", "slug": "x", "lang": "en"}\n{"id": "three", "slug": "x"}\n',
            "old.jsonl": b'{"id": "four", "lang": "fr"}\n',
            "z.jsonl": b'{"id": "five", "lang": "de"}\n',
        },
    )
    found = list(check_paths([str(tmp_path)], profile(keys)).diagnostics())
    assert [(one.code, one.document_id, one.severity.value) for one in found] == [
        ("COR001", "three", "error"),
        ("COR012", "five", "info"),
    ]
    assert found[0].message == "a slug is taken once"
    assert found[0].notes == ("`slug` x is already used by record 1",)


REFERENCES: Tables = {
    "delimiters": {"kind": "whole", "block": "front-matter"},
    "corpus": {"references": [{"field": "see", "to": "file"}]},
}


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("b.md", ""),
        ("./b.md#part", ""),
        ("'#part'", ""),
        ("sub", ""),
        ("/sub/c.md", ""),
        ("../docs/b.md", ""),
        ("B.md", "leads to B.md, which is not there; there is b.md"),
        ("sub/b.md", "leads to sub/b.md, which is not there"),
        ("../../x.md", "leads to ../../x.md, which is outside of the corpus"),
        ("/../docs2/x.md", "leads to /../docs2/x.md, which is outside of the corpus"),
    ],
)
def test_references_to_files(target: str, words: str, tmp_path: Path) -> None:
    text = b"---\ntitle: T\n---\nText.\n"
    write(tmp_path, {"docs/b.md": text, "docs/sub/c.md": text, "docs2/x.md": text})
    write(tmp_path, {"docs/a.md": f"---\ntitle: T\nsee: {target}\n---\nText.\n".encode()})
    found = list(check_paths([str(tmp_path / "docs")], profile(REFERENCES)).diagnostics())
    if not words:
        assert not found
    else:
        assert [one.message for one in found] == [f"`see` {words}"]
        assert found[0].location.row == 3


def test_no_names_of_another_directory_are_told(tmp_path: Path) -> None:
    text = b"---\ntitle: T\nsee: link/X.md\n---\nText.\n"
    write(tmp_path, {"docs/a.md": text, "secret/x.md": b"", "docs/link": b"-> ../secret"})
    found = list(check_paths([str(tmp_path / "docs")], profile(REFERENCES)).diagnostics())
    assert [one.message for one in found] == ["`see` leads to link/X.md, which is not there"]


def reader_of(folder: Path, form: str) -> Reader:
    """The reader of the manifest `list` in a folder."""
    manifest = MANIFEST.read({"path": "list", "format": form})
    assert manifest is not None
    facts = Facts(Ledger((), Scratch()), roots=(str(folder),))
    return Reader(facts, manifest)


DIGEST = hashlib.sha256(b"").hexdigest()


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("bagit", f"{DIGEST}  a b.txt\r\n\r\n{DIGEST.upper()} *c.txt", ["a b.txt", "c.txt"]),
        ("bagit", f"{DIGEST}  a%0Ab%25.txt\n", ["a\nb%.txt"]),
        ("bagit", f"{DIGEST}\n{DIGEST[1:]}  a\n{DIGEST}  /etc/x\n", [None, None, None]),
        (
            "csv",
            f'sha256,path\n{DIGEST},"a,b"\n{DIGEST},"a\nb"\n{DIGEST},c\n',
            ["a,b", "a\nb", "c"],
        ),
        ("csv", f"sha256,path\n{DIGEST}\n{DIGEST},a,b\nno,c\n", [None, None, None]),
        ("csv", f"sha1,path\n{DIGEST},a\n", [None]),
        ("jsonl", f'{{"path": "a", "sha256": "{DIGEST}"}}\n[]\n{{\n', ["a", None, None]),
        ("jsonl", '{"path": "a"}\n{"path": "../a", "sha256": ""}\n', [None, None]),
    ],
)
def test_manifests_are_read(
    form: str, text: str, expected: list[str | None], tmp_path: Path
) -> None:
    data = text.encode()
    (tmp_path / "list").write_bytes(data)
    reader = reader_of(tmp_path, form)
    lines = list(reader.lines())
    found = [one.path.decode() if isinstance(one, Entry) else None for one in lines]
    assert found == expected
    for one in lines:
        if isinstance(one, Entry):
            assert reader.entry(one.start) == one
            last = one.path.split(b"\n")[-1].replace(b"b%", b"b%25")
            assert last in data[one.start : one.end]


@given(st.sampled_from(["bagit", "csv", "jsonl"]), st.binary(max_size=60), st.booleans())
def test_no_manifest_is_too_strange(form: str, data: bytes, headed: bool) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        header = b"sha256,path\n" if headed else b""
        Path(folder, "list").write_bytes(header + data)
        for line in reader_of(Path(folder), form).lines():
            assert isinstance(line, Entry | BadLine)
            assert 0 <= line.start <= line.end <= len(header + data)


BAG: Tables = {"corpus": {"manifest": "manifest-sha256.txt"}}


def bag(folder: Path, *names: str) -> None:
    """Files, and a manifest of them all."""
    lines = []
    for name in names:
        write(folder, {name: f"{name}\nText.\n".encode()})
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        lines.append(f"{digest}  {name}\n")
    (folder / "manifest-sha256.txt").write_text("".join(lines))


def test_only_what_is_checked_may_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    bag(tmp_path, "a/1.txt", "a/2.txt", "b/3.txt")
    Path("seed-validator.toml").write_text(
        "[profiles.a]\nfiles = ['*/']\ncorpus.manifest = 'manifest-sha256.txt'\n"
    )
    assert run_cli(".")[0] == 0
    Path("b/3.txt").unlink()
    Path("a/2.txt").unlink()
    assert [line[:30] for line in said(".")] == [
        "manifest-sha256.txt:2:1: COR02",
        "manifest-sha256.txt:3:1: COR02",
    ]
    assert [line[:30] for line in said("a")] == ["manifest-sha256.txt:2:1: COR02"]
    assert said("a/1.txt") == []


def said(*paths: str) -> list[str]:
    """The lines of the concise format."""
    out = run_cli(*paths, output_format="concise", quiet=True)[1]
    return [line for line in out.split("\n") if line]


def test_large_and_compressed_files_are_summed_as_they_are_on_the_disk(tmp_path: Path) -> None:
    import gzip

    write(
        tmp_path,
        {
            "large.txt": b"A line of text.\n" * 10_000,
            "small.txt.gz": gzip.compress(b"Title\nText.\n"),
            "odd.txt": b"Title\n\xff\n",
        },
    )
    names = ["large.txt", "odd.txt", "small.txt.gz"]
    listed = [(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest(), name) for name in names]
    (tmp_path / "manifest-sha256.txt").write_text("".join(f"{d}  {n}\n" for d, n in listed))
    found = list(check_paths([str(tmp_path)], profile(BAG)).diagnostics())
    assert not [code for code in codes(found) if code.startswith("COR")]
    with (tmp_path / "large.txt").open("ab") as file:
        file.write(b"More.\n")
    found = list(check_paths([str(tmp_path)], profile(BAG)).diagnostics())
    assert [code for code in codes(found) if code.startswith("COR")] == ["COR023"]
    (related,) = found[-1].related
    assert related.location is not None
    assert (Path(related.path).name, related.location.row) == ("manifest-sha256.txt", 1)


def test_a_manifest_of_divided_files(tmp_path: Path) -> None:
    keys: Tables = {
        "delimiters": {"kind": "json-lines"},
        "corpus": {"manifest": {"path": "files.csv", "size-field": "size"}, "unique": ["id"]},
    }
    data = b'{"id": 1}\n{"id": 2}\n'
    write(
        tmp_path,
        {
            "a.jsonl": data,
            "b.jsonl": b'{"id": 3}\n',
            "files.csv": f"path,sha256,size\na.jsonl,{hashlib.sha256(data).hexdigest()},20\n"
            f"b.jsonl,{DIGEST},9\n".encode(),
        },
    )
    run = check_paths([str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")], profile(keys))
    found = list(run.diagnostics())
    assert codes(found) == ["COR023"]
    assert found[0].message.endswith("it has 10 bytes, and 9 are listed")
    assert all(one.document_index == 0 and one.divided for one in found)
    assert run.summary.totals.rejected == 0


def test_records_are_named_and_bytes_outside_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("seed-validator.toml").write_text(
        "[profiles.a]\nfiles = ['*.jsonl']\nignore = ['DEL', 'TXT']\n"
        "delimiters.kind = 'json-lines'\n"
        "metadata.id = 'id'\ncorpus.unique = 'id'\nfile.name = '[a-z]+.jsonl'\n"
    )
    write(
        tmp_path,
        {"a.jsonl": b'{"id": "\\u202ex"}\n\n{"id": "\\u202ex"}\n', "B.jsonl": b'{"n": 1}\n'},
    )
    out = run_cli(".", output_format="full")[1]
    assert ' --> a.jsonl:3:8  byte 26 (0x1A)  record 2 (id "<U+202E>x")' in out
    assert "1 byte belongs to no document.\n" in out
    name, twin = said(".")
    assert name.startswith("B.jsonl:1:1: FIL")
    assert "[record" not in name
    assert twin.endswith('is already used by record 1 [record 2 (id "<U+202E>x")]')
    told = json.loads(run_cli(".", output_format="json")[1])
    assert told["summary"]["outside"] == 1
    assert [one["document"] for one in told["diagnostics"]] == [
        {"index": None, "id": None},
        {"index": 2, "id": "\u202ex"},
    ]
    assert "record 2" in run_cli(".", output_format="github")[1]


def test_the_day_of_the_run_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[date | None] = []

    def check(request: Request, streams: Streams) -> int:
        seen.append(request.run.today)
        return 0

    monkeypatch.setattr("validator.cli.check.check", check)
    runner = CliRunner()
    assert runner.invoke(cli, ["check", "--today", "2024-02-29", "."]).exit_code == 0
    assert runner.invoke(cli, ["check", "."]).exit_code == 0
    assert seen == [date(2024, 2, 29), None]
    refused = runner.invoke(cli, ["check", "--today", "2023-02-29", "."])
    assert refused.exit_code == 2
    assert "2023-02-29" in refused.output


def test_references_lead_to_another_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("seed-validator.toml").write_text(
        "[profiles.articles]\nfiles = ['*.jsonl']\ndelimiters.kind = 'json-lines'\n"
        "[[profiles.articles.corpus.references]]\nfield = 'author'\nto = 'file.name'\n"
        "profile = 'people'\ncompare = { field = 'file.team' }\n"
        "[profiles.people]\nfiles = ['people/']\n"
        "file.name = '(?P<team>[a-z]+)_(?P<name>[a-z]+)\\.txt'\n"
    )
    text = b"Title\nText.\n"
    write(tmp_path, {"people/red_ann.txt": text, "people/blue_bob.txt": text})
    write(
        tmp_path,
        {
            "a.jsonl": b'{"author": "ann"}\n{"author": "bobb"}\n'
            b'{"author": "bob", "file.team": "red"}\n'
        },
    )
    words = "no document has that `file.name`; did you mean `bob`? [record 2]"
    assert said(".") == [f"a.jsonl:2:13: COR010 `author` names bobb, but {words}"]


def test_a_profile_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"a.txt": b"Title\nText.\n"})
    Path("seed-validator.toml").write_text(
        "[profiles.texts]\n[[profiles.texts.corpus.references]]\nfield = 'a'\nto = 'b'\n"
        "profile = 'text'\n"
    )
    result = CliRunner().invoke(cli, ["check", "."])
    assert result.exit_code == 2
    assert "the profile `text`, which is not there; did you mean `texts`?" in result.output
