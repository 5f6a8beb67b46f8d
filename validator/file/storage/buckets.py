"""The store that a URL asks for."""

from __future__ import annotations

import os
import threading
from importlib import import_module
from typing import Final

from ..opening import SCHEMES
from .addresses import Address
from .store import Store

_stores: dict[tuple[int, str, str], Store] = {}
"""By process, as connections are not to be shared with one that was forked."""

_LOCK: Final = threading.Lock()
"""Sixteen threads ask at once in a new worker; each would make what takes 20 MB."""


def store_of(address: Address) -> Store:
    """The store in which an object is. Raises UsageError without the library that it needs."""
    key = os.getpid(), address.scheme, address.bucket
    if key not in _stores:
        with _LOCK:
            if key not in _stores:
                module = import_module(f"{__package__}.{SCHEMES[address.scheme]}")
                _stores[key] = module.store(address)
    return _stores[key]
