"""Who does the work of a run: this process, workers on this machine, or those of a cluster."""

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
"""Bytes that take about as long as a file does by itself."""

EXPANDED: Final = 16
"""Times that a large compressed file takes of what its bytes would."""

FAR: Final = 250
"""Files of this machine that take as long as the way to an object in storage."""

_QUOTA: Final = "/sys/fs/cgroup/cpu.max"
"""What a container may use: microseconds of processors in so many of time, or `max`."""

_LOAD: Final = "/proc/loadavg"
"""Its fourth word says how many threads run or want to, of how many."""


class Workers(Struct, frozen=True):
    """Who does the work of a run: so many `jobs`, 0 for as many as will surely save time.

    `cluster` is the address of a Ray cluster, empty for one of this machine alone.
    """

    jobs: int = 1
    timeout: float | None = None
    cluster: str | None = None

    @property
    def ahead(self) -> int:
        """Tasks that are held at a time, so that nobody waits for the next one."""
        return 4 * (self.jobs or usable())


def executor_of(workers: Workers) -> Executor:
    """What hands tasks to the workers; one job is done in this process.

    For 0 jobs there are as many as there are processors, where they will surely save time.
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

    Interpreters begin slowly; and if no processor is free, workers take turns with us.
    """
    from .executors.starting import may_fork

    return WORTH * (1 if may_fork() else 2) * (1 if one_is_free() else 20)


def _work_in(part: Part | Undivided) -> int:
    """How much there is to do: a file is as much as some kilobytes of one, an object many files."""
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
    """Whether a processor beside ours has nothing to do; so it is believed where nobody tells."""
    try:
        running = int(read_text(_LOAD).split()[3].partition("/")[0])
    except (OSError, ValueError, IndexError):
        return True
    return running < (os.cpu_count() or 1)
