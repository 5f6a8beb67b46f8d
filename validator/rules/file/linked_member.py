"""A link in an archive has no bytes of its own: who reads the archive gets no document for it.

Readers of shards pass it by; who unpacks it gets a file, or a link to what lies somewhere else on
his machine. A hard link is how tar writes the second of two names of one file.
"""

from __future__ import annotations

from ...file.archive_flaws import LinkedMember
from ...model import Hit, about_file
from ...text.visible import visible
from ..rule import Explain, Rule


def explain(flaw: LinkedMember) -> Hit:
    target = visible(flaw.target)
    return about_file(
        f"this member is a {flaw.kind} to `{target}`; it was not read",
        help="pack the file itself (`tar --dereference --hard-dereference`)",
        data={"kind": flaw.kind, "target": target},
    )


rule = Rule(
    __name__,
    code="FIL221",
    summary="A member of an archive is a link.",
    check=Explain.of(LinkedMember, explain),
)
