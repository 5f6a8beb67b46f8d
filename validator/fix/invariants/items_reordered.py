"""The items of a list stand in another order."""

from __future__ import annotations

from ..same_fields import Allowed, same_documents
from . import Case, Invariant


def _holds(case: Case) -> bool:
    old, new = (sorted(one) for one in zip(*((c.old, c.new) for c in case.changes), strict=True))
    allowed = Allowed(value=_reordered, items=True)
    return old == new and same_documents(case, allowed)


def _reordered(before: object, after: object) -> bool:
    """Whether a text that is a list has the same characters in another order."""
    if not isinstance(before, str) or not isinstance(after, str):
        return False
    return sorted(before) == sorted(after)


INVARIANT = Invariant(
    "the list has the items that it had; all other fields and the body are as they were", _holds
)
