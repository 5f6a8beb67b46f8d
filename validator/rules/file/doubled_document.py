"""A document that stands twice in its file was pasted, appended or merged once too often.

Every reader reads it twice: the second front matter is text, counts and searches find all things
two times. Told is what is repeated to the byte up to the end of the file; of documents that come
several to a file `corpus.unique` finds the copies.
"""

from __future__ import annotations

from ...delimiters.kinds import KIND
from ...file.doubled import CLUES, Doubled
from ...model import Hit
from ...settings.options import Settings
from ...text.screen.screen import Clue
from ..rule import Example, Explain, Rule


def clues(settings: Settings) -> tuple[Clue, ...]:
    return CLUES if settings[KIND] == "whole" else ()


def explain(flaw: Doubled, settings: Settings) -> Hit:
    what = "the body of the document" if flaw.body else "the document"
    return Hit(
        flaw.start,
        flaw.end,
        f"{what} stands twice in the file: from line {flaw.row} on it is repeated to its end",
        help="remove the second copy",
        data={"row": flaw.row},
    )


_TEXT = b"# A title\n\n" + b"".join(b"A sentence of its own, number %d.\n" % n for n in range(5))

rule = Rule(
    code="FIL111",
    name="doubled-document",
    summary="A file holds its document twice.",
    why=__doc__,
    check=Explain(Doubled, explain, clues),
    options=(KIND,),
    bad=Example({"a.md": _TEXT + b"\n" + _TEXT}),
    ok=Example({"a.md": _TEXT}),
)
