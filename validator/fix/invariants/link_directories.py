"""The target of a link gets another directory; its file name and what follows stay."""

from __future__ import annotations

import os

from ...corpus.moved import parted
from ...corpus.paths import unescaped
from . import Case, Change, Invariant


def _holds(case: Case) -> bool:
    return case.keeps_fields and all(map(_is_led, case.changes))


def _is_led(change: Change) -> bool:
    """Whether only the directory of the target is new, and the target names the file `how`."""
    (_, name, behind), (way, *same) = parted(change.old), parted(change.new)
    led = unescaped(name) == os.path.basename(os.fsencode(change.how))
    return led and [name, behind] == same and not way.translate(None, _PLAIN)


_PLAIN = bytes(
    byte for byte in range(0x21, 0x100) if byte not in b'"<>()[]{}\\`|^?#&*:;' and byte != 0x7F
)
"""Bytes that stand for themselves in the target of a link, and do not end it."""

INVARIANT = Invariant(
    "only the directories of links are others; their file names, what follows these, and every "
    "other byte are as they were",
    _holds,
)
