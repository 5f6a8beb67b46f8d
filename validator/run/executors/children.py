"""Worker processes as their supervisor sees them, however they are started."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

C = TypeVar("C", bound="Child")


class Child(Protocol):
    """A worker process: a task goes in, its result comes out, one at a time."""

    def send(self, task: object) -> None:
        """Give it a task. Raises OSError when it is gone."""
        ...

    def receive(self) -> Any:
        """The result of its task. Raises EOFError or OSError when it has died of it."""
        ...

    def release(self) -> None:
        """Let an idle one go, without waiting for its end."""
        ...

    def kill(self) -> None:
        """End it at once."""
        ...

    def exit_code(self) -> int:
        """Wait for its end; the negative number of a signal if one killed it."""
        ...


class Starter(Protocol[C]):
    """Starts worker processes of one kind."""

    def start(self, fn: Callable[[Any], Any]) -> C:
        """A worker that calls `fn` with each task it is sent. Raises OSError without room."""
        ...

    def ready(self, children: Sequence[C], patience: float | None) -> list[C]:
        """Those of the busy children that have answered or died; waits for the first of them.

        None of them after `patience` seconds.
        """
        ...


def serve(
    fn: Callable[[Any], Any], receive: Callable[[], Any], send: Callable[[Any], None]
) -> None:
    """A worker's whole life: take a task, return its result, until nobody has one for it."""
    try:
        while True:
            send(fn(receive()))
    except (EOFError, KeyboardInterrupt, ConnectionError):
        return
