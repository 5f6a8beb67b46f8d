"""The library face: load a profile, check paths or bytes, iterate over what is found."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from .diagnosis import diagnose
from .duty import Duty
from .executors import Executor
from .model import Diagnostic
from .packing import packing_of
from .plan import LIMIT, Bound, Plan
from .profile import Configuration, Profile, configuration, find_profile
from .routing import Router
from .run import Run, parts_of
from .selection import Selection, enabled_rules, read_selection
from .source import Pages
from .streams import BrokenStreamError
from .walk import Walk, check_roots


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
    members = array("q") if duty.by_member else None
    pages = Pages(b"", data, packing_of(encoded), duty.bounds, members)
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
    """None for one job, which runs in this process."""
    if jobs == 1:
        return None
    from .executors.processes import Processes

    return Processes(jobs)
