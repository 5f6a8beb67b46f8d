"""A link out of the directory brings in bytes that do not travel with the corpus.

They are absent from an archive, a container or another checkout, and on a shared machine a link
may lead to what was never meant to be published. So they are not read.
"""

from __future__ import annotations

from ...file.walk import OutsideLink
from ...model import Hit, about_file
from ..rule import Explain, Rule


def explain(flaw: OutsideLink) -> Hit:
    return about_file(
        f"the symbolic link leads out of `{flaw.root}`, to `{flaw.target}`; it was not followed",
        help="copy the file into the corpus, or name the link itself on the command line",
    )


rule = Rule(
    __name__,
    code="FIL003",
    summary="A symbolic link leads out of the directory that is checked.",
    check=Explain.of(OutsideLink, explain),
    bad={"a.txt": b"-> ../outside.txt"},
)
