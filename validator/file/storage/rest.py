"""Common parts of the REST interfaces of storages: errors in answers, and reads by ranges."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote, urlencode

from ..opening import ObjectVersion
from .http_client import Answer, Asked, HttpClient, part_of
from .storage_errors import CHANGED, StorageError, refused
from .store import Piece

PAGE: Final = 1000
"""Objects of a listing that are asked for at once."""

LISTING: Final = 1 << 26
"""Bytes of a page of a listing, at most."""

SMALL: Final = 1 << 16
"""Bytes of what is said of an error, at most."""


def query_of(asked: Mapping[str, str]) -> str:
    """What follows `?`, with nothing left as it is that could mean something else.

    What is empty is not asked for.
    """
    pairs = {name: os.fsencode(value) for name, value in asked.items() if value}
    return urlencode(pairs, quote_via=quote, safe="")


class BeyondError(StorageError):
    """An object has no such bytes."""


def answered(
    client: HttpClient, asked: Asked, most: int, reason: Callable[[Answer], str]
) -> Answer:
    """An answer that is no refusal, with at most so many bytes; `reason` is a refusal's word.

    Raises StorageError, BeyondError.
    """
    answer = client.ask(asked, lambda status, said: most if status < 300 else SMALL)
    if answer.status == 416:
        raise BeyondError(CHANGED)
    if answer.status >= 300:
        raise refused(answer.status, reason(answer))
    return answer


def piece(
    ask: Callable[[], Answer],
    tag: Callable[[Answer], str],
    start: int,
    stop: int,
    version: ObjectVersion,
) -> Piece:
    """See `Store.read`: what an answer has, which `ask` gets, and whose version a `tag` tells."""
    try:
        answer = ask()
    except BeyondError:
        if version.size < 0 and not start:
            return Piece(b"", ObjectVersion(0))
        raise StorageError(CHANGED) from None
    data, size = part_of(answer, start, stop)
    found = ObjectVersion(size, tag(answer))
    if version.etag and found.etag != version.etag:
        raise StorageError(CHANGED)
    return Piece(data, found)
