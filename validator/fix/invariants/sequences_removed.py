"""Commands to a terminal are removed, and nothing else is."""

from __future__ import annotations

from . import Case, Invariant

_BEGIN = (b"\x1b", "\u009b".encode())


def _holds(case: Case) -> bool:
    return all(not one.new and one.old.startswith(_BEGIN) for one in case.changes)


INVARIANT = Invariant("only sequences that begin with ESC or CSI are gone", _holds)
