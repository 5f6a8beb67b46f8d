"""A text is replaced by the one that is meant; nothing else is."""

from __future__ import annotations

from ..same_fields import Allowed, pairs, same_documents
from . import Case, Invariant


def _holds(case: Case) -> bool:
    values = pairs(case.changes)
    return same_documents(case, Allowed(value=lambda before, after: (before, after) in values))


INVARIANT = Invariant(
    "the value is the one that is meant; all other fields and the body are as they were", _holds
)
