"""What says who asks storage is in no output, whatever goes wrong, and in no message."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from validator.cli import ending
from validator.errors import UsageError, without_secrets
from validator.file.storage import buckets
from validator.render import formats

from . import test_buckets, test_web
from .az_server import Containers
from .loopback import Reply, Request
from .support import run_cli
from .test_archives import tar_of
from .test_cli import call

SECRET = "quite-secret"
BAD = b"Title\n\xff\n"


def refused(*paths: str, **options: Any) -> str:
    with pytest.raises(UsageError) as raised:
        run_cli(*paths, **options)
    message = str(raised.value)
    assert SECRET not in message
    assert SECRET not in str(pickle.loads(pickle.dumps(raised.value)))
    return message


@pytest.mark.parametrize(
    "url",
    [
        "s3://KEY:{}@bucket/a.txt",
        "s3://bucket/a.txt?X-Amz-Algorithm=a&X-Amz-Signature={}",
        "s3://bucket/a.txt?AWSAccessKeyId=a&Signature={}",
        "gs://bucket/a.txt?X-Goog-Credential={}",
        "az://container/a.txt?sv=2021&sig={}",
        "az://me:{}@container/",
    ],
)
def test_credentials_do_not_stand_in_urls_of_storage(url: str, tmp_path: Path) -> None:
    """They would be taken for a part of a name, and shown with each finding."""
    url = url.format(SECRET)
    (tmp_path / "list").write_text(url)
    (tmp_path / "a.txt").write_bytes(BAD)
    assert "says who asks, which is taken from the environment alone" in refused(url)
    assert "says who asks" in refused(files_from=str(tmp_path / "list"))
    assert "says who asks" in refused(str(tmp_path), store=url)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://me:{}@host/a.txt",
        "HTTPS://me:{}@host/a.txt?sig=%",
        "https:/me:{}@host/a.txt",
        "file://me:{}@host/a.txt",
        "abfss://container@account/a.txt?se=1&sig={}",
        "DefaultEndpointsProtocol=https;AccountName=a;AccountKey={}==;EndpointSuffix=b",
    ],
)
def test_no_message_repeats_them(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_bytes(BAD)
    url = url.format(SECRET)
    options = ("store", "files-from", "config", "baseline", "profile", "engine", "jobs", "select")
    for words in ((url,), *((f"--{one}={url}", "a.txt") for one in options)):
        result = call("check", *words)
        assert result.exit_code, words
        assert SECRET not in result.output


def test_what_is_no_secret_stays() -> None:
    for text in (
        "s3://bucket/a@b.txt",
        "a = b",
        "https://host/a?x=1&y=2",
        "me@host",
        "?a&b",
        "file:///home/me@work/a.txt",
        "C:/Users/me@work/a.txt",
    ):
        assert without_secrets(f"`{text}` is not there") == f"`{text}` is not there"


@pytest.mark.parametrize("led", [Reply(403), Reply(404), Reply(302), Reply(200, {}, b"x")])
def test_addresses_that_a_server_leads_to(
    led: Reply, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They may be signed."""
    monkeypatch.chdir(tmp_path)
    documents = test_web.Documents()
    documents.put("/to.txt", BAD, ETag='"1"')
    documents.put("/to.tar", tar_of({"a.txt": BAD}), ETag='"2"')

    def answers(request: Request) -> Reply:
        if not request.path.startswith("/to"):
            target = f"/to{request.path[-4:]}?X-Amz-Signature={SECRET}"
            return Reply(302, {"Location": target})
        if request.headers["Range"] != "bytes=0-0":  # it was found
            return led
        return documents(request)

    with test_web.serving(documents, monkeypatch) as server:
        server.answers = answers
        _nothing_is_told(tmp_path, [f"{server.url}/a.txt", f"{server.url}/a.tar"])


@pytest.mark.parametrize("fault", [None, "denied", "changed", "gone", "cut"])
@pytest.mark.parametrize(
    "environ",
    [
        {"KEY": "cXVpdGUtc2VjcmV0"},
        {"SAS_TOKEN": f"?sv=1&sig={SECRET}"},
        {"CONNECTION_STRING": f"BlobEndpoint={{}};SharedAccessSignature=sv=1&sig={SECRET}"},
        {"CONNECTION_STRING": "BlobEndpoint={};AccountKey=cXVpdGUtc2VjcmV0"},
    ],
)
def test_accounts_of_azure(
    environ: Mapping[str, str], fault: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    service = Containers()
    service.put("a.txt", BAD)
    service.put("a.tar", tar_of({"a.txt": BAD}))
    with test_buckets.serving(service, monkeypatch) as served:
        for name in ("ACCOUNT", "SERVICE_ENDPOINT", "KEY"):
            if "CONNECTION_STRING" in environ:
                monkeypatch.delenv(f"AZURE_STORAGE_{name}")
        if "SAS_TOKEN" in environ:
            monkeypatch.delenv("AZURE_STORAGE_KEY")
        for name, value in environ.items():
            monkeypatch.setenv(f"AZURE_STORAGE_{name}", value.format(served.server.url))
        if fault:
            served.fault(fault, key="a.txt")
            served.fault(fault, key="a.tar")
        _nothing_is_told(tmp_path, [served.top])


def _nothing_is_told(folder: Path, urls: list[str]) -> None:
    """In no format, and in no report of a store."""
    outputs = tuple(f"{name}:{name}.out" for name in formats())
    code, out, err = run_cli(
        *urls, isolated=True, profile="text", output=outputs, store="store", archives=["*.tar"]
    )
    assert code == 1, err
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"a.txt" in kept
    for secret in (SECRET, "cXVpdGUtc2VjcmV0", "SharedKey"):
        assert secret.encode() not in out.encode() + err.encode() + kept


@pytest.mark.parametrize("account", [f"{SECRET}\nx", f"{SECRET}\u4e00"])
def test_a_header_that_cannot_be_sent(
    account: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Python says of it has the header."""
    monkeypatch.chdir(tmp_path)
    with test_buckets.serving(Containers(), monkeypatch):
        monkeypatch.setenv("AZURE_STORAGE_ACCOUNT", account)
        monkeypatch.setattr(buckets, "_stores", {})
        assert "a header of the request has a line end, or no ASCII, in it" in refused(
            "az://bucket/"
        )


@pytest.mark.parametrize("environ", [{}, {"SEED_VALIDATOR_TRACEBACK": "1"}])
def test_a_defect_of_ours(
    environ: Mapping[str, str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Its words may be those of a library about a URL."""
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(ending, "leave", sys.exit)
    with pytest.raises(SystemExit):
        ending.give_up(LookupError(f"https://me:{SECRET}@host/a.txt?sig={SECRET}"))
    said = capfd.readouterr().err
    assert "https://…@host/a.txt?sig=…" in said
    assert SECRET not in said
