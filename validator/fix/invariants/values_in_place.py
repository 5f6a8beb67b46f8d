"""A value is written in another way or is another, as intended; nothing else is."""

from __future__ import annotations

from ..same_fields import Allowed, pairs, same_documents
from . import Case, Invariant


def _holds(case: Case) -> bool:
    values = pairs(case.changes)
    meant = {after for _, after in values}

    def intended(before: object, after: object) -> bool:
        if isinstance(before, str):
            return (before, after) in values
        return after in meant

    return same_documents(case, Allowed(value=intended))


INVARIANT = Invariant(
    "the value reads as what was written or meant; all other fields and the body are as they were",
    _holds,
)
