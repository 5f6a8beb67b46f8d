"""Spaces and tabs at the end of lines go."""

from __future__ import annotations

from ...text.lazy_re import later
from . import Case, Invariant

_BLANKS = later(rb"[ \t]+(?=[\r\n]|\Z)")


def _holds(case: Case) -> bool:
    return _bare(case.before) == _bare(case.after)


def _bare(text: bytes) -> bytes:
    return _BLANKS.sub(b"", text)


INVARIANT = Invariant("each line is equal but for spaces and tabs at its end", _holds)
