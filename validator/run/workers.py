"""Where the tasks of a run are done: in this process, in workers here, or on a cluster."""

from __future__ import annotations

import os
from functools import cache
from typing import Final

from msgspec import Struct

from ..check.plan import Part, Undivided
from ..file.compression import packing_of
from ..file.opening import read_text
from .cutting import sampled
from .executors import Executor
from .executors.inline import Inline
from .executors.patient import WORTH, Patient

AS_MUCH: Final = 4096
"""So many bytes take about as long to check as the opening of a file."""

EXPANDED: Final = 16
"""A large compressed file takes so many times as long as a plain one of its size."""

FAR: Final = 250
"""An object in storage takes as long to open as so many files of this machine."""

_QUOTA: Final = "/sys/fs/cgroup/cpu.max"
"""The limit of a container: microseconds of processor time (or `max`), and the period of it."""

_LOAD: Final = "/proc/loadavg"
"""Its fourth word says how many threads run or want to, of how many."""


class Workers(Struct, frozen=True):
    """How many workers do a run: `jobs`, or with 0 as many as will surely save time.

    After `timeout` seconds of silence a worker is given up. `cluster` is the address of a Ray
    cluster, empty for one of this machine alone; None runs without Ray.
    """

    jobs: int = 1
    timeout: float | None = None
    cluster: str | None = None

    @property
    def ahead(self) -> int:
        """The number of tasks that are ready at a time, so that no worker waits for one."""
        return 4 * (self.jobs or usable())


def executor_of(workers: Workers) -> Executor:
    """The executor for these workers; with one job, tasks are done in this process.

    With 0 jobs it starts a worker for each processor, once that will surely save time.
    """
    if workers.cluster is not None:
        from .executors.cluster import Cluster  # only where it is asked for

        return Cluster(workers.cluster, workers.jobs)
    jobs = workers.jobs or usable()
    if jobs == 1:
        return Inline()
    return (
        _processes(jobs)
        if workers.jobs
        else Patient(lambda: _processes(jobs), _work_in, jobs, _worth)
    )


def _processes(jobs: int) -> Executor:
    from .executors.processes import Processes  # not for a run in this process

    return Processes(jobs)


def _worth() -> float:
    """Seconds that workers must save here and now.

    More where a new interpreter must be started, and where no processor is free for a worker.
    """
    from .executors.starting import may_fork

    return WORTH * (1 if may_fork() else 2) * (1 if one_is_free() else 20)


def _work_in(part: Part | Undivided) -> int:
    """How much work a part is, in small files; bytes, and objects in storage, count as more."""
    if isinstance(part, Undivided):
        return part.work
    if part.versions is not None:
        size = sum(max(0, version.size) for version in part.versions.values())
        return len(part.names) * FAR + size // AS_MUCH
    times = EXPANDED if part.size and packing_of(part.names[0]) else 1
    return len(part.names) + sampled(part.folder, part.names) * times // AS_MUCH


@cache
def usable() -> int:
    """The processors that this process may use, at least one."""
    affinity = getattr(os, "sched_getaffinity", None)
    count = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min(count, _quota() or count))


def _quota() -> int:
    """Whole processors that a container has; 0 if nothing is said."""
    try:
        most, period = read_text(_QUOTA).split()
        return 0 if most == "max" else max(1, int(most) // int(period))
    except (OSError, ValueError, ArithmeticError):
        return 0


def one_is_free() -> bool:
    """Whether another processor has nothing to do; True where the system does not tell."""
    try:
        running = int(read_text(_LOAD).split()[3].partition("/")[0])
    except (OSError, ValueError, IndexError):
        return True
    return running < (os.cpu_count() or 1)
