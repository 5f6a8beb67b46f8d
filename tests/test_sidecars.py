"""Metadata in a file beside the document: they are its fields, wherever a field counts."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from validator import check_bytes, check_paths
from validator.check.plan import Part
from validator.cli.commands import cli
from validator.delimiters.options import SIDECAR
from validator.errors import ConfigError, UsageError
from validator.file.listing import name_like
from validator.file.sidecars import is_sidecar, orphans, sidecar_of
from validator.model import Diagnostic
from validator.profile.configuration import configuration

from .support import codes, profile, run_cli, write

Tables = dict[str, dict[str, object]]

BESIDE: dict[str, object] = {"block": "sidecar", "sidecar": "{stem}.json"}
NAME = r"(?P<id>[a-z]+)\.txt"


def found(
    folder: Path, files: Mapping[str, bytes], **tables: dict[str, object]
) -> list[Diagnostic]:
    """Every finding in these files."""
    write(folder, files)
    every: Tables = {"file": {"name": NAME}, **tables}
    every["delimiters"] = {**BESIDE, **every.get("delimiters", {})}
    return list(check_paths([str(folder)], profile(every)).diagnostics())


def said(findings: list[Diagnostic]) -> list[tuple[str, str, int, int]]:
    """Code, file, first byte and length of each."""
    return [(one.code, Path(one.path).name, one.byte_offset, one.byte_length) for one in findings]


@pytest.mark.parametrize(
    ("name", "form", "wanted"),
    [
        (b"a.txt", "{stem}.json", b"a.json"),
        (b"a.b.txt", "{stem}.json", b"a.b.json"),
        (b"a.txt.gz", "{stem}.json", b"a.json"),
        (b"a.txt", "{name}.json", b"a.txt.json"),
        (b"a.txt.gz", "{name}.json", b"a.txt.json"),
        (b"a", "meta-{stem}.toml", b"meta-a.toml"),
        (b"\xff.txt", "{stem}.meta.yml", b"\xff.meta.yml"),
    ],
)
def test_the_name_of_a_sidecar(name: bytes, form: str, wanted: bytes) -> None:
    assert sidecar_of(name, form) == wanted
    assert is_sidecar(wanted, form)
    assert not is_sidecar(name, form)


@given(st.binary(min_size=1).filter(lambda name: b"/" not in name and b"\0" not in name))
def test_every_document_has_one_that_is_known_as_such(name: bytes) -> None:
    for form in ("{stem}.json", "{name}.meta.yaml"):
        assert is_sidecar(sidecar_of(name, form), form)
        names = [name, sidecar_of(name, form)]
        assert is_sidecar(name, form) or not list(orphans(names, form, names))


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("a.json", "one `{stem}` or `{name}`"),
        ("{stem}{name}.json", "one `{stem}` or `{name}`"),
        ("meta/{stem}.json", "must be a file name"),
        ("{stem}.xml", "must end in one of .json, .yaml, .yml, .toml"),
        ("{stem}", "must end in one of"),
    ],
)
def test_forms_that_are_none(form: str, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        SIDECAR.read(form)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("block = 'sidecar'", "the profile must have `sidecar`"),
        ("sidecar = '{stem}.json'", "is only for `block"),
        ("block = 'sidecar'\nsidecar = 3", "must be a file name with `{stem}` or `{name}`, not 3"),
        ("block = 'sidecar'\nsidecar = '{stem}.xml'", "must end in one of .json"),
        (
            "kind = 'json-lines'\nblock = 'sidecar'\nsidecar = '{stem}.json'",
            "only files have that are one document each: `kind` is `json-lines`",
        ),
    ],
)
def test_what_does_not_fit_together_is_said(tmp_path: Path, keys: str, words: str) -> None:
    path = tmp_path / "seed-validator.toml"
    path.write_text(f"[profiles.a.delimiters]\n{keys}\n")
    with pytest.raises(ConfigError) as caught:
        configuration(".", str(path))
    assert words in str(caught.value)
    assert str(caught.value).partition("seed-validator.toml:")[2]


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_every_check_of_fields_is_made(tmp_path: Path, bom: bytes) -> None:
    digest = sha256(b"Text.\n").hexdigest().encode()
    right = b'{"id": "a", "body": "%b", "file": "%b"}' % (digest, digest)
    wrong = b'{"body": "00000000", "id": "a", "id": "b",\n "file": "12345678", "n": 1}'
    schema = {
        "required": ["id", "title"],
        "properties": {
            "id": {"x-equals": "{file.id}"},
            "body": {"x-hash": "sha256:body"},
            "file": {"x-hash": "sha256:file"},
        },
    }
    files = {"a.txt": b"Text.\n", "a.json": bom + right, "b.txt": b"T.\n", "b.json": bom + wrong}
    shift = len(bom)
    findings = found(tmp_path, files, metadata={"schema": schema, "order": ["id", "body"]})
    at = {(code, name): (start - shift, size) for code, name, start, size in said(findings)}
    assert {name for _, name in at} == {"a.json", "b.json"}
    assert at["MET100", "a.json"][0] == 0 - shift * (at["MET100", "a.json"][0] < 0)
    start = wrong.index(b'"id": "b"')
    assert at["MET013", "b.json"] == (start, 4)
    assert at["MET107", "b.json"][0] > 0
    assert at["MET108", "b.json"][0] > 0
    for one in findings:
        assert one.of == one.path.replace(".json", ".txt")
        assert one.document_index == 1


def test_places_are_those_of_the_sidecar(tmp_path: Path) -> None:
    files = {"a.txt": b"One\nTwo\n", "a.json": '{"é": 1,\n "t": "ü", "t": 2}\n'.encode()}
    (one,) = found(tmp_path, files)
    assert (one.code, one.location.row, one.location.column) == ("MET013", 2, 12)
    assert one.excerpt[one.location.row - 1].data == ' "t": "ü", "t": 2}'.encode()


def test_findings_of_the_body_hang_on_a_field(tmp_path: Path) -> None:
    body: dict[str, object] = {
        "forbid": [
            {
                "pattern": "x",
                "message": "m",
                "severity": {"when": "status", "is": ["old"], "then": "info"},
            },
            {"pattern": "q", "message": "n", "scope": "field:title"},
        ],
        "require": [{"pattern": "z", "message": "o", "scope": "field:title"}],
    }
    files = {
        "a.txt": b"x\n",
        "a.json": b'{"status": "old", "title": "aqz"}',
        "b.txt": b"x\n",
        "b.json": b'{"title": "z"}',
        "c.txt": b"c\n",
        "c.json": b'{"a": 1}\n',
    }
    findings = found(tmp_path, files, body=body)
    told = [(Path(one.path).name, one.message, one.severity.value) for one in findings]
    assert told == [
        ("a.json", "n", "error"),
        ("a.txt", "m", "info"),
        ("b.txt", "m", "error"),
        ("c.json", "o", "error"),
    ]
    assert findings[0].byte_offset == 27
    assert findings[3].byte_length == 8


def test_the_corpus_speaks_of_fields_in_sidecars(tmp_path: Path) -> None:
    files = {
        "a.txt": b"a\n",
        "a.json": b'{"id": "one"}\n',
        "b.txt": b"b\n",
        "b.json": b'{\n "id": "one", "see": "two"}\n',
    }
    corpus: dict[str, object] = {"unique": ["id"], "references": [{"field": "see", "to": "id"}]}
    write(tmp_path, files)
    run = check_paths([str(tmp_path)], profile({"delimiters": BESIDE, "corpus": corpus}))
    findings = list(run.diagnostics())
    assert said(findings) == [("COR001", "b.json", 9, 5), ("COR010", "b.json", 24, 3)]
    related = findings[0].related[0]
    assert Path(related.path).name == "a.json"
    assert related.location is not None
    assert (related.location.row, related.location.column) == (1, 8)
    assert run.summary.totals.rejected == 1


def test_documents_and_bytes_are_counted_once(tmp_path: Path) -> None:
    files = {
        "a.txt": b"a\n",
        "a.json": b'{"id": 1}\n',
        "b.txt": b"  b\x00\n",
        "b.json": b'{"id": 1, "id": 2}',
        "c.txt": b"c\n",
        "d.json": b"{}",
    }
    write(tmp_path, files)
    run = check_paths([str(tmp_path)], profile({"delimiters": BESIDE, "corpus": {"unique": "id"}}))
    assert {one.code for one in run.diagnostics()} >= {"MET013", "DEL033", "COR031"}
    totals = run.summary.totals
    assert (totals.files, totals.documents, totals.rejected, totals.outside) == (3, 3, 2, 0)
    assert totals.bytes == sum(map(len, files.values())) - 2
    assert run.summary.skipped == {"read beside a document": 2, "without its document": 1}


def test_a_document_elsewhere_in_the_order_of_paths_is_found(tmp_path: Path) -> None:
    """`a.k/` stands between the two, so that the walk gives them one after the other."""
    write(tmp_path, {"a.json": b'{"id": 1}', "a.k/c.json": b"{}", "a.txt": b"a\n"})
    run = check_paths([str(tmp_path)], profile({"delimiters": BESIDE}))
    assert not list(run.diagnostics())
    assert run.summary.skipped == {"read beside a document": 1, "without its document": 1}


def test_it_may_be_missing(tmp_path: Path) -> None:
    files = {"a.txt": b"a\n", "A.json": b"{}"}
    (one,) = found(tmp_path / "r", {"a.txt": b"a\n", "b.json": b"{}"}, corpus={})[:1]
    assert (one.code, one.whole_file) == ("DEL033", True)
    assert one.message == "its metadata stand in a.json, which is not there beside it"
    (near, _) = found(tmp_path / "n", files)
    assert near.message.endswith("; there is A.json")
    allowed: dict[str, object] = {"block-presence": "allow"}
    assert not found(tmp_path / "a", {"a.txt": b"a\n"}, delimiters=allowed)
    schema: dict[str, object] = {"schema": {"required": ["id"]}}
    (asked,) = found(tmp_path / "s", {"a.txt": b"a\n"}, delimiters=allowed, metadata=schema)
    assert (asked.code, Path(asked.path).name) == ("MET100", "a.txt")
    missing = found(tmp_path / "m", {"a.txt": b"a\n"}, metadata=schema)
    assert [one.code for one in missing] == ["DEL033"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "FIL102"),
        (b" \n", "FIL103"),
        (b'{"a": "\xe9"}', "ENC"),
        (b"\xff\xfe{\0}\0", "ENC006"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "FIL"),
        (b'{"a": "\x1b[2J"}', "TXT"),
        (b'{"a": "\xe2\x80\xae"}', "TXT202"),
        (b'{"a": "\\u202e"}', "TXT202"),
        (b"[1]", "MET"),
        (b'{"a": 1', "MET"),
        (b"{}", "MET"),
        (b"[" * 100_000, "MET"),
        (b"-> /etc/passwd", "FIL003"),
        (b"-> nowhere", "FIL002"),
        (b"-> a.json", "FIL002"),
    ],
)
def test_hostile_sidecars_are_told_at_their_own_path(
    tmp_path: Path, data: bytes, code: str
) -> None:
    schema: dict[str, object] = {"schema": {"required": ["id"]}}
    findings = found(tmp_path, {"a.txt": b"a\n", "a.json": data}, metadata=schema)
    assert findings
    assert {Path(one.path).name for one in findings} == {"a.json"}
    assert any(one.code.startswith(code) for one in findings)
    if code[:3] in ("FIL", "ENC"):
        assert not any(one.code.startswith("MET") for one in findings)


def test_pipes_directories_and_links(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": b"a\n", "b.txt": b"b\n", "c.txt": b"c\n", "real.json": b'{"id": 1}'})
    os.mkfifo(tmp_path / "a.json")
    (tmp_path / "b.json").mkdir()
    (tmp_path / "c.json").symlink_to("real.json")
    findings = list(
        check_paths([str(tmp_path)], profile({"delimiters": BESIDE}), ignore=["COR"]).diagnostics()
    )
    assert [(one.code, Path(one.path).name) for one in findings] == [
        ("FIL004", "a.json"),
        ("FIL004", "b.json"),
    ]
    assert "named pipe" in findings[0].message


def test_one_that_is_too_large(tmp_path: Path) -> None:
    data = b'{"id": "%b"}' % (b"x" * 300_000)
    limit: dict[str, object] = {"max-bytes": 100_000}
    (one,) = found(tmp_path, {"a.txt": b"a\n", "a.json": data}, metadata=limit)
    assert (one.code, Path(one.path).name) == ("MET021", "a.json")
    assert str(len(data)) in one.message
    assert not found(tmp_path, {"a.txt": b"a\n", "a.json": data})


def test_lines_are_as_the_tool_likes_them(tmp_path: Path) -> None:
    encoding: dict[str, object] = {"final-newline": "require", "newline": "lf", "bom": "forbid"}
    files = {"a.txt": b"a\n", "a.json": b'{"id": 1,  \r\n "b":\t2}'}
    assert not found(tmp_path, files, encoding=encoding)
    marked = {**files, "a.json": b'\xef\xbb\xbf{"id": 1}'}
    assert [one.code for one in found(tmp_path, marked, encoding=encoding)] == ["ENC101"]


def test_a_document_in_another_encoding(tmp_path: Path) -> None:
    files = {"a.txt": b"\xe9t\xe9 x\n", "a.json": '{"id": "é", "id": "x"}'.encode()}
    encoding: dict[str, object] = {"charset": "iso8859-1"}
    forbid: dict[str, object] = {"forbid": [{"pattern": "x", "message": "m"}]}
    findings = found(tmp_path, files, encoding=encoding, body=forbid, corpus={"unique": "id"})
    assert said(findings) == [("MET013", "a.json", 13, 4), ("BOD030", "a.txt", 4, 1)]


def test_yaml_toml_and_compressed_documents(tmp_path: Path) -> None:
    import gzip

    for form, data, code in (
        ("{stem}.yaml", b"a: no\n", "MET"),
        ("{name}.toml", b"a = 1\na = 2\n", "MET"),
        ("{stem}.meta.yml", b"a: 1\nb: 2\n", ""),
    ):
        folder = tmp_path / form.rpartition(".")[2]
        name = sidecar_of(b"a.txt", form).decode()
        files = {"a.txt.gz": gzip.compress(b"a\n"), name: data}
        findings = found(folder, files, delimiters={"sidecar": form})
        assert [(one.code[:3], Path(one.path).name) for one in findings] == (
            [(code, name)] if code else []
        )


SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=4)
FIELDS = st.dictionaries(st.sampled_from(["id", "title", "x", "é"]), SCALARS, max_size=4)
SCHEMA: dict[str, object] = {
    "required": ["id"],
    "properties": {"id": {"type": "string"}, "title": {"minLength": 2}},
}


@given(FIELDS, st.sampled_from([b"", b",", b"}", b'"', b"\n", b"  ", b"\xe9"]), st.integers(0, 60))
def test_fields_in_a_sidecar_are_judged_as_those_of_a_file_by_itself(
    fields: dict[str, object], noise: bytes, at: int
) -> None:
    """What is wrong with the metadata is the same, wherever they stand: code, bytes and words."""
    data = json.dumps(fields, ensure_ascii=False).encode()
    data = data[:at] + noise + data[at:]
    entire: Tables = {"delimiters": {"block": "entire", "formats": ["json"]}}
    schema: Tables = {"metadata": {"schema": SCHEMA, "order": ["id", "title"]}}
    alone = check_bytes(data, profile({**entire, **schema}), name="a.json")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.json").write_bytes(data)
        beside = check_bytes(
            b"Text.\n", profile({"delimiters": BESIDE, **schema}), name=f"{folder}/a.txt"
        )

    def told(findings: Sequence[Diagnostic]) -> list[tuple[object, ...]]:
        kept = [one for one in findings if one.name != "missing-final-newline"]
        return [
            (one.code, one.location, one.byte_offset, one.byte_length, one.message, one.severity)
            for one in kept
        ]

    assert told(beside) == told(alone)
    assert {Path(one.path).name for one in beside} <= {"a.json"}


CONFIG = b"""[profiles.a]
files = ["*.txt"]
delimiters = { block = "sidecar", sidecar = "{stem}.json" }
metadata.schema.required = ["id"]
"""


def test_a_sidecar_that_is_named_means_its_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = {"seed-validator.toml": CONFIG, "a.txt": b"a\n", "a.json": b'{"a": 1}', "b.txt": b"b\n"}
    write(tmp_path, files)
    code, out, _ = run_cli("a.json", output_format="concise")
    assert code == 1
    assert out.startswith("a.json:1:1: MET100")
    assert "1 file, 1 document (0 valid, 1 rejected), 10 bytes" in out
    _, both, _ = run_cli("a.json", "a.txt", output_format="concise")
    assert both == out
    Path("a").mkdir()
    write(tmp_path, {"a.png": b"no text", "a.md": b"m\n"})
    _, again, _ = run_cli("a.json", output_format="concise")
    assert again == out
    write(tmp_path, {"c.json": b"{}"})
    with pytest.raises(UsageError, match=r"no file matched in `c.json` \(1 without its document\)"):
        run_cli("c.json")


@pytest.mark.parametrize("folder", ["docs/", ""])
@pytest.mark.parametrize("presence", ["require", "allow"])
def test_standard_input_has_the_sidecar_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, presence: str, folder: str
) -> None:
    monkeypatch.chdir(tmp_path)
    config = CONFIG.replace(
        b'"{stem}.json"', b'"{stem}.json", block-presence = "%b"' % presence.encode()
    )
    config = config.replace(b'metadata.schema.required = ["id"]\n', b"")
    write(tmp_path, {"seed-validator.toml": config, f"{folder}a.json": b'{"id": 1, "id": 2}'})
    arguments = ["check", "-", "--stdin-filename", f"{folder}a.txt", "--output-format", "concise"]
    result = CliRunner().invoke(cli, arguments, input=b"a\n")
    assert result.output.startswith(f"{folder}a.json:1:11: MET013"), result.output
    (tmp_path / f"{folder}a.json").write_bytes(b'{"id": 1}')
    assert CliRunner().invoke(cli, arguments, input=b"a\n").exit_code == 0


@pytest.mark.parametrize(
    ("folder", "shown", "path"),
    [
        (b"docs/", "", "docs/a.txt"),
        (b"", "", "a.txt"),
        (b"/tmp/spool/", "docs/b.txt", "docs/b.txt"),
        (b"/tmp/spool/", "/docs/é/b.txt", "/docs/é/b.txt"),
        (b"/tmp/spool/", "-", "-"),
    ],
)
def test_a_file_is_where_it_is_said_to_be(folder: bytes, shown: str, path: str) -> None:
    assert Part(0, folder, (b"a.txt",), shown=shown).path(b"a.txt") == path


@pytest.mark.parametrize("presence", ["require", "allow"])
def test_a_file_has_the_sidecar_of_its_own_directory(tmp_path: Path, presence: str) -> None:
    block = {"block": "sidecar", "sidecar": "{stem}.json", "block-presence": presence}
    write(tmp_path, {"docs/a.txt": b"a\n", "docs/a.json": b'{"id": 1, "id": 2}'})
    found = check_paths([str(tmp_path / "docs" / "a.txt")], profile({"delimiters": block}))
    assert codes([*found.diagnostics()]) == ["MET013"]


def test_a_profile_of_their_own_sees_them_as_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    more = b"[profiles.b]\nfiles = ['*.json']\ndelimiters.block = 'entire'\n"
    more += b"delimiters.formats = ['json']\n"
    files = {"seed-validator.toml": CONFIG + more, "a.txt": b"a\n", "a.json": b'{"id": 1}'}
    write(tmp_path, files)
    code, out, _ = run_cli(".", output_format="concise")
    assert code == 0
    assert "2 files, 2 documents" in out
    assert "Skipped" not in out


def test_json_tells_whose_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"seed-validator.toml": CONFIG, "a.txt": b"a\n", "a.json": b'{"a": 1}'})
    _, out, _ = run_cli(".", output_format="json")
    (one,) = json.loads(out)["diagnostics"]
    assert (one["path"], one["document"]["path"]) == ("a.json", "a.txt")


def test_a_document_in_memory_has_its_sidecar_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"a.json": b'{"a": 1}'})
    schema: dict[str, object] = {"schema": {"required": ["id"]}}
    ours = profile({"delimiters": BESIDE, "metadata": schema})
    assert [one.code for one in check_bytes(b"a\n", ours, name="a.txt")] == ["MET100"]
    assert [one.code for one in check_bytes(b"a\n", ours)] == ["DEL033"]


def test_the_same_for_any_number_of_workers(tmp_path: Path) -> None:
    files = {}
    for number in range(40):
        files[f"n{number}.txt"] = b"x\n"
        files[f"n{number}.json"] = b'{"id": %d, "id": 1}' % number if number % 3 else b'{"id": 1}'
    write(tmp_path, files)
    ours = profile({"delimiters": BESIDE, "corpus": {"unique": ["id"]}})
    one, two = (
        list(check_paths([str(tmp_path)], ours, jobs=jobs).diagnostics()) for jobs in (1, 2)
    )
    assert one == two
    assert len(one) > 40


def test_a_directory_of_the_same_name_elsewhere_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its names are kept; unpacked from an archive, both are of one time."""
    for place, name in (("one", "A.json"), ("two", "B.json")):
        write(tmp_path / place, {f"sub/{name}": b"{}"})
        os.utime(tmp_path / place / "sub", (1, 1))
        monkeypatch.chdir(tmp_path / place)
        assert name_like(b"sub", name.lower().encode()) == name.encode()
