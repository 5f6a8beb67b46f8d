"""An empty block is a form that nobody filled in: it looks like metadata, and there is none.

Where documents need no metadata, two fences with no line between them are no form, but a sign to
some programs that they should look at the file.
"""

from __future__ import annotations

from ...delimiters.options import PRESENCE
from ...metadata.syntax.block_flaws import EmptyBlock
from ...metadata.syntax.table import SYNTAXES
from ...model import Hit, Severity
from ...settings.options import Settings
from ..rule import Explain, Rule
from . import FRONT_MATTER


def explain(flaw: EmptyBlock, settings: Settings) -> Hit | None:
    if flaw.start == flaw.end and settings[PRESENCE] == "allow":
        return None  # two fences and nothing between: Jekyll is told so to render a file
    return flaw.hit(
        f"{SYNTAXES[flaw.syntax].called} holds no field",
        help="write the fields, or remove the block with its fences",
    )


rule = Rule(
    __name__,
    code="MET012",
    summary="The metadata block holds no field.",
    check=Explain(EmptyBlock, explain),
    severity=Severity.WARNING,
    profile=FRONT_MATTER,
    bad={"a.md": b"---\n# title:\n---\nText.\n"},
    ok={"a.md": b"---\ntitle: Sea\n---\nText.\n"},
)
