"""Renderings: findings and the summary to text, one module a format. They know no rule.

A format is a module here with `render(findings, summary, look)`; its name is the module's, with
hyphens.
"""

from __future__ import annotations

import os
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import cast

from msgspec import Struct

from ..model import Diagnostic, Summary


class Look(Struct, frozen=True):
    """How the output may look: coloured, so many columns wide, without a summary."""

    color: bool = False
    width: int = 100
    quiet: bool = False


Findings = Iterable[Diagnostic]
Render = Callable[[Findings, Callable[[], Summary], Look], Iterator[str]]


def formats() -> list[str]:
    """Names of the formats that `--output-format` takes."""
    modules = pkgutil.iter_modules([os.path.dirname(__file__)])
    return sorted(
        found.name.replace("_", "-") for found in modules if not found.name.startswith("_")
    )


def renderer(name: str) -> Render:
    """The `render` of a format. Its pieces of text are complete lines, in order."""
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    return cast(Render, module.render)
