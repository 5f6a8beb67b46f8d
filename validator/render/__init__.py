"""Renderings: findings and the summary to text, one module a format. They know no rule.

A format is a module here with a record `FORMAT`; its name is the module's, with hyphens.
`--output-format`, `--help`, the README and the tests ask this folder.
"""

from __future__ import annotations

import os
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Final

from msgspec import Struct

from ..model import Diagnostic, Summary
from ..text.harmless import harmless_lines


class Look(Struct, frozen=True):
    """How the output may look: coloured, so many columns wide, without a summary."""

    color: bool = False
    width: int = 100
    quiet: bool = False


Findings = Iterable[Diagnostic]
Render = Callable[[Findings, Callable[[], Summary], Look], Iterator[str]]
"""Gives pieces of text that are complete lines, in order. The summary may be asked for when all
findings are through."""


class Format(Struct, frozen=True):
    """A format of output, as its module declares it.

    `name` is what `--output-format` takes, `summary` says in a few words what it is for.
    """

    name: str
    summary: str
    render: Render


DEFAULT: Final = "full"


def formats() -> list[str]:
    """Names of the formats that `--output-format` takes; none is imported for that."""
    modules = pkgutil.iter_modules([os.path.dirname(__file__)])
    return sorted(
        found.name.replace("_", "-") for found in modules if not found.name.startswith("_")
    )


def format_named(name: str) -> Format:
    """The format of this name, which is one of `formats()`."""
    found: Format = import_module(f"{__name__}.{name.replace('-', '_')}").FORMAT
    return found


def renderer(name: str) -> Render:
    """What writes findings in the format of this name. All that it writes is harmless."""
    render = format_named(name).render

    def judged(findings: Findings, summary: Callable[[], Summary], look: Look) -> Iterator[str]:
        return harmless_lines(render(findings, summary, look), look.color)

    return judged
