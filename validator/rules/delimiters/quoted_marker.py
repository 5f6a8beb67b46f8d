"""A marker in a form that no other one of the file has was quoted: it is text, and divides it.

A mail that shows the output of `git format-patch` is two mails to every reader: git begins each
patch with a line `From COMMIT Mon Sep 17 00:00:00 2001`. A file of nothing but patches is as it
should be. The profile says by `stranger` which capture of `begin` tells the form.
"""

from __future__ import annotations

from ...delimiters.flaws import Stranger
from ...delimiters.options import BEGIN, STRANGER
from ...model import Hit
from ...settings.options import Settings
from ..rule import Explain, Rule
from . import named, quoted


def explain(flaw: Stranger, settings: Settings) -> Hit:
    mail = settings[BEGIN][0].prefix == b"From "
    escape = "`=46rom ` in quoted-printable" if mail else "in a way that is no marker"
    return flaw.hit(
        f"{quoted(flaw.line)} has a `{flaw.name}`, as no marker before it has: it seems to be "
        f"quoted, and {named(flaw.index - 1)} ends here for every reader",
        help=f"if it is text, write it {escape}",
        data={"name": flaw.name, "document": flaw.index},
    )


rule = Rule(
    __name__,
    code="DEL056",
    summary="A marker has a form that the others of the file do not have.",
    check=Explain(Stranger, explain),
    options=(BEGIN, STRANGER),
    profile={
        "delimiters": {
            "kind": "marked",
            "begin": {"pattern": "Entry: (?:(?P<draft>draft )?.+)", "form": "Entry: NAME"},
            "stranger": "draft",
        }
    },
    bad={"a.txt": b"Entry: one\nText.\n\nEntry: draft two\nText.\n"},
    ok={"a.txt": b"Entry: draft one\nText.\n\nEntry: draft two\nText.\n"},
)
