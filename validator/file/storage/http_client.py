"""Sends HTTP requests with the standard library: keeps connections open, and repeats failed ones.

Bodies are given as they come, not decoded. An answer that ends early counts as none. A server that
has too much to do is asked again, after the time that it says.
"""

from __future__ import annotations

import random
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection
from typing import Final, NamedTuple
from urllib.parse import quote
from urllib.request import getproxies, proxy_bypass

from .storage_errors import CUT, ENDLESS, SILENT, UNSENT, UNTRUSTED, StorageError, refused
from .store import TRIES
from .web_addresses import Url, basic, split

CONNECT, WAIT = 10.0, 60.0
"""Most seconds to connect, and between two pieces of an answer."""

PATIENCE: Final = 5
"""How often a server is asked at most, if it has too much to do."""

PAUSE = 0.5
"""Seconds before it is asked again, twice as many each time, unless it says how many."""

LONGEST_PAUSE: Final = 60.0

KEPT: Final = 64
"""Connections that stay open when nothing is asked over them."""

_BUSY: Final = frozenset({429, 500, 502, 503, 504})
_AGENT: Final = {"User-Agent": "seed-validator"}
_SAFE: Final = "%/:=&?~#+!$,;'@()*[]"
"""Characters of a target that are not encoded: all of RFC 3986, and `%`, which may be an escape."""

Room = Callable[[int, HTTPMessage], int]
"""How many bytes of an answer are wanted at most, by its status and its headers."""


class Asked(NamedTuple):
    """A request."""

    url: Url
    headers: Mapping[str, str]
    method: str = "GET"
    body: bytes | None = None


class Answer(NamedTuple):
    """What a server says; `data` are the first bytes of the body, as many as there is room for.

    `size` is that of the whole body; negative if the server does not say.
    """

    status: int
    headers: HTTPMessage
    data: bytes
    size: int


class _BrokenError(Exception):
    """There was no whole answer; `words` say why, `weight` is for how many tries that counts."""

    def __init__(self, words: str, weight: int = 1) -> None:
        super().__init__(words)
        self.words, self.weight = words, weight


class HttpClient:
    """Connections of one process to servers; its threads may share it."""

    def __init__(self) -> None:
        self._idle: list[tuple[tuple[str, str], HTTPConnection]] = []
        self._lock = threading.Lock()
        self._proxies = getproxies()
        self._trust: ssl.SSLContext | None = None

    def __del__(self) -> None:
        for _, connection in self._idle:
            connection.close()

    def ask(self, asked: Asked, room: Room) -> Answer:
        """The answer, of any status. Raises StorageError if there is none."""
        broken = busy = 0
        while True:
            try:
                answer = self._once(asked, room)
            except _BrokenError as error:
                broken += error.weight
                if broken >= TRIES:
                    raise StorageError(error.words) from None
                time.sleep(PAUSE * broken / TRIES)
                continue
            busy += 1
            if answer.status not in _BUSY or busy == PATIENCE:
                return answer
            time.sleep(_pause(busy, answer.headers))

    def _once(self, asked: Asked, room: Room) -> Answer:
        kept = self._kept(asked.url)
        if kept is not None:
            try:
                return self._over(kept, asked, room)
            except _BrokenError as error:
                if error.words != CUT:
                    raise
                # the server has closed it meanwhile, as it may
        return self._over(self._connected(asked.url), asked, room)

    def _over(self, connection: HTTPConnection, asked: Asked, room: Room) -> Answer:
        """Ask over a connection, which is kept for another request if all was read."""
        is_done = False
        try:
            target, headers = self._asked_for(asked)
            connection.request(asked.method, target, asked.body, headers)
            with connection.getresponse() as response:  # which may be all that has the socket
                answer = _read(response, room)
                is_done = response.isclosed() and connection.sock is not None
        except TimeoutError:
            raise _BrokenError(SILENT, TRIES // 2) from None  # it has taken long
        except StorageError:
            raise
        except (HTTPException, OSError):
            raise _BrokenError(CUT) from None
        except ValueError:  # its words may hold credentials of a header
            raise StorageError(UNSENT) from None
        finally:
            if not is_done:
                connection.close()
        if is_done:
            self._keep(asked.url, connection)
        return answer

    def _kept(self, url: Url) -> HTTPConnection | None:
        """An open connection to the server of a URL, the one that was used last."""
        with self._lock:
            for at in reversed(range(len(self._idle))):
                if self._idle[at][0] == url.origin:
                    return self._idle.pop(at)[1]
        return None

    def _keep(self, url: Url, connection: HTTPConnection) -> None:
        """Keep a connection open, and no more of them than a list of many servers may have."""
        with self._lock:
            self._idle.append((url.origin, connection))
            oldest = self._idle.pop(0)[1] if len(self._idle) > KEPT else None
        if oldest:
            oldest.close()

    def _connected(self, url: Url) -> HTTPConnection:
        """A new connection to the server of `url`. Raises _BrokenError, StorageError."""
        proxy = self._proxy(url)
        host = proxy.host if proxy else url.host
        try:
            connection = self._made(url.scheme, host)
            if proxy and url.scheme == "https":
                connection.set_tunnel(url.host, headers=basic("Proxy-Authorization", proxy.user))
            connection.connect()
            connection.sock.settimeout(WAIT)
        except ssl.SSLCertVerificationError:
            raise StorageError(UNTRUSTED) from None
        except (HTTPException, OSError, UnicodeError) as error:
            weight = TRIES // 2 if isinstance(error, TimeoutError) else 1
            raise _BrokenError(SILENT, weight) from None
        return connection

    def _made(self, scheme: str, host: str) -> HTTPConnection:
        if scheme != "https":
            return HTTPConnection(host, timeout=CONNECT)
        with self._lock:
            self._trust = self._trust or ssl.create_default_context()
        return HTTPSConnection(host, timeout=CONNECT, context=self._trust)

    def _proxy(self, url: Url) -> Url | None:
        """The proxy that the environment names for a URL."""
        named = self._proxies.get(url.scheme, "")
        if not named or proxy_bypass(url.host):
            return None
        return split(named if "://" in named else f"http://{named}")

    def _asked_for(self, asked: Asked) -> tuple[str, dict[str, str]]:
        """The target in the first line of a request, and its headers."""
        target = quote(asked.url.target.encode("utf-8", "surrogateescape"), safe=_SAFE)
        headers = {**asked.headers, **_AGENT}
        proxy = self._proxy(asked.url) if asked.url.scheme == "http" else None
        if proxy is None:
            return target, headers
        headers |= basic("Proxy-Authorization", proxy.user)
        return f"http://{asked.url.host}{target}", headers


def _read(response: HTTPResponse, room: Room) -> Answer:
    """An answer, with as many bytes as `room` allows. Raises HTTPException and OSError."""
    size = -1 if response.length is None else response.length
    if size < 0 and not response.chunked and response.status < 300:
        raise StorageError(ENDLESS)
    most = room(response.status, response.headers)
    data = response.read(most)
    if len(data) < min(size, most):  # in chunks that is an exception
        raise HTTPException
    return Answer(response.status, response.headers, data, size)


def part_of(answer: Answer, start: int, stop: int) -> tuple[bytes, int]:
    """The bytes from `start` to `stop` of a body of which an answer has them, and the size of all.

    Raises StorageError for an answer that has other ones, or does not say how many there are.
    """
    status, headers, data, size = answer
    if status == 206:
        said, _, whole = headers.get("Content-Range", "").rpartition("/")
        if not said.startswith(f"bytes {start}-") or not whole.isdecimal():
            raise refused(status)
        size = int(whole)
    else:
        data = data[start:stop]
    if size < 0 or len(data) != max(0, min(stop, size) - start):
        raise refused(status)
    return data, size


def _pause(tries: int, headers: HTTPMessage) -> float:
    """Seconds until a server may be asked again: as many as it says, within reason."""
    said = headers.get("Retry-After", "").strip()
    wanted: float = PAUSE * 2 ** (tries - 1) * (1 + random.random() / 4)
    if said.isdecimal():
        wanted = float(said)
    elif said:
        try:
            until, now = map(parsedate_to_datetime, (said, headers.get("Date", "")))
            wanted = (until - now).total_seconds()
        except (TypeError, ValueError):
            pass
    return min(max(wanted, 0.0), LONGEST_PAUSE)
