"""A worker process: what its supervisor has of it, and what it does itself.

The two are joined by a pair of sockets. A socket that is shut down is at its end for the other
side, whoever else has inherited it. A pipe is not: as long as a process that was forked meanwhile
held an end, the worker at the other one waited.
"""

from __future__ import annotations

import os
import pickle
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Final, Protocol

from msgspec import Struct

from ...errors import ValidatorError

LOOK_AROUND: Final = 2.0
"""Seconds after which who waits looks whether the other one is still there."""

_AT_ONCE: Final = 1 << 20  # bytes
_HEAD: Final = 8  # bytes that tell the length of a message
_KILLED: Final = -9


class Process(Protocol):
    """What a worker needs of its process; `subprocess.Popen` has it."""

    def poll(self) -> int | None:
        """The exit code, the negative number of a signal if one killed it; None while it lives."""
        ...

    def kill(self) -> None:
        """End it at once; one that is gone already is none of our business."""
        ...


class Grant(Struct, frozen=True):
    """Said to a worker that is at work: it may have so many helpers more."""

    count: int = 1


class Child:
    """A worker: a task goes in, its result comes out, one at a time.

    Before its first result it sends None: it has begun.
    """

    def __init__(self, process: Process, line: socket.socket) -> None:
        self._process, self._line = process, line
        self._held = bytearray()

    def fileno(self) -> int:
        """What can be waited for: it is to be read when the worker has written, or has died."""
        return self._line.fileno()

    def send(self, task: object) -> None:
        """Give it a task. Raises OSError when it is gone."""
        self._line.sendall(_message(task))

    def received(self) -> Iterator[Any]:
        """What it has said; to be asked when there is something to be read, and never waits.

        Raises EOFError or OSError when it has died.
        """
        data = self._line.recv(_AT_ONCE)
        if not data:
            raise EOFError
        self._held += data
        while len(self._held) >= _HEAD:
            end = _HEAD + int.from_bytes(self._held[:_HEAD], "big")
            if len(self._held) < end:
                return
            said = pickle.loads(memoryview(self._held)[_HEAD:end])
            del self._held[:end]
            yield said

    def has_died(self) -> bool:
        """Whether its process is gone, though perhaps not all that it has written is read."""
        return self._process.poll() is not None

    def end(self) -> None:
        """End it at once, without waiting."""
        with suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)
        self._line.close()
        self._process.kill()

    def exit_code(self) -> int:
        """Wait for its end; what does not end by itself is made to.

        A process that the system cannot end, as it reads from a disk that is gone, is left to it.
        """
        code = self._code_within(LOOK_AROUND)
        if code is None:
            self._process.kill()
            code = self._code_within(LOOK_AROUND)
        return _KILLED if code is None else code

    def _code_within(self, seconds: float) -> int | None:
        end = time.monotonic() + seconds
        while (code := self._process.poll()) is None and time.monotonic() < end:
            time.sleep(0.001)
        return code


Fn = Callable[[Any], Any]


def serve(
    fn: Fn, line: socket.socket, parent: int, granted: Callable[[Fn, socket.socket, int], object]
) -> None:
    """A worker's whole life: take a task, return its result, until nobody has one for it.

    `parent` is the process that it works for: the end of that is the worker's, too. `granted` makes
    the helpers that it may have at a task, of which it is told on the `line`.
    """
    line.settimeout(LOOK_AROUND)
    try:
        _say(line, None, parent)
        while True:
            task = hear(line, parent)
            if isinstance(task, Grant):
                continue  # it comes too late
            if task.takes_help:
                task = task.assisted(granted(fn, line, parent))
            try:
                result = fn(task)
            except ValidatorError as error:  # it ends the run, and is raised by the supervisor
                result = error
            _say(line, result, parent)
    except (EOFError, ConnectionError):
        return


def hear(line: socket.socket, parent: int) -> Any:
    """The next message. Raises EOFError or OSError when there will be none."""
    size = int.from_bytes(_exactly(_HEAD, line, parent), "big")
    return pickle.loads(_exactly(size, line, parent))


def _say(line: socket.socket, result: object, parent: int) -> None:
    rest = memoryview(_message(result))
    while rest:
        try:
            rest = rest[line.send(rest) :]
        except TimeoutError:
            _still_there(parent)


def _exactly(size: int, line: socket.socket, parent: int) -> bytearray:
    data = bytearray()
    while len(data) < size:
        try:
            part = line.recv(min(size - len(data), _AT_ONCE))
        except TimeoutError:
            _still_there(parent)
            continue
        if not part:
            raise EOFError
        data += part
    return data


def _still_there(parent: int) -> None:
    if os.getppid() != parent:
        raise EOFError


def _message(value: object) -> bytes:
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return len(data).to_bytes(_HEAD, "big") + data
