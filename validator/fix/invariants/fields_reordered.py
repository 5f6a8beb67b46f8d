"""Fields stand in another order, each with its own lines."""

from __future__ import annotations

from ..same_fields import Allowed, same_documents
from . import Case, Invariant


def _holds(case: Case) -> bool:
    return case.only_moves and same_documents(case, Allowed(order=True))


INVARIANT = Invariant(
    "all fields have the values they had, and the body its bytes; only their order is another",
    _holds,
)
