"""Documents of the web: read as files are, whatever their servers do; what is secret stays so."""

from __future__ import annotations

import gzip
import json
import os
import ssl
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from validator import check_paths
from validator.errors import UsageError
from validator.file.opening import ObjectVersion
from validator.file.reading import Pages
from validator.file.storage import buckets, http_client, web, web_addresses
from validator.file.storage.storage_errors import StorageError

from .loopback import Loopback, Reply, Request, part_of, running
from .support import of_many_kinds, run_cli

TEXT = b"Title\n\nSome text.\n"
BAD = b"Title\n\xff\n"
LARGE = b"Some line of text.\n" * 60_000
DAY = "Mon, 02 Nov 2026 10:00:00 GMT"


class Documents:
    """What a server has: documents by path, each with the headers that it is sent with."""

    def __init__(self) -> None:
        self.data: dict[str, bytes] = {}
        self.headers: dict[str, dict[str, str]] = {}
        self.ranges = True

    def put(self, path: str, data: bytes, **headers: str) -> None:
        """Have a document; a name of a header is written with `_`."""
        self.data[path] = data
        self.headers[path] = {name.replace("_", "-"): value for name, value in headers.items()}

    def __call__(self, request: Request) -> Reply:
        """See `Answers`."""
        data = self.data.get(request.path)
        if data is None:
            return Reply(404, {"Content-Type": "text/html"}, b"<p>token=quite-secret</p>")
        own = self.headers[request.path]
        wanted = request.headers.get("If-Match")
        if wanted and wanted != own.get("ETag"):
            return Reply(412)
        since = request.headers.get("If-Unmodified-Since")
        if since and since != own.get("Last-Modified"):
            return Reply(412)
        if not self.ranges:
            return Reply(200, own, data)
        status, said, part = part_of(data, request.headers)
        return Reply(status, {**own, **said}, part)


@pytest.fixture
def documents() -> Documents:
    return Documents()


@contextmanager
def serving(documents: Documents, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    """A server of these documents, with nothing in the environment that speaks of others."""
    monkeypatch.setattr(buckets, "_stores", {})
    monkeypatch.setattr(web, "_clients", {})
    monkeypatch.setattr(web_addresses, "_hidden", {})
    monkeypatch.setattr(http_client, "PAUSE", 0.01)
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("NETRC", os.devnull)
    with running(documents) as one:
        yield one


@pytest.fixture
def server(
    documents: Documents, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Loopback]:
    monkeypatch.chdir(tmp_path)
    with serving(documents, monkeypatch) as one:
        yield one


def told(*paths: str, **options: Any) -> list[str]:
    """The lines of the concise format, without the summary."""
    code, out, err = run_cli(*paths, output_format="concise", isolated=True, **options)
    assert code in (0, 1), err
    return [line for line in out.splitlines() if line.startswith(("http", "/"))]


def test_what_is_said_is_what_is_said_of_files(
    server: Loopback, documents: Documents, tmp_path: Path
) -> None:
    files = of_many_kinds()
    for name, data in files.items():
        documents.put(f"/{name}", data, ETag=f'"{len(data)}"')
        path = tmp_path / "local" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    here = [line.removeprefix(f"{tmp_path}/local/") for line in told(str(tmp_path / "local"))]
    urls = [f"{server.url}/{name}" for name in files]
    (tmp_path / "list").write_text("\n".join(urls))
    for ranges, jobs in ((True, 1), (True, 2), (False, 1)):
        documents.ranges = ranges
        there = told(*urls, jobs=jobs)
        assert [line.removeprefix(f"{server.url}/") for line in there] == here
        assert told(files_from="list") == there
    assert len(here) > 5


def test_the_target_is_what_the_user_wrote(server: Loopback, documents: Documents) -> None:
    targets = ["/a//b.txt", "/a/../c.txt", "/d%20e%2Ff.txt", "/g+h;i=j@k!.txt"]
    for target in targets:
        documents.put(target, BAD)
    documents.put("/%C3%A9%20.txt", BAD)
    lines = told(*(server.url + target for target in [*targets, "/é .txt"]))
    assert [line.split(": ENC001")[0] for line in lines if "ENC001" in line] == [
        f"{server.url}{target}:2:1" for target in sorted([*targets, "/é .txt"])
    ]
    assert {one.target for one in server.asked} == {*targets, "/%C3%A9%20.txt"}


FORMATS = ["concise", "full", "grouped", "json", "json-lines", "sarif", "junit", "github", "gitlab"]


@pytest.mark.parametrize("fault", [None, "denied"])
def test_what_is_secret_is_not_shown(
    server: Loopback, documents: Documents, tmp_path: Path, fault: str | None
) -> None:
    documents.put("/a.txt", BAD)
    (tmp_path / "b.txt").write_bytes(TEXT)
    host = server.url.removeprefix("http://")
    url = f"http://user:quite-secret@{host}/a.txt?token=quite-secret&x=1#quite-secret"
    outputs = tuple(f"{name}:{name}.out" for name in FORMATS)
    for jobs in (1, 2):
        if fault:  # after it was found
            server.faults["/a.txt"] = Reply(200, {}, BAD), 1
            documents.data.pop("/a.txt", None)
        code, out, err = run_cli(
            url, "b.txt", isolated=True, output=outputs, store=f"store{jobs}", jobs=jobs
        )
        assert code == 1
        asked = [one for one in server.asked if one.query == "token=quite-secret&x=1"]
        assert asked == server.asked
        assert {one.headers["Authorization"] for one in asked} == {"Basic dXNlcjpxdWl0ZS1zZWNyZXQ="}
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        kept = b"".join(path.read_bytes() for path in files)
        assert b"quite-secret" not in out.encode() + err.encode() + kept
        assert f"{server.url}/a.txt".encode() in kept
        uri = json.loads((tmp_path / "sarif.out").read_text())["runs"][0]["results"][0]
        place = uri["locations"][0]["physicalLocation"]["artifactLocation"]
        assert place == {"uri": f"{server.url}/a.txt"}


def test_a_secret_that_changes_is_the_same_document(server: Loopback, documents: Documents) -> None:
    documents.put("/a.txt", TEXT, ETag='"1"')
    options: dict[str, Any] = {"isolated": True, "store": "store", "no_progress": True}
    run_cli(f"{server.url}/a.txt?sig=1", **options)
    _, _, err = run_cli(f"{server.url}/a.txt?sig=2", **options)
    assert err == "seed-validator: 1 of 1 task were in the store\n"


def test_reports_of_what_has_no_version(
    server: Loopback, documents: Documents, tmp_path: Path
) -> None:
    """What a server does not tell apart is read again, whatever its size."""
    for large in (b"", LARGE):
        documents.put("/a.txt", TEXT + large)
        options: dict[str, Any] = {"isolated": True, "store": f"s{len(large)}", "profile": "text"}
        url = f"{server.url}/a.txt"
        assert run_cli(url, **options)[0] == 0
        assert "1 of 1 task" in run_cli(url, **options)[2]
        assert run_cli(url, merge=True, **options)[0] == 0
        documents.put("/a.txt", BAD[:7] + (TEXT + large)[7:])
        with pytest.raises(UsageError, match=r"a\.txt` has changed since"):
            run_cli(url, merge=True, **options)
        assert run_cli(url, **options)[0] == 1


def test_a_list_of_many_servers_keeps_few_connections(
    server: Loopback, documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_client, "KEPT", 3)
    documents.put("/a.txt", TEXT)
    with ExitStack() as servers:
        urls = [servers.enter_context(running(documents)).url for _ in range(6)]
        assert told(*(f"{url}/a.txt" for url in urls), profile="text") == []
        assert len(web._client()._idle) == 3


def test_two_queries_of_one_name_cannot_be_told_apart(server: Loopback) -> None:
    for urls in (["a?id=1", "a?id=2"], ["a", "a?id=1"], ["a?id=1", "a"]):
        with pytest.raises(UsageError) as raised:
            run_cli(*(f"{server.url}/{url}" for url in urls))
        assert str(raised.value).startswith(f"`{server.url}/a` is named twice, with other queries")
        assert "id=" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("{}/", "what is below `{}/` cannot be listed over HTTP: name each document, or a list"),
        ("{}", "what is below `{}` cannot be listed over HTTP"),
        ("{}/dir/?token=quite-secret", "what is below `{}/dir/` cannot be listed over HTTP"),
        ("{}/none.txt?token=quite-secret", "`{}/none.txt` is not there"),
        ("{}/a.txt/none", "`{}/a.txt/none` is not there"),
        ("http:///a?token=quite-secret", "`http:///a` names no host: write `http://HOST/…`"),
        ("http://a b/c", "`http://a b/c` names no host"),
        ("http://u:quite-secret@/c", "`http://…` names no host"),
        ("http://u:quite-secret/more@host/c", "`http://…` names no host"),
        ("http://u:quite-secret?more@host/c", "`http://…` names no host"),
        ("http://host:port/c", "`http://host:port/c` names no host"),
        (f"http://{'a' * 70}/c", "names no host"),
        (
            "http://127.0.0.1:9/c?quite-secret",
            "`http://127.0.0.1:9/c` cannot be listed: the storag",
        ),
    ],
)
def test_what_cannot_be_found_ends_the_run(
    server: Loopback, documents: Documents, url: str, words: str
) -> None:
    documents.put("/a.txt", TEXT)
    with pytest.raises(UsageError) as raised:
        run_cli(url.format(server.url))
    assert words.format(server.url) in str(raised.value)
    assert "\n" not in str(raised.value)
    assert "quite-secret" not in str(raised.value)


def test_nothing_is_written(server: Loopback, tmp_path: Path) -> None:
    from validator.cli.fixes import FixWishes

    (tmp_path / "a.txt").write_bytes(TEXT)
    with pytest.raises(UsageError, match="no store can be at `http://…`, where documents are only"):
        run_cli(".", store=f"{server.url}/store?token=1")
    with pytest.raises(UsageError) as raised:
        run_cli(f"{server.url}/a.txt?token=1", fixes=FixWishes(fix=True))
    assert str(raised.value) == (
        f"`{server.url}/a.txt` is in storage, which is not written to: leave out --fix"
    )
    assert server.asked == []


FAULTS = [
    (Reply(403), 99, "access is denied (403)"),
    (Reply(401), 99, "access is denied (401)"),
    (Reply(404), 99, "it is not there any more"),
    (Reply(410), 99, "it is not there any more"),
    (Reply(412), 99, "it has changed since it was listed"),
    (Reply(200, {"ETag": '"2"'}, TEXT), 99, "it has changed since it was listed"),
    (Reply(200, {"ETag": '"1"'}, TEXT + b" "), 99, "it has changed since it was listed"),
    (Reply(503), 99, "the storage has too much to do, each time that it was asked (503)"),
    (Reply(429), 99, "the storage has too much to do, each time that it was asked (429)"),
    ("cut", 99, "the connection broke off, each time that it was tried"),
    (Reply(200, {}, TEXT, has_length=False), 99, "the server does not say where its answer ends"),
    (
        Reply(200, {"Content-Encoding": "gzip"}, gzip.compress(TEXT)),
        99,
        "the server sends it compressed, though it was asked for the bytes as they are",
    ),
    (Reply(302, {"Location": "file:///etc/passwd"}), 99, "leads on to what is no address of the"),
    (Reply(302), 99, "the server leads on to what is no address of the web"),
    (Reply(302, {"Location": "/b.txt"}), 99, "leads on to other addresses, more than 5 times"),
    (Reply(206, {"Content-Range": "bytes 7-24/18"}, TEXT), 99, "answers otherwise than it should"),
    (Reply(206, {}, TEXT), 99, "answers otherwise than it should (206)"),
    (Reply(206, {"Content-Range": "bytes 0-17/*"}, TEXT), 99, "otherwise than it should (206)"),
    (Reply(206, {"Content-Range": "bytes 0-6/18"}, TEXT[:7]), 99, "otherwise than it should"),
    (Reply(300), 99, "the storage answers otherwise than it should (300)"),
]


@pytest.mark.parametrize(("fault", "times", "words"), FAULTS)
def test_a_fault_is_one_finding(
    server: Loopback, documents: Documents, fault: Reply | str, times: int, words: str
) -> None:
    urls = []
    for name in "abc":
        documents.put(f"/{name}.txt", TEXT, ETag='"1"')
        urls.append(f"{server.url}/{name}.txt?quite-secret")

    def after_it_was_found(request: Request) -> Reply:
        if request.path == "/b.txt" and request.headers.get("Range") != "bytes=0-0":
            server.faults["/b.txt"] = fault, times
            server.answers = documents
            return server.reply(request)
        return documents(request)

    server.answers = after_it_was_found
    code, out, err = run_cli(*urls, output_format="concise", isolated=True, profile="text")
    assert code == 1, err
    lines = out.splitlines()
    assert lines[0].startswith(f"{server.url}/b.txt:1:1: FIL001 the file cannot be read: ")
    assert words in lines[0]
    assert "Checked 3 files" in lines[-1]
    assert "quite-secret" not in out + err


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Reply(403), "denied"),
        (Reply(404), "not there"),
        (Reply(412), "changed"),
        (Reply(416, {"Content-Range": "bytes */7"}), "changed"),
        ("cut", "broke off"),
    ],
)
def test_a_fault_in_the_midst_of_a_large_document(
    server: Loopback, documents: Documents, fault: Reply | str, words: str
) -> None:
    documents.put("/a.txt", LARGE, ETag='"1"')
    path = f"{server.url}/a.txt".encode()
    windows = iter(Pages(path, version=ObjectVersion(len(LARGE), '"1"')))
    assert len(next(windows).data) > 0
    server.faults["/a.txt"] = fault, 99
    with pytest.raises(StorageError, match=words):
        deque(windows, maxlen=0)


@pytest.mark.parametrize(
    ("headers", "then"),
    [
        ({"ETag": '"1"'}, {"ETag": '"2"'}),
        ({"ETag": 'W/"1"', "Last-Modified": DAY}, {"ETag": 'W/"2"', "Last-Modified": DAY}),
        ({"ETag": 'W/"1"', "Last-Modified": DAY}, {"ETag": 'W/"1"', "Last-Modified": DAY[::-1]}),
        ({"ETag": 'W/"1"'}, {"ETag": 'W/"2"'}),
        ({"Last-Modified": DAY}, {"Last-Modified": DAY.replace("02", "03")}),
        ({}, {}),
    ],
)
@pytest.mark.parametrize("heeds", [True, False])
def test_two_versions_are_never_mixed(
    server: Loopback,
    documents: Documents,
    headers: dict[str, str],
    then: dict[str, str],
    heeds: bool,
) -> None:
    """By what tells them apart, else by the size; whether the server heeds what is asked or not."""
    documents.put("/a.txt", LARGE, **headers)
    path = f"{server.url}/a.txt".encode()
    windows = iter(Pages(path))
    next(windows)
    documents.put("/a.txt", LARGE[19 * (not headers) :], **then)
    if not heeds:
        server.answers = lambda request: documents(request._replace(headers={
            name: value for name, value in request.headers.items() if not name.startswith("If-")
        }))  # fmt: skip
    with pytest.raises(StorageError, match="changed"):
        deque(windows, maxlen=0)


def test_a_weak_etag_is_never_asked_for(server: Loopback, documents: Documents) -> None:
    documents.put("/a.txt", LARGE, ETag='W/"1"', Last_Modified=DAY)
    assert told(f"{server.url}/a.txt", profile="text") == []
    last = server.asked[-1].headers
    assert "If-Match" not in last
    assert last["If-Unmodified-Since"] == DAY


def test_a_server_without_ranges_gives_a_document_once(
    server: Loopback, documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents.ranges = False
    documents.put("/a.txt", LARGE + b"\xff\n")
    path = f"{server.url}/a.txt".encode()
    pages = Pages(path, version=ObjectVersion(len(LARGE) + 2))
    for _ in range(2):
        assert b"".join(bytes(window.data) for window in pages) == LARGE + b"\xff\n"
    assert len(server.asked) == 1
    documents.put("/a.txt", BAD)
    assert b"".join(bytes(window.data) for window in Pages(path)) == BAD
    documents.put("/a.txt", LARGE + BAD)
    monkeypatch.setattr(web, "MOST", len(LARGE))
    (line,) = told(path.decode(), profile="text")
    assert "the server gives it as a whole only, and it has more than 64 MiB" in line


def test_a_server_that_does_not_say_how_much_it_sends(
    server: Loopback, documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents.ranges = False
    for name, data in {"a": TEXT, "b": LARGE + BAD, "c": b""}.items():
        documents.put(f"/{name}.txt", data, Transfer_Encoding="chunked")
    urls = [f"{server.url}/{name}.txt" for name in "abc"]
    lines = told(*urls, profile="text", select=["ENC", "FIL"])
    assert [line.removeprefix(server.url)[:20] for line in lines] == [
        "/b.txt:60002:1: ENC0", "/c.txt:1:1: FIL102 t",
    ]  # fmt: skip
    server.faults["/a.txt"] = "cut", 99
    with pytest.raises(UsageError, match="the connection broke off"):
        run_cli(urls[0])
    monkeypatch.setattr(web, "MOST", len(LARGE))
    with pytest.raises(UsageError, match="more than 64 MiB; download it, and check the file"):
        run_cli(urls[1])


def test_a_version_whose_size_is_not_told_may_be_the_one_that_is_wanted() -> None:
    known = ObjectVersion(5, '"a"')
    assert web._same(ObjectVersion(-1, '"a"'), known)
    assert web._same(known, ObjectVersion(-1, '"a"'))
    assert not web._same(ObjectVersion(6, '"a"'), known)
    assert not web._same(ObjectVersion(5, '"b"'), known)


def test_no_answer_stays_open_that_is_not_read_to_its_end(
    server: Loopback, documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the server closes the connection, the socket is the answer's alone."""
    answers: list[HTTPResponse] = []
    read = http_client._read

    def kept(response: HTTPResponse, room: http_client.Room) -> http_client.Answer:
        answers.append(response)
        return read(response, room)

    monkeypatch.setattr(http_client, "_read", kept)
    monkeypatch.setattr(web, "MOST", len(LARGE))
    documents.ranges = False
    documents.put("/a.txt", LARGE + BAD, Transfer_Encoding="chunked", Connection="close")
    with pytest.raises(UsageError, match="64 MiB"):
        run_cli(f"{server.url}/a.txt")
    assert answers
    assert all(one.isclosed() for one in answers)


def test_what_passes_is_tried_again(server: Loopback, documents: Documents) -> None:
    urls = []
    faults: list[Reply | str] = ["slow", "cut", Reply(503), Reply(429, {"Retry-After": "0"})]
    for number, fault in enumerate(faults):
        documents.put(f"/{number}.txt", TEXT)
        server.faults[f"/{number}.txt"] = fault, 1
        urls.append(f"{server.url}/{number}.txt")
    assert told(*urls, profile="text") == []


def test_it_is_asked_again_when_it_says(
    server: Loopback, documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("validator.file.storage.http_client.time.sleep", waited.append)
    documents.put("/a.txt", TEXT)
    now = datetime(2026, 11, 2, tzinfo=UTC)
    said = [
        {"Retry-After": "7"},
        {"Retry-After": "7000"},
        {"Retry-After": format_datetime(now + timedelta(seconds=9)), "Date": format_datetime(now)},
        {"Retry-After": "soon"},
    ]
    replies = iter(said)

    def answers(request: Request) -> Reply:
        headers = next(replies, None)
        return documents(request) if headers is None else Reply(503, headers)

    server.answers = answers
    assert told(f"{server.url}/a.txt", profile="text") == []
    assert waited[:3] == [7, 60, 9]
    assert waited[3] < 1


def test_a_server_that_says_nothing(
    server: Loopback, documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_client, "WAIT", 0.1)
    documents.put("/a.txt", TEXT)
    server.faults["/a.txt"] = "slow", 99
    with pytest.raises(UsageError, match="the storage cannot be reached, or does not answer"):
        run_cli(f"{server.url}/a.txt")
    assert len(server.asked) == 2


def test_connections_are_used_again(server: Loopback, documents: Documents) -> None:
    for number in range(40):
        documents.put(f"/{number}.txt", TEXT)
    urls = [f"{server.url}/{number}.txt" for number in range(40)]
    assert told(*urls, profile="text") == []
    assert len(server.asked) == 80
    assert server.connections <= 16


def test_a_connection_that_was_closed_meanwhile_is_no_fault(
    server: Loopback, documents: Documents
) -> None:
    documents.put("/a.txt", TEXT)
    store = buckets.store_of(web_addresses_of(server))
    for _ in range(3):
        for _, one in store._client._idle:  # type: ignore[attr-defined]
            one.sock.shutdown(2)
        assert store.read("a.txt", 0, 100, ObjectVersion(-1)).data == TEXT


def web_addresses_of(server: Loopback) -> Any:
    from validator.file.storage.addresses import address_of

    return address_of(f"{server.url}/a.txt")


def test_redirects_are_followed(server: Loopback, documents: Documents) -> None:
    with running(documents) as other:
        documents.put("/a.txt", LARGE + BAD, ETag='"1"')
        moved = Reply(302, {"Location": f"{other.url}/a.txt?signed=quite-secret"})
        server.answers = lambda request: moved
        host = server.url.removeprefix("http://")
        lines = told(f"http://me:quite-secret@{host}/b.txt", profile="text", select=["ENC"])
        assert lines[0].startswith(f"{server.url}/b.txt:60002:1: ENC001")
        assert "quite-secret" not in "".join(lines)
        assert all("Authorization" in one.headers for one in server.asked)
        assert not any("Authorization" in one.headers for one in other.asked)
        assert {one.query for one in other.asked} == {"signed=quite-secret"}


def test_a_proxy_is_asked(
    server: Loopback, documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = server.url.removeprefix("http://")
    monkeypatch.setenv("http_proxy", f"http://me:word@{host}")
    documents.put("http://host.invalid/a.txt", BAD)
    lines = told("http://host.invalid/a.txt", profile="text", select=["ENC"])
    assert lines[0].startswith("http://host.invalid/a.txt:2:1: ENC001")
    assert server.asked[0].headers["Proxy-Authorization"] == "Basic bWU6d29yZA=="
    assert server.asked[0].headers["Host"] == "host.invalid"


def certificate(folder: Path) -> ssl.SSLContext:
    """A server's side of TLS, with a certificate for 127.0.0.1 in `cert.pem`."""
    pytest.importorskip("cryptography", reason="cryptography is not installed")
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "cert.pem").write_bytes(made.public_bytes(pem))
    (folder / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


def test_over_tls(
    server: Loopback, documents: Documents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents.put("/a.txt", BAD)
    context = certificate(tmp_path)
    with running(documents, context) as secure:
        url = f"{secure.url}/a.txt"
        with pytest.raises(
            UsageError, match="not to be trusted; name a file with the certificates"
        ):
            run_cli(url)
        monkeypatch.setattr(buckets, "_stores", {})
        monkeypatch.setattr(web, "_clients", {})
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
        (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password word\n")
        (tmp_path / ".netrc").chmod(0o600)
        monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
        lines = told(url, profile="text", select=["ENC"])
        assert lines[0].startswith(f"{url}:2:1: ENC001")
        assert {one.headers["Authorization"] for one in secure.asked} == {"Basic bWU6d29yZA=="}
        secure.faults["/a.txt"] = Reply(301, {"Location": f"{server.url}/a.txt"}), 99
        with pytest.raises(UsageError, match="leads on from https to http, where anyone"):
            run_cli(url)
        assert server.asked == []
        (tmp_path / ".netrc").write_text("machine\n")
        with pytest.raises(UsageError, match=r"`\.netrc` cannot be read; mend that file"):
            run_cli(url)


def test_the_library_reads_them(server: Loopback, documents: Documents) -> None:
    documents.put("/a.txt", BAD)
    run = check_paths([f"{server.url}/a.txt?t=1"], select=["ENC001"], profile="text").results()
    assert [one.path for one in run.diagnostics] == [f"{server.url}/a.txt"]


def test_where_who_asks_is_known_by_netrc_it_is_not_said_in_the_clear(
    server: Loopback, documents: Documents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password word\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    documents.put("/a.txt", TEXT)
    assert told(f"{server.url}/a.txt", profile="text") == []
    assert not any("Authorization" in one.headers for one in server.asked)


def test_facts_of_the_corpus(server: Loopback, documents: Documents) -> None:
    """What is read again after all documents, by its name alone, is asked for in full, too."""
    for name in "ab":
        documents.put(f"/{name}.txt", b'---\nid: "1"\n---\n' + name.encode() + LARGE, ETag='"1"')
    urls: Sequence[str] = [f"{server.url}/{name}.txt?token={name}" for name in "ab"]
    options = {"set": ['corpus.unique=["id"]']}
    (line,) = told(*urls, profile="front-matter", select=["COR"], **options)
    assert line.startswith(f"{server.url}/b.txt:2:5: COR001")
    assert f"{server.url}/a.txt" in line
    assert {one.target for one in server.asked} == {"/a.txt?token=a", "/b.txt?token=b"}
