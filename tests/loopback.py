"""A server on this machine that answers as a test says: with what it has, slowly, half, or not.

What stands for a service (`Answers`) is a function from a request to a reply. A fault is for one
path, so often; a test may say what it is by a reply of its own.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

WAIT = 1.0  # seconds that a slow answer takes to come


class Request(NamedTuple):
    """What was asked; `target` is the path with its query, to the letter."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """What follows `?`."""
        return self.target.partition("?")[2]


class Reply(NamedTuple):
    """What is answered. It is cut after so many bytes of its body, or waits before it comes."""

    status: int = 200
    headers: Mapping[str, str] = {}
    body: bytes = b""
    cut: int | None = None
    wait: float = 0
    has_length: bool = True


Answers = Callable[[Request], Reply]


class Loopback:
    """A server that runs. `asked` is what it was asked; `faults` are replies, and how often."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.asked: list[Request] = []
        self.faults: dict[str, tuple[Reply | str, int]] = {}
        self.url = ""
        self.connections = 0

    def reply(self, request: Request) -> Reply:
        """The reply, or the fault that is left for its path."""
        self.asked.append(request)
        fault, times = self.faults.get(request.path, ("", 0))
        if times < 1:
            return self.answers(request)
        self.faults[request.path] = fault, times - 1
        if isinstance(fault, Reply):
            return fault
        reply = self.answers(request)
        if fault == "slow":
            return reply._replace(wait=WAIT)
        assert fault == "cut"
        return reply._replace(cut=len(reply.body) // 2)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body are sent one after the other
    timeout = 20

    def _answer(self) -> None:
        assert isinstance(self.server, _Server)
        size = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(size)
        request = Request(self.command, self.path, dict(self.headers.items()), body)
        reply = self.server.loopback.reply(request)
        if reply.wait:
            time.sleep(reply.wait)
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        is_chunked = reply.headers.get("Transfer-Encoding") == "chunked"
        if reply.has_length and not is_chunked and "Content-Length" not in reply.headers:
            self.send_header("Content-Length", str(len(reply.body)))
        if not reply.has_length:
            self.close_connection = True
        self.end_headers()
        sent = reply.body if reply.cut is None else reply.body[: reply.cut]
        if is_chunked:
            sent = b"%x\r\n%s\r\n" % (len(sent), sent) if sent else b""
            sent += b"" if reply.cut is not None else b"0\r\n\r\n"
        try:
            self.wfile.write(sent)
        except OSError:  # nobody reads on
            self.close_connection = True
        if reply.cut is not None:
            self.close_connection = True

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = _answer  # noqa: N815 - as `http.server` has it

    def setup(self) -> None:
        """Count the connection."""
        assert isinstance(self.server, _Server)
        self.server.loopback.connections += 1
        super().setup()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as `http.server` has it
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    loopback: Loopback

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that closes its connection is no error."""


@contextmanager
def running(answers: Answers, context: ssl.SSLContext | None = None) -> Iterator[Loopback]:
    """A server that answers so; with a `context` over TLS."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.loopback = Loopback(answers)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.loopback.url = f"http{'s' * bool(context)}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.loopback
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def part_of(data: bytes, headers: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and bytes of what a request wants of `data`, by its range."""
    said = {name.lower(): value for name, value in headers.items()}
    wanted = said.get("range", said.get("x-ms-range", ""))
    if not wanted:
        return 200, {}, data
    first, _, last = wanted.removeprefix("bytes=").partition("-")
    start, stop = int(first), min(int(last) + 1, len(data)) if last else len(data)
    if start >= len(data):
        return 416, {"Content-Range": f"bytes */{len(data)}"}, b""
    return 206, {"Content-Range": f"bytes {start}-{stop - 1}/{len(data)}"}, data[start:stop]
