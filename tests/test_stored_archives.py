"""Members of archives in storage are checked as members of archives on the disk are."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from validator.check import archive_members
from validator.errors import UsageError
from validator.file.storage import object_file, web

from . import test_buckets, test_web
from .az_server import Containers
from .gs_server import Buckets
from .loopback import Loopback, Reply
from .storage_server import Server
from .support import run_cli, write
from .test_archives import (
    CONFIGURATION,
    FILES,
    LINKED,
    PACKERS,
    SAMPLES,
    SIDECARS,
    found,
    tar_of,
    told,
    without_paths,
    zip_of,
)
from .test_storage import LACKING, bucket, server

__all__ = ["bucket", "server"]

SCHEMES = ["s3", "gs", "az", "http"]


def packed(files: Mapping[str, bytes], *suffixes: str) -> dict[str, bytes]:
    """An archive for each suffix, by its key."""
    return {
        f"en/x{one}": zip_of(files) if one == ".zip" else PACKERS[one](tar_of(files))
        for one in suffixes
    }


ALL = packed(FILES, *PACKERS, ".zip")
LARGE = b"---\nid: l%d\n---\n\n" + b"Some line of words.\n" * 20_000 + b"%d\n"
WRONG = b"---\nid: w%d\n---\n\xff %d\n"
MANY = {f"en/{at}.md": LARGE % (at, at) for at in range(12)} | {"en/w.md": WRONG % (1, 1)}
ONE = pytest.mark.parametrize("place", ["gs"], indirect=True)


class Place:
    """Where objects are: the URL that all of them begin with, how one is put there, its faults."""

    def __init__(
        self,
        top: str,
        put: Callable[[str, bytes], object],
        fault: Callable[[str, str], None],
        asked: Loopback | None,
    ) -> None:
        self.top, self.put, self.fault, self.asked = top, put, fault, asked
        self.is_listed = not top.startswith("http")

    def put_all(self, objects: Mapping[str, bytes]) -> list[str]:
        """Put objects there; what names them: all there are, where they can be listed."""
        for key, data in objects.items():
            self.put(key, data)
        return [self.top] if self.is_listed else [self.top + key for key in objects]


@pytest.fixture(params=SCHEMES)
def place(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Place]:
    (tmp_path / "seed-validator.toml").write_bytes(CONFIGURATION)
    monkeypatch.chdir(tmp_path)
    if request.param == "s3":
        if LACKING:
            pytest.skip(f"{' and '.join(LACKING)} not installed: storage, storage-tests")
        yield _of_s3(request.getfixturevalue("bucket"), request.getfixturevalue("server"))
        return
    with ExitStack() as stack:
        if request.param == "http":
            documents = test_web.Documents()
            server = stack.enter_context(test_web.serving(documents, monkeypatch))
            yield _of_web(documents, server)
        else:
            service = Buckets() if request.param == "gs" else Containers()
            one = stack.enter_context(test_buckets.serving(service, monkeypatch))
            yield Place(
                one.top, service.put, lambda key, fault: one.fault(fault, key=key), one.server
            )


def _of_s3(client: Any, server: Server) -> Place:
    def put(key: str, data: bytes) -> None:
        client.put_object(Bucket="bucket", Key=key, Body=data)

    def fault(key: str, kind: str) -> None:
        server.fault(**{key: (kind, 99)})

    return Place("s3://bucket/", put, fault, None)


def _of_web(documents: test_web.Documents, server: Loopback) -> Place:
    def put(key: str, data: bytes) -> None:
        documents.put(f"/{key}", data, ETag=f'"{hash(data)}"')

    def fault(key: str, kind: str) -> None:
        replies = {"denied": Reply(403), "gone": Reply(404), "changed": Reply(412)}
        server.faults[f"/{key}"] = replies.get(kind, kind), 99

    return Place(f"{server.url}/", put, fault, server)


def test_members_are_as_on_the_disk(place: Place, tmp_path: Path) -> None:
    write(tmp_path, ALL)
    here = found("en")
    assert here["diagnostics"]
    urls = place.put_all(ALL)
    for jobs in (1, 2):
        there = found(*urls, jobs=jobs)
        assert f"{place.top}en/x.tar!en/b.md" in {path for path, _ in told(there)}
        assert without_paths(there, place.top) == without_paths(here, "")


@pytest.mark.parametrize("suffix", [".tar", ".zip"])
def test_sidecars_are_as_on_the_disk(place: Place, tmp_path: Path, suffix: str) -> None:
    (tmp_path / "seed-validator.toml").write_bytes(SIDECARS)
    objects = packed(SAMPLES, suffix)
    write(tmp_path, objects)
    here = found("en")
    assert {"COR001", "MET100"} <= {code for _, code in told(here)}
    assert without_paths(found(*place.put_all(objects)), place.top) == without_paths(here, "")


def test_larger_members_are_read_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    objects = packed(FILES, ".tar", ".tar.zst", ".zip")
    urls = place.put_all(objects)
    before = found(*urls)
    assert f"{place.top}en/x.tar.zst!en/d.md" in {path for path, _ in told(before)}
    monkeypatch.setattr(archive_members, "HELD", 1000)
    assert found(*urls) == before


WORDS = {
    "denied": "access is denied (403",
    "gone": "it is not there any more",
    "changed": "it has changed since it was listed",
    "cut": "the connection broke off, each time that it was tried",
}


@pytest.mark.parametrize("fault", WORDS)
def test_a_fault_in_the_midst_is_one_finding(
    place: Place, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came before it is checked, and counted; what is said is said at the archive."""
    monkeypatch.setattr(archive_members, "HELD", 1 << 20)
    monkeypatch.setattr(object_file, "LARGEST", 1 << 19)
    (key, data), *_ = packed(MANY, ".tar").items()
    urls = place.put_all({key: data, "y.tar": tar_of({"en/a.md": WRONG % (2, 2)})})
    ranges: list[int] = []
    fetch = object_file.ObjectFile._fetch

    def counted(file: object_file.ObjectFile, least: int) -> None:
        ranges.append(least)
        if len(ranges) == 6:
            place.fault(key, fault)
        fetch(file, least)

    monkeypatch.setattr(object_file.ObjectFile, "_fetch", counted)
    report = found(*urls)
    paths = [(path.removeprefix(place.top), code) for path, code in told(report)]
    assert paths == [(key, "FIL001"), ("y.tar!en/a.md", "ENC001")]
    assert WORDS[fault] in report["diagnostics"][0]["message"]
    assert 1 < report["summary"]["documents"]["seen"] < len(MANY)


@pytest.mark.parametrize("suffix", [".tar", ".tar.zst", ".zip"])
@ONE
def test_no_two_versions_are_mixed(
    place: Place, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an archive that is written anew while it is read, also between two looks at a member."""
    monkeypatch.setattr(archive_members, "HELD", 1 << 14)
    files = {"en/a.md": LARGE % (1, 1), "en/b.md": LARGE % (2, 2) + b"\xff\n"}
    (key, data), *_ = packed(files, suffix).items()
    urls = place.put_all({key: data})
    check = archive_members._Unpacked._check

    def checked(self: Any, batch: Any) -> None:
        place.put(key, data)
        check(self, batch)

    monkeypatch.setattr(archive_members._Unpacked, "_check", checked)
    report = found(*urls)
    assert report["diagnostics"]
    assert {code for _, code in told(report)} == {"FIL001"}
    assert WORDS["changed"] in report["diagnostics"][0]["message"]


@ONE
def test_what_is_passed_by_is_not_read(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of large members, and the directory of a zip is read before them."""
    monkeypatch.setattr(archive_members, "HELD", 1 << 18)
    monkeypatch.setattr(object_file, "LARGEST", 1 << 18)
    files = {"en/a.md": WRONG % (1, 1), "x.bin": bytes(20_000_000), "en/b.md": WRONG % (2, 2)}
    data = {"x.tar": tar_of(files), "x.zip": zip_of(files, 0)}
    for key, archive in data.items():
        place.put(key, archive)
        assert place.asked is not None
        place.asked.asked.clear()
        report = found(place.top + key)
        assert [code for _, code in told(report)] == ["ENC001", "ENC001"]
        ranges = [one.headers["Range"] for one in place.asked.asked if "Range" in one.headers]
        bounds = [range_.removeprefix("bytes=").split("-") for range_ in ranges]
        assert sum(int(last) - int(first) for first, last in bounds) < 4_000_000, ranges
        if key.endswith(".zip"):
            assert int(bounds[1][0]) > 19_000_000


@ONE
def test_memory_is_bounded(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_members, "HELD", 1 << 20)
    files = {f"en/{at}.md": LARGE % (at, at) for at in range(100)}
    objects = packed(files, ".tar", ".zip")
    files.clear()
    place.put_all(objects)
    for key in objects:
        tracemalloc.start()
        try:
            assert found(place.top + key)["summary"]["bytes"] > 35_000_000
            assert tracemalloc.get_traced_memory()[1] < 30_000_000
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("place", ["gs", "http"], indirect=True)
def test_reports_of_them(place: Place, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = str(tmp_path_factory.mktemp("store"))
    urls = place.put_all(packed(FILES, ".tar", ".zip"))
    plain = found(*urls)
    for number in (1, 2):
        run_cli(*urls, store=store, shard=f"{number}/2")
    assert found(*urls, store=store, merge=True) == plain
    place.put("en/x.zip", zip_of({**FILES, "more.md": b""}))
    with pytest.raises(UsageError, match=r"en/x\.zip` has changed since"):
        run_cli(*urls, store=store, merge=True)


@ONE
def test_an_archive_is_not_listed_for_each_finding(place: Place) -> None:
    """Where documents of two archives are the same ones."""
    files = {f"en/{at}.md": b"---\nid: %d\n---\n" % at for at in range(40)}
    urls = place.put_all(packed(files, ".tar", ".zip"))
    assert len(found(*urls)["diagnostics"]) == 40
    assert place.asked is not None
    assert len(place.asked.asked) < 10 * 40


@ONE
def test_references_lead_within_an_archive(place: Place, tmp_path: Path) -> None:
    (tmp_path / "seed-validator.toml").write_bytes(LINKED)
    text = b"# A\n\n[b](b.md), [no](no.md), [out](../../c.md), [in](/c.md), [e](b.md#b)\n"
    text += b"[f](b.md#c)\n"
    files = {"d/a.md": text, "d/b.md": b"# B\n", "c.md": b"# C\n"}
    write(tmp_path, {"x/x.tar": tar_of(files)})
    here, there = found("x"), found(*place.put_all({"x/x.tar": tar_of(files)}))
    assert len(here["diagnostics"]) == 3
    assert without_paths(there, place.top) == without_paths(here, "")


@ONE
@pytest.mark.parametrize("key", ["en/x.tar\0en/a.md", "y\0z/b.md"])
def test_a_key_with_a_nul_is_no_member(place: Place, key: str) -> None:
    place.put(key, FILES["en/c.md"])
    with pytest.raises(UsageError, match="has a NUL in it, as nothing but the path of a member"):
        found(place.top)


@ONE
def test_files_are_shown_with_members(place: Place) -> None:
    urls = place.put_all(packed({"a.md": b"", "b.rst": b""}, ".tar.zst", ".zip"))
    code, out, _ = run_cli(*urls, show_files=True)
    assert code == 0
    for suffix in (".tar.zst", ".zip"):
        assert f"{place.top}en/x{suffix}!a.md: articles" in out
        assert f"{place.top}en/x{suffix}!b.rst: - without a profile" in out


@pytest.mark.parametrize("place", ["http"], indirect=True)
def test_what_a_url_hides_is_asked_for_and_not_shown(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_members, "HELD", 1000)
    place.put_all(packed(FILES, ".tar"))
    assert place.asked is not None
    url = f"{place.top}en/x.tar?token=quite-secret"
    for form in ("json", "sarif"):
        for jobs in (1, 2):
            place.asked.asked.clear()
            code, out, err = run_cli(url, output_format=form, jobs=jobs)
            assert code == 1
            assert f"{place.top}en/x.tar" in out
            assert "quite-secret" not in out + err
            assert {one.query for one in place.asked.asked} == {"token=quite-secret"}


@pytest.mark.parametrize("place", ["http"], indirect=True)
def test_a_server_without_ranges(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    urls = place.put_all(packed(FILES, ".tar", ".tar.gz", ".zip"))
    before = found(*urls)
    assert place.asked is not None
    monkeypatch.setattr(place.asked.answers, "ranges", False)
    assert found(*urls) == before
    monkeypatch.setattr(web, "MOST", 1 << 17)
    report = found(*urls)
    assert (f"{place.top}en/x.tar", "FIL001") in told(report)
