"""A HEAD `x` is text to one reader of CoNLL-U and an error to the next; a feature `A` likewise.

What is asked here is whether the `readers` of the profile make the same of a column:
`seed-validator readers NAME` tells what each of them answers, and the real programs are asked.
"""

from __future__ import annotations

from ...model import FindingKind
from ...readers.options import READERS
from ..by_readers import by_readers
from ..rule import Rule

_ROW = b"# sent_id = s1\n1\tthe\tthe\tDET\t_\t_\tHEAD\tdet\t_\t_\n\n"

rule = Rule(
    __name__,
    code="BOD064",
    summary="The readers of the profile make different things of a column.",
    own_kind=FindingKind.READER,
    check=by_readers("body"),
    options=(READERS,),
    profile={"": {"readers": ["conllu", "pyconll"]}},
    bad={"a.conllu": _ROW.replace(b"HEAD", b"x")},
    ok={"a.conllu": _ROW.replace(b"HEAD", b"0")},
)
