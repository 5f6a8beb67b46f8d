"""Front matter without a closing fence: one reader finds no metadata, another one no text.

The fence is often there, with a dash too many, indented, or with a blank after it. No reader says
so: the metadata is silently part of the text.
"""

from __future__ import annotations

from ...division.flaws import UnclosedBlock
from ...division.options import BLOCK
from ...model import Hit
from ...options import Settings
from ...rule import Example, Explain, Rule
from . import about_near, quoted, written_as


def explain(flaw: UnclosedBlock, settings: Settings) -> Hit:
    near, fence, notes = flaw.near, flaw.fence, []
    close = "}" if fence == "{" else fence
    if near:
        notes.append(about_near(near))
    if flaw.last:
        notes.append(f"line {flaw.last} is the last one that reads as metadata")
    if flaw.first and not (near and near.row == flaw.first):
        notes.append(f"line {flaw.first} does not: {quoted(flaw.line)}")
    after = f"after line {flaw.last}" if flaw.last else "after its last line"
    return Hit(
        flaw.start,
        flaw.end,
        f"the metadata block opens with `{fence}` and no `{close}` closes it",
        help=f"write line {near.row} as `{close}`" if near else f"write `{close}` {after}",
        notes=tuple(notes),
        fix=written_as(near) if near else None,
        data={"last": flaw.last, "first": flaw.first},
    )


_PROFILE = {"delimiters": {"block": "front-matter"}}

rule = Rule(
    code="DEL031",
    name="unclosed-metadata-block",
    summary="A metadata block has no closing fence.",
    why=__doc__,
    check=Explain(UnclosedBlock, explain),
    options=(BLOCK,),
    fix="A line that looks like the closing fence is written as the fence (unsafe).",
    bad=Example({"a.md": b"---\ntitle: Title\n----\nText.\n"}, _PROFILE),
    ok=Example({"a.md": b"---\ntitle: Title\n---\nText.\n"}, _PROFILE),
)
