"""Completion for shells: the scripts, and the answers that they ask for.

A shell asks by running the command with a variable in the environment; click answers (its manual,
"Shell Completion"). Click knows bash, zsh and fish; PowerShell is added here.
"""

from __future__ import annotations

import os
from typing import ClassVar, Final

import click
from click.shell_completion import (
    CompletionItem,
    ShellComplete,
    add_completion_class,
    get_completion_class,
    split_arg_string,
)

ASKED_BY: Final = "_SEED_VALIDATOR_COMPLETE"
"""The variable that a shell sets to ask."""

_POWERSHELL: Final = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $env:%(complete_var)s = "powershell_complete"
    $env:COMP_WORDS = $commandAst.ToString()
    $env:COMP_CWORD = $wordToComplete
    try {
        %(prog_name)s | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            if (-not $help) { $help = $value }
            [System.Management.Automation.CompletionResult]::new(
                $value, $value, "ParameterValue", $help)
        }
    } finally {
        Remove-Item Env:%(complete_var)s, Env:COMP_WORDS, Env:COMP_CWORD -ErrorAction Ignore
    }
}
"""


class _PowerShell(ShellComplete):
    """One value a line, then a tab and its help. Paths are completed by the shell itself."""

    name: ClassVar[str] = "powershell"
    source_template: ClassVar[str] = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one to be completed, and this one."""
        words = split_arg_string(os.environ["COMP_WORDS"])[1:]
        incomplete = os.environ.get("COMP_CWORD", "")
        if incomplete and words and words[-1] == incomplete:
            words.pop()
        return words, incomplete

    def format_completion(self, item: CompletionItem[str]) -> str:
        """See `ShellComplete`."""
        words = " ".join((item.help or "").split())
        return f"{item.value}\t{words}" if words else str(item.value)


def ready() -> None:
    """Register PowerShell with click."""
    add_completion_class(_PowerShell)


def script(shell: str, command: click.Command, program: str) -> str:
    """The script that a shell must read at its start to complete the words of this program."""
    ready()
    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"there is no completion for `{shell}`")
    return found(command, {}, program, ASKED_BY).source()
