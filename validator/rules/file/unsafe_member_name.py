"""A member named `../a` or `/etc/a` is written outside of where its archive is unpacked.

Good tools refuse it or change its name, each in its own way, so that readers do not agree on what
is there; others write where they are told. It is not read here.
"""

from __future__ import annotations

from ...file.archive_flaws import UnsafeName
from ...model import Hit, about_file
from ..rule import Explain, Rule


def explain(flaw: UnsafeName) -> Hit:
    return about_file(
        f"the name of this member {flaw.why}; it was not read",
        help="pack the archive again with names below one directory",
    )


rule = Rule(
    __name__,
    code="FIL222",
    summary="The name of a member leads out of where its archive is unpacked.",
    check=Explain.of(UnsafeName, explain),
)
