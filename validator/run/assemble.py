"""Plan, routing and walk of a run, put together; and the executor for so many jobs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from ..check.fact_plan import corpus_rules
from ..check.plan import Bound, MemberRouter, Part, Plan, Undivided
from ..errors import ConfigError, UsageError, did_you_mean
from ..file.compression import packing_of
from ..file.name_fields import FILE
from ..file.opening import is_remote
from ..file.passed_by import PassedBy
from ..file.walk import Root, Walk
from ..profile.resolve import Profile
from ..profile.selection import Selection, enabled_rules
from .configurations import Configurations, walk_under
from .cores import one_is_free, usable
from .cutting import sampled
from .executors import Executor
from .executors.patient import WORTH, Patient
from .routing import Routing

AS_MUCH: Final = 4096
"""Bytes that take about as long as a file does by itself."""


EXPANDED: Final = 16
"""Times that a large compressed file takes of what its bytes would."""

FAR: Final = 250
"""Files of this machine that take as long as the way to an object in storage."""


class Assembled(Struct, frozen=True):
    """Everything a run needs, put together from a configuration."""

    plan: Plan
    router: Routing
    skipped: PassedBy
    walk: Walk


def assemble(
    known: Configurations,
    profile: Profile | None,
    roots: Sequence[Root],
    layer: Selection,
    limit: int,
    today: date,
    fail_on: str | None = None,
    skipped: PassedBy | None = None,
) -> Assembled:
    """Plan, routing and walk for a run on what is at these paths.

    A `profile` is for all files; without it each configuration chooses. What the walk passes by is
    counted in `skipped`.
    """
    skipped = PassedBy() if skipped is None else skipped
    routing = Routing(known, profile, skipped)
    bounds: list[Bound] = []
    for scope, (config, profiles) in enumerate(zip(known.every, routing.profiles, strict=True)):
        names = {*config.names, *(one.name for one in profiles)}
        bound = [bind(one, [config.selection], layer) for one in profiles]
        base, least = config.base if config.origin else "", fail_on or config.fail_on
        bounds += (
            replace(one, scope=scope, base=base, fail_on=least, suppress=config.suppress)
            for one in _asked(bound, names)
        )
    _must_be_of_storage(roots, bounds)
    plan = Plan((*bounds,), limit, today, tuple(root.path for root in roots), _routers(routing))
    return Assembled(plan, routing, skipped, walk_under(known, roots, skipped, profile))


def _routers(routing: Routing) -> tuple[MemberRouter, ...]:
    """What members of archives are routed by, by scope; none where none are looked at."""
    if not any(choice.archives for choice in routing.choices):
        return ()
    from .member_routing import MemberRouting  # few corpora have archives

    return tuple(map(MemberRouting, routing.choices, routing.first))


def _must_be_of_storage(roots: Sequence[Root], bounds: Sequence[Bound]) -> None:
    """Raises UsageError for what cannot be asked of objects in storage."""
    url = next((root.path for root in roots if is_remote(root.path)), None)
    if url is None:
        return
    from ..corpus.options import MANIFEST

    for bound in bounds:
        if bound.settings[MANIFEST] is not None:
            raise UsageError(
                f"the profile `{bound.name}` has a manifest, which cannot be held against objects "
                f"in storage (`{url}`): set it in a profile for files alone"
            )


def bind(profile: Profile, before: Sequence[Selection], after: Selection | None = None) -> Bound:
    """A profile with its rules chosen: configuration first, then the profile, then the caller."""
    layers = [*before, profile.selection, *([after] if after else [])]
    return Bound(profile.name, profile.settings, enabled_rules(layers))


def _may_ask(bound: Bound) -> bool:
    """Whether a profile may want to know facts of others: its references may lead there.

    Those of built-in ones, which are not read yet, lead to their own documents.
    """
    key = "corpus.references"
    return key in bound.settings.values and not bound.settings.waits(key)


def _asked(bounds: Sequence[Bound], known: Collection[str]) -> tuple[Bound, ...]:
    """The profiles with the facts that others want to know of their documents."""
    asked: dict[str, dict[str, None]] = {}
    for bound in bounds:
        if not _may_ask(bound):
            continue
        for _, check in corpus_rules(bound):
            if check.every_file(bound.settings):
                for one in bounds:
                    asked.setdefault(one.name, {})[FILE] = None
            for name, fact in check.elsewhere(bound.settings):
                if name not in known:
                    raise ConfigError(
                        f"the profile `{bound.name}` has references to documents of the profile "
                        f"`{name}`, which is not there{did_you_mean(name, known)}"
                    )
                asked.setdefault(name, {})[fact] = None
    return tuple(replace(one, asked=tuple(asked.get(one.name, ()))) for one in bounds)


def executor_for(jobs: int) -> Executor | None:
    """None for one job, which runs in this process.

    For 0 jobs it is as many as there are processors, where they will surely save time.
    """
    if not jobs:
        many = usable()
        return Patient(lambda: _processes(many), _work_in, many, _worth) if many > 1 else None
    return None if jobs == 1 else _processes(jobs)


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
