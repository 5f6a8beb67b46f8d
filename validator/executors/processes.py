"""Local processes under a supervisor of our own.

The pools of the standard library lose the whole run when one child is killed. Here a dead or
hung worker costs its task an attempt; a task that keeps killing workers is cut in two until the
one file that does it stands alone, and only that file has failed.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic

from . import Failed, Outcome, R, T


def _serve(fn: Callable[[Any], Any], pipe: Connection, inherited: Sequence[Connection]) -> None:
    """A worker's whole life: take a task, return its result, until it is told to stop.

    `inherited` are the supervisor's ends of all pipes: as long as a worker holds them, its
    siblings cannot see that the supervisor is gone.
    """
    for other in inherited:
        other.close()
    try:
        while (task := pipe.recv()) is not None:
            pipe.send(fn(task))
    except (EOFError, KeyboardInterrupt, BrokenPipeError, ConnectionError):
        return


@dataclass(eq=False)
class _Piece(Generic[T]):
    """A task, or a part of one, on its way. `place` orders the parts within the task."""

    number: int
    place: tuple[int, ...]
    task: T
    tries: int = 0


@dataclass(eq=False)
class _Worker(Generic[T]):
    process: BaseProcess
    pipe: Connection
    piece: _Piece[T] | None = None
    since: float = 0.0


@dataclass(eq=False)
class _Open(Generic[T, R]):
    """A task that has begun: how many of its pieces are still out, and what has come back."""

    pending: int = 1
    results: dict[tuple[int, ...], tuple[T, R | Failed]] = field(default_factory=dict)


class Processes:
    """The executor for `--jobs N`."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        # fork starts in 2 ms where spawn takes 100; elsewhere it is unsafe or not there.
        self._context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")

    def run(
        self,
        fn: Callable[[T], R],
        tasks: Iterable[T],
        *,
        max_inflight: int,
        timeout: float | None = None,
        attempts: int = 2,
    ) -> Iterator[Outcome[T, R]]:
        """See `Executor`. At most `max_inflight` tasks are held at a time."""
        workers: list[_Worker[T]] = []
        ready: deque[_Piece[T]] = deque()
        opened: dict[int, _Open[T, R]] = {}
        numbered = enumerate(tasks)
        more = True
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
                        again = _pieces_to_retry(piece, attempts)
                        if again:
                            opened[piece.number].pending += len(again) - 1
                            ready.extendleft(reversed(again))
                            continue
                    task_open = opened[piece.number]
                    task_open.results[piece.place] = (piece.task, result)
                    task_open.pending -= 1
                    if not task_open.pending:
                        del opened[piece.number]
                        yield Outcome(
                            piece.number,
                            tuple(task_open.results[key] for key in sorted(task_open.results)),
                        )
        finally:
            for worker in workers:
                _end(worker)

    def _hand_out(
        self, fn: Callable[[T], R], workers: list[_Worker[T]], ready: deque[_Piece[T]]
    ) -> None:
        """Give each idle worker a piece; start workers while there are pieces and room."""
        idle = [worker for worker in workers if worker.piece is None]
        while ready and (idle or len(workers) < self._jobs):
            if not idle:
                idle.append(self._start(fn, [worker.pipe for worker in workers]))
                workers.append(idle[-1])
            worker = idle.pop()
            worker.piece, worker.since = ready.popleft(), time.monotonic()
            worker.piece.tries += 1
            try:
                worker.pipe.send(worker.piece.task)
            except (BrokenPipeError, ConnectionError):
                pass  # it died in its sleep: `_finished` sees that, and the piece is tried again

    def _start(self, fn: Callable[[T], R], pipes: list[Connection]) -> _Worker[T]:
        ours, theirs = self._context.Pipe()
        inherited = [*pipes, ours] if self._context.get_start_method() == "fork" else []
        process = self._context.Process(target=_serve, args=(fn, theirs, inherited), daemon=True)  # type: ignore[attr-defined]
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _finished(self, workers: list[_Worker[T]], timeout: float | None) -> list[_Worker[T]]:
        """The busy workers that have answered, died, or taken too long. Waits for at least one."""
        busy = [worker for worker in workers if worker.piece is not None]
        by_handle: dict[Any, _Worker[T]] = {}
        for worker in busy:
            by_handle[worker.pipe] = by_handle[worker.process.sentinel] = worker
        patience = None
        if timeout is not None and busy:
            patience = max(0.0, min(w.since for w in busy) + timeout - time.monotonic())
        awake = wait(list(by_handle), patience)
        done = {id(by_handle[handle]): by_handle[handle] for handle in awake}
        if timeout is not None:
            late = time.monotonic() - timeout
            done.update({id(worker): worker for worker in busy if worker.since <= late})
        return list(done.values())

    def _collect(self, worker: _Worker[T], timeout: float | None) -> tuple[_Piece[T], Any]:
        """What a worker has to show for its piece; a Failed ends the worker."""
        piece = worker.piece
        assert piece is not None
        late = timeout is not None and time.monotonic() - worker.since >= timeout
        try:
            # The system may tell of a death before it closes the pipe; either comes at once.
            if worker.pipe.poll(0 if late else 10):
                result = worker.pipe.recv()
                worker.piece = None
                return piece, result
        except (EOFError, OSError):
            late = False
        if late:
            _end(worker)
            return piece, Failed("timeout", f"it took more than {timeout:g} s")
        worker.process.join(10)
        _end(worker)
        return piece, Failed("killed", _last_words(worker.process.exitcode))


def _pieces_to_retry(piece: _Piece[T], attempts: int) -> list[_Piece[T]]:
    """What to try instead of a piece that failed: its halves, or itself while it has attempts."""
    parts = piece.task.split()
    if parts:
        return [_Piece(piece.number, (*piece.place, at), part) for at, part in enumerate(parts)]
    return [piece] if piece.tries < attempts else []


def _end(worker: _Worker[Any]) -> None:
    """Let an idle worker go, kill a busy one, and wait for its end."""
    if worker.piece is None:
        try:
            worker.pipe.send(None)
            worker.process.join(1)
        except (BrokenPipeError, ConnectionError):
            pass  # it is gone already
    worker.pipe.close()
    if worker.process.is_alive():
        worker.process.kill()
    worker.process.join()


def _last_words(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        import signal

        try:
            return f"its worker was killed by {signal.Signals(-exitcode).name}"
        except ValueError:
            return f"its worker was killed by signal {-exitcode}"
    return f"its worker ended with exit code {exitcode}"
