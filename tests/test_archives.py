"""Members of archives are checked as files are; what is wrong with an archive is one finding."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from validator import check_paths
from validator.check import archives
from validator.file.archive_entry import is_unsafe, plain
from validator.model import Diagnostic

from .support import run_cli, write

CONFIGURATION = b"""
archives = ["*.tar", "*.tar.*", "*.t?z*"]

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


@pytest.mark.parametrize("suffix", PACKERS)
@pytest.mark.parametrize("jobs", [1, 2])
def test_members_are_as_files(home: Path, suffix: str, jobs: int) -> None:
    (home / f"x{suffix}").write_bytes(PACKERS[suffix](tar_of(FILES)))
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
    monkeypatch.setattr(archives, "HELD", 1000)
    test_members_are_as_files(home, ".tar", 1)
    for name in FILES:
        (home / name).unlink()
    test_members_are_as_files(home, ".tar.zst", 1)


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
