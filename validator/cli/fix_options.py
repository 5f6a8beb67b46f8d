"""The options of `check` that say what is to be fixed, and how."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

_FIXES: Final = (
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


def fix_options(function: F) -> F:
    """The options that say what is to be fixed."""
    for option in reversed(_FIXES):
        function = option(function)
    return function
