"""Azure Blob Storage, by its REST API; a bucket is a container of the account."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from email.utils import formatdate
from typing import Final
from urllib.parse import quote, unquote, urlencode
from xml.etree import ElementTree

from ..opening import ObjectVersion
from .addresses import Address
from .az_account import Account, account_of, signed
from .http_client import Answer, Asked, HttpClient, part_of
from .storage_errors import CHANGED, StorageError, refused
from .store import Entry, Piece
from .web_addresses import split

VERSION: Final = "2021-12-02"
"""Of the API; with it names that XML cannot hold come encoded."""

PAGE: Final = 1000
"""Blobs of a listing that are asked for at once."""

_SMALL: Final = 1 << 16
"""Bytes of what is said of an error, at most."""

_LISTING: Final = 1 << 26
"""Bytes of a page of a listing, at most."""


class Az:
    """The blobs of a container."""

    def __init__(self, container: str, account: Account) -> None:
        self._client = HttpClient()
        self._account = account
        self._container = f"/{quote(container, safe='')}"

    def entries(self, prefix: str) -> Iterator[Entry]:
        """See `Store`, page by page; directories, which some accounts have, are none."""
        for page in self._pages({"prefix": prefix}):
            for blob in page.iterfind("Blobs/Blob"):
                if blob.findtext("Properties/ResourceType") == "directory":
                    continue
                size = int(blob.findtext("Properties/Content-Length") or 0)
                etag = (blob.findtext("Properties/Etag") or "").strip('"')
                yield Entry(_name(blob), ObjectVersion(size, etag))

    def names(self, prefix: str) -> Iterator[str]:
        """See `Store`."""
        for page in self._pages({"prefix": prefix, "delimiter": "/"}):
            for folder in page.iterfind("Blobs/BlobPrefix"):
                yield _name(folder).removeprefix(prefix).removesuffix("/")
            for blob in page.iterfind("Blobs/Blob"):
                yield _name(blob).removeprefix(prefix)

    def _pages(self, asked: Mapping[str, str]) -> Iterator[ElementTree.Element]:
        query = {"restype": "container", "comp": "list", "maxresults": str(PAGE), **asked}
        while True:
            pairs = {name: os.fsencode(value) for name, value in query.items()}
            target = f"{self._container}?{urlencode(pairs, quote_via=quote, safe='')}"
            answer = self._ask(target, {}, _LISTING)
            try:
                page = ElementTree.fromstring(answer.data)
            except ElementTree.ParseError:
                raise refused(answer.status) from None
            yield page
            query["marker"] = page.findtext("NextMarker") or ""
            if not query["marker"]:
                return

    def write(self, key: str, data: bytes) -> None:
        """See `Store`."""
        headers = {"x-ms-blob-type": "BlockBlob", "Content-Type": "application/octet-stream"}
        self._ask(self._blob(key), headers, _SMALL, "PUT", data)

    def read(self, key: str, start: int, stop: int, version: ObjectVersion) -> Piece:
        """See `Store`."""
        headers = {}
        if version.size:  # of an empty blob there is no range
            headers["x-ms-range"] = f"bytes={start}-{stop - 1}"
        if version.etag:
            headers["If-Match"] = f'"{version.etag}"'
        try:
            answer = self._ask(self._blob(key), headers, stop - start)
        except _BeyondError:
            if version.size < 0 and not start:
                return Piece(b"", ObjectVersion(0))
            raise StorageError(CHANGED) from None
        part, size = part_of(answer, start, stop)
        found = ObjectVersion(size, answer.headers.get("ETag", "").strip('"'))
        if version.etag and found.etag != version.etag:
            raise StorageError(CHANGED)
        return Piece(part, found)

    def _blob(self, key: str) -> str:
        return f"{self._container}/{quote(os.fsencode(key), safe='/')}"

    def _ask(
        self,
        target: str,
        headers: Mapping[str, str],
        most: int,
        method: str = "GET",
        body: bytes | None = None,
    ) -> Answer:
        """An answer that is no refusal. Raises StorageError, _BeyondError."""
        account = self._account
        if account.signature:
            target += f"{'&' if '?' in target else '?'}{account.signature}"
        url = split(account.endpoint + target)
        sent = {**headers, "x-ms-version": VERSION, "x-ms-date": formatdate(usegmt=True)}
        if account.tokens:
            sent["Authorization"] = f"Bearer {account.tokens.token()}"
        elif account.key:
            length = {"Content-Length": str(len(body))} if body else {}
            sent["Authorization"] = signed(account, method, url.target, {**sent, **length})
        asked = Asked(url, sent, method, body)
        answer = self._client.ask(asked, lambda status, said: most if status < 300 else _SMALL)
        if answer.status == 416:
            raise _BeyondError(CHANGED)
        if answer.status >= 300:
            raise refused(answer.status, answer.headers.get("x-ms-error-code", ""))
        return answer


class _BeyondError(StorageError):
    """A blob has no such bytes."""


def store(address: Address) -> Az:
    """The container that an address names. Raises UsageError where it cannot be asked."""
    return Az(address.bucket, account_of(os.environ))


def _name(element: ElementTree.Element) -> str:
    found = element.find("Name")
    text = "" if found is None else found.text or ""
    is_encoded = found is not None and found.get("Encoded") == "true"
    return unquote(text) if is_encoded else text
