"""Front matter without a closing fence: one reader finds no metadata, another one no text.

The fence is often there, with a dash too many, indented, or with a blank after it. No reader says
so: the metadata is silently part of the text.
"""

from __future__ import annotations

from ...delimiters.flaws import UnclosedBlock
from ...delimiters.options import BLOCK
from ...model import Applicability, Edit, Fix, Hit
from ..rule import Explain, Rule, safely, unsafely
from . import about_near, beside, quoted, written_as


def explain(flaw: UnclosedBlock) -> Hit:
    near, last, first = flaw.near, flaw.last, flaw.first
    notes = (f"line {last} is the last one that reads as metadata",) if last else ()
    if near:
        why, mend = f": {about_near(near)}", f"write line {near.row} as `{flaw.closing}`"
    elif first:
        why = f": line {first}, {quoted(flaw.line)}, does not read as metadata"
        mend = f"write `{flaw.closing}` between lines {last or 1} and {first}"
    else:
        why, mend = "", f"write `{flaw.closing}` after the last line of the metadata"
    return flaw.hit(
        f"the metadata block that `{flaw.fence}` opens is not closed{why}",
        help=mend,
        notes=notes,
        fix=written_as(near, is_missing=True) if near else _closed(flaw),
        data={"last": last, "first": first},
        related=beside(near),
    )


def _closed(flaw: UnclosedBlock) -> Fix | None:
    """The fix that writes the closing fence behind the last line that can be read as metadata.

    None if no text follows that line.
    """
    if not flaw.last or not flaw.first or flaw.insert < 0:
        return None
    edit = Edit(flaw.insert, flaw.insert, flaw.closing.encode() + b"\n")
    words = f"write `{flaw.closing}` after line {flaw.last}"
    return Fix(words, (edit,), Applicability.UNSAFE, how=(flaw.closing,), ends_lines=True)


rule = Rule(
    __name__,
    code="DEL031",
    summary="A metadata block has no closing fence.",
    check=Explain.of(UnclosedBlock, explain),
    options=(BLOCK,),
    repairs=(
        safely(
            "The closing fence is written without the blanks or the CR behind it.",
            "marker-lines",
            reveals=True,
        ),
        unsafely(
            "A line that looks like the closing fence is written as the fence; without one, the "
            "fence is written after the last line of metadata.",
            "markers-written",
            reveals=True,
        ),
    ),
    profile={"delimiters": {"block": "front-matter"}},
    bad={"a.md": b"---\ntitle: Title\n----\nText.\n"},
    ok={"a.md": b"---\ntitle: Title\n---\nText.\n"},
)
