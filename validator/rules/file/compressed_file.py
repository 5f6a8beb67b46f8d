"""A compressed file is read through, unless the profile says that documents lie there unpacked.

Tools that follow the documents of a repository (a diff, a search, a loader with a wildcard) do not
see into it. Where it is read, every position counts the bytes that it expands to.
"""

from __future__ import annotations

from ...file.compression import COMPRESSED
from ...file.streams import Compressed
from ...model import FindingKind, Hit, about_file
from ..rule import Explain, Rule
from . import GZIP


def explain(flaw: Compressed) -> Hit:
    return about_file(
        f"the file is compressed ({flaw.format}), which the profile forbids",
        help="unpack it, or let the profile read it with `file.compressed`",
        data={"format": flaw.format},
    )


rule = Rule(
    __name__,
    code="FIL201",
    summary="A file is compressed, against the profile.",
    own_kind=FindingKind.PROFILE,
    check=Explain.of(Compressed, explain),
    options=(COMPRESSED,),
    profile={"file": {"compressed": "forbid"}},
    bad={"a.txt.gz": GZIP},
    ok={"a.txt.gz": GZIP},
    ok_profile={},
)
