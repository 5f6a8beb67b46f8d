"""Amazon S3, and what speaks its protocol.

Keys, credentials and endpoints are those of AWS's own library, so that a run sees what `aws s3`
sees: the environment, shared files of profiles, roles of machines and containers. Where there are
no credentials requests are not signed, as public buckets want it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, Final

from ...errors import UsageError
from ..opening import ObjectVersion
from .addresses import Address
from .storage_errors import CUT, SILENT, StorageError, refused
from .store import TRIES, Entry, Piece

CONNECTIONS: Final = 32
"""At most so many at a time: as many objects as are read side by side."""

_CONNECT, _WAIT = 10.0, 60.0
"""Seconds until a connection must stand, and between two pieces of an answer."""

_NO_RANGE: Final = 416
"""The status for a range of an object that has no such bytes, as an empty one."""

_clients: dict[int, Any] = {}


class S3:
    """The objects of a bucket. Raises ImportError without botocore, StorageError if it refuses."""

    def __init__(self, bucket: str) -> None:
        from botocore import exceptions

        self._bucket = bucket
        self._refused = exceptions.ClientError, exceptions.BotoCoreError
        try:
            self._client = _client()
        except (*self._refused, ValueError) as error:  # an endpoint, a profile
            raise _failed(error) from None
        self._broken = exceptions.HTTPClientError

    def entries(self, prefix: str, delimiter: str = "") -> Iterator[Entry]:
        """See `Store`; a page of a thousand at a time is held."""
        asked = {"Prefix": prefix, "Delimiter": delimiter} if delimiter else {"Prefix": prefix}
        for page in self._pages(asked):
            for folder in page.get("CommonPrefixes", ()):
                yield Entry(folder["Prefix"], ObjectVersion(0))
            for one in page.get("Contents", ()):
                yield Entry(one["Key"], ObjectVersion(one["Size"], one.get("ETag", "")))

    def _pages(self, asked: dict[str, str]) -> Iterator[Any]:
        while True:
            try:
                page = self._client.list_objects_v2(Bucket=self._bucket, **asked)
            except self._refused as error:
                raise _failed(error) from None
            yield page
            if not page.get("IsTruncated"):
                return
            asked["ContinuationToken"] = page["NextContinuationToken"]

    def write(self, key: str, data: bytes) -> None:
        """See `Store`."""
        try:
            self._client.put_object(Bucket=self._bucket, Key=key, Body=data)
        except self._refused as error:
            raise _failed(error) from None

    def read(self, key: str, start: int, stop: int, version: ObjectVersion) -> Piece:
        """See `Store`."""
        asked = {"Bucket": self._bucket, "Key": key}
        if version.etag:
            asked["IfMatch"] = version.etag
        if version.size:  # of an empty object there is no range
            asked["Range"] = f"bytes={start}-{stop - 1}"
        for _ in range(TRIES):
            try:
                answer = self._client.get_object(**asked)
                with answer["Body"] as body:
                    data: bytes = body.read(stop - start)
            except self._broken:
                continue
            except self._refused as error:
                if version.size < 0 and not start and _status(error) == _NO_RANGE:
                    return Piece(b"", ObjectVersion(0))
                raise _failed(error) from None
            if len(data) >= min(answer["ContentLength"], stop - start):
                return Piece(data, _version(answer))
        raise StorageError(CUT)


def store(address: Address) -> S3:
    """The bucket that an address names. Raises UsageError where it cannot be asked."""
    try:
        return S3(address.bucket)
    except StorageError as error:
        words = "look at the variables AWS_… of the environment, and at the files that they name"
        raise UsageError(f"`s3://` cannot be used: {error.strerror}; {words}") from None
    except ImportError:
        raise UsageError("`s3://` needs botocore: pip install 'seed-validator[storage]'") from None


def _client() -> Any:
    """The client of this process: what a forked one inherits are not its connections."""
    if os.getpid() not in _clients:
        import botocore.session
        from botocore import UNSIGNED
        from botocore.config import Config

        session = botocore.session.get_session()
        session.user_agent_name = "seed-validator"
        # a date of each object, which nobody asks for, would be half of the time of a listing
        session.get_component("response_parser_factory").set_parser_defaults(
            timestamp_parser=lambda date: date
        )
        more: dict[str, Any] = {}
        if session.get_credentials() is None:
            more["signature_version"] = UNSIGNED
        if not {"AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE"} & os.environ.keys():
            more["retries"] = {"mode": "standard", "total_max_attempts": 5}
        config = Config(
            connect_timeout=_CONNECT,
            read_timeout=_WAIT,
            max_pool_connections=CONNECTIONS,
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            **more,
        )
        _clients[os.getpid()] = session.create_client("s3", config=config)
    return _clients[os.getpid()]


def _version(answer: Any) -> ObjectVersion:
    _, _, whole = answer.get("ContentRange", "").rpartition("/")
    size = int(whole) if whole.isdecimal() else answer["ContentLength"]
    return ObjectVersion(size, answer.get("ETag", ""))


def _status(error: Exception) -> int:
    response = getattr(error, "response", {})
    return int(response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def _failed(error: Exception) -> StorageError:
    from botocore.exceptions import ClientError, ConnectionError, HTTPClientError  # noqa: A004

    if not isinstance(error, ClientError):
        if isinstance(error, ConnectionError | HTTPClientError):
            return StorageError(SILENT)
        # their words name an option or a file, never a secret
        return StorageError(f"it cannot be asked ({type(error).__name__})")
    return refused(_status(error), error.response.get("Error", {}).get("Code", ""))
