"""Executors: one small interface, `run(fn, tasks) -> outcomes`, for inline, processes, clusters."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct

from ...errors import UsageError

T = TypeVar("T", bound="Task")
R = TypeVar("R")


class NoWorkersError(UsageError):
    """The system lets not one worker process live. No task has been taken."""


class Task(Protocol):
    """Picklable work that can be cut in two to find what in it kills a worker."""

    def preparations(self) -> tuple[Any, ...]:
        """Tasks that make this one quicker, done before it and beside each other; usually none."""
        ...

    def prepared(self, results: Sequence[Any]) -> Any:
        """This task with what has come of its preparations; of one that failed a Failed."""
        ...

    @property
    def takes_help(self) -> bool:
        """Whether the worker that does this task can use helpers meanwhile."""
        ...

    def assisted(self, helpers: Any) -> Any:
        """This task for one that may have such helpers (`helping.Granted`)."""
        ...

    def split(self) -> tuple[Any, ...]:
        """Smaller tasks that together are this one; nothing when it cannot be cut."""
        ...


class Failed(Struct, frozen=True):
    """No result, after all attempts. `cause` is `killed` or `timeout`."""

    cause: str
    reason: str


class Outcome(Struct, Generic[T, R], frozen=True):
    """What came of a task: its result, or those of the smaller tasks it was cut into, in order."""

    number: int
    results: tuple[tuple[T, R | Failed], ...]


class Limits(Struct, frozen=True):
    """At most so many `tasks` are held at a time; each has so many seconds (`timeout`), if any."""

    tasks: int
    timeout: float | None = None


class Executor(Protocol):
    """Runs a function on tasks; outcomes come in any order, every task has exactly one."""

    def run(
        self, fn: Callable[[T], R], tasks: Iterable[T], limits: Limits
    ) -> Generator[Outcome[T, R], None, None]:
        """Pull tasks as there is room for them. `fn` must pickle.

        It raises nothing but a ValidatorError, which ends the run and is raised here.
        """
        ...
