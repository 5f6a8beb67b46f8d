"""A document that stands twice in its file was pasted, appended or merged once too often.

Every reader reads it twice: the second front matter is text, counts and searches find all things
two times. Told is what is repeated to the byte up to the end of the file; of documents that come
several to a file `corpus.unique` finds the copies.
"""

from __future__ import annotations

from ...delimiters.kinds import KIND
from ...file.doubled import CLUES, Doubled
from ...model import Hit
from ..rule import Explain, Rule, where


def explain(flaw: Doubled) -> Hit:
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
    __name__,
    code="FIL111",
    summary="A file holds its document twice.",
    check=Explain.of(Doubled, explain, where(KIND, "whole", *CLUES)),
    options=(KIND,),
    bad={"a.md": _TEXT + b"\n" + _TEXT},
    ok={"a.md": _TEXT},
)
