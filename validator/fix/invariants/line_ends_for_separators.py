"""U+2028 and U+2029 become line ends, which they were already to the readers that know them."""

from __future__ import annotations

from ...text.lazy_re import later
from ...text.lines import NEWLINE
from . import Case, Change, Invariant

_SEPARATOR = later("(?:\u2028|\u2029)".encode())


def _holds(case: Case) -> bool:
    return all(map(_is_ended, case.changes)) and _lines(case.before) == _lines(case.after)


def _is_ended(change: Change) -> bool:
    """Whether as many line ends are written as there were separators, and nothing else is."""
    bare = _SEPARATOR.sub(b"", change.old) + NEWLINE.sub(b"", change.new)
    return not bare and len(_SEPARATOR.findall(change.old)) == len(NEWLINE.findall(change.new))


def _lines(text: bytes) -> bytes:
    return NEWLINE.sub(b"\n", _SEPARATOR.sub(b"\n", text))


INVARIANT = Invariant("the text is equal where U+2028 and U+2029 are taken for line ends", _holds)
