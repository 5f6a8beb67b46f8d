"""Windows takes paths of 259 characters: a longer one is not checked out, opened or removed there.

Counted is what lies below the directory that is checked; the place of a checkout comes before it.
"""

from __future__ import annotations

from ...file.path_names import LongPath
from ...file.portable import MAX_PATH
from ...model import Hit, Severity, about_file
from ..rule import Explain, Rule


def explain(flaw: LongPath) -> Hit:
    return about_file(
        f"the path has {flaw.size} characters, and Windows takes {MAX_PATH - 1} with the place "
        "that it is put in",
        help="shorten the names of the file or of its directories",
        data={"size": flaw.size},
    )


_DEEP = "/".join(f"a-directory-with-a-long-name-{number:02}" for number in range(9))

rule = Rule(
    __name__,
    code="FIL113",
    summary="A path is longer than Windows takes.",
    check=Explain.of(LongPath, explain),
    severity=Severity.WARNING,
    bad={f"{_DEEP}/a.txt": b"Title\nText.\n"},
    ok={"a-directory/a.txt": b"Title\nText.\n"},
)
