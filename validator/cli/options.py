"""The options of commands that check files or print findings, in groups that commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import click

from .click_parts import Word, format_names
from .completed import complete_kinds, complete_profiles, complete_rules

F = TypeVar("F", bound=Callable[..., Any])


def all_of(*options: Callable[[F], F]) -> Callable[[F], F]:
    """A decorator that gives a command all these options; `--help` lists them in this order."""

    def decorated(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorated


def _commas(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """One list of `a,b` and of repeated options."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def _day(ctx: click.Context, param: click.Parameter, value: datetime | None) -> date | None:
    """The day of a date that click gives with a time."""
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


def _rules(name: str, words: str) -> Callable[[F], F]:
    """An option that takes a list of rules; `words` is its help text."""
    return click.option(
        name,
        multiple=True,
        callback=_commas,
        shell_complete=complete_rules,
        metavar="RULES",
        help=words,
    )


configured = all_of(
    click.option("--config", metavar="FILE", help="Read this configuration file."),
    click.option("--isolated", is_flag=True, help="Read no configuration file."),
)
"""The options that say which configuration counts."""

chosen = all_of(
    click.option(
        "--profile",
        metavar="NAME",
        shell_complete=complete_profiles,
        help="Check every file under this profile.",
    ),
    configured,
    _rules("--select", "Run only these rules: codes, names, prefixes such as ENC, or ALL."),
    _rules("--extend-select", "Run these rules besides."),
    _rules("--ignore", "Do not run these rules."),
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
"""The options that say which files are checked under which rules."""

done = all_of(
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
"""The options that say how a run is done."""

stored = all_of(
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
"""The options of a run whose reports are kept."""

new = all_of(
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
"""The options that say which findings are new."""

output_options = all_of(
    click.option("-o", "--output-file", metavar="FILE", help="Write the findings to this file."),
    click.option(
        "--output",
        multiple=True,
        metavar="FORMAT:PATH",
        help="Write a format to a file, - for standard output; may be given more than once.",
    ),
    click.option(
        "--statistics",
        is_flag=True,
        help="Count findings by rule, directory and cause, in place of text that shows each.",
    ),
    click.option(
        "--no-group", is_flag=True, help="Show each finding; many of one cause are told together."
    ),
    click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="When to colour the output.",
    ),
    click.option("-q", "--quiet", is_flag=True, help="Print findings only."),
)
"""The options that say where the findings go and how they look."""

fix_options = all_of(
    click.option("--fix/--no-fix", help="Fix what can be fixed safely; tell what is left."),
    click.option(
        "--unsafe-fixes/--no-unsafe-fixes",
        help="Make the fixes, too, that infer what was meant.",
    ),
    click.option(
        "--diff", is_flag=True, help="Write nothing; print what --fix would change as a patch."
    ),
    click.option("--fix-only/--no-fix-only", help="Fix, and tell no findings that are left."),
    click.option("--show-fixes/--no-show-fixes", help="List what was fixed, file by file."),
    click.option(
        "--exit-non-zero-on-fix", is_flag=True, help="Exit 1 where something was fixed, too."
    ),
    click.option(
        "--backup",
        metavar="DIR",
        help="Keep in this new directory what files held; `undo DIR` puts it back.",
    ),
    click.option(
        "--keep-times/--no-keep-times", help="Leave the times of files as they were (with --fix)."
    ),
)
"""The options that say what is to be fixed, and how."""

checked = all_of(
    click.option(
        "--files-from",
        metavar="FILE | -",
        help="Check the paths in this file, or on standard input, one a line.",
    ),
    click.option("-0", "nul", is_flag=True, help="In that list, NUL ends a path."),
    click.option(
        "--no-error-on-unmatched",
        "may_be_empty",
        is_flag=True,
        help="Exit 0, not 2, when there is no file to check.",
    ),
    chosen,
    click.option(
        "--fail-on",
        type=click.Choice(["error", "warning", "info", "never"]),
        help="Least severity that makes the exit code 1 (default: error).",
    ),
    click.option("--exit-zero", is_flag=True, help="Exit 0 even when there are findings."),
    click.option(
        "--output-format",
        type=Word("format", format_names),
        envvar="SEED_VALIDATOR_OUTPUT_FORMAT",
        help="How findings are written: one of the formats below.",
    ),
    output_options,
    click.option(
        "--limit",
        type=click.IntRange(min=0),
        metavar="N",
        help="Show at most N findings of a rule in a file, 0 for all (default: 50). All are "
        "counted.",
    ),
    done,
    new,
    click.option("-s", "--silent", is_flag=True, help="Print nothing; the exit code tells."),
)
"""The options of a run and of its output, which `check` and `merge` have."""
