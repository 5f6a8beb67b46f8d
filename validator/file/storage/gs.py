"""Google Cloud Storage, by its JSON API.

Credentials are those of Google's own library: the environment, what `gcloud` left, machines and
workload identities. Without any, requests are not signed, as public buckets want it. An object is
asked for by its generation, which no other one ever has.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from ...errors import UsageError
from ..opening import ObjectVersion
from .addresses import Address
from .http_client import Answer, Asked, HttpClient
from .rest import LISTING, PAGE, SMALL, answered, piece, query_of
from .storage_errors import StorageError, refused
from .store import Entry, Piece
from .web_addresses import split

HOST: Final = "https://storage.googleapis.com"
SCOPE: Final = "https://www.googleapis.com/auth/devstorage.read_write"

_FIELDS: Final = "items(name,size,generation),prefixes,nextPageToken"

_RAW: Final = {"Accept-Encoding": "gzip"}
"""What is stored compressed is sent as it is stored, and not unpacked on its way."""


class Tokens:
    """What says who asks, renewed when it is due."""

    def __init__(self, credentials: Any) -> None:
        self._credentials, self._request = credentials, None
        self._lock = threading.Lock()

    def headers(self, url: str) -> dict[str, str]:
        """The headers of a request. Raises StorageError where there is no token to be had."""
        if self._credentials is None:
            return {}
        from google.auth.exceptions import GoogleAuthError
        from google.auth.transport.requests import Request

        self._request = self._request or Request()
        found: dict[str, str] = {}
        try:
            with self._lock:
                self._credentials.before_request(self._request, "GET", url, found)
        except GoogleAuthError as error:
            # their words may hold what a server said of a token
            raise StorageError(
                f"there are no credentials for it ({type(error).__name__})"
            ) from None
        return found


class Gs:
    """The objects of a bucket."""

    def __init__(self, bucket: str, host: str, tokens: Tokens) -> None:
        self._client = HttpClient()
        self._host, self._tokens = host, tokens
        self._bucket = f"/storage/v1/b/{quote(bucket, safe='')}/o"

    def entries(self, prefix: str, delimiter: str = "") -> Iterator[Entry]:
        """See `Store`; a page at a time is held."""
        for page in self._pages({"prefix": prefix, "delimiter": delimiter, "fields": _FIELDS}):
            for folder in page.get("prefixes", ()):
                yield Entry(folder, ObjectVersion(0))
            for one in page.get("items", ()):
                size, generation = int(one["size"]), str(one["generation"])
                yield Entry(one["name"], ObjectVersion(size, generation))

    def _pages(self, asked: Mapping[str, str]) -> Iterator[Any]:
        more: Mapping[str, str] = {}
        while True:
            query = query_of({**asked, "maxResults": str(PAGE), **more})
            answer = self._ask(f"{self._bucket}?{query}", {}, LISTING)
            try:
                page = json.loads(answer.data)
            except ValueError:
                raise refused(answer.status) from None
            yield page
            if not page.get("nextPageToken"):
                return
            more = {"pageToken": page["nextPageToken"]}

    def write(self, key: str, data: bytes) -> None:
        """See `Store`."""
        query = query_of({"uploadType": "media", "name": key})
        kind = {"Content-Type": "application/octet-stream"}
        self._ask(f"/upload{self._bucket}?{query}", kind, SMALL, data)

    def read(self, key: str, start: int, stop: int, version: ObjectVersion) -> Piece:
        """See `Store`."""
        asked = {"alt": "media"}
        if version.etag:
            asked["ifGenerationMatch"] = version.etag
        target = f"{self._bucket}/{quote(os.fsencode(key), safe='')}?{query_of(asked)}"
        headers = dict(_RAW)
        if version.size:  # of an empty object there is no range
            headers["Range"] = f"bytes={start}-{stop - 1}"
        return piece(
            lambda: self._ask(target, headers, stop - start), _generation, start, stop, version
        )

    def _ask(
        self, target: str, headers: Mapping[str, str], most: int, body: bytes | None = None
    ) -> Answer:
        """See `answered`; a `body` is written."""
        method = "GET" if body is None else "POST"
        url = self._host + target
        asked = Asked(split(url), {**headers, **self._tokens.headers(url)}, method, body)
        return answered(self._client, asked, most, _reason)


def _generation(answer: Answer) -> str:
    return answer.headers.get("x-goog-generation", "")


def store(address: Address) -> Gs:
    """The bucket that an address names. Raises UsageError without Google's library."""
    emulator = os.environ.get("STORAGE_EMULATOR_HOST", "").rstrip("/")
    if emulator:
        host = emulator if "://" in emulator else f"http://{emulator}"
        return Gs(address.bucket, host, Tokens(None))
    try:
        credentials = _credentials()
    except ImportError:
        raise UsageError(
            "`gs://` needs google-auth: pip install 'seed-validator[storage-gs]'"
        ) from None
    return Gs(address.bucket, HOST, Tokens(credentials))


def _credentials() -> Any:
    """What Google's library finds; None where it finds none. Raises ImportError, UsageError."""
    import logging
    import warnings

    import google.auth
    import google.auth.transport.requests  # what the library needs to ask for tokens
    from google.auth.exceptions import DefaultCredentialsError, GoogleAuthError

    logging.getLogger("google.auth").setLevel(logging.CRITICAL)  # it would be printed
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            credentials, _ = google.auth.default(scopes=[SCOPE])
    except DefaultCredentialsError as error:
        if os.environ.get("GOOGLE_APPLICATION_CREDENTIALS"):
            raise _unusable(error) from None
        return None
    except (GoogleAuthError, OSError, ValueError) as error:
        raise _unusable(error) from None
    return credentials


def _unusable(error: Exception) -> UsageError:
    return UsageError(
        f"`gs://` cannot be used: the credentials cannot be read ({type(error).__name__}); look at "
        "GOOGLE_APPLICATION_CREDENTIALS, and at the file that it names"
    )


def _reason(answer: Answer) -> str:
    """The word of the storage for an error: `error.errors[0].reason` of its JSON."""
    try:
        word = json.loads(answer.data)["error"]["errors"][0]["reason"]
    except (ValueError, TypeError, LookupError):
        return ""
    return word if isinstance(word, str) else ""
