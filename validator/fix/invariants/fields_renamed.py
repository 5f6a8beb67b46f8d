"""Fields get another name: the one that `how` of each change says."""

from __future__ import annotations

from ..same_fields import Allowed, same_documents, unquoted
from . import Case, Invariant


def _holds(case: Case) -> bool:
    names = {(unquoted(one.old), one.how) for one in case.changes}
    return same_documents(case, Allowed(key=lambda before, after: (before, after) in names))


INVARIANT = Invariant(
    "a field has its new name; its value, all other fields and the body are as they were", _holds
)
