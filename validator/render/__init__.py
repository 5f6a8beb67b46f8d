"""Output formats: findings and the summary as text, one module for each. They know no rule.

A format is a module here with a record `FORMAT`; its name is the module's, with hyphens.
`--output-format`, `--help`, the README and the tests find the formats in this folder.
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
    """What a format may print about a rule; `page` is its page in Markdown."""

    summary: str
    why: str
    page: str
    severity: Severity
    family: str


class Look(Struct, frozen=True):
    """How the output may look, and what a format may need besides the findings.

    It may have colours, has at most `width` columns, and no summary if `quiet`. With `group`,
    findings of one cause are shown together. `fail_on` is the least severity for which the exit
    code is 1, or `never`; where configurations differ, the strictest. `exit_code` may be called
    only after all findings were read. `about` gives what is known of a rule by its code;
    `baseline` says whether a finding is `new`, `unchanged`, `updated` or `absent` (the words of
    SARIF), or None. `stock` gives the encodings and line ends of the run's files, which it reads
    again; `size_of` the number of bytes of one. `documentation` is the address of the site with
    the pages of the rules, or empty; with `links`, codes are links to it on a terminal (OSC 8).
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
        """The address of the page of the rule with this name; empty without documentation."""
        return page_of(self.documentation, name)


Findings = Iterable[Diagnostic]

LateSummary = Callable[[], Summary]
"""Gives the summary; to be called after all findings were read."""

Render = Callable[[Findings, LateSummary, Look], Iterator[str]]
"""Gives the output in pieces, each of complete lines, in order."""


class Format(Struct, frozen=True):
    """A format of output, as its module declares it.

    `name` is the word for `--output-format`, `summary` says in a few words what it is for. A format
    that is text `for_people` is replaced by counts under `--statistics`. `has_edits`: it shows the
    edits of fixes.
    """

    name: str
    summary: str
    render: Render
    for_people: bool = False
    has_edits: bool = False


DEFAULT: Final = "full"


def formats() -> list[str]:
    """The names of all formats, sorted. No module is imported for that."""
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
    """The Render of the format of this name; all lines that it gives are made harmless."""
    render = format_named(name).render

    def judged(findings: Findings, summary: LateSummary, look: Look) -> Iterator[str]:
        site = look.documentation if look.links else ""
        return harmless_lines(render(findings, summary, look), look.color, site)

    return judged
