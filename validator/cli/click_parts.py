"""Our additions to click: harmless errors, words that are looked up late, formats in `--help`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

import click

from ..errors import did_you_mean
from .completed import completed
from .ending import EXIT_CLEAN, PROGRAM, guarded, warn

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


SETTINGS: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
"""Settings of click for a group and all its commands."""


class Commands(click.Group):
    """A group of commands that helps people who have not read the manual."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command and exit. Errors of click may quote hostile text: it is made visible."""
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except click.ClickException as error:
            warn(_told(error))
            sys.exit(error.exit_code)
        sys.exit(code if isinstance(code, int) else EXIT_CLEAN)

    def invoke(self, ctx: click.Context) -> Any:
        """See click.Group; an error of the user becomes one line."""
        with guarded():
            return super().invoke(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """See click.Group; for a path in the place of a command, `check` is proposed."""
        word = args[0]
        if self.get_command(ctx, word) is None and (word == "-" or os.path.lexists(word)):
            ctx.fail(f"`{word}` is a path, not a command; did you mean `{PROGRAM} check {word}`?")
        return super().resolve_command(ctx, args)


def _told(error: click.ClickException) -> str:
    """The message of click for an error, with the words of the user in it made visible."""
    from ..errors import without_secrets
    from ..text.visible import visible

    words = without_secrets(error.format_message())
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return f"{words}\n"
    ours = isinstance(error, click.MissingParameter)  # has no words of the user, but several lines
    shown = words.expandtabs(2) if ours else visible(words)
    context = getattr(error, "ctx", None)
    if context is None:
        return f"Error: {shown}\n"
    usage, path = context.get_usage(), context.command_path
    return f"{usage}\nTry '{path} --help' for help.\n\nError: {shown}\n"


class Word(click.ParamType[str]):
    """A parameter that is one of a few words, which are looked up when needed; did-you-mean."""

    def __init__(self, name: str, words: Callable[[], Sequence[str]]) -> None:
        self.name = name
        self._words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """See click.ParamType."""
        words = self._words()
        if value not in words:
            near = did_you_mean(value, words) or f" (one of {', '.join(words)})"
            self.fail(f"there is no {self.name} `{value}`{near}", param, ctx)
        return str(value)

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """See click.ParamType."""
        return self.name.upper()

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        """See click.ParamType."""
        return completed(incomplete, ((word, "") for word in self._words()))


def format_names() -> list[str]:
    """The names of the output formats; they are looked up only when one is asked for."""
    from ..render import formats

    return formats()


class WithFormats(click.Command):
    """A command whose `--help` lists all output formats."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """See click.Command."""
        from ..render import DEFAULT, format_named

        super().format_options(ctx, formatter)
        found = map(format_named, format_names())
        with formatter.section("Formats"):
            formatter.write_dl(
                [(one.name, one.summary + " (default)" * (one.name == DEFAULT)) for one in found]
            )
