"""Azure Blob Storage, by its REST API; a bucket is a container of the account."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from email.utils import formatdate
from typing import Final
from urllib.parse import quote, unquote
from xml.etree import ElementTree

from ..opening import ObjectVersion
from .addresses import Address
from .az_account import Account, account_of, signed
from .http_client import Answer, Asked, HttpClient
from .rest import LISTING, PAGE, SMALL, answered, piece, query_of
from .storage_errors import refused
from .store import Entry, Piece
from .web_addresses import split

VERSION: Final = "2021-12-02"
"""Of the API; with it names that XML cannot hold come encoded."""


class Az:
    """The blobs of a container."""

    def __init__(self, container: str, account: Account) -> None:
        self._client = HttpClient()
        self._account = account
        self._container = f"/{quote(container, safe='')}"

    def entries(self, prefix: str, delimiter: str = "") -> Iterator[Entry]:
        """See `Store`, page by page; directories, which some accounts have, are none."""
        for page in self._pages({"prefix": prefix, "delimiter": delimiter}):
            for folder in page.iterfind("Blobs/BlobPrefix"):
                yield Entry(_name(folder), ObjectVersion(0))
            for blob in page.iterfind("Blobs/Blob"):
                if blob.findtext("Properties/ResourceType") == "directory":
                    continue
                size = int(blob.findtext("Properties/Content-Length") or 0)
                etag = (blob.findtext("Properties/Etag") or "").strip('"')
                yield Entry(_name(blob), ObjectVersion(size, etag))

    def _pages(self, asked: Mapping[str, str]) -> Iterator[ElementTree.Element]:
        query = {"restype": "container", "comp": "list", "maxresults": str(PAGE), **asked}
        while True:
            answer = self._ask(f"{self._container}?{query_of(query)}", {}, LISTING)
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
        self._ask(self._blob(key), headers, SMALL, data)

    def read(self, key: str, start: int, stop: int, version: ObjectVersion) -> Piece:
        """See `Store`."""
        headers = {}
        if version.size:  # of an empty blob there is no range
            headers["x-ms-range"] = f"bytes={start}-{stop - 1}"
        if version.etag:
            headers["If-Match"] = f'"{version.etag}"'
        return piece(
            lambda: self._ask(self._blob(key), headers, stop - start), _etag, start, stop, version
        )

    def _blob(self, key: str) -> str:
        return f"{self._container}/{quote(os.fsencode(key), safe='/')}"

    def _ask(
        self, target: str, headers: Mapping[str, str], most: int, body: bytes | None = None
    ) -> Answer:
        """See `answered`; a `body` is written."""
        method = "GET" if body is None else "PUT"
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
        return answered(self._client, asked, most, _reason)


def _etag(answer: Answer) -> str:
    return answer.headers.get("ETag", "").strip('"')


def _reason(answer: Answer) -> str:
    return answer.headers.get("x-ms-error-code", "")


def store(address: Address) -> Az:
    """The container that an address names. Raises UsageError where it cannot be asked."""
    return Az(address.bucket, account_of(os.environ))


def _name(element: ElementTree.Element) -> str:
    found = element.find("Name")
    text = "" if found is None else found.text or ""
    is_encoded = found is not None and found.get("Encoded") == "true"
    return unquote(text) if is_encoded else text
