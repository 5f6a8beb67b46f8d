"""Local processes under a supervisor of our own.

The pools of the standard library lose the whole run when one child is killed. Here a dead or
hung worker costs its task an attempt; a task that keeps killing workers is cut in two until the
one file that does it stands alone, and only that file has failed.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Generic

from msgspec import Struct, field

from ...errors import UsageError
from . import Failed, Outcome, R, T
from .children import Child, Starter

_MOST_LOST: Final = 40
"""Workers that may die before one has done anything. A task of 256 files, of which one kills, costs
ten of them."""


class _Piece(Struct, Generic[T], eq=False):
    """A task, or a part of one, on its way. `place` orders the parts within the task."""

    number: int
    place: tuple[int, ...]
    task: T
    tries: int = 0


class _Worker(Struct, Generic[T], eq=False):
    child: Child
    piece: _Piece[T] | None = None
    since: float = 0.0


class _Open(Struct, Generic[T, R], eq=False):
    """A task that has begun: how many of its pieces are still out, and what has come back."""

    pending: int = 1
    results: dict[tuple[int, ...], tuple[T, R | Failed]] = field(default_factory=dict)


class Processes:
    """The executor for `--jobs N`."""

    def __init__(self, jobs: int, starter: Starter[Any] | None = None) -> None:
        """`starter` is by default the quickest that is safe."""
        self._jobs = jobs
        self._starter = starter or _starter()

    def run(
        self,
        fn: Callable[[T], R],
        tasks: Iterable[T],
        *,
        max_inflight: int,
        timeout: float | None = None,
        attempts: int = 2,
    ) -> Iterator[Outcome[T, R]]:
        """See `Executor`. At most `max_inflight` tasks are held at a time.

        Raises UsageError where workers cannot live, whatever the task.
        """
        workers: list[_Worker[T]] = []
        leaving: list[Child] = []
        ready: deque[_Piece[T]] = deque()
        opened: dict[int, _Open[T, R]] = {}
        numbered = enumerate(tasks)
        more = True
        lost = 0
        try:
            while True:
                while more and len(opened) < max_inflight:
                    number, task = next(numbered, (-1, None))
                    if task is None:
                        more = False
                        break
                    opened[number] = _Open()
                    ready.append(_Piece(number, (), task))
                if not opened:
                    return
                self._hand_out(fn, workers, ready)
                for worker in self._finished(workers, timeout):
                    piece, result = self._collect(worker, timeout)
                    if isinstance(result, Failed):
                        workers.remove(worker)
                    lost = _count(lost, result)
                    again = _pieces_to_retry(piece, attempts, result)
                    if again:
                        opened[piece.number].pending += len(again) - 1
                        ready.extendleft(reversed(again))
                        continue
                    outcome = _settled(opened, piece, result)
                    if outcome:
                        # what is made of it may take a while
                        self._hand_out(fn, workers, ready)
                        if not more:
                            leaving += _let_go(workers)
                        yield outcome
        finally:
            _end(workers, leaving)

    def _hand_out(
        self, fn: Callable[[T], R], workers: list[_Worker[T]], ready: deque[_Piece[T]]
    ) -> None:
        """Give each idle worker a piece; start workers while there are pieces and room.

        Raises UsageError when the system lets not one be started.
        """
        idle = [worker for worker in workers if worker.piece is None]
        while ready and (idle or len(workers) < self._jobs):
            if not idle:
                try:
                    idle.append(_Worker(self._starter.start(fn)))
                except OSError as error:
                    if workers:
                        return  # those that are there go on
                    raise UsageError(
                        f"no worker process can be started ({error.strerror}); check with --jobs 1"
                    ) from None
                workers.append(idle[-1])
            worker = idle.pop()
            worker.piece, worker.since = ready.popleft(), time.monotonic()
            worker.piece.tries += 1
            try:
                worker.child.send(worker.piece.task)
            except OSError:
                pass  # it died in its sleep: `_finished` sees that, and the piece is tried again

    def _finished(self, workers: list[_Worker[T]], timeout: float | None) -> list[_Worker[T]]:
        """The busy workers that have answered, died, or taken too long. Waits for at least one."""
        busy = [worker for worker in workers if worker.piece is not None]
        patience = None
        if timeout is not None and busy:
            patience = max(0.0, min(w.since for w in busy) + timeout - time.monotonic())
        awake = self._starter.ready([worker.child for worker in busy], patience)
        late = None if timeout is None else time.monotonic() - timeout
        return [
            worker
            for worker in busy
            if worker.child in awake or (late is not None and worker.since <= late)
        ]

    def _collect(self, worker: _Worker[T], timeout: float | None) -> tuple[_Piece[T], Any]:
        """What a worker has to show for its piece; a Failed ends the worker."""
        piece = worker.piece
        assert piece is not None
        child = worker.child
        if timeout is None or self._starter.ready([child], 0):
            try:
                result = child.receive()
            except (EOFError, OSError):
                child.release()
                return piece, Failed("killed", _last_words(child.exit_code()))
            worker.piece = None
            return piece, result
        child.kill()
        child.exit_code()
        return piece, Failed("timeout", f"it took more than {timeout:g} s")


def _settled(
    opened: dict[int, _Open[T, R]], piece: _Piece[T], result: R | Failed
) -> Outcome[T, R] | None:
    """What came of a task, if this was the last piece of it that was out."""
    task = opened[piece.number]
    task.results[piece.place] = (piece.task, result)
    task.pending -= 1
    if task.pending:
        return None
    del opened[piece.number]
    return Outcome(piece.number, tuple(task.results[place] for place in sorted(task.results)))


def _let_go(workers: list[_Worker[T]]) -> list[Child]:
    """Let idle workers go, who leave the list; it takes a few milliseconds until they are gone."""
    idle = [worker for worker in workers if worker.piece is None]
    workers[:] = [worker for worker in workers if worker.piece is not None]
    for worker in idle:
        worker.child.release()
    return [worker.child for worker in idle]


def _end(workers: list[_Worker[Any]], leaving: list[Child]) -> None:
    """Let idle workers go, kill busy ones, and wait for the end of all."""
    leaving += _let_go(workers)
    for worker in workers:
        worker.child.kill()
    for child in (*leaving, *(worker.child for worker in workers)):
        child.exit_code()


def _starter() -> Starter[Any]:
    """Fork starts a worker in 2 ms where a new interpreter takes 100.

    Elsewhere than on Linux it is unsafe, or not there.
    """
    platform: str = sys.platform
    if platform == "linux":
        from .forked import Forks

        return Forks()
    from .spawned import Spawns

    return Spawns()


def _count(lost: int, result: object) -> int:
    """How many workers have died before one has done anything; -1 when one has."""
    if lost < 0 or not (isinstance(result, Failed) and result.cause == "killed"):
        return -1
    if lost == _MOST_LOST:
        raise UsageError(
            f"{lost} worker processes have died, and none has done anything: {result.reason}; "
            "check with --jobs 1, or with more memory"
        )
    return lost + 1


def _pieces_to_retry(piece: _Piece[T], attempts: int, result: object) -> list[_Piece[T]]:
    """What to try instead of a piece that failed: its halves, or itself while it has attempts."""
    if not isinstance(result, Failed):
        return []
    parts = piece.task.split()
    if parts:
        return [_Piece(piece.number, (*piece.place, at), part) for at, part in enumerate(parts)]
    return [piece] if piece.tries < attempts else []


def _last_words(exitcode: int) -> str:
    if exitcode < 0:
        import signal

        try:
            return f"its worker was killed by {signal.Signals(-exitcode).name}"
        except ValueError:
            return f"its worker was killed by signal {-exitcode}"
    return f"its worker ended with exit code {exitcode}"
