"""`{{ title }}` is for a template engine to fill in: no YAML and no TOML before that.

A file with such a block is a template, or a page that was never rendered. It is told once, and
nothing is said of fields that are not there yet.
"""

from __future__ import annotations

from ...metadata.syntax.block_flaws import Template
from ...metadata.syntax.table import SYNTAXES
from ...metadata.syntax.template_signs import ENDS
from ...model import Hit, Severity
from ...text.visible import visible
from ..rule import Explain, Rule
from . import FRONT_MATTER


def explain(flaw: Template) -> Hit:
    close = ENDS.get(flaw.sign, flaw.sign)
    called = SYNTAXES[flaw.syntax].called
    return flaw.hit(
        f"`{visible(flaw.sign)} … {visible(close)}` of a template stands in {called}, which "
        "cannot be read before it is filled in",
        help="fill it in, or keep templates out of the corpus with `exclude`; if readers should "
        "get it as text, put the value in quotes",
        data={"sign": flaw.sign},
    )


rule = Rule(
    __name__,
    code="MET048",
    summary="A block of metadata holds what a template engine fills in.",
    check=Explain.of(Template, explain),
    severity=Severity.WARNING,
    profile=FRONT_MATTER,
    bad={"a.md": b"---\ntitle: {{ page.title }}\n---\nText.\n"},
    ok={"a.md": b"---\ntitle: '{{ page.title }}'\n---\nText.\n"},
)
