"""Workers that begin from nothing: it takes long, and is safe everywhere."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from .children import serve

_PATIENCE = 10.0
"""Seconds for what comes at once: the system may tell of a death before it closes the pipe."""


class Spawned:
    """A worker of `multiprocessing`."""

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self._process, self._pipe = process, pipe
        self.handles = (pipe, process.sentinel)

    def send(self, task: object) -> None:
        """See `Child`."""
        self._pipe.send(task)

    def receive(self) -> Any:
        """See `Child`."""
        if not self._pipe.poll(_PATIENCE):
            raise EOFError
        return self._pipe.recv()

    def release(self) -> None:
        """See `Child`. It ends as nobody holds the other end of its pipe."""
        self._pipe.close()

    def kill(self) -> None:
        """See `Child`."""
        self._process.kill()
        self.release()

    def exit_code(self) -> int:
        """See `Child`."""
        self._process.join()
        return self._process.exitcode or 0


class Spawns:
    """Starts workers by a fresh interpreter each."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")

    def start(self, fn: Callable[[Any], Any]) -> Spawned:
        """See `Starter`."""
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_live, args=(fn, theirs), daemon=True)
        process.start()
        theirs.close()
        return Spawned(process, ours)

    def ready(self, children: Sequence[Spawned], patience: float | None) -> list[Spawned]:
        """See `Starter`."""
        awake = wait([handle for child in children for handle in child.handles], patience)
        return [child for child in children if not {*child.handles}.isdisjoint(awake)]


def _live(fn: Callable[[Any], Any], pipe: Connection) -> None:
    serve(fn, pipe.recv, pipe.send)
