"""Workers that are forked, where that is safe: each begins with all that is loaded already.

`multiprocessing` can do so, but takes 12 ms to be imported where this takes 2, of the 200 of a run
over some hundred files. What is left of it for two pipes and a fork is this.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
from collections.abc import Callable, Sequence
from typing import Any

from .children import serve


class Forked:
    """A forked worker, with a pipe for tasks and one for results."""

    def __init__(self, pid: int, tasks: int, results: int, open_ends: set[int]) -> None:
        self._pid, self._open_ends = pid, open_ends
        self._tasks, self._results = os.fdopen(tasks, "wb"), os.fdopen(results, "rb")
        self.handle = results
        self._ends = {tasks, results}
        open_ends |= self._ends

    def send(self, task: object) -> None:
        """See `Child`."""
        pickle.dump(task, self._tasks, pickle.HIGHEST_PROTOCOL)
        self._tasks.flush()

    def receive(self) -> Any:
        """See `Child`."""
        try:
            return pickle.load(self._results)
        except pickle.UnpicklingError as error:  # it died while it wrote
            raise EOFError from error

    def release(self) -> None:
        """See `Child`. It ends as nobody holds the other end of its tasks."""
        self._open_ends -= self._ends
        for pipe in (self._tasks, self._results):
            try:
                pipe.close()
            except OSError:
                pass  # it is gone, with something unread

    def kill(self) -> None:
        """See `Child`."""
        os.kill(self._pid, signal.SIGKILL)
        self.release()

    def exit_code(self) -> int:
        """See `Child`."""
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])


class Forks:
    """Starts workers by fork."""

    def __init__(self) -> None:
        self._open_ends: set[int] = set()

    def start(self, fn: Callable[[Any], Any]) -> Forked:
        """See `Starter`."""
        ends: list[int] = []
        try:
            ends += os.pipe()
            ends += os.pipe()
            pid = os.fork()
        except OSError:
            for end in ends:
                os.close(end)
            raise
        task_end, task_start, result_end, result_start = ends
        if pid:
            os.close(task_end)
            os.close(result_start)
            return Forked(pid, task_start, result_end, self._open_ends)
        code = 1
        try:
            # As long as it held the supervisor's ends, its siblings would not see that go.
            for end in (task_start, result_end, *self._open_ends):
                os.close(end)
            _live(fn, task_end, result_start)
            code = 0
        finally:
            os._exit(code)  # what the supervisor has opened, and not written yet, is its own

    def ready(self, children: Sequence[Forked], patience: float | None) -> list[Forked]:
        """See `Starter`. Of one that has died, the pipe is at its end."""
        waiting = select.poll()
        for child in children:
            waiting.register(child.handle, select.POLLIN)
        awake = {handle for handle, _ in waiting.poll(None if patience is None else patience * 1e3)}
        return [child for child in children if child.handle in awake]


def _live(fn: Callable[[Any], Any], task_end: int, result_start: int) -> None:
    with os.fdopen(task_end, "rb") as tasks, os.fdopen(result_start, "wb") as results:

        def send(result: object) -> None:
            pickle.dump(result, results, pickle.HIGHEST_PROTOCOL)
            results.flush()

        serve(fn, lambda: pickle.load(tasks), send)
