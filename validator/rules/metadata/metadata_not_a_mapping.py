"""Metadata is fields with names. A list or a plain text between the fences has none to ask for.

Most readers of front matter then give no metadata at all, and no error either.
"""

from __future__ import annotations

from ...metadata.syntax.block_flaws import NotMapping
from ...model import Hit
from ...settings.options import Settings
from ..rule import Example, Explain, Rule
from . import BLOCKS, FRONT_MATTER

_HELP = {
    ("yaml", "a text"): "write `name: value`, with a blank after the colon",
    ("yaml", "a list"): "write `name: value` in each line, without `- `; a list needs a name",
    ("yaml", "a number"): "write a name before it: `name: value`",
    ("yaml", "a truth value"): "write a name before it: `name: value`",
}


def explain(flaw: NotMapping, settings: Settings) -> Hit:
    return Hit(
        flaw.start,
        flaw.end,
        f"{BLOCKS[flaw.syntax]} is {flaw.found}, not fields with names",
        help=_HELP.get((flaw.syntax, flaw.found), 'write an object, `{"name": value}`')
        if flaw.syntax in ("yaml", "json")
        else "write a name for each value",
        data={"found": flaw.found},
    )


rule = Rule(
    code="MET011",
    name="metadata-not-a-mapping",
    summary="The metadata has no fields: it is a list, a text or a number.",
    why=__doc__,
    check=Explain(NotMapping, explain),
    bad=Example({"a.md": b"---\ntitle:Sea\n---\nText.\n"}, FRONT_MATTER),
    ok=Example({"a.md": b"---\ntitle: Sea\n---\nText.\n"}, FRONT_MATTER),
)
