"""The `baseline` commands, as click reads them."""

from __future__ import annotations

from typing import Any

import click

from .click_parts import SETTINGS
from .ending import say
from .options import all_of, chosen, configured, done


@click.group(context_settings=SETTINGS)
def baseline() -> None:
    """Keep a list of known findings, so that `check` tells only what is new."""


_keeping = all_of(
    click.argument("paths", nargs=-1, metavar="[PATHS]..."),
    chosen,
    click.option("--baseline", metavar="FILE", help="The file of known findings to write."),
    done,
)
"""What the commands have in common that write a baseline: they check files first."""


@baseline.command()
@_keeping
def create(paths: tuple[str, ...], **options: Any) -> int:
    """Write a first baseline: all that is found now."""
    return _keep("create", paths, options)


@baseline.command()
@_keeping
def update(paths: tuple[str, ...], **options: Any) -> int:
    """Make the baseline what is found now, and say what is added and removed."""
    return _keep("update", paths, options)


@baseline.command()
@_keeping
def prune(paths: tuple[str, ...], **options: Any) -> int:
    """Take out of the baseline what is gone. Nothing is added."""
    return _keep("prune", paths, options)


@baseline.command()
@configured
@click.option("--baseline", metavar="FILE", help="The file of known findings to read.")
def show(**options: Any) -> None:
    """Count the findings of the baseline by rule and by directory. Nothing is checked."""
    from .check_request import request_of
    from .keep_baseline import show

    say("".join(show(request_of((".",), **options))))


def _keep(how: str, paths: tuple[str, ...], options: dict[str, Any]) -> int:
    from .check_request import request_of
    from .keep_baseline import keep
    from .outputs import standard_streams

    return keep(how, request_of(paths or (".",), **options), standard_streams())
