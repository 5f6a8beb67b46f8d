"""Members of archives are checked as files are; what is wrong with an archive is one finding."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import stat
import tarfile
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from validator import check_paths
from validator.check import archive_members
from validator.cli.fixes import FixWishes
from validator.file.archive_entry import is_unsafe, plain
from validator.file.tar import Tar
from validator.file.through import Through
from validator.model import Diagnostic

from .support import run_cli, write

CONFIGURATION = b"""
archives = ["*.tar", "*.tar.*", "*.t?z*", "*.zip"]

[profiles.articles]
extends = "front-matter"
files = ["*.md"]
metadata.schema.required = ["id"]
corpus.unique = ["id"]
corpus.content = "unique"

[profiles.records]
extends = "jsonl"
files = ["*.jsonl", "*.jsonl.gz"]
corpus.unique = ["id"]

[profiles.texts]
extends = "text"
files = ["texts/**/*.txt"]
"""

FILES: Mapping[str, bytes] = {
    "en/a.md": b"---\nid: a\n---\n\nText.\n",
    "en/b.md": b"---\nid: a\n---\n\nMore caf\xe9.\n",
    "en/c.md": b"---\ntitle: c\n---\n\nText\x00.\n",
    "en/d.md": b"---\nid: d\n---\n\nText.\n" + b"A line of words.\n" * 20_000 + b"\xff\n",
    "en/e.md": b"",
    "r.jsonl": b'{"id": "a"}\n{"id": "b"}\n{"id": "a"}\n{"id": \n',
    "s.jsonl.gz": gzip.compress(b'{"id": "x"}\n{"id": "b"}\n', mtime=0),
    "texts/de/t.txt": b"Titel\nWort\xe2\x80\xae.\n",
    "texts/zh/long" + "-name" * 40 + ".txt": b"Title\nText.\n",
    "else/t.txt": b"not a text of ours \xff\n",
}
PACKERS: Mapping[str, Callable[[bytes], bytes]] = {
    ".tar": bytes,
    ".tar.gz": lambda data: gzip.compress(data, mtime=0),
    ".tgz": lambda data: gzip.compress(data, mtime=0),
    ".tar.bz2": bz2.compress,
    ".tar.xz": lzma.compress,
    ".tar.zst": zstandard.compress,
}


def tar_of(files: Mapping[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return out.getvalue()


def tar_with(kind: bytes, name: str = "a.md", target: str = "") -> bytes:
    """An archive with a member of this type before one that is right."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, target
        tar.addfile(member)
        member = tarfile.TarInfo("right.md")
        member.size = 4
        tar.addfile(member, io.BytesIO(b"text"))
    return out.getvalue()


def zip_of(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "seed-validator.toml").write_bytes(CONFIGURATION)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*paths: str, **options: Any) -> dict[str, Any]:
    code, out, err = run_cli(*(paths or (".",)), output_format="json", **options)
    assert code in (0, 1), err
    assert "Traceback" not in err
    report: dict[str, Any] = json.loads(out)
    return report


def told(report: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(one["path"], one["code"]) for one in report["diagnostics"]]


def without_paths(report: Mapping[str, Any], prefix: str) -> Any:
    """The report as it is where the same files lie in the working directory."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(one) for key, one in value.items() if key != "archive"}
        if isinstance(value, list):
            return [plain(one) for one in value]
        return value.replace(prefix, "") if isinstance(value, str) else value

    return plain(report)


@pytest.mark.parametrize("suffix", [*PACKERS, ".zip"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_members_are_as_files(home: Path, suffix: str, jobs: int) -> None:
    data = zip_of(FILES) if suffix == ".zip" else PACKERS[suffix](tar_of(FILES))
    (home / f"x{suffix}").write_bytes(data)
    inside = found(jobs=jobs)
    (home / f"x{suffix}").unlink()
    write(home, FILES)
    beside = found()
    assert beside["diagnostics"]
    assert without_paths(inside, f"x{suffix}!") == beside


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_formats_of_tar(home: Path, form: int) -> None:
    names = ["a" * 90 + "/" + "b" * 90 + ".md", "é.md", "./c//d.md"]
    (home / "x.tar").write_bytes(tar_of(dict.fromkeys(names, b"no block"), form))
    report = found()
    assert {one["archive"]["member"] for one in report["diagnostics"]} == {*names[:2], "c/d.md"}
    assert report["summary"]["files"]["matched"] == 3
    assert report["summary"]["bytes"] == 24


def test_larger_members_are_read_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_members, "HELD", 1000)
    test_members_are_as_files(home, ".tar", 1)
    for name in FILES:
        (home / name).unlink()
    test_members_are_as_files(home, ".tar.zst", 1)
    for name in FILES:
        (home / name).unlink()
    test_members_are_as_files(home, ".zip", 1)


def test_no_archive_is_gone_into_unasked(home: Path) -> None:
    (home / "seed-validator.toml").write_bytes(
        b'[profiles.x]\nextends="markdown"\nfiles=["*.md"]\n'
    )
    (home / "a.md").write_bytes(b"Text.\n")
    (home / "x.tar").write_bytes(tar_of({"b.md": b"\xff"}))
    for paths in ((), ("a.md", "x.tar")):
        report = found(*paths)
        assert not report["diagnostics"]
        assert report["summary"]["files"]["unclaimed_suffixes"] == {".tar": 1}
    report = found(archives=["*.tar"])
    assert told(report) == [("x.tar!b.md", "ENC005")]


def test_the_library_goes_into_archives(home: Path) -> None:
    (home / "x.tar").write_bytes(tar_of({"b.md": b"\xff"}))
    run = check_paths("x.tar", "markdown", archives=["*.tar"])
    assert [(one.path, one.archive) for one in run.diagnostics()] == [("x.tar!b.md", "x.tar")]


def test_names_of_members_are_routed(home: Path) -> None:
    files = {"a.md": b"x", ".h/a.md": b"x", "drafts/b.md": b"x", "c.rst": b"x", "in/x.tar": b"x"}
    (home / "x.tar").write_bytes(tar_of(files))
    report = found(exclude=["drafts/"])
    assert {path for path, _ in told(report)} == {"x.tar!a.md"}
    assert report["summary"]["files"]["skipped_by_reason"] == {
        "excluded": 1,
        "hidden": 1,
        "without a profile": 2,
    }


def test_a_name_with_a_mark_is_no_member(home: Path) -> None:
    (home / "x.tar!a.md").write_bytes(b"\xff")
    (home / "x.tar").write_bytes(tar_of({"a.md": b"\xff"}))
    report = found()
    assert {one["path"] for one in report["diagnostics"]} == {"x.tar!a.md"}
    parts = [one.get("archive") for one in report["diagnostics"] if one["code"] == "ENC005"]
    assert sorted(map(str, parts)) == [
        "None",
        "{'path': 'x.tar', 'member': 'a.md'}",
    ]


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [
        (tarfile.SYMTYPE, "a.md", "FIL221"),
        (tarfile.LNKTYPE, "a.md", "FIL221"),
        (tarfile.CHRTYPE, "a.md", "FIL004"),
        (tarfile.BLKTYPE, "a.md", "FIL004"),
        (tarfile.FIFOTYPE, "a.md", "FIL004"),
        (tarfile.GNUTYPE_SPARSE, "a.md", "FIL004"),
        (b"Z", "a.md", "FIL004"),
        (tarfile.REGTYPE, "../a.md", "FIL222"),
        (tarfile.REGTYPE, "/a.md", "FIL222"),
        (tarfile.REGTYPE, "../../.ssh/keys", "FIL222"),
        (tarfile.REGTYPE, "C:/a.md", "FIL222"),
        (tarfile.REGTYPE, "right.md", "FIL223"),
    ],
)
def test_members_that_are_not_read(home: Path, kind: bytes, name: str, code: str) -> None:
    (home / "x.tar").write_bytes(tar_with(kind, name, "/etc/passwd"))
    report = found(select=["FIL"], ignore=["FIL102", "FIL111"])
    assert told(report) == ([(f"x.tar!{name}", code)])
    files = report["summary"]["files"]
    assert (files["matched"], files["skipped"]) == (2, 0)
    assert report["summary"]["documents"]["rejected"] == 1


def test_only_directories(home: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        member = tarfile.TarInfo("a.md")
        member.type, member.size = tarfile.DIRTYPE, 0
        tar.addfile(member)
    (home / "x.tar").write_bytes(out.getvalue())
    assert found()["summary"]["files"]["matched"] == 0


WHOLE = tar_of({"a.md": b"---\nid: a\n---\n", "b.md": b"---\nid: b\n---\n"}, tarfile.USTAR_FORMAT)


def wrong(at: int, data: bytes) -> bytes:
    return WHOLE[:at] + data + WHOLE[at + len(data) :]


LONG = tar_of({"a" * 120: b""}, tarfile.GNU_FORMAT)[:1024]
"""The header that has a long name, without its member."""


@pytest.mark.parametrize(
    ("data", "code", "documents"),
    [
        (b"", "FIL102", 0),
        (b"no tar\n", "FIL202", 0),
        (b"no tar\n" * 100, "FIL202", 0),
        (WHOLE[:300], "FIL203", 0),
        (WHOLE[:512], "FIL203", 0),
        (WHOLE[:520], "FIL203", 0),
        (WHOLE[:1024], "FIL203", 1),
        (WHOLE[:1100], "FIL203", 1),
        (WHOLE[:2048], "FIL203", 2),
        (wrong(3, b"x"), "FIL204", 0),
        (wrong(1024, b"x"), "FIL204", 1),
        (wrong(1024, bytes(512)), "FIL205", 1),
        (WHOLE + b"x", "FIL205", 2),
        (WHOLE + WHOLE, "FIL205", 2),
        (LONG + bytes(1024), "FIL204", 0),
    ],
)
def test_archives_that_are_wrong(home: Path, data: bytes, code: str, documents: int) -> None:
    (home / "x.tar").write_bytes(data)
    report = found()
    assert told(report) == [("x.tar", code)]
    assert report["summary"]["documents"]["seen"] == documents
    assert report["summary"]["exit_code"] == 1


def header(name: bytes, size: bytes, kind: bytes = b"0") -> bytes:
    block = name.ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2
    block += size.ljust(12, b"\0") + b"00000000000\0" + b" " * 8 + kind + bytes(100)
    block += b"ustar\0" + b"00" + bytes(512 - 265)
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def test_what_is_said_of_all_members_is_not_carried_along(tmp_path: Path) -> None:
    """A header for all with a record that nobody asks for, before each of many members."""
    parts = (
        header(b"g", b"25", b"g") + (b"21 comment-%06d=ab\n" % at).ljust(512, b"\0")
        + header(b"a.md", b"0")
        for at in range(200)
    )  # fmt: skip
    (tmp_path / "x.tar").write_bytes(b"".join(parts) + bytes(1024))
    with Tar(Through(io.FileIO(tmp_path / "x.tar"))) as members:
        assert sum(1 for _ in members) == 200
        assert not members._shared


@pytest.mark.parametrize(
    "data",
    [
        header(b"z.md", b"zz"),
        header(b"z.md", b"\xff" * 12),
        header(b"z.md", b"\x80" + b"\xff" * 11),
        header(b"z.md", b"77777777777"),
        header(b"x", b"77777777777", b"x"),
        header(b"x", b"77777777777", b"L"),
        header(b"x", b"10", b"x") + b"99999 a=b\n".ljust(512, b"\0"),
        header(b"x", b"10", b"x") + b"-1 a=b\n".ljust(512, b"\0"),
        header(b"x", b"13", b"x") + b"11 size=zz\n".ljust(512, b"\0") + header(b"z.md", b"0"),
        header(b"x", b"10", b"x") + b"8 a b \n".ljust(512, b"\0"),
    ],
)
def test_headers_that_lie(home: Path, data: bytes) -> None:
    (home / "x.tar").write_bytes(WHOLE[:1024] + data + bytes(1024))
    report = found()
    assert {path for path, _ in told(report)} == {"x.tar"}
    assert {code for _, code in told(report)} <= {"FIL203", "FIL204"}
    assert report["summary"]["documents"]["seen"] == 1


def test_a_bomb_is_left_at_its_bound(home: Path) -> None:
    (home / "x.tar.gz").write_bytes(gzip.compress(tar_of({"a.md": bytes(1 << 25)})))
    assert told(found()) == [("x.tar.gz", "FIL206")]
    (home / "x.tar.gz").unlink()
    (home / "x.tar").write_bytes(tar_of({"a.jsonl.gz": gzip.compress(b" " * (1 << 25))}))
    assert ("x.tar!a.jsonl.gz", "FIL206") in told(found())


def test_a_compressed_archive_that_is_cut(home: Path) -> None:
    (home / "x.tgz").write_bytes(gzip.compress(WHOLE)[:-20])
    assert told(found())[0] == ("x.tgz", "FIL203")


def test_names_that_are_not_utf8(home: Path) -> None:
    (home / "x.tar").write_bytes(header(b"caf\xe9.md", b"0") + bytes(1024))
    report = found()
    assert report["diagnostics"][0]["archive"]["member_bytes"] == "Y2Fm6S5tZA=="


SIDECARS = b"""
archives = ["*.tar", "*.zip"]

[profiles.samples]
extends = "text"
files = ["*.txt"]
delimiters = { block = "sidecar", sidecar = "{stem}.json" }
metadata.schema.required = ["id"]
metadata.id = "id"
corpus.unique = ["id"]
"""
SAMPLES = {
    "s/1.json": b'{"id": "a"}',
    "s/1.txt": b"One.\n",
    "s/2.txt": b"Two.\n",
    "s/2.json": b'{"id": "a"}',
    "s/3.txt": b"Three.\n",
    "s/4.txt": b"Four.\n",
    "s/4.json": b'{"name": "\xff"}',
    "s/5.json": b'{"id": "e"}',
    "s/6.txt": b"Six.\n",
    "s/6.json": b'{"name": "six"}',
}


@pytest.mark.parametrize("suffix", [".tar", ".zip"])
def test_sidecars_are_as_on_the_disk(home: Path, suffix: str) -> None:
    (home / "seed-validator.toml").write_bytes(SIDECARS)
    (home / f"x{suffix}").write_bytes((tar_of if suffix == ".tar" else zip_of)(SAMPLES))
    inside = found()
    (home / f"x{suffix}").unlink()
    write(home, SAMPLES)
    beside = found()
    assert {"COR001", "MET100"} <= {code for _, code in told(beside)}
    assert without_paths(inside, f"x{suffix}!") == beside


def test_a_sample_is_not_parted(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_members, "BATCH", 1)
    test_sidecars_are_as_on_the_disk(home, ".tar")


def test_members_that_are_muted(home: Path) -> None:
    muted = b"""
[[suppress]]
files = ["x.tar/en/b.md"]
rules = ["ENC", "COR", "MET"]
reason = "old"
"""
    (home / "seed-validator.toml").write_bytes(CONFIGURATION + muted)
    (home / "x.tar").write_bytes(tar_of(FILES))
    report = found()
    assert report["summary"]["suppressed"] >= 1
    assert "x.tar!en/b.md" not in {path for path, _ in told(report)}
    assert "x.tar!en/c.md" in {path for path, _ in told(report)}


def test_nothing_in_an_archive_is_fixed(home: Path) -> None:
    data = tar_of({"texts/a.txt": b"Title\r\nText.\n"})
    (home / "x.tar").write_bytes(data)
    code, out, err = run_cli(".", fixes=FixWishes(fix=True), set=["encoding.newline=lf"])
    assert code == 1
    assert "x.tar!texts/a.txt" in out
    assert "Left in archives, where nothing is fixed: 1 finding" in err
    assert (home / "x.tar").read_bytes() == data


def test_reports_of_archives_are_kept(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = str(tmp_path_factory.mktemp("store"))
    (home / "x.tar").write_bytes(tar_of(FILES))
    (home / "y.zip").write_bytes(zip_of(FILES))
    first, again = found(store=store), found(store=store)
    assert first["diagnostics"]
    assert again == first == found() == found(store=store, merge=True)
    more = b'\n[profiles.others]\nextends = "text"\nfiles = ["else/*.txt"]\n'
    (home / "seed-validator.toml").write_bytes(CONFIGURATION + more)
    assert found(store=store) == found()


LINKED = b"""
archives = ["*.tar"]
[profiles.pages]
extends = "markdown"
files = ["*.md"]
body.fields.links = { scope = "links" }
[[profiles.pages.corpus.references]]
field = "body.links"
to = "file"
anchors = true
"""


def test_references_lead_within_the_archive(home: Path) -> None:
    (home / "seed-validator.toml").write_bytes(LINKED)
    text = b"# A\n\n[b](b.md), [no](no.md), [up](../c.md), [out](../../c.md), [in](/c.md)\n"
    text += b"\n[e](b.md#b) [f](b.md#c)\n"
    (home / "x.tar").write_bytes(tar_of({"d/a.md": text, "d/b.md": b"# B\n", "c.md": b"# C\n"}))
    words = [one["message"] for one in found(select=["COR"])["diagnostics"]]
    assert len(words) == 3, words
    assert "no.md" in words[0]
    assert "../../c.md" in words[1]
    assert "b.md#c" in words[2]


def test_files_are_shown_with_members(home: Path) -> None:
    (home / "x.tar").write_bytes(tar_of({"a.md": b"", "b.rst": b""}))
    code, out, _ = run_cli(".", show_files=True)
    assert code == 0
    assert "x.tar!a.md: articles" in out
    assert "x.tar!b.rst: " in out


METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2]
PAIR = {"a.md": b"---\nid: a\n---\n" + b"Text.\n" * 20, "b.md": b"---\nid: b\n---\n"}
ZIPPED = zip_of(PAIR, zipfile.ZIP_STORED)
LISTED = ZIPPED.index(b"PK\1\2")


def zip_wrong(at: int, data: bytes) -> bytes:
    return ZIPPED[:at] + data + ZIPPED[at + len(data) :]


@pytest.mark.parametrize("method", METHODS)
def test_methods_of_zip(home: Path, method: int) -> None:
    (home / "x.zip").write_bytes(zip_of(PAIR, method))
    report = found()
    assert not [code for _, code in told(report) if code.startswith("FIL")]
    assert report["summary"]["documents"]["seen"] == 2
    assert report["summary"]["bytes"] == sum(map(len, PAIR.values()))


def test_a_zip_behind_other_bytes(home: Path) -> None:
    (home / "x.zip").write_bytes(b"#!/bin/sh\n" + zip_of(PAIR))
    assert found()["summary"]["documents"]["seen"] == 2


def test_a_zip_with_sizes_of_64_bits(home: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, archive.open("a.md", "w", force_zip64=True) as one:
        one.write(PAIR["b.md"])
    (home / "x.zip").write_bytes(out.getvalue())
    assert not told(found())


@pytest.mark.parametrize(
    ("data", "path", "code", "documents"),
    [
        (b"", "x.zip", "FIL102", 0),
        (b"no zip\n" * 9, "x.zip", "FIL202", 0),
        (ZIPPED[:-1], "x.zip", "FIL203", 0),
        (ZIPPED[:50], "x.zip", "FIL203", 0),
        (ZIPPED + b"x", "x.zip", "FIL204", 0),
        (zip_wrong(LISTED, b"XX"), "x.zip", "FIL204", 0),
        (zip_wrong(LISTED + 28, b"\xff"), "x.zip", "FIL204", 0),
        (zip_wrong(len(ZIPPED) - 12, b"\3"), "x.zip", "FIL204", 2),
        (zip_wrong(0, b"XX"), "x.zip!a.md", "FIL204", 2),
        (zip_wrong(30, b"z"), "x.zip!a.md", "FIL204", 2),
        (zip_wrong(40, b"z"), "x.zip!a.md", "FIL204", 2),
        (zip_wrong(LISTED + 8, b"\1"), "x.zip!a.md", "FIL207", 2),
        (zip_wrong(LISTED + 10, b"\x63"), "x.zip!a.md", "FIL204", 2),
        (zip_wrong(LISTED + 10, b"\x08"), "x.zip!a.md", "FIL204", 2),
        (zip_wrong(LISTED + 20, b"\1\0\0\0"), "x.zip!a.md", "FIL203", 2),
        (zip_wrong(LISTED + 24, b"\1\0\0\0"), "x.zip!a.md", "FIL204", 2),
    ],
)
def test_zips_that_are_wrong(home: Path, data: bytes, path: str, code: str, documents: int) -> None:
    (home / "x.zip").write_bytes(data)
    report = found(ignore=["FIL111"])
    assert told(report) == [(path, code)]
    assert report["summary"]["documents"]["seen"] == documents


def test_members_of_a_zip_that_are_not_read(home: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        link = zipfile.ZipInfo("link.md")
        link.create_system, link.external_attr = 3, stat.S_IFLNK << 16
        archive.writestr(link, "../x")
        archive.writestr("../up.md", "x")
        archive.writestr("a.md", PAIR["a.md"])
        archive.writestr("a.md", PAIR["a.md"])
        archive.mkdir("folder") if hasattr(archive, "mkdir") else None
    (home / "x.zip").write_bytes(out.getvalue())
    report = found(select=["FIL"], ignore=["FIL111"])
    assert told(report) == [
        ("x.zip!../up.md", "FIL222"),
        ("x.zip!a.md", "FIL223"),
        ("x.zip!link.md", "FIL221"),
    ]


def test_names_of_a_zip_that_readers_guess(home: Path) -> None:
    data = zip_of({"zz.md": PAIR["a.md"], "yy.md": PAIR["b.md"]}).replace(b"zz.md", b"z\xe9.md")
    (home / "x.zip").write_bytes(data)
    assert [code for _, code in told(found(select=["FIL224"]))] == ["FIL224"]
    marked = zip_of({"é.md": PAIR["a.md"]})
    (home / "x.zip").write_bytes(marked)
    assert not told(found(select=["FIL224"]))
    (home / "x.zip").write_bytes(marked.replace("é".encode(), b"\xe9\xe9"))
    assert [code for _, code in told(found(select=["FIL224"]))] == ["FIL224"]


def test_a_bomb_in_a_zip(home: Path) -> None:
    (home / "x.zip").write_bytes(zip_of({"a.md": bytes(1 << 25)}))
    assert {code for _, code in told(found())} == {"FIL206"}


@given(at=st.integers(0, len(ZIPPED) - 1), data=st.binary(min_size=1, max_size=8))
@settings(max_examples=60)
def test_no_zip_breaks_a_run(
    tmp_path_factory: pytest.TempPathFactory, at: int, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("archives")
    (folder / "x.zip").write_bytes(zip_wrong(at, data))
    run = check_paths(str(folder), "markdown", archives=["*.zip"])
    assert not any(one.name == "unchecked-file" for one in run.diagnostics())


@given(
    at=st.integers(0, len(WHOLE) - 1), data=st.binary(min_size=1, max_size=40), cut=st.booleans()
)
@settings(max_examples=60)
def test_no_archive_breaks_a_run(
    tmp_path_factory: pytest.TempPathFactory, at: int, data: bytes, cut: bool
) -> None:
    folder = tmp_path_factory.mktemp("archives")
    (folder / "x.tar").write_bytes(WHOLE[:at] + data if cut else wrong(at, data))
    run = check_paths(str(folder), "markdown", archives=["*.tar"])
    diagnostics: list[Diagnostic] = [*run.diagnostics()]
    assert not any(one.name == "unchecked-file" for one in diagnostics)


@given(name=st.binary(max_size=20) | st.text("ab./\\:", max_size=8).map(str.encode))
def test_names_that_are_safe_stay_inside(name: bytes) -> None:
    if not is_unsafe(name):
        parts = plain(name).split(b"/")
        assert b".." not in parts
        assert not plain(name).startswith(b"/")
