"""The helpers of a worker: processes that it starts itself, as it is granted them.

The supervisor grants one when a processor is free that no task is for. They work for their worker
alone, and end with it.
"""

from __future__ import annotations

import selectors
import socket
from collections.abc import Callable, Iterator

from ...file.undisturbed import undisturbed
from .children import Child, Grant, hear


class Granted:
    """The helpers of a worker at its task."""

    def __init__(self, start: Callable[[], Child], line: socket.socket, parent: int) -> None:
        """`start` starts one. Its supervisor, the process `parent`, grants them on the `line`."""
        self._start, self._line, self._parent = start, line, parent

    def come(self) -> Iterator[Child]:
        """Start those that were granted since the last time, as far as the system lets them live.

        Where the supervisor is gone there are none, and who works for it will see that.
        """
        try:
            for _ in range(self._granted()):
                with undisturbed():
                    child = self._start()
                yield child
        except (EOFError, OSError):
            return

    def _granted(self) -> int:
        """How many more."""
        count = 0
        with selectors.DefaultSelector() as selector:
            selector.register(self._line, selectors.EVENT_READ)
            while selector.select(0):
                said = hear(self._line, self._parent)
                count += said.count if isinstance(said, Grant) else 0
        return count
