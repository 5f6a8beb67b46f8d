"""A real S3 server on this machine, moto's, with faults that a test asks for.

`python -m tests.storage_server` prints its address, and ends with its standard input. A fault is
for one object, so often: it waits, its connection is cut, it is refused, it changes.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from .support import ROOT

FAULTS: Final = "/-/faults"
WAIT: Final = 1.5  # seconds that a slow object takes to come

_ERROR: Final = "<?xml version='1.0'?><Error><Code>{}</Code><Message>secret words</Message></Error>"
_STATUS: Final = {
    "denied": ("403 Forbidden", "AccessDenied"),
    "gone": ("404 Not Found", "NoSuchKey"),
    "busy": ("503 Slow Down", "SlowDown"),
}

Start = Callable[..., Any]


class Faulty:
    """A server with faults: by path, of which kind and how often they come."""

    def __init__(self, inner: Callable[[dict[str, Any], Start], Iterable[bytes]]) -> None:
        self._inner, self._faults = inner, dict[str, list[Any]]()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answer a request, as the fault that is left for it says."""
        path = environ["PATH_INFO"]
        if path == FAULTS:
            size = int(environ["CONTENT_LENGTH"])
            self._faults = json.loads(environ["wsgi.input"].read(size))
            start("200 OK", [("Content-Length", "0")])
            return []
        fault = self._faults.get(path)
        if not fault or fault[1] < 1 or environ["REQUEST_METHOD"] != "GET":
            return self._inner(environ, start)
        fault[1] -= 1
        if fault[0] == "slow":
            time.sleep(WAIT)
        elif fault[0] == "changed":
            self._replace(environ)
        elif fault[0] == "cut":
            return _half(self._inner(environ, start))
        elif fault[0] in _STATUS:
            status, code = _STATUS[fault[0]]
            start(status, [("Content-Type", "application/xml")])
            return [_ERROR.format(code).encode()]
        return self._inner(environ, start)

    def _replace(self, environ: dict[str, Any]) -> None:
        """Write the object anew before it is read."""
        import io

        body = b"Quite another text.\n"
        asked = {
            **environ,
            "REQUEST_METHOD": "PUT",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
        }
        for name in ("HTTP_RANGE", "HTTP_IF_MATCH"):
            asked.pop(name, None)
        tuple(self._inner(asked, lambda *args: None))


def _half(answer: Iterable[bytes]) -> Iterator[bytes]:
    """The first half of an answer; then its connection breaks off."""
    data = b"".join(answer)
    yield data[: len(data) // 2]
    raise ConnectionError("as it was asked for")


class Server:
    """A server that runs; `url` is its address."""

    def __init__(self, url: str) -> None:
        self.url = url

    def fault(self, **faults: tuple[str, int]) -> None:
        """Have these faults and no others: by the key in the bucket `bucket`, `__` for `/`."""
        named = {f"/bucket/{key.replace('__', '/')}": fault for key, fault in faults.items()}
        self.faults(named)

    def faults(self, by_path: dict[str, tuple[str, int]]) -> None:
        """Have these faults and no others, by path."""
        data = json.dumps(by_path).encode()
        asked = urllib.request.Request(self.url + FAULTS, data, method="POST")
        urllib.request.urlopen(asked, timeout=60).close()


@contextmanager
def running() -> Iterator[Server]:
    """A server with nothing in it."""
    with served("-W", "ignore", "-m", "tests.storage_server") as url:
        yield Server(url)


@contextmanager
def served(*words: str) -> Iterator[str]:
    """The URL of a server in another process of Python, which writes it down and then serves."""
    with subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        url = process.stdout.readline().strip()
        try:
            yield url
        finally:
            process.stdin.close()
            process.wait(60)


def leading_to(url: str) -> dict[str, str]:
    """The environment by which S3 is that server."""
    return {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_CONFIG_FILE": os.devnull,
    }


def _serve() -> None:
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    logging.disable(logging.CRITICAL)
    app = Faulty(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    _serve()
