"""The library face: load a profile, check paths or bytes, iterate over what is found."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from .diagnosis import diagnose
from .duty import Duty
from .executors import Executor
from .executors.patient import Patient
from .model import Diagnostic
from .packing import packing_of
from .plan import LIMIT, Bound, Part, Plan
from .profile import Configuration, Profile, configuration, find_profile
from .routing import Router
from .run import Run, parts_of
from .selection import Selection, enabled_rules, read_selection
from .source import Pages
from .streams import BrokenStreamError
from .walk import Walk, check_roots

PATIENCE: Final = 1.0
"""Seconds of work after which worker processes save more time than they cost."""

LIGHT: Final = 1 << 24
"""Bytes of a part that take less time than that."""


class Assembled(Struct, frozen=True):
    """Everything a run needs, put together from a configuration."""

    plan: Plan
    router: Router
    skipped: Counter[str]
    walk: Walk


def load_profile(name: str = "", config: str | None = None) -> Profile:
    """The profile of this name: a built-in, or one of the configuration file `config`.

    Without a name, the one that the configuration chooses. Raises ConfigError or UsageError.
    """
    found = configuration(".", config, isolated=config is None)
    return find_profile(name or found.chosen or "", found)


def check_paths(
    paths: Sequence[str],
    profile: Profile,
    *,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] = (),
    jobs: int = 1,
    limit: int = LIMIT,
    today: date | None = None,
) -> Run:
    """A run over files and directories, not begun yet: iterate its `diagnostics()`.

    With 0 `jobs`, worker processes are started for a run that takes long.

    Raises UsageError when a path is not there, or a rule is unknown.
    """
    check_roots(paths)
    config = configuration(".", isolated=True)
    layer = read_selection(select, (), ignore)
    made = assemble(config, profile, paths, layer, limit, today or date.today())
    return Run(made.plan, parts_of(made.walk, made.router), made.skipped, executor_for(jobs))


def check_bytes(
    data: bytes, profile: Profile, *, name: str = "", today: date | None = None
) -> tuple[Diagnostic, ...]:
    """The findings in one document that is in memory. Without a name, its name is not checked.

    Where the name ends as that of a compressed file, the document is what `data` expands to.
    Rules about the corpus have nothing to say of one document.
    """
    duty = Duty(bind(profile, []), today or date.today())
    encoded = name.rpartition("/")[2].encode("utf-8", "surrogateescape")
    pages = Pages(b"", data, packing_of(encoded), duty.bounds)
    try:
        found = diagnose(duty, name or "-", encoded, pages, None, LIMIT)
    except BrokenStreamError as error:
        found = diagnose(duty, name or "-", encoded, None, error.flaw, LIMIT)
    return found.diagnostics


def assemble(
    config: Configuration,
    profile: Profile | None,
    paths: Sequence[str],
    layer: Selection,
    limit: int,
    today: date,
) -> Assembled:
    """Plan, router and walk for a run on `paths`."""
    skipped: Counter[str] = Counter()
    router = Router(config, profile, skipped)
    bounds = tuple(bind(one, [config.selection], layer) for one in router.profiles)
    walk = Walk(paths, skipped, config.respect_gitignore)
    return Assembled(Plan(bounds, limit, today), router, skipped, walk)


def bind(profile: Profile, before: Sequence[Selection], after: Selection | None = None) -> Bound:
    """A profile with its rules chosen: configuration first, then the profile, then the caller."""
    layers = [*before, profile.selection, *([after] if after else [])]
    return Bound(profile.name, profile.settings, enabled_rules(layers))


def executor_for(jobs: int) -> Executor | None:
    """None for one job, which runs in this process.

    For 0 jobs it is as many as there are processors, once this process has worked for a while.
    """
    if not jobs:
        many = os.cpu_count() or 1
        return Patient(lambda: _processes(many), PATIENCE, _light) if many > 1 else None
    return None if jobs == 1 else _processes(jobs)


def _processes(jobs: int) -> Executor:
    from .executors.processes import Processes  # 20 ms

    return Processes(jobs)


def _light(part: Part) -> bool:
    """Whether the files of a part are small; one that cannot be asked takes no time either."""
    size = 0
    for name in part.names:
        try:
            size += os.stat(part.folder + name).st_size
        except OSError:
            continue
    return size <= LIGHT
