"""Fields get another name."""

from __future__ import annotations

from ..same_fields import Allowed, pairs, same_documents
from . import Case, Invariant


def _holds(case: Case) -> bool:
    names = pairs(case.changes)
    return same_documents(case, Allowed(key=lambda before, after: (before, after) in names))


INVARIANT = Invariant(
    "a field has its new name; its value, all other fields and the body are as they were", _holds
)
