"""Whether a separator follows the last document decides if there is one more, an empty one.

A file without the last separator cannot be told from a file that was cut; two files with it join
to a third one.
"""

from __future__ import annotations

from ...delimiters.flaws import SeparatorEnd
from ...delimiters.options import SEPARATOR, TRAILING
from ...model import Hit
from ..rule import Explain, Rule


def explain(flaw: SeparatorEnd) -> Hit:
    what = f"`{flaw.form}`" if flaw.form else "a blank line"
    if flaw.required:
        return flaw.hit(
            f"the last document does not end in {what}",
            help=f"write {what} after it; if text is missing there, the file was cut",
        )
    return flaw.hit(
        f"{what} after the last document begins one more, which is empty",
        help="remove it: separators stand between documents, not after the last one",
    )


rule = Rule(
    __name__,
    code="DEL019",
    summary="The separator after the last document is missing, or one too many.",
    check=Explain.of(SeparatorEnd, explain),
    options=(SEPARATOR, TRAILING),
    profile={"delimiters": {"kind": "marked", "separator": "%%%", "trailing-separator": "require"}},
    bad={"a.txt": b"One.\n%%%\nTwo.\n"},
    ok={"a.txt": b"One.\n%%%\nTwo.\n%%%\n"},
)
