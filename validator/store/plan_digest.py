"""The digest of a plan: of the tool, the libraries below it, and all that may change a finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ..check.plan import Bound, Plan
from ..diagnostic import TOOL
from ..errors import UsageError
from .canonical import canonical, digest

NAME: Final = "seed-validator"


class Described(Struct, frozen=True):
    """A plan as plain data, kept beside its reports; `day` is empty where no rule needs it."""

    tool: str
    libraries: Mapping[str, str]
    day: str
    limit: int
    profiles: Mapping[str, str]
    archives: str = ""

    @property
    def digest(self) -> bytes:
        """The digest of the plan; its reports are kept under it."""
        return digest(msgspec.json.encode(self, order="deterministic"))

    def differences(self, other: Described) -> list[str]:
        """The differences from the plan `other` of this run ("here"), in words."""
        told = []
        if self.tool != other.tool:
            told.append(f"the version is {self.tool} there and {other.tool} here")
        for name in sorted({*self.libraries, *other.libraries}):
            there, here = self.libraries.get(name), other.libraries.get(name)
            if there != here:
                told.append(f"{name} is {there or 'not there'} there and {here or 'not'} here")
        if self.day != other.day:
            told.append(_days(self.day, other.day))
        if self.limit != other.limit:
            told.append(f"the limit is {self.limit} there and {other.limit} here")
        names = {*self.profiles, *other.profiles}
        odd = [name for name in names if self.profiles.get(name) != other.profiles.get(name)]
        if odd:
            named = ", ".join(f"`{name}`" for name in sorted(odd)[:3])
            more = f" and {len(odd) - 3} more" if len(odd) > 3 else ""
            told.append(f"the profiles or their rules differ: {named}{more}")
        if self.archives != other.archives:
            told.append("`archives` differ, or which profiles their members have")
        return told


def _days(there: str, here: str) -> str:
    """How the day of a plan in the store differs from the day `here`; either may be empty."""
    if there and here:
        return f"the day of the run is {there} there and {here} here, as `--today {there}` mends"
    if there:
        return f"dates are held against the day of the run there, {there}, and not here"
    return f"dates are held against the day of the run here, {here}, and not there"


def described(plan: Plan) -> Described:
    """All of a plan that findings depend on.

    The day is left out where no option depends on it. Comments in documents may depend on it; the
    reports of these say so themselves.
    """
    profiles: dict[str, str] = {}
    dated = False
    for at, bound in enumerate(plan.profiles):
        data = canonical(_without_verdict(bound))
        dated = dated or _asks_for_the_day(data)
        name = bound.name if bound.name not in profiles else f"{bound.name} ({at + 1})"
        profiles[name] = digest(data).hex()
    day = plan.today.isoformat() if dated else ""
    routers = [router.choices for router in plan.routers]
    archives = digest(canonical(routers)).hex() if routers else ""
    return Described(TOOL["version"], _libraries(), day, plan.limit, profiles, archives)


def _without_verdict(bound: Bound) -> Bound:
    """A profile without fields that change only the exit code, or that no finding shows."""
    suppress = tuple(replace(one, origin="", keys=()) for one in bound.suppress)
    return replace(bound, fail_on="", suppress=suppress)


def _asks_for_the_day(data: bytes) -> bool:
    """Whether the canonical bytes of a profile have a day in them, or a bound relative to today."""
    return b"d10:" in data or b":now" in data


def _libraries() -> dict[str, str]:
    """The versions of all that may change findings: Unicode, RE2 and the other dependencies."""
    import unicodedata
    from importlib.metadata import PackageNotFoundError, version

    found = {"Unicode": unicodedata.unidata_version}
    for name in _dependencies():
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _dependencies() -> Iterable[str]:
    """The names of the packages that this one requires, without extras. Raises UsageError."""
    from importlib.metadata import PackageNotFoundError, requires

    try:
        lines = requires(NAME) or ()
    except PackageNotFoundError:  # run from its sources
        raise UsageError(
            "a store needs the versions of what seed-validator is built on, and it is not "
            "installed: pip install it"
        ) from None
    plain = [line for line in lines if "extra ==" not in line.replace("'", '"')]
    return [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in plain]
