"""A file of nothing but blanks and line ends has a size, so a check for empty files misses it."""

from __future__ import annotations

from ...file.reading import Blank
from ...model import Hit, about_file
from ...settings.options import Settings
from ..rule import Explain, Rule
from . import EMPTY


def explain(flaw: Blank, settings: Settings) -> Hit | None:
    if settings[EMPTY] == "allow":
        return None
    return about_file(
        f"the file is blank: only spaces, tabs and line ends ({flaw.size} in all)",
        help="restore it from where it came, or remove it",
    )


rule = Rule(
    __name__,
    code="FIL103",
    summary="A file has only blanks and line ends.",
    check=Explain(Blank, explain),
    options=(EMPTY,),
    bad={"a.txt": b" \n\n"},
)
