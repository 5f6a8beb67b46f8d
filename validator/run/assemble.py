"""The plan of a run: profiles with their rules, and the facts that they ask of each other."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..check.fact_plan import corpus_rules
from ..check.plan import Bound, MemberRouter, Plan
from ..errors import ConfigError, UsageError, did_you_mean
from ..file.name_fields import FILE
from ..file.opening import is_remote
from ..file.passed_by import PassedBy
from ..file.walk import Root, Walk
from ..profile.resolve import Profile
from ..profile.selection import Selection, enabled_rules
from .configurations import Configurations
from .routing import Routing


class Assembled(Struct, frozen=True):
    """Everything a run needs, put together from a configuration."""

    plan: Plan
    router: Routing
    skipped: PassedBy
    walk: Walk


def plan_of(
    known: Configurations,
    routing: Routing,
    roots: Sequence[Root],
    layer: Selection,
    fail_on: str | None,
) -> Plan:
    """The plan of a run over these paths; its `today` is set later.

    Raises UsageError for options that these paths cannot have, ConfigError where a profile is not
    there.
    """
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
    return Plan((*bounds,), roots=tuple(root.path for root in roots), routers=_routers(routing))


def _routers(routing: Routing) -> tuple[MemberRouter, ...]:
    """The routers for members of archives, by scope; empty if no archives are checked."""
    if not any(choice.archives for choice in routing.choices):
        return ()
    from .member_routing import MemberRouting  # few corpora have archives

    return tuple(map(MemberRouting, routing.choices, routing.first))


def _must_be_of_storage(roots: Sequence[Root], bounds: Sequence[Bound]) -> None:
    """Raises UsageError if a profile has a manifest and a path is a URL of storage."""
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
    """Whether a profile may ask for facts of others, because its references lead there.

    References of a built-in profile, which are not read yet, lead to its own documents.
    """
    key = "corpus.references"
    return key in bound.settings.values and not bound.settings.waits(key)


def _asked(bounds: Sequence[Bound], known: Collection[str]) -> tuple[Bound, ...]:
    """The profiles, each with the facts that others ask of its documents (`Bound.asked`).

    Raises ConfigError for a reference to a profile that is not among the `known` names.
    """
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
