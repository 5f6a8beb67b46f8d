"""Line ends are written in another way: there are as many lines, and they say the same."""

from __future__ import annotations

from ...text.lines import NEWLINE
from . import Case, Invariant


def _holds(case: Case) -> bool:
    return NEWLINE.sub(b"\n", case.before) == NEWLINE.sub(b"\n", case.after)


INVARIANT = Invariant("the text is equal but for how its lines end", _holds)
