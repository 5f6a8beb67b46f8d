"""Fields in one order are found at one look, and a change of one is a change of one line.

`metadata.order` names them; those that it does not name may stand anywhere.
"""

from __future__ import annotations

from ..rule import Rule, safely
from . import SCHEMA_OPTIONS, holds, under

rule = Rule(
    __name__,
    code="MET108",
    summary="The fields do not stand in the agreed order.",
    check=holds("key-order"),
    repairs=(
        safely(
            "The fields are put in order, each with its lines and the comment above.",
            "fields-reordered",
        ),
    ),
    options=SCHEMA_OPTIONS,
    profile=under(order=["id", "title"]),
    bad={"a.md": b"---\ntitle: A\nid: 1\n---\nText.\n"},
    ok={"a.md": b"---\nid: 1\ntitle: A\n---\nText.\n"},
)
