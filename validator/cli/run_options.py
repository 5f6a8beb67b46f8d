"""The options of every command that checks files: which files, under which rules, and how."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final, TypeVar

import click

from .completed import complete_kinds, complete_profiles, complete_rules

F = TypeVar("F", bound=Callable[..., Any])


def _commas(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """`a,b` and repeated options are one list."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def _day(ctx: click.Context, param: click.Parameter, value: datetime | None) -> date | None:
    """A day without its midnight."""
    return value.date() if value else None


def _cluster(ctx: click.Context, param: click.Parameter, value: str) -> str | None:
    """The address of a Ray cluster, empty for one of this machine; None for no cluster."""
    kind, colon, address = value.partition(":")
    if value == "local":
        return None
    host, _, port = address.rpartition(":")
    is_address = address == "auto" or (host and "/" not in host and port.isdecimal())
    if kind != "ray" or (colon and not is_address):
        raise click.BadParameter(
            f"`{value}` is none of `local`, `ray` and `ray:ADDRESS`, where the address is "
            "`HOST:PORT`, or `auto` for the cluster of this node"
        )
    return address


_CONFIGURED: Final = (
    click.option("--config", metavar="FILE", help="Read this configuration file."),
    click.option("--isolated", is_flag=True, help="Read no configuration file."),
)
_CHOSEN: Final = (
    click.option(
        "--profile",
        metavar="NAME",
        shell_complete=complete_profiles,
        help="Check every file under this profile.",
    ),
    *_CONFIGURED,
    click.option(
        "--select",
        multiple=True,
        callback=_commas,
        shell_complete=complete_rules,
        metavar="RULES",
        help="Run only these rules: codes, names, prefixes such as ENC, or ALL.",
    ),
    click.option(
        "--extend-select",
        multiple=True,
        callback=_commas,
        shell_complete=complete_rules,
        metavar="RULES",
        help="Run these rules besides.",
    ),
    click.option(
        "--ignore",
        multiple=True,
        callback=_commas,
        shell_complete=complete_rules,
        metavar="RULES",
        help="Do not run these rules.",
    ),
    click.option(
        "--kind",
        "kinds",
        multiple=True,
        callback=_commas,
        shell_complete=complete_kinds,
        metavar="KINDS",
        help="Of these rules run those of these kinds alone: reader (do programs read it, and "
        "alike?), text, profile, corpus, run.",
    ),
    click.option(
        "--exclude",
        multiple=True,
        metavar="PATTERN",
        help="Pass by these files, too: a .gitignore pattern, relative to the working directory.",
    ),
    click.option(
        "--archives",
        multiple=True,
        metavar="PATTERN",
        help="Check the members of these archives as files: a .gitignore pattern, such as '*.tar'.",
    ),
    click.option(
        "--set",
        multiple=True,
        metavar="KEY=VALUE",
        help="Set an option in every profile for this run: text.trailing-blanks=forbid.",
    ),
)
_DONE: Final = (
    click.option(
        "-j",
        "--jobs",
        type=click.IntRange(min=0),
        default=0,
        metavar="N",
        help="Worker processes; 0, the default, starts one for each processor where that saves "
        "time.",
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="Give up on a worker that is silent for so long (with --jobs 2 or more).",
    ),
    click.option(
        "--engine",
        "cluster",
        default="local",
        callback=_cluster,
        metavar="ENGINE",
        help="Where workers are: `local`, the default, on this machine; `ray`, a Ray cluster made "
        "for this run; `ray:ADDRESS`, the cluster there.",
    ),
    click.option(
        "--today",
        type=click.DateTime(["%Y-%m-%d"]),
        callback=_day,
        metavar="YYYY-MM-DD",
        help="The day that dates are held against (default: the day of the run).",
    ),
    click.option(
        "--no-progress",
        is_flag=True,
        help="Show no progress: no line on a terminal, none a minute in a log.",
    ),
)
_STORED: Final = (
    click.option(
        "--store",
        metavar="DIR",
        help="Keep a report of each task in this directory, and check nothing whose report is "
        "there and still holds.",
    ),
    click.option(
        "--shard",
        metavar="I/N",
        help="Do the I-th of N parts of the work, for a store; `merge` tells what was found.",
    ),
)
_NEW: Final = (
    click.option(
        "--baseline", metavar="FILE", help="Tell only what this file of known findings has not."
    ),
    click.option("--no-baseline", is_flag=True, help="Tell known findings, too."),
    click.option(
        "--strict-baseline",
        is_flag=True,
        help="Exit 1, too, when known findings are gone and still in the baseline.",
    ),
    click.option(
        "--since",
        metavar="REF",
        help="Tell only what is in files that have changed since this branch left REF, and what "
        "they do to the corpus.",
    ),
    click.option("--staged", is_flag=True, help="The same of files that are staged for a commit."),
    click.option(
        "--lines",
        is_flag=True,
        help="With --since or --staged: only what is on lines that have changed.",
    ),
)


def _with(options: tuple[Callable[[F], F], ...]) -> Callable[[F], F]:
    def decorated(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorated


configured = _with(_CONFIGURED)
"""The options that say which configuration counts."""

chosen = _with(_CHOSEN)
"""The options that say which files are checked under which rules."""

done = _with(_DONE)
"""The options that say how a run is done."""

stored = _with(_STORED)
"""The options of a run whose reports are kept."""

new = _with(_NEW)
"""The options that say which findings are new."""
