"""Objects in storage: found, read and told of like files, whatever storage does meanwhile."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from validator import check_paths
from validator.check.corpus_stage import CorpusStage
from validator.errors import UsageError
from validator.file.storage.addresses import address_of
from validator.file.storage.storage_errors import StorageError

from .storage_server import Server, running
from .support import ROOT, of_many_kinds, run_cli

NEEDED = ("botocore", "moto")
LACKING = [name for name in NEEDED if importlib.util.find_spec(name) is None]
served = pytest.mark.skipif(
    bool(LACKING),
    reason=f"{' and '.join(LACKING)} not installed: the extras storage, storage-tests",
)

TEXT = b"Title\n\nSome text.\n"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as one:
        yield one


@pytest.fixture
def bucket(server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """A client of an empty bucket `bucket`; the environment leads to it."""
    from validator.file.storage import buckets, s3

    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ENDPOINT_URL", server.url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "quite-secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "3")
    monkeypatch.setenv("AWS_RETRY_MODE", "standard")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(s3, "_clients", {})
    monkeypatch.setattr(buckets, "_stores", {})
    server.faults({})
    client = s3._client()
    client.create_bucket(Bucket="bucket")
    listed = client.list_objects_v2(Bucket="bucket").get("Contents", ())
    for one in listed:
        client.delete_object(Bucket="bucket", Key=one["Key"])
    yield client
    client.close()


def put(client: Any, **objects: bytes) -> None:
    for key, data in objects.items():
        client.put_object(Bucket="bucket", Key=key.replace("__", "/") + ".txt", Body=data)


def told(*paths: str, **options: object) -> list[str]:
    """The lines of the concise format, without the summary."""
    code, out, err = run_cli(*paths, output_format="concise", isolated=True, **options)
    assert code in (0, 1), err
    return [line for line in out.splitlines() if line.startswith(("s3://", "/"))]


KEYS = [
    "/lead.txt", "a/../b.txt", "a/./c.txt", "a//d.txt", "a/b+c d%2F.txt", "a/x\x01\x1b[31m.txt",
    "b/é.txt", "b/?q=1#f.txt", ".hidden/.e.txt", "c\\d.txt",
]  # fmt: skip


@served
def test_keys_are_never_changed(bucket: Any) -> None:
    for number, key in enumerate(KEYS):
        bucket.put_object(Bucket="bucket", Key="p/" + key, Body=b"%d \xff\n" % number)
    bucket.put_object(Bucket="bucket", Key="p/a/", Body=b"")
    bucket.put_object(Bucket="bucket", Key="p/z.txt/", Body=b"9 \xff\n")
    run = check_paths(["s3://bucket/p/"], select=["ENC001"], profile="text").results()
    found = [one.path.removeprefix("s3://bucket/p/") for one in run.diagnostics]
    assert found == sorted([*KEYS, "z.txt/"], key=str.encode)
    assert run.summary.skipped == {"mark of a folder": 1}
    lines = told("s3://bucket/p/", profile="text", select=["ENC001"])
    assert "s3://bucket/p/a/x␁␛[31m.txt:1:3: ENC001 " in "\n".join(lines)


@served
def test_what_is_said_is_what_is_said_of_files(bucket: Any, tmp_path: Path) -> None:
    files = of_many_kinds()
    for name, data in files.items():
        bucket.put_object(Bucket="bucket", Key=name, Body=data)
        path = tmp_path / "local" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    here = [line.removeprefix(f"{tmp_path}/local/") for line in told(str(tmp_path / "local"))]
    for jobs in (1, 2):
        there = told("s3://bucket/", jobs=jobs)
        assert [line.removeprefix("s3://bucket/") for line in there] == here
    assert len(here) > 5


@served
def test_profiles_by_the_key_below_the_prefix(bucket: Any, tmp_path: Path) -> None:
    (tmp_path / "seed-validator.toml").write_text(
        '[profiles.one]\nfiles = ["articles/*.md"]\n[profiles.two]\nfiles = ["notes/"]\n'
        'exclude = ["notes/old/"]\n'
    )
    (tmp_path / ".gitignore").write_text("*.md\n")
    for key in ("c/articles/a.md", "c/notes/b.md", "c/notes/old/c.md", "c/d.md"):
        bucket.put_object(Bucket="bucket", Key=key, Body=TEXT)
    code, out, _ = run_cli("s3://bucket/c/", show_files=True)
    assert code == 0
    assert out.splitlines() == [
        "s3://bucket/c/articles/a.md: one",
        "s3://bucket/c/d.md: - without a profile",
        "s3://bucket/c/notes/b.md: two",
        "s3://bucket/c/notes/old/c.md: - without a profile",
    ]


@served
def test_facts_of_the_corpus(bucket: Any) -> None:
    put(bucket, a=b'---\nid: "1"\n---\nText.\n', b=b'---\nid: "1"\n---\nOther.\n')
    options = {"set": ['corpus.unique=["id"]', "corpus.content='unique'"]}
    (line,) = told("s3://bucket/", profile="front-matter", select=["COR"], **options)
    assert line.startswith("s3://bucket/b.txt:2:5: COR001")
    assert "s3://bucket/a.txt" in line


STORES = ("there", "s3://reports/store")


@served
@pytest.mark.parametrize("place", STORES)
def test_reports_of_objects(bucket: Any, server: Server, tmp_path: Path, place: str) -> None:
    """Whether a store is a directory or in storage, runs go on, and shards are one run."""
    bucket.create_bucket(Bucket="reports")
    for one in bucket.list_objects_v2(Bucket="reports").get("Contents", ()):
        bucket.delete_object(Bucket="reports", Key=one["Key"])
    for at in range(12):
        data = b'---\nid: "%d"\n---\nText %d.%s\n' % (at % 11, at, b" \xff" * (at == 4))
        bucket.put_object(Bucket="bucket", Key=f"{at % 3}/{at:02}.txt", Body=data)
    options: dict[str, Any] = {
        "isolated": True, "profile": "front-matter", "set": ['corpus.unique=["id"]'],
        "output_format": "json-lines", "no_progress": True,
    }  # fmt: skip
    plain = run_cli("s3://bucket/", **options)
    assert plain[0] == 1
    assert plain[1].count('"type":"diagnostic"') == 2
    with pytest.raises(UsageError, match="there is no store at"):
        run_cli("s3://bucket/", store=place, merge=True, **options)
    for number in (1, 2):
        code, _, err = run_cli("s3://bucket/", store=place, shard=f"{number}/2", **options)
        assert code == 0, err
    server.fault(**{"0/03.txt": ("denied", 99)})  # it is not read again
    assert run_cli("s3://bucket/", store=place, merge=True, **options)[:2] == plain[:2]
    code, out, err = run_cli("s3://bucket/", store=place, **options)
    assert (code, out) == plain[:2]
    assert err == "seed-validator: 3 of 3 tasks were in the store\n"
    server.faults({})
    bucket.put_object(Bucket="bucket", Key="1/01.txt", Body=b"\xff\n")
    with pytest.raises(UsageError, match=r"`s3://bucket/1/01\.txt` has changed since"):
        run_cli("s3://bucket/", store=place, merge=True, **options)
    assert "2 of 3 tasks were in the store" in run_cli("s3://bucket/", store=place, **options)[2]


@served
def test_a_refused_object_is_tried_by_the_next_run(bucket: Any, server: Server) -> None:
    put(bucket, a=TEXT)
    server.fault(**{"a.txt": ("denied", 1)})
    options: dict[str, Any] = {"store": "there", "isolated": True, "profile": "text"}
    assert run_cli("s3://bucket/", **options)[0] == 1
    assert run_cli("s3://bucket/", **options)[0] == 0


@served
def test_files_of_this_machine_with_a_store_in_storage(bucket: Any, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    for at in range(5):
        (tmp_path / "corpus" / f"{at}.txt").write_bytes(b"Text \n" if at == 3 else TEXT)
    options: dict[str, Any] = {"isolated": True, "output_format": "json-lines", "jobs": 2}
    plain = run_cli("corpus", **options)
    assert run_cli("corpus", store="s3://bucket/reports/", **options)[:2] == plain[:2]
    assert run_cli("corpus", store="s3://bucket/reports/", merge=True, **options)[:2] == plain[:2]
    torn = next(
        one["Key"]
        for one in bucket.list_objects_v2(Bucket="bucket")["Contents"]
        if one["Key"].endswith(".report")
    )
    whole = bucket.get_object(Bucket="bucket", Key=torn)["Body"].read()
    bucket.put_object(Bucket="bucket", Key=torn, Body=whole[:-9])
    with pytest.raises(UsageError, match="is torn: its checksum is not that of its bytes"):
        run_cli("corpus", store="s3://bucket/reports", merge=True, **options)
    assert run_cli("corpus", store="s3://bucket/reports", **options)[:2] == plain[:2]


@served
def test_keys_gathered_in_storage(
    bucket: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options: dict[str, Any] = {"isolated": True, "profile": "jsonl", "output_format": "json-lines"}
    options["set"] = ('corpus.unique=["id"]',)
    for at in range(4):
        (tmp_path / f"corpus/{at}").mkdir(parents=True)
        ids = b"".join(b'{"id":%d}\n' % (number * at) for number in range(20))
        (tmp_path / f"corpus/{at}/a.jsonl").write_bytes(ids)
    plain = run_cli("corpus", **options)
    assert '"code":"COR001"' in plain[1]
    monkeypatch.setattr("validator.cli.stored.MANY", 1)
    few = partial(CorpusStage, kept=5, most=5)
    monkeypatch.setattr("validator.check.corpus_stage.CorpusStage", few)
    for shard in ("1/2", "2/2"):
        assert run_cli("corpus", store="s3://bucket/reports", shard=shard, **options)[0] == 0
    keys = [one["Key"] for one in bucket.list_objects_v2(Bucket="bucket")["Contents"]]
    (piece, *_) = gathered = [key for key in keys if "/facts/" in key]
    assert len(gathered) == 4
    assert run_cli("corpus", store="s3://bucket/reports", merge=True, **options)[:2] == plain[:2]
    bucket.delete_object(Bucket="bucket", Key=piece)
    with pytest.raises(UsageError, match=f"the facts in `s3://bucket/{piece}` cannot be used"):
        run_cli("corpus", store="s3://bucket/reports", merge=True, **options)


@served
def test_a_store_that_cannot_be_had(bucket: Any, server: Server, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT)
    put(bucket, a=TEXT)
    with pytest.raises(UsageError, match="there is no such bucket; make one"):
        run_cli("a.txt", store="s3://missing/store")
    with pytest.raises(UsageError, match="is below `s3://bucket/`, which is checked"):
        run_cli("s3://bucket/", store="s3://bucket/store")
    with pytest.raises(UsageError, match="is no store of reports, and is not empty"):
        run_cli("a.txt", store="s3://bucket")
    server.faults({"/bucket/store/seed-validator-store.json": ("denied", 99)})
    with pytest.raises(UsageError, match=r"cannot be read \(access is denied"):
        run_cli("a.txt", store="s3://bucket/store")


@served
@pytest.mark.parametrize(
    ("fault", "times", "words"),
    [
        ("denied", 99, "access is denied (403, AccessDenied)"),
        ("gone", 99, "it is not there any more"),
        ("changed", 1, "it has changed since it was listed"),
        ("busy", 99, "the storage has too much to do, each time that it was asked (503, SlowDown)"),
        ("cut", 99, "the connection broke off, each time that it was tried"),
    ],
)
def test_a_fault_is_one_finding(
    bucket: Any, server: Server, fault: str, times: int, words: str
) -> None:
    put(bucket, a=TEXT, b=TEXT, c=TEXT)
    server.fault(**{"b.txt": (fault, times)})
    code, out, err = run_cli("s3://bucket/", output_format="concise", isolated=True)
    assert code == 1, err
    lines = out.splitlines()
    assert lines[0] == f"s3://bucket/b.txt:1:1: FIL001 the file cannot be read: {words}"
    assert "Checked 3 files" in lines[-1]
    assert "secret" not in out + err


@served
@pytest.mark.parametrize(
    ("fault", "words"),
    [("denied", "denied"), ("gone", "not there"), ("changed", "changed"), ("cut", "broke off")],
)
def test_a_fault_in_the_midst_of_a_large_object(
    bucket: Any, server: Server, fault: str, words: str
) -> None:
    from validator.file.opening import ObjectVersion
    from validator.file.reading import Pages

    put(bucket, a=b"Some line of text.\n" * 60_000)
    etag = bucket.head_object(Bucket="bucket", Key="a.txt")["ETag"]
    version = ObjectVersion(19 * 60_000, etag)
    windows = iter(Pages(b"s3://bucket/a.txt", version=version))
    assert len(next(windows).data) > 0
    server.fault(**{"a.txt": (fault, 99)})
    with pytest.raises(StorageError, match=words):
        deque(windows, maxlen=0)


@served
def test_what_passes_is_tried_again(bucket: Any, server: Server) -> None:
    put(bucket, a=TEXT, b=TEXT, c=TEXT)
    faults = {"a.txt": ("busy", 1), "b.txt": ("cut", 1), "c.txt": ("slow", 1)}
    server.fault(**faults)
    assert told("s3://bucket/", profile="text") == []


@served
@pytest.mark.parametrize(
    ("url", "fault", "words"),
    [
        ("s3://bucket/", ("denied", 99), "cannot be listed: access is denied (403, AccessDenied)"),
        ("s3://bucket/", ("busy", 99), "cannot be listed: the storage has too much to do"),
        ("s3://missing/", None, "cannot be listed: there is no bucket `missing`"),
        ("s3://bucket/none", None, "`s3://bucket/none` is not there"),
        ("s3://bucket/a", None, "`s3://bucket/a` is not there; all that begins so is named by a"),
        ("s3://bucket/none/", None, "no file matched in `s3://bucket/none/`: there are no files"),
        ("s3:///a", None, "`s3:///a` names no bucket: write `s3://BUCKET/…`"),
    ],
)
def test_what_cannot_be_listed_ends_the_run(
    bucket: Any, server: Server, url: str, fault: tuple[str, int] | None, words: str
) -> None:
    put(bucket, a=TEXT)
    server.faults({"/bucket": fault, "/bucket/": fault} if fault else {})
    with pytest.raises(UsageError) as raised:
        run_cli(url)
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


@served
def test_an_endpoint_that_is_not_there(bucket: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from validator.file.storage import buckets, s3

    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setattr(s3, "_clients", {})
    monkeypatch.setattr(buckets, "_stores", {})
    with pytest.raises(UsageError, match="the storage cannot be reached, or does not answer"):
        run_cli("s3://bucket/")


@served
@pytest.mark.parametrize(
    ("name", "value"), [("AWS_ENDPOINT_URL", "no url"), ("AWS_PROFILE", "nobody")]
)
def test_an_environment_that_is_wrong(
    bucket: Any, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    from validator.file.storage import buckets, s3

    monkeypatch.setenv(name, value)
    monkeypatch.setattr(s3, "_clients", {})
    monkeypatch.setattr(buckets, "_stores", {})
    with pytest.raises(UsageError, match="`s3://` cannot be used: it cannot be asked"):
        run_cli("s3://bucket/")


@served
def test_a_role_is_assumed(bucket: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What it gives ends at a date, which is read as the server writes it."""
    from validator.file.storage import buckets, s3

    put(bucket, a=TEXT, b=b"Title\n\xff\n")
    (tmp_path / "config").write_text(
        "[profile reader]\nrole_arn = arn:aws:iam::123456789012:role/reader\n"
        "source_profile = user\n"
        "[profile user]\naws_access_key_id = key\naws_secret_access_key = quite-secret\n"
    )
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_PROFILE", "reader")
    monkeypatch.setattr(s3, "_clients", {})
    monkeypatch.setattr(buckets, "_stores", {})
    (line,) = told("s3://bucket/", profile="text")
    assert line.startswith("s3://bucket/b.txt:2:1")
    credentials = s3._client()._request_signer._credentials
    assert credentials.method == "assume-role"
    assert not credentials.refresh_needed()


@served
def test_many_keys_come_page_by_page(bucket: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from validator.file.storage import key_listing

    monkeypatch.setattr(key_listing, "MOST", 7)
    keys = sorted(f"k/{number % 3}/{number}.txt" for number in range(40))
    for key in keys:
        bucket.put_object(Bucket="bucket", Key=key, Body=b"")
    whole = bucket.list_objects_v2
    monkeypatch.setattr(bucket, "list_objects_v2", lambda **asked: whole(MaxKeys=9, **asked))
    urls = ["s3://bucket/k/", "s3://bucket/k/0/", "s3://bucket/k/1/1.txt", "s3://bucket/k/"]
    found = [*key_listing.folders(urls)]
    assert [os.fsdecode(one.path + name) for one in found for name in one.found] == [
        f"s3://bucket/{key}" for key in keys
    ]
    assert max(len(one.found) for one in found) == 7


def test_urls() -> None:
    assert address_of("s3://b").is_prefix
    assert address_of("s3://b/a/").key == "a/"
    assert not address_of("s3://b//a").is_prefix
    assert address_of("s3://b//a/../c").key == "/a/../c"


def test_it_is_not_written_to() -> None:
    from validator.cli.fixes import FixWishes

    with pytest.raises(UsageError, match="is in storage, which is not written to: leave out --fix"):
        run_cli("s3://bucket/", fixes=FixWishes(fix=True))
    with pytest.raises(UsageError, match="of which git knows nothing"):
        run_cli("s3://bucket/", since="HEAD")


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    from validator.file.storage import buckets

    monkeypatch.setattr(buckets, "_stores", {})
    monkeypatch.setitem(sys.modules, "botocore", None)
    with pytest.raises(UsageError) as raised:
        run_cli("s3://bucket/")
    assert str(raised.value) == ("`s3://` needs botocore: pip install 'seed-validator[storage]'")


def test_local_paths_import_nothing_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Title \n\xff\n")
    program = (
        "import sys; from validator import check_paths; check_paths(['a.txt']).results();"
        "print([name for name in sys.modules if 'storage' in name or 'boto' in name])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, check=True, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stdout == "[]\n"
