"""The items of a list stand in another order."""

from __future__ import annotations

from ..same_fields import Allowed, same_documents
from . import Case, Invariant


def _holds(case: Case) -> bool:
    return case.only_moves and same_documents(case, Allowed(value=_reordered, items=True))


def _reordered(before: object, after: object) -> bool:
    """Whether a text that is a list has the same characters in another order."""
    if not isinstance(before, str) or not isinstance(after, str):
        return False
    return sorted(before) == sorted(after)


INVARIANT = Invariant(
    "the list has the items that it had; all other fields and the body are as they were", _holds
)
