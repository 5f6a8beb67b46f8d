"""Line ends behind the last line come or go."""

from __future__ import annotations

from . import Case, Invariant


def _holds(case: Case) -> bool:
    return case.before.rstrip(b"\r\n") == case.after.rstrip(b"\r\n")


INVARIANT = Invariant("the text is equal but for line ends behind its last line", _holds)
