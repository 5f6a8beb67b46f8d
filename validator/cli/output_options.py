"""The options of `check` and `report` that say where findings go and how they look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

_OUTPUT: Final = (
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


def output_options(function: F) -> F:
    """The options that say where the findings go and how they look."""
    for option in reversed(_OUTPUT):
        function = option(function)
    return function
