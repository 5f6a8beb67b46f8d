"""Line ends are inserted or replaced, and nothing else is."""

from __future__ import annotations

from . import Case, Invariant


def _holds(case: Case) -> bool:
    added = all(not _bare(one.old) and not _bare(one.new) for one in case.changes)
    return added and _bare(case.before) == _bare(case.after)


def _bare(text: bytes) -> bytes:
    return text.translate(None, b"\r\n")


INVARIANT = Invariant(
    "only line ends are inserted or replaced; every other byte is as it was", _holds
)
