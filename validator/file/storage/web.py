"""Documents of the web: `https://` and `http://`, read by ranges where the server has them.

The version of a document is its etag, or what stands in for one: a weak etag, which may be the same
for other bytes, and the time of its last change. Each request asks for the version, and each answer
is held against it, as not all servers hear what is asked.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from http.client import HTTPMessage
from typing import Final
from urllib.parse import urljoin

from ..archive_names import form_of
from ..compression import packing_of
from ..opening import ObjectVersion
from .addresses import Address
from .http_client import Answer, Asked, HttpClient, Room, part_of
from .storage_errors import (
    CHANGED,
    ENCODED,
    LED_AWAY,
    LED_DOWN,
    LED_ON,
    NO_NETRC,
    READ_ONLY,
    WHOLE_ONLY,
    MissingError,
    StorageError,
    refused,
)
from .store import Entry, Piece
from .web_addresses import WEB, Url, basic, hidden_of, split, whole

MOST = 1 << 26
"""Bytes of a document that are held of a server that does not give ranges."""

AT_ONCE: Final = 1 << 17
"""Bytes that are read rather than a connection closed; the heads of documents have fewer."""

REDIRECTS: Final = 5

_REDIRECTED: Final = frozenset({301, 302, 303, 307, 308})
_UNKNOWN: Final = ObjectVersion(-1)


class Web:
    """The documents of a server."""

    def __init__(self, address: Address) -> None:
        self._top = address.top
        self._client = _client()
        self._held: tuple[str, Piece] | None = None

    def entries(self, prefix: str, delimiter: str = "") -> Iterator[Entry]:
        """See `Store`: the one document of this name, as nothing can be listed."""
        try:
            version = self.read(prefix, 0, 1, _UNKNOWN).version
        except MissingError:
            return
        yield Entry(prefix, _with(version, hidden_of(self._top + prefix)))

    def write(self, key: str, data: bytes) -> None:
        """See `Store`: nothing can be written."""
        raise StorageError(READ_ONLY)

    def read(self, key: str, start: int, stop: int, version: ObjectVersion) -> Piece:
        """See `Store`."""
        held = self._held
        if held and held[0] == key:
            if version.size >= 0 and _same(held[1].version, version):
                return _part(held[1], start, stop)
            self._held = None
        headers = {"Accept-Encoding": "identity", **_conditions(version)}
        if version.size:  # of an empty document there is no range
            headers["Range"] = f"bytes={start}-{stop - 1}"
        shown = self._top + key
        url = whole(shown, version.hidden or hidden_of(shown))
        answer = self._followed(url, headers, lambda code, said: _room(code, said, start, stop))
        found = _whole_or_part(key, answer, start, stop)
        if not _same(found.version, version):
            raise StorageError(CHANGED)
        found = Piece(found.data, _with(found.version, version.hidden))
        if answer.status != 200:
            return found
        if AT_ONCE < len(found.data) == found.version.size:
            self._held = key, found
        return _part(found, start, stop)

    def _followed(self, url: Url, headers: Mapping[str, str], room: Room) -> Answer:
        """The answer where a URL leads to. Who asks is told to the first server alone."""
        first, user = url.origin, url.user or _known_user(url)
        for _ in range(REDIRECTS + 1):
            own = basic("Authorization", user) if url.origin == first else {}
            answer = self._client.ask(Asked(url, {**headers, **own}), room)
            if answer.status not in _REDIRECTED:
                return answer
            url = _next(url, answer.headers.get("Location", ""))
        raise StorageError(LED_ON)


_clients: dict[int, HttpClient] = {}
"""By process. One for all servers: a list may name thousands of them."""


def _client() -> HttpClient:
    if os.getpid() not in _clients:
        _clients[os.getpid()] = HttpClient()
    return _clients[os.getpid()]


def store(address: Address) -> Web:
    """The documents of the server that an address names."""
    return Web(address)


def _whole_or_part(key: str, answer: Answer, start: int, stop: int) -> Piece:
    """The bytes of an answer: those that were asked for, or all from the first one on."""
    status, headers, data, size = answer
    if status == 416 and not start:  # it is empty
        return Piece(b"", ObjectVersion(0))
    if status not in (200, 206):
        raise refused(status)
    encoding = headers.get("Content-Encoding", "identity").strip().lower()
    if encoding != "identity" and not _is_packed(os.fsencode(key)):
        raise StorageError(ENCODED)
    if status == 206:
        data, size = part_of(answer, start, stop)
    elif len(data) > MOST or len(data) < min(stop, size):
        raise StorageError(WHOLE_ONLY)
    return Piece(data, ObjectVersion(len(data) if size < 0 else size, _validator(headers)))


def _is_packed(name: bytes) -> bool:
    """Whether a name promises what is compressed, as it may be sent."""
    form = form_of(name)
    return packing_of(name) is not None or (form is not None and form.packing is not None)


def _part(piece: Piece, start: int, stop: int) -> Piece:
    return Piece(piece.data[start:stop], piece.version)


def _with(version: ObjectVersion, hidden: str) -> ObjectVersion:
    return ObjectVersion(version.size, version.etag, hidden)


def _room(status: int, headers: HTTPMessage, start: int, stop: int) -> int:
    """How many bytes of an answer are read: of the whole document, all or a head."""
    if status == 206:
        return stop - start
    said = headers.get("Content-Length", "")
    size = int(said) if said.isdecimal() else MOST
    if status != 200 or size <= AT_ONCE:
        return AT_ONCE
    return stop if said and (stop <= AT_ONCE or size > MOST) else MOST + 1


def _validator(headers: HTTPMessage) -> str:
    """What tells this version from others: a strong etag, else what else there is."""
    etag = headers.get("ETag", "").strip()
    if etag.startswith('"'):
        return etag
    return f"{etag}\n{headers.get('Last-Modified', '').strip()}".strip()


def _conditions(version: ObjectVersion) -> dict[str, str]:
    """What asks for this version alone. A weak etag would never match (RFC 9110, 13.1.1)."""
    said = version.etag.rpartition("\n")[2]
    if not said.isprintable() or not said or said.startswith("W/"):
        return {}
    return {"If-Match" if said.startswith('"') else "If-Unmodified-Since": said}


def _same(found: ObjectVersion, wanted: ObjectVersion) -> bool:
    """Whether this may be the version that is wanted, as far as both are known."""
    size = wanted.size < 0 or found.size < 0 or found.size == wanted.size
    return size and (not wanted.etag or not found.etag or found.etag == wanted.etag)


def _next(url: Url, location: str) -> Url:
    """Where a server sends us. Raises StorageError for what is not followed."""
    found = urljoin(f"{url.scheme}://{url.host}{url.target}", location)
    to = split(found)
    if not location or to.scheme not in WEB or not to.host:
        raise StorageError(LED_AWAY)
    if url.scheme == "https" and to.scheme == "http":
        raise StorageError(LED_DOWN)
    return to


def _known_user(url: Url) -> bytes:
    """Who asks, by the user's `.netrc`; never where others could read it on its way."""
    if url.scheme != "https":
        return b""
    from netrc import NetrcParseError, netrc

    path = os.environ.get("NETRC") or os.path.expanduser("~/.netrc")
    try:
        found = netrc(path).authenticators(url.host.partition(":")[0])
    except FileNotFoundError:
        return b""
    except (OSError, ValueError, NetrcParseError):
        raise StorageError(NO_NETRC) from None
    return f"{found[0]}:{found[2] or ''}".encode() if found else b""
