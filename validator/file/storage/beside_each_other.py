"""Sends several requests to storage at the same time, as each takes long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

BESIDE: Final = 16
"""Objects that a worker asks for at a time."""

T = TypeVar("T")
R = TypeVar("R")


def side_by_side(function: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """What the function gives for each item, in their order. Raises what it raises first."""
    if len(items) == 1:
        return [function(items[0])]
    pool = ThreadPoolExecutor(min(BESIDE, len(items)))
    done = False
    try:
        found = [*pool.map(function, items)]
        done = True
    finally:
        pool.shutdown(wait=done, cancel_futures=True)  # after a signal, no request is waited for
    return found
