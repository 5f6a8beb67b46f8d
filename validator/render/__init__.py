"""Renderings: findings and the summary to text, one module a format. They know no rule.

A format is a module here with a record `FORMAT`; its name is the module's, with hyphens.
`--output-format`, `--help`, the README and the tests ask this folder.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from ..model import Diagnostic, Severity, Summary
from ..text.address import page_of
from ..text.harmless import harmless_lines

if TYPE_CHECKING:
    from ..encoding.stock import Stock


class About(Struct, frozen=True):
    """What there is to say of a rule; `page` is its page in Markdown."""

    summary: str
    why: str
    page: str
    severity: Severity
    family: str


class Look(Struct, frozen=True):
    """How the output may look, and what a format may want to know besides the findings.

    It is coloured or not, so many columns wide, and without a summary if `quiet`. Findings of one
    cause are told together where it says `group`. `fail_on` is the least severity for which the
    exit code is 1, or `never`; where configurations differ, the strictest. `exit_code` is known
    when all findings are through. `about` tells of a rule by its code; `baseline` whether a finding
    is `new`, `unchanged`, `updated` or `absent` (the words of SARIF), or nothing. `stock` tells how
    the files of the run are written, for which they are read again; `size_of` how many bytes one
    has. `documentation` is the address of the site with the pages of the rules, if there is one;
    codes are `links` to them (OSC 8) on a terminal that has such.
    """

    color: bool = False
    width: int = 100
    quiet: bool = False
    group: bool = False
    fail_on: str = "error"
    exit_code: Callable[[], int] = lambda: 0
    about: Callable[[str], About | None] = lambda code: None
    baseline: Callable[[Diagnostic], str | None] = lambda found: None
    stock: Callable[[], Stock | None] = lambda: None
    size_of: Callable[[str], int] = lambda path: 0
    documentation: str = ""
    links: bool = False

    def page(self, name: str) -> str:
        """The address of the page of a rule; empty where there is none."""
        return page_of(self.documentation, name)


Findings = Iterable[Diagnostic]

LateSummary = Callable[[], Summary]
"""Gives the summary, when all findings are through."""

Render = Callable[[Findings, LateSummary, Look], Iterator[str]]
"""Gives pieces of text that are complete lines, in order."""


class Format(Struct, frozen=True):
    """A format of output, as its module declares it.

    `name` is what `--output-format` takes, `summary` says in a few words what it is for. In the
    place of one that is text `for_people`, `--statistics` puts its counts. It may have the edits of
    fixes (`has_edits`).
    """

    name: str
    summary: str
    render: Render
    for_people: bool = False
    has_edits: bool = False


DEFAULT: Final = "full"


def formats() -> list[str]:
    """Names of the formats that `--output-format` takes; none is imported for that."""
    modules = os.listdir(os.path.dirname(__file__))
    return sorted(
        name.removesuffix(".py").replace("_", "-")
        for name in modules
        if name.endswith(".py") and not name.startswith("_")
    )


def format_named(name: str) -> Format:
    """The format of this name, which is one of `formats()`."""
    found: Format = import_module(f"{__name__}.{name.replace('-', '_')}").FORMAT
    return found


def renderer(name: str) -> Render:
    """What writes findings in the format of this name. All that it writes is harmless."""
    render = format_named(name).render

    def judged(findings: Findings, summary: LateSummary, look: Look) -> Iterator[str]:
        site = look.documentation if look.links else ""
        return harmless_lines(render(findings, summary, look), look.color, site)

    return judged
