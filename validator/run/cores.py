"""Processors: how many this process may use, and whether one of them has nothing to do."""

from __future__ import annotations

import os
from functools import cache

from ..file.opening import read_text

_QUOTA = "/sys/fs/cgroup/cpu.max"
"""What a container may use: microseconds of processors in so many of time, or `max`."""

_LOAD = "/proc/loadavg"
"""Its fourth word says how many threads run or want to, of how many."""


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
