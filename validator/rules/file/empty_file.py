"""An empty file is a document that says nothing: a lost write, a failed export, a placeholder.

Loaders drop it without a word or keep it as an empty text; either way counts no longer agree.
"""

from __future__ import annotations

from ...file.reading import Empty
from ...model import Hit, about_file
from ...settings.options import Settings
from ..rule import Explain, Rule
from . import EMPTY


def explain(flaw: Empty, settings: Settings) -> Hit | None:
    if settings[EMPTY] == "allow":
        return None
    return about_file(
        "the file is empty (0 bytes)",
        help="restore it from where it came, or remove it",
    )


rule = Rule(
    __name__,
    code="FIL102",
    summary="A file has no bytes.",
    check=Explain(Empty, explain),
    options=(EMPTY,),
    bad={"a.txt": b""},
)
