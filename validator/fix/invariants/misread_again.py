"""Mojibake is mended: the text, misread in the same way again, gives what was there."""

from __future__ import annotations

from ...encoding.mojibake.codec_tables import misread
from . import Change, Invariant, each

C1 = "c1"
"""The `how` of an edit of a C1 control: a byte of Windows-1252 had been read as Latin-1."""


def _comes_back(change: Change) -> bool:
    """Whether the new text, misread again, gives the old bytes.

    It is misread by each encoding that `how` names, in reverse order.
    """
    try:
        text = change.new.decode()
        if change.how == C1:
            return text.encode("cp1252").decode("latin-1").encode() == change.old
        for name in reversed(change.how.split()):
            text = misread(text, name)
    except (UnicodeError, KeyError):
        return False
    return bool(change.how) and text.encode() == change.old


INVARIANT = Invariant(
    "each new text, saved and misread again in the same way, gives the bytes that were there",
    each(_comes_back),
)
