"""The command `init`: a first configuration, made from a directory's files; what `check` finds."""

from __future__ import annotations

import os
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Final

import tomli_w

from ..errors import UsageError
from ..file.passed_by import suffixes
from ..file.walk import Root, roots_of
from ..profile.configuration import configuration
from ..profile.toml_file import built_in, built_in_names
from ..render import Look
from ..render._words import closing as last_lines
from ..render._words import counted
from ..rules.catalog import catalog
from ..run.request import RunRequest, prepare, run_of
from ..run.survey import Found, Survey, survey
from ..run.workers import Workers
from .progress import Progress

NAME: Final = "seed-validator.toml"

LOUDEST: Final = 8
"""Rules at most that are listed with the number of their findings."""

HEAD: Final = """\
# What seed-validator checks here, and how it is written. The first profile whose `files` match
# takes a file; the patterns are those of .gitignore, relative to this file.
# `seed-validator config NAME` prints a profile with every option and rule.
"""

TOP: Final = """
fail-on = "error"        # or "warning", "info", "never": what makes a run fail
unclaimed = "pass-by"    # or "detect": under the built-in profile that knows the name
"""

MORE: Final = """\
# ignore = ["TXT301"]               # codes, prefixes of codes, or names of rules
# severity.trailing-blanks = "info"
"""

NEXT: Final = """
Next: `seed-validator check` shows them, `seed-validator check --fix` mends what is safe to mend,
and `seed-validator baseline create` writes down the rest: from then on only what is new fails.
"""


def configuration_for(folder: str) -> tuple[str, str]:
    """The path and the text of a new configuration for a directory. It is not written.

    Raises UsageError if there is a configuration already, or no file of a known format.
    """
    (root,) = roots_of([folder])
    if not root.is_folder:
        raise UsageError(f"`{folder}` is not a directory")
    _must_have_none(root)
    found = survey(root)
    if not found.found:
        told = suffixes(found.skipped.suffixes) or "there are no files"
        raise UsageError(
            f"no built-in profile knows a name in `{folder}` ({told}): write a profile with "
            '`files` of your own that begins with `extends = "text"`'
        )
    return os.path.normpath(os.path.join(folder, NAME)), "".join(_text(found))


def write(path: str, text: str) -> None:
    """Write a new file. Raises UsageError if it exists already or cannot be written."""
    try:
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"`{path}` cannot be written: {error.strerror}") from None


def _must_have_none(root: Root) -> None:
    known = configuration(root.path)
    if known.origin and os.path.samefile(os.path.dirname(known.origin) or ".", root.path):
        raise UsageError(f"`{known.origin}` is a configuration already; `config` shows it")


def _text(found: Survey) -> Iterator[str]:
    yield HEAD
    if found.skipped.suffixes:
        yield f"# Files that no profile below is for: {suffixes(found.skipped.suffixes)}.\n"
    yield TOP
    taken = {*built_in_names()}
    for one in found.found:
        name = _name(one, taken)
        taken.add(name)
        yield from _profile(one, name)


def _profile(one: Found, name: str) -> Iterator[str]:
    known = built_in(one.profile)
    yield f"\n# {counted(one.files, 'file')} for the built-in profile `{one.profile}`:\n"
    summary = str(known.table["summary"]) if known else ""
    yield textwrap.fill(f"{summary}.", 98, initial_indent="# ", subsequent_indent="# ") + "\n"
    if one.others:
        yield f"# {counted(one.others, 'file')} with such a name hold something else: give them\n"
        yield "# a profile of their own above this one.\n"
    table = {"extends": one.profile, "files": list(one.patterns)}
    yield tomli_w.dumps({"profiles": {name: table}})
    yield MORE


def _name(one: Found, taken: Iterable[str]) -> str:
    """A name for a profile: the directory's if all its files are in one, else from the built-in."""
    (first, *more) = one.folders
    own = f"own-{one.profile}" if more or not first else first
    return own if own not in taken else f"{own}-{one.profile}"


def findings(folder: str, progress: Progress | None) -> Iterator[str]:
    """What `check` finds in a directory, in words, by rule."""
    made, parts = prepare(RunRequest(paths=(folder,), limit=0)).begin()
    watched = progress.watch(parts) if progress else parts
    run = run_of(made.plan, watched, made.skipped, Workers(0), progress=progress)
    rules: Counter[tuple[str, str]] = Counter()
    with closing(run.diagnostics()) as diagnostics:
        rules.update((one.code, one.severity.value) for one in diagnostics)
    yield "`seed-validator check` finds there:\n\n" if rules else ""
    for (code, severity), count in rules.most_common(LOUDEST):
        rule = catalog().rules[code]
        yield f"{count:>8}  {code} {rule.name} ({severity}): {rule.summary}\n"
    if len(rules) > LOUDEST:
        rest = sum(count for _, count in rules.most_common()[LOUDEST:])
        yield f"{rest:>8}  of {counted(len(rules) - LOUDEST, 'other rule')}\n"
    yield "\n" if rules else ""
    yield from last_lines(run.summary, Look())
    yield NEXT if rules else ""
