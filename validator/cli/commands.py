"""The command line, as click reads it; `main` is where it begins."""

from __future__ import annotations

import os
from typing import Any

import click

from .. import __version__
from .baseline_commands import baseline
from .click_parts import SETTINGS, Commands, WithFormats, Word, format_names
from .completed import complete_profiles, complete_rules
from .ending import (
    EXIT_CLEAN,
    EXIT_FOUND,
    PROGRAM,
    say,
    say_plainly,
    standard_error,
    standard_output,
)
from .options import checked, configured, fix_options, output_options, stored


@click.group(cls=Commands, context_settings=SETTINGS)
@click.version_option(__version__, "-V", "--version", message=f"{PROGRAM} %(version)s")
def cli() -> None:
    """Check documents and corpora: delimiter markers, encoding and metadata.

    What passes here, the readers that its profile names should read the same way; what fails is
    named to the byte.
    """


@cli.command(cls=WithFormats)
@click.argument("paths", nargs=-1, metavar="[PATHS | -]...")
@checked
@stored
@click.option(
    "--stdin-filename", metavar="NAME", help="The name of the document that comes in by `-`."
)
@click.option(
    "--stdin-max-bytes",
    type=click.IntRange(min=0),
    default=1 << 30,
    metavar="N",
    help="Take at most N bytes of standard input, 0 for any number (default: 1 GiB).",
)
@click.option(
    "--show-files",
    is_flag=True,
    help="Check nothing; list each file with its profile, or why it is skipped.",
)
@fix_options
def check(paths: tuple[str, ...], **options: Any) -> int:
    """Check files, directories, or what comes in by `-`.

    Exit code 0: clean. 1: findings. 2: the invocation or the configuration must be mended.
    """
    from .fixes import FixWishes

    fixes = FixWishes(**{name: options.pop(name) for name in FixWishes.__struct_fields__})
    return _check(paths, **options, fixes=fixes)


@cli.command(cls=WithFormats)
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@checked
@click.option("--store", required=True, metavar="DIR", help="Where `check --store` kept reports.")
def merge(paths: tuple[str, ...], **options: Any) -> int:
    """Tell what was found by the shards of a check, from their store.

    Paths and options are those of `check`; output and exit code are as if it had been one run.
    Exit code 2 when a report is missing, torn, or does not hold any more.
    """
    return _check(paths, **options, merge=True)


def _check(paths: tuple[str, ...], **options: Any) -> int:
    from .check import check
    from .check_request import request_of
    from .outputs import standard_streams

    where = paths or (() if options["files_from"] else (".",))
    return check(request_of(where, **options), standard_streams())


@cli.command(cls=WithFormats)
@click.argument("run", metavar="RUN | -")
@click.option(
    "--to",
    "output_format",
    type=Word("format", format_names),
    metavar="FORMAT",
    help="The format to write (default: full).",
)
@output_options
def report(run: str, **options: Any) -> int:
    """Write a run that was saved as json or json-lines in another format."""
    from .outputs import standard_streams
    from .saved_run import ReportRequest, report

    return report(ReportRequest(run=run, **options), standard_streams())


@cli.command()
@click.argument("folder", metavar="DIR")
def undo(folder: str) -> int:
    """Put back what `check --fix --backup DIR` has changed, byte for byte.

    Files that are not as the fix left them are not touched. Exit code 1 if there are such.
    """
    from ..fix.backup import undo
    from ..text.visible import visible_path

    left = 0
    for done in undo(folder):
        left += bool(done.why)
        path = os.path.relpath(done.path)
        shown = done.path if path.startswith("..") else path
        say(f"{visible_path(shown)}: {done.why or 'put back'}\n")
    return EXIT_FOUND if left else EXIT_CLEAN


@cli.command()
@click.argument("words", nargs=-1, metavar="[CODE | NAME]...", shell_complete=complete_rules)
@click.option("--all", "every", is_flag=True, help="Tell about all rules.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text")
def rule(words: tuple[str, ...], every: bool, output_format: str) -> None:
    """Tell what a rule finds, why, and what to do. Without a name, list them all."""
    from ..rules.catalog import catalog
    from .rule_pages import describe, page, rule_lines, table

    known = catalog()
    if not words and not every and output_format == "text":
        say("".join(rule_lines(_width())))
        return
    every = every or not words
    rules = list(known.rules.values()) if every else [known.find(word) for word in words]
    if output_format == "json":
        told = [describe(one) for one in rules]
        say(_json(told if every or len(told) > 1 else told[0]))
    else:
        say(table() if every else "\n".join(page(one) for one in rules))


@cli.command()
@click.argument("name", required=False, shell_complete=complete_profiles)
@configured
def profile(name: str | None, config: str | None, isolated: bool) -> None:
    """List the profiles, those of the configuration first, or show how one is written."""
    from ..profile.configuration import configuration
    from .profile_pages import profile_lines, profile_text

    known = configuration(".", config, isolated)
    say(profile_text(name, known) if name else "".join(profile_lines(known, _width())))


@cli.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text")
def readers(names: tuple[str, ...], output_format: str) -> None:
    """List the readers that a profile may name; with NAMEs, what is known of them.

    Each fact was asked of the program itself, at the version that is named.
    """
    from ..readers.roll import names as known
    from ..readers.roll import reader_named
    from .reader_pages import describe, page, table

    chosen = [reader_named(name) for name in names or known()]
    if output_format == "json":
        say(_json([describe(one) for one in chosen]))
    else:
        say("\n".join(map(page, chosen)) if names else table(chosen))


@cli.command()
@click.argument("profile", required=False, shell_complete=complete_profiles)
@configured
@click.option("--output-format", type=click.Choice(["toml", "json"]), default="toml")
@click.option("--origin", is_flag=True, help="Say of each value where it is written.")
def config(
    profile: str | None, config: str | None, isolated: bool, output_format: str, origin: bool
) -> None:
    """Show the configuration that counts here, or one PROFILE with all its settings and rules.

    The JSON Schema of the configuration is printed by `schema config`.
    """
    from ..profile.configuration import configuration
    from .effective import effective

    known = configuration(".", config, isolated)
    if origin:
        from .origin import as_data, lines, values

        told = values(known, profile)
        say(_json(as_data(told)) if output_format == "json" else "".join(lines(told)))
        return
    found = effective(known, profile)
    if output_format == "json":
        say(_json(found))
    else:
        import tomli_w

        from ..text.visible import escaped

        say(escaped(tomli_w.dumps(found)))


@cli.command()
@click.argument("what", type=click.Choice(["json", "config"]))
def schema(what: str) -> None:
    """Print a JSON Schema: of the output format `json`, or of the configuration."""
    if what == "config":
        from .config_schema import config_schema

        say(_json(config_schema()))
    else:
        from ..render._schema import report_schema

        say(_json(report_schema()))


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--output-format", type=click.Choice(["table", "json"]), default="table")
def encodings(paths: tuple[str, ...], output_format: str) -> None:
    """Take stock of files: encoding, byte order mark and line ends, by directory.

    UTF-8 is decided by decoding; the names of other encodings are advice. Nothing is judged.
    """
    from ..encoding.inventory import inventory
    from ..file.passed_by import PassedBy
    from ..render._inventory import as_json, table

    skipped = PassedBy()
    entries = inventory(paths or (".",), skipped)
    if output_format == "json":
        say(as_json(entries, skipped))
    else:
        for line in table(entries, skipped):
            say(line)


@cli.command()
@click.argument("folder", metavar="[DIRECTORY]", default=".")
@click.option("--dry-run", is_flag=True, help="Print the configuration; write nothing.")
def init(folder: str, dry_run: bool) -> None:
    """Write a configuration for a directory from what stands in it, and say what `check` finds."""
    from .check import progress_on
    from .init import configuration_for, findings, write

    path, text = configuration_for(folder)
    if dry_run:
        say(text)
        return
    write(path, text)
    progress = progress_on(standard_error(), os.environ)
    told = "".join(findings(folder, progress))
    progress.clear()
    say(f"Wrote {path}.\n\n{told}")


@cli.command()
@click.argument("folder", metavar="[DIRECTORY]", default="seed-validator-demo")
def demo(folder: str) -> int:
    """Make a messy corpus of 2,000 documents, check it, and write a report to look at."""
    from .demo import demo
    from .outputs import standard_streams

    return demo(folder, standard_streams())


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "fish", "powershell", "zsh"]))
def completion(shell: str) -> None:
    """Print what a shell must read to complete commands, rules, profiles and formats."""
    from .completion import script

    say_plainly(script(shell, cli, PROGRAM))


@cli.command()
def version() -> None:
    """Print the version."""
    say_plainly(f"{PROGRAM} {__version__}\n")


def _width() -> int:
    from .terminal import columns

    return columns(standard_output())


def _json(value: object) -> str:
    import json

    from ..text.visible import escaped

    return escaped(json.dumps(value, indent=2, ensure_ascii=True)) + "\n"


cli.add_command(baseline)


def run() -> int:
    """Run the command line; its exit code."""
    if "_SEED_VALIDATOR_COMPLETE" in os.environ:
        from .completion import ready

        ready()
    try:
        cli.main(prog_name=PROGRAM)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else EXIT_CLEAN
    return EXIT_CLEAN
