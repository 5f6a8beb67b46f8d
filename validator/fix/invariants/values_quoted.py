"""A value that was no text becomes the text that was written, between quotation marks."""

from __future__ import annotations

from ..same_fields import Allowed, pairs, same_documents, unquoted
from . import Case, Change, Invariant


def _holds(case: Case) -> bool:
    texts = {text for _, text in pairs(case.changes)}

    def is_quoted(before: object, after: object) -> bool:
        return not isinstance(before, str) and after in texts

    return all(map(_is_quoted, case.changes)) and same_documents(case, Allowed(value=is_quoted))


def _is_quoted(change: Change) -> bool:
    return change.new != change.old and unquoted(change.new).encode() == change.old


INVARIANT = Invariant(
    "the value is the text that was written; all other fields and the body are as they were", _holds
)
