"""Objects in `gs://` and `az://`: found, read and told of like files, whatever storage does."""

from __future__ import annotations

import gzip
import os
import shutil
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from validator import check_paths, parse_profile
from validator.check import look_ahead
from validator.check.plan import FileRange, Part, Plan
from validator.check.stretches import RangeReport
from validator.check.worker import Engine
from validator.errors import UsageError
from validator.file import reading
from validator.file.reading import Pages
from validator.file.storage import az, az_account, buckets, gs, http_client, key_listing
from validator.file.storage.addresses import Address, address_of
from validator.file.storage.beside_each_other import side_by_side
from validator.file.storage.storage_errors import StorageError
from validator.file.storage.store import Piece
from validator.run import cutting
from validator.run.assemble import bind

from .az_server import Containers as Az
from .gs_server import Buckets as Gs
from .loopback import Loopback, Reply, Request, running
from .support import of_many_kinds, run_cli
from .test_look_ahead import Coming

TEXT = b"Title\n\nSome text.\n"
KEYS = [
    "/lead.txt", "a/../b.txt", "a/./c.txt", "a//d.txt", "a/b+c d%2F.txt", "a/x\x01\x1b[31m.txt",
    "b/é.txt", "b/?q=1#f.txt", ".hidden/.e.txt", "c\\d.txt", "&=;.txt", "b/\U0001f600.txt",
]  # fmt: skip

Service = Gs | Az
KEY = b64encode(b"a key of our own").decode()


class Served:
    """A service that runs, and what is asked of it."""

    def __init__(self, service: Service, server: Loopback) -> None:
        self.service, self.server = service, server
        self.top = f"{service.scheme}://bucket/"

    def put(self, **objects: bytes) -> None:
        """Write objects of the bucket; `__` stands for `/`, and the names end in `.txt`."""
        for key, data in objects.items():
            self.service.put(key.replace("__", "/") + ".txt", data)

    def fault(self, fault: Reply | str, times: int = 99, key: str = "b.txt") -> None:
        """Have a fault, once all is found."""
        if fault == "denied":
            fault = self.service.refusal(403, "forbidden")
        elif fault == "busy":
            fault = self.service.refusal(503, "backendError")
        elif fault == "gone":
            fault = self.service.refusal(404, "notFound")
        elif fault == "changed":
            fault = self.service.refusal(412, "conditionNotMet")
        self.server.faults[self.service.place(key)] = fault, times

    def told(self, *paths: str, **options: Any) -> list[str]:
        """The lines of the concise format, without the summary."""
        code, out, err = run_cli(
            *(paths or (self.top,)), output_format="concise", isolated=True, **options
        )
        assert code in (0, 1), err
        return [line for line in out.splitlines() if "://" in line or line.startswith("/")]


@contextmanager
def serving(service: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A service that runs, to which the environment leads."""
    monkeypatch.setattr(buckets, "_stores", {})
    monkeypatch.setattr(http_client, "PAUSE", 0.01)
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    with running(service) as server:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", server.url)
        for name in [name for name in os.environ if name.startswith("AZURE_")]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("AZURE_STORAGE_ACCOUNT", "acct")
        monkeypatch.setenv("AZURE_STORAGE_SERVICE_ENDPOINT", server.url)
        monkeypatch.setenv("AZURE_STORAGE_KEY", KEY)
        yield Served(service, server)


@pytest.fixture(params=[Gs, Az], ids=lambda service: service.scheme)
def served(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Served]:
    monkeypatch.chdir(tmp_path)
    with serving(request.param(), monkeypatch) as one:
        yield one


def test_keys_are_never_changed(served: Served) -> None:
    for number, key in enumerate(KEYS):
        served.service.put("p/" + key, b"%d \xff\n" % number)
    served.service.put("p/a/", b"")
    served.service.put("p/z.txt/", b"9 \xff\n")
    url = f"{served.top}p/"
    run = check_paths([url], select=["ENC001"], profile="text").results()
    found = [one.path.removeprefix(url) for one in run.diagnostics]
    assert found == sorted([*KEYS, "z.txt/"], key=str.encode)
    assert run.summary.skipped == {"mark of a folder": 1}
    lines = served.told(url, profile="text", select=["ENC001"])
    assert f"{url}a/x␁␛[31m.txt:1:3: ENC001 " in "\n".join(lines)
    (line,) = served.told(f"{url}a/b+c d%2F.txt", profile="text", select=["ENC001"])
    assert line.startswith(f"{url}a/b+c d%2F.txt:1:3")


def test_what_is_said_is_what_is_said_of_files(served: Served, tmp_path: Path) -> None:
    files = of_many_kinds()
    for name, data in files.items():
        served.service.put(name, data)
        path = tmp_path / "local" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    here = served.told(str(tmp_path / "local"))
    here = [line.removeprefix(f"{tmp_path}/local/") for line in here]
    for jobs in (1, 2):
        assert [line.removeprefix(served.top) for line in served.told(jobs=jobs)] == here
    assert len(here) > 5


def test_many_keys_come_page_by_page(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_listing, "MOST", 7)
    served.service.page = 9
    keys = sorted(f"k/{number % 3}/{number}.txt" for number in range(40))
    for key in keys:
        served.service.put(key, b"")
    served.service.put("l/a.txt", b"")
    top = served.top
    urls = [f"{top}k/", f"{top}k/0/", f"{top}k/1/1.txt", f"{top}k/"]
    found = [*key_listing.folders(urls)]
    assert [os.fsdecode(one.path + name) for one in found for name in one.found] == [
        f"{top}{key}" for key in keys
    ]
    assert max(len(one.found) for one in found) == 7


@pytest.mark.parametrize(
    ("fault", "times", "words"),
    [
        ("denied", 99, "access is denied (403, "),
        ("gone", 99, "it is not there any more"),
        ("changed", 99, "it has changed since it was listed"),
        ("busy", 99, "the storage has too much to do, each time that it was asked (503, "),
        ("cut", 99, "the connection broke off, each time that it was tried"),
        (Reply(302, {"Location": "http://127.0.0.1:9/"}), 99, "the storage answers otherwise than"),
    ],
)
def test_a_fault_is_one_finding(served: Served, fault: Reply | str, times: int, words: str) -> None:
    served.put(a=TEXT, b=TEXT, c=TEXT)
    served.fault(fault, times)
    code, out, err = run_cli(served.top, output_format="concise", isolated=True, profile="text")
    assert code == 1, err
    lines = out.splitlines()
    start = f"{served.top}b.txt:1:1: FIL001 the file cannot be read: {words}"
    assert lines[0].startswith(start)
    assert "Checked 3 files" in lines[-1]
    assert "secret" not in out + err


def test_what_passes_is_tried_again(served: Served) -> None:
    served.put(a=TEXT, b=TEXT, c=TEXT)
    for key, fault in (("a", "busy"), ("b", "cut"), ("c", "slow")):
        served.fault(fault, 1, f"{key}.txt")
    assert served.told(profile="text") == []


def test_an_object_that_is_written_anew(served: Served) -> None:
    """While it is read, and between the listing and the first look at it."""
    served.put(a=b"Some line of text.\n" * 60_000)
    (folder,) = key_listing.folders([served.top])
    path, version = f"{served.top}a.txt".encode(), folder.found[b"a.txt"]
    windows = iter(Pages(path, version=version))
    next(windows)
    served.put(a=b"Other line of text\n" * 60_000)
    for rest in (windows, iter(Pages(path, version=version))):
        with pytest.raises(StorageError, match="changed"):
            deque(rest, maxlen=0)
    assert served.told(profile="text") == []


@pytest.mark.parametrize(
    ("url", "fault", "words"),
    [
        ("", "denied", "cannot be listed: access is denied (403, "),
        ("", "busy", "cannot be listed: the storage has too much to do"),
        ("", Reply(200, {}, b"<html>"), "cannot be listed: the storage answers otherwise than it"),
        ("", "cut", "cannot be listed: the connection broke off"),
        ("none", None, "bucket/none` is not there"),
        ("a", None, "bucket/a` is not there; all that begins so is named by a URL that ends"),
        ("none/", None, "bucket/none/`: there are no files"),
        ("://missing/", None, "://missing/` cannot be listed: there is no bucket `missing`"),
        (":///a", None, "names no bucket: write"),
    ],
)
def test_what_cannot_be_listed_ends_the_run(
    served: Served, url: str, fault: Reply | str | None, words: str
) -> None:
    served.put(a=TEXT)
    if fault:
        served.fault(fault)
        [(reply, times)] = served.server.faults.values()
        served.server.faults = {served.service.listing(): (reply, times)}
    url = served.service.scheme + url if url.startswith(":") else served.top + url
    with pytest.raises(UsageError) as raised:
        run_cli(url)
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)
    assert "secret" not in str(raised.value)


LINES = [b'{"id": "%d", "text": "some words of a line"}\n' % number for number in range(60_000)]
ODD = {17_000: b'{"id": "16000"}\n', 40_000: b'{"id": 40000}\n', 52_000: b'{"id": "a",}\n'}


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_a_large_object_is_work_for_several_workers(
    served: Served, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Nothing that is said changes."""
    monkeypatch.setattr(cutting, "LARGE", 1 << 20)
    monkeypatch.setattr(cutting, "LARGE_PACKED", 1 << 18)
    data = b"".join(ODD.get(number, line) for number, line in enumerate(LINES))
    served.service.put(name, gzip.compress(data, 1) if name.endswith(".gz") else data)
    options: dict[str, Any] = {
        "profile": "jsonl", "set": ['corpus.unique=["id"]'], "no_progress": True
    }  # fmt: skip
    alone = served.told(**options)
    assert len(alone) == 3
    assert served.told(jobs=2, **options) == alone


def test_others_look_ahead_in_an_object(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """They ask for ranges of their own, and who checks it asks for no more than it needs."""
    monkeypatch.setattr(look_ahead, "UNIT", 1 << 19)
    plan = Plan((bind(parse_profile('extends = "jsonl"'), []),), 100, date(2026, 11, 30))
    data = b"".join(ODD.get(number, line) for number, line in enumerate(LINES))
    served.service.put("a.jsonl", data)
    (folder,) = key_listing.folders([served.top])
    part = Part(0, folder.path, (b"a.jsonl",), size=len(data), versions=folder.found)
    alone = Engine(plan)(part)
    coming = Coming(Engine(plan), [99])
    served.server.asked.clear()
    assert Engine(plan)(part.assisted(coming)) == alone
    assert len(alone.diagnostics) == 2
    assert len(coming.log) >= 2
    starts = [_start(one) for one in served.server.asked]
    assert {start - reading.WINDOW for start in coming.log} <= {*starts}


def _start(request: Request) -> int:
    said = request.headers.get("Range", request.headers.get("x-ms-range", "bytes=0-"))
    return int(said.removeprefix("bytes=").partition("-")[0])


def test_what_is_known_of_ranges_is_of_the_version_that_was_listed(served: Served) -> None:
    profile = parse_profile('extends = "jsonl"')
    plan = Plan((bind(profile, []),), 100, date(2026, 11, 30))
    data = b"".join(LINES)
    served.service.put("a.jsonl", data)
    (folder,) = key_listing.folders([served.top])
    part = Part(0, folder.path, (b"a.jsonl",), size=len(data), versions=folder.found)
    task = FileRange(part, 1 << 20, 2 << 20)
    engine = Engine(plan)
    stretches = engine(task).stretches
    (last,) = stretches
    assert last.stop - last.start > 1 << 19
    served.service.put("a.jsonl", data.replace(b"0", b"1"))
    assert engine(task).stretches == ()
    (one,) = engine(part.prepared([RangeReport(engine(task).version, stretches)])).diagnostics
    assert "it has changed since it was listed" in one.message


def test_facts_of_the_corpus(served: Served) -> None:
    served.put(a=b'---\nid: "1"\n---\nText.\n', b=b'---\nid: "1"\n---\nOther.\n')
    options = {"set": ['corpus.unique=["id"]', "corpus.content='unique'"]}
    (line,) = served.told(profile="front-matter", select=["COR"], **options)
    assert line.startswith(f"{served.top}b.txt:2:5: COR001")
    assert f"{served.top}a.txt" in line


@pytest.mark.parametrize("place", ["there", "{}://reports/the store/é"])
def test_reports_of_objects(served: Served, place: str) -> None:
    place = place.format(served.service.scheme)
    for at in range(12):
        data = b'---\nid: "%d"\n---\nText %d.%s\n' % (at % 11, at, b" \xff" * (at == 4))
        served.service.put(f"{at % 3}/{at:02}.txt", data)
    options: dict[str, Any] = {
        "isolated": True, "profile": "front-matter", "set": ['corpus.unique=["id"]'],
        "output_format": "json-lines", "no_progress": True,
    }  # fmt: skip
    plain = run_cli(served.top, **options)
    assert plain[1].count('"type":"diagnostic"') == 2
    with pytest.raises(UsageError, match="there is no store at"):
        run_cli(served.top, store=place, merge=True, **options)
    for number in (1, 2):
        code, _, err = run_cli(served.top, store=place, shard=f"{number}/2", **options)
        assert code == 0, err
    served.fault("denied", key="0/03.txt")  # it is not read again
    assert run_cli(served.top, store=place, merge=True, **options)[:2] == plain[:2]
    code, out, err = run_cli(served.top, store=place, **options)
    assert (code, out) == plain[:2]
    assert err == "seed-validator: 3 of 3 tasks were in the store\n"
    served.server.faults.clear()
    served.service.put("1/01.txt", b"\xff\n")
    with pytest.raises(UsageError, match=r"bucket/1/01\.txt` has changed since"):
        run_cli(served.top, store=place, merge=True, **options)


def test_a_store_is_made_once(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many threads of a new worker ask for it at the same time."""
    made: list[Address] = []
    module = gs if served.service.scheme == "gs" else az
    store = module.store

    def slow(address: Address) -> Any:
        made.append(address)
        time.sleep(0.05)
        return store(address)

    monkeypatch.setattr(module, "store", slow)
    served.service.put("a.txt", TEXT)
    address = address_of(f"{served.top}a.txt")
    found = side_by_side(lambda _: buckets.store_of(address), range(8))
    assert len(made) == len({*map(id, found)}) == 1


def test_a_store_that_cannot_be_had(served: Served, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT)
    served.put(a=TEXT)
    scheme = served.service.scheme
    with pytest.raises(UsageError, match="there is no such bucket; make one"):
        run_cli("a.txt", store=f"{scheme}://missing/store")
    with pytest.raises(UsageError, match=r"is below `.*bucket/`, which is checked"):
        run_cli(served.top, store=f"{served.top}store")
    with pytest.raises(UsageError, match="is no store of reports, and is not empty"):
        run_cli("a.txt", store=served.top)
    served.fault("denied", key="store/seed-validator-store.json")
    with pytest.raises(UsageError, match=r"cannot be read \(access is denied"):
        run_cli("a.txt", store=f"{served.top}store")


def test_google_credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever asks says so in a header; a token that is not to be had is a line of ours."""
    pytest.importorskip("google.auth", reason="google-auth is not installed: extra storage-gs")
    from google.auth import credentials, exceptions

    class Known(credentials.Credentials):  # type: ignore[misc]
        def refresh(self, request: object) -> None:
            if self.quota_project_id:
                raise exceptions.RefreshError("quite-secret")
            self.token = "quite-secret"

        quota_project_id = ""

    known = Known()
    assert gs.Tokens(known).headers("https://host/a") == {"authorization": "Bearer quite-secret"}
    assert gs.Tokens(None).headers("https://host/a") == {}
    Known.quota_project_id = "p"
    with pytest.raises(StorageError) as raised:
        gs.Tokens(Known()).headers("https://host/a")
    assert raised.value.strerror == "there are no credentials for it (RefreshError)"
    monkeypatch.setattr(buckets, "_stores", {})
    monkeypatch.delenv("STORAGE_EMULATOR_HOST", raising=False)
    (tmp_path / "key.json").write_text('{"type": "quite-secret"}')
    for name in ("key.json", "none.json"):
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / name))
        with pytest.raises(UsageError) as said:
            run_cli("gs://bucket/")
        assert str(said.value).startswith("`gs://` cannot be used: the credentials cannot be read")
        assert "secret" not in str(said.value)
        assert "\n" not in str(said.value)


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "_stores", {})
    monkeypatch.delenv("STORAGE_EMULATOR_HOST", raising=False)
    monkeypatch.setitem(sys.modules, "google.auth", None)
    with pytest.raises(UsageError) as raised:
        run_cli("gs://bucket/")
    assert str(raised.value) == (
        "`gs://` needs google-auth: pip install 'seed-validator[storage-gs]'"
    )


def test_directories_of_an_account_are_no_blobs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    service = Az()
    service.put("a", b"")
    service.put("a/b.txt", TEXT)
    service.directories = {"a"}
    monkeypatch.setattr(buckets, "_stores", {})
    with running(service) as server:
        monkeypatch.setenv("AZURE_STORAGE_CONNECTION_STRING", f"BlobEndpoint={server.url};{SAS}")
        run = check_paths(["az://bucket/"], profile="text").results()
        assert (run.summary.totals.files, run.diagnostics) == (1, ())
        assert {one.query.partition("sig=")[2] for one in server.asked} == {"quite%2Fsecret%3D"}
        assert not any("Authorization" in one.headers for one in server.asked)
        server.faults["/bucket/a/b.txt"] = service.refusal(403, "AuthorizationFailure"), 9
        code, out, err = run_cli("az://bucket/", profile="text", isolated=True)
    assert code == 1
    assert "access is denied (403, AuthorizationFailure)" in out
    assert "secret" not in out + err


SAS = "SharedAccessSignature=sv=2021-12-02&sig=quite%2Fsecret%3D"


@pytest.mark.parametrize(
    ("environ", "account"),
    [
        (
            {"CONNECTION_STRING": f"AccountName=a;AccountKey={KEY};EndpointSuffix=core.cn"},
            az_account.Account("a", "https://a.blob.core.cn", key=b"a key of our own"),
        ),
        (
            {"CONNECTION_STRING": f"BlobEndpoint=http://h/a/;AccountName=a;{SAS};"},
            az_account.Account("a", "http://h/a", signature=SAS.partition("=")[2]),
        ),
        (
            {"ACCOUNT": "b", "SAS_TOKEN": "?sig=s", "CONNECTION_STRING": ""},
            az_account.Account("b", "https://b.blob.core.windows.net", signature="sig=s"),
        ),
        (
            {"ACCOUNT_NAME": "b", "ACCESS_KEY": KEY},
            az_account.Account("b", "https://b.blob.core.windows.net", key=b"a key of our own"),
        ),
        (
            {"ACCOUNT": "b", "ANON": "true"},
            az_account.Account("b", "https://b.blob.core.windows.net"),
        ),
    ],
)
def test_accounts_of_azure(environ: dict[str, str], account: az_account.Account) -> None:
    named = {f"AZURE_STORAGE_{name}": value for name, value in environ.items()}
    assert az_account.account_of(named) == account


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({}, "`az://` needs an account: set AZURE_STORAGE_ACCOUNT or AZURE_STORAGE_CONNECTION_STR"),
        ({"ACCOUNT": "a", "KEY": "quite-secret"}, "the key of the account is no Base64"),
        ({"ACCOUNT": "a"}, "needs AZURE_STORAGE_KEY, AZURE_STORAGE_SAS_TOKEN, or azure-identity"),
        ({"CONNECTION_STRING": "quite-secret"}, "`az://` needs an account"),
    ],
)
def test_an_account_that_is_not_told(
    environ: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "azure.identity", None)
    monkeypatch.setattr(buckets, "_stores", {})
    for name in [name for name in os.environ if name.startswith("AZURE_")]:
        monkeypatch.delenv(name)
    for name, value in environ.items():
        monkeypatch.setenv(f"AZURE_STORAGE_{name}", value)
    with pytest.raises(UsageError) as raised:
        run_cli("az://bucket/")
    assert words in str(raised.value)
    assert "secret" not in str(raised.value)


def test_a_request_is_signed_as_azurite_takes_it() -> None:
    """Azurite has taken this signature (`test_azurite`), and no other."""
    account = az_account.Account("acct", "http://h/acct", key=b"a key of our own")
    headers = {
        "x-ms-blob-type": "BlockBlob", "Content-Type": "application/octet-stream",
        "x-ms-version": "2021-12-02", "x-ms-date": "Mon, 30 Nov 2026 10:00:00 GMT",
        "Content-Length": "7",
    }  # fmt: skip
    target = "/acct/bucket?restype=container&comp=list&prefix=a%20b"
    assert (
        az_account.signed(account, "PUT", target, headers)
        == "SharedKey acct:M4F9A4VEUarWjT6DjJLxAkY4/HHH0EcMs+CoGgIYtiM="
    )


def test_tokens_of_azure(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are asked for once, and again in time; one that is not to be had is a line of ours."""
    pytest.importorskip("azure.identity", reason="azure-identity is not installed: storage-az")
    from azure import identity
    from azure.core.exceptions import ClientAuthenticationError

    asked: list[str] = []

    class Known:
        def get_token(self, scope: str) -> Any:
            asked.append(scope)
            if len(asked) > 2:
                raise ClientAuthenticationError("quite-secret")
            return type("Token", (), {"token": f"quite-secret-{len(asked)}"})

    now = 1000.0
    monkeypatch.setattr(az_account, "time", SimpleNamespace(monotonic=lambda: now))
    monkeypatch.setattr(identity, "DefaultAzureCredential", Known)
    environ = {"AZURE_STORAGE_ACCOUNT": "a"}
    tokens = az_account.account_of(environ).tokens
    assert tokens
    assert [tokens.token(), tokens.token()] == ["quite-secret-1"] * 2
    now += az_account.RENEWED
    assert tokens.token() == "quite-secret-2"
    now += az_account.RENEWED
    with pytest.raises(StorageError) as raised:
        tokens.token()
    words = "there are no credentials for it (ClientAuthenticationError)"
    assert raised.value.strerror == words
    assert az_account.account_of(environ).tokens is None
    with pytest.raises(UsageError, match="`az://` cannot be used: there are no credentials"):
        az_account.account_of({**environ, "AZURE_CLIENT_ID": "me"})


AZURITE = shutil.which("azurite-blob")


@pytest.mark.skipif(not AZURITE, reason="azurite-blob is not installed: npm install -g azurite")
def test_azurite(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What Azure's own emulator says, where our server could only repeat what we think."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setattr(buckets, "_stores", {})
    url = f"http://127.0.0.1:{port}/acct"
    words = f"AccountName=acct;AccountKey={KEY};BlobEndpoint={url}"
    monkeypatch.setenv("AZURE_STORAGE_CONNECTION_STRING", words)
    command = [AZURITE or "", "--inMemoryPersistence", "--silent", "--disableTelemetry"]
    process = subprocess.Popen(
        [*command, "--blobHost", "127.0.0.1", "--blobPort", str(port)],
        cwd=tmp_path, env={**os.environ, "AZURITE_ACCOUNTS": f"acct:{KEY}"},
    )  # fmt: skip
    try:
        _ask_azurite(url)
    finally:
        process.terminate()
        process.wait(60)


def _ask_azurite(url: str) -> None:
    store = az.Az("bucket", az_account.account_of(os.environ))
    for _ in range(60):
        try:
            store._ask("/bucket?restype=container", {}, 0, b"")
            break
        except StorageError:
            continue
    # a control character ends its listing, and `\\` it takes for `/`, as Azure does
    keys = [key for key in KEYS if key.isprintable() and "\\" not in key]
    for number, key in enumerate(keys):
        store.write(key, b"%d \xff\n" % number)
    run = check_paths(["az://bucket/"], select=["ENC001"], profile="text").results()
    found = [one.path.removeprefix("az://bucket/") for one in run.diagnostics]
    assert found == sorted(keys, key=str.encode)
    for key, version in store.entries("b"):
        assert store.read(key, 1, 3, version) == Piece(b" \xff", version)
        store.write(key, b"anew")
        with pytest.raises(StorageError, match="changed"):
            store.read(key, 0, 3, version)
    store._ask("/reports?restype=container", {}, 0, b"")
    options: dict[str, Any] = {"isolated": True, "store": "az://reports/the store/é"}
    plain = run_cli("az://bucket/", **options)
    assert run_cli("az://bucket/", **options, merge=True)[:2] == plain[:2]
