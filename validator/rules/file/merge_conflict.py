"""Markers of a merge that nobody resolved are published as text, with both of its sides.

They stand at the start of a line: `<<<<<<<` and what one side is called, `=======`, `>>>>>>>` and
the other side, perhaps `|||||||` and what both had before. A line of seven `=` under a heading is
no marker, nor is what a page about merging shows in a block of code.
"""

from __future__ import annotations

from ...file.conflicts import CLOSING, OPENING, Conflict, Marker
from ...model import Aside, Hit, Location
from ...text.screen.screen import LineStart
from ...text.visible import visible_bytes
from ..rule import Explain, Rule, always


def explain(flaw: Conflict) -> Hit:
    first, *rest = flaw.markers
    others = [f"`{one.sign.decode()}` in line {one.row}" for one in rest]
    listed = " and ".join((", ".join(others[:-1]), others[-1])) if others[1:] else "".join(others)
    more = f", with {listed}" if others else ", the others are gone"
    return Hit(
        first.start,
        first.end,
        f"a merge was never resolved: here is its marker `{first.sign.decode()}`{_label(first)}"
        f"{more}",
        help="keep the side that is right, or make one of both, and remove the markers",
        data={"rows": [one.row for one in flaw.markers]},
        related=tuple(
            Aside(one.start, f"`{one.sign.decode()}`{_label(one)}", Location(one.row, 1))
            for one in rest
        ),
    )


def _label(marker: Marker) -> str:
    return f" of `{visible_bytes(marker.label[:60])}`" if marker.label else ""


rule = Rule(
    __name__,
    code="FIL110",
    summary="Markers of a merge conflict are left in a file.",
    check=Explain.of(Conflict, explain, always(LineStart(OPENING), LineStart(CLOSING))),
    bad={"a.md": b"# Title\n<<<<<<< HEAD\nA.\n=======\nB.\n>>>>>>> topic\n"},
    ok={"a.md": b"A title\n=======\nText.\n"},
)
