"""The store that a URL asks for."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Final

from ...errors import UsageError
from .addresses import Address
from .storage_errors import StorageError
from .store import Store

EXTRA: Final = "pip install 'seed-validator[storage]'"

_stores: dict[tuple[int, str, str], Store] = {}
"""By process, as connections are not to be shared with one that was forked."""


def store_of(address: Address) -> Store:
    """The store in which an object is. Raises UsageError without the library that it needs."""
    key = os.getpid(), address.scheme, address.bucket
    if key not in _stores:
        _stores[key] = _MAKERS[address.scheme](address)
    return _stores[key]


def _s3(address: Address) -> Store:
    from .s3 import S3

    try:
        return S3(address.bucket)
    except StorageError as error:
        words = "look at the variables AWS_… of the environment, and at the files that they name"
        raise UsageError(f"`s3://` cannot be used: {error.strerror}; {words}") from None
    except ImportError:
        raise UsageError(f"`s3://` needs botocore: {EXTRA}") from None


_MAKERS: Final[dict[str, Callable[[Address], Store]]] = {"s3": _s3}
