"""A document without the file that holds its metadata: its title and date are unknown.

Whoever reads the two together drops the document, stops, or takes the metadata of another one.
"""

from __future__ import annotations

from ...delimiters.flaws import NoSidecar
from ...delimiters.options import BLOCK, PRESENCE, SIDECAR
from ...model import FindingKind, Hit, about_file
from ...text.visible import visible_bytes
from ..rule import Explain, Rule


def explain(flaw: NoSidecar) -> Hit:
    name = visible_bytes(flaw.name)
    there = f"; there is {visible_bytes(flaw.near)}" if flaw.near else ""
    return about_file(
        f"its metadata stand in {name}, which is not there beside it{there}",
        help=f"rename that file to `{name}`" if there else f"write `{name}` into its directory",
        data={"sidecar": flaw.name.decode("utf-8", "replace")},
    )


rule = Rule(
    __name__,
    code="DEL033",
    summary="The file beside a document that holds its metadata is not there.",
    own_kind=FindingKind.PROFILE,
    check=Explain.of(NoSidecar, explain),
    options=(BLOCK, SIDECAR, PRESENCE),
    profile={"delimiters": {"block": "sidecar", "sidecar": "{stem}.json"}},
    bad={"a.txt": b"Text.\n", "A.json": b'{"title": "Sea"}\n'},
    ok={"a.txt": b"Text.\n", "a.json": b'{"title": "Sea"}\n'},
)
