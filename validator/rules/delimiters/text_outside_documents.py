"""Text before, between or after the documents belongs to none of them.

Readers drop it, so that a document whose marker was lost disappears without a word.
"""

from __future__ import annotations

from ...delimiters.flaws import Outside
from ...delimiters.options import BEGIN, EPILOGUE, PREAMBLE
from ...model import Hit
from ..rule import Explain, Rule
from . import about_near, beside, in_bytes, mended_look_alike, written_as

_WHERE = {
    "before": "before the first document",
    "between": "between two documents",
    "after": "after the last document",
}
_ALLOWED_BY = {"before": PREAMBLE, "after": EPILOGUE}


def explain(flaw: Outside) -> Hit:
    size, near = in_bytes(flaw.end - flaw.start), flaw.near
    where = _WHERE.get(flaw.place, "")
    allowed = _ALLOWED_BY.get(flaw.place)
    or_allow = f'; or allow it by `{allowed.key} = "allow"`' if allowed else ""
    if where:
        message = f"{size} of text {where} belong{'s' if size == '1 byte' else ''} to none"
    else:
        message = f"the file has no document: no `{flaw.form}` is in it"
    if near:
        message += f": {about_near(near)}"
        mend = f"write line {near.row} as `{near.form}`, if a document begins there"
    else:
        mend = f"write `{flaw.form}` before the text, if it is a document"
        mend += f", else remove it{or_allow}" if where else ""
    return flaw.hit(
        message,
        help=mend,
        fix=written_as(near),
        data={"place": flaw.place, "size": flaw.end - flaw.start},
        related=beside(near),
    )


rule = Rule(
    __name__,
    code="DEL015",
    summary="There is text that belongs to no document.",
    check=Explain.of(Outside, explain),
    options=(BEGIN, PREAMBLE, EPILOGUE),
    repairs=(mended_look_alike("begin marker"),),
    profile={"delimiters": {"kind": "marked", "begin": "[begin]", "end": "[end]"}},
    bad={"a.txt": b"[begin]\nOne.\n[end]\nTwo.\n"},
    ok={"a.txt": b"[begin]\nOne.\n[end]\n\n[begin]\nTwo.\n[end]\n"},
)
