"""What a shell may complete a word to: rules, kinds of findings, profiles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def completed(incomplete: str, words: Iterable[tuple[str, str]]) -> list[CompletionItem[str]]:
    """The words that begin with `incomplete`, each with its help; in `a,b` the last word counts."""
    from click.shell_completion import CompletionItem

    before, comma, last = incomplete.rpartition(",")
    found = ((word, told) for word, told in words if word.startswith(last))
    return [CompletionItem(before + comma + word, help=told) for word, told in found]


def complete_rules(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Rules, by code and by name."""
    from ..rules.catalog import catalog

    rules = catalog().rules.values()
    codes = [(one.code, one.summary) for one in rules]
    return completed(incomplete, codes + [(one.name, one.summary) for one in rules])


def complete_kinds(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Kinds of findings."""
    from ..diagnostic import FindingKind

    return completed(incomplete, ((one.value, one.meaning) for one in FindingKind))


def complete_profiles(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Profiles: those of the configuration, if it can be read, and the built-in ones."""
    from ..errors import ValidatorError
    from ..profile.configuration import configuration
    from .profile_pages import built_in_summaries

    found = dict(built_in_summaries())
    try:
        found |= {one.name: one.summary for one in configuration(".").own}
    except ValidatorError:
        pass  # the command itself reports it
    return completed(incomplete, sorted(found.items()))
