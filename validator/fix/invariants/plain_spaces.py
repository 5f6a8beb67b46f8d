"""Spaces of any kind become U+0020."""

from __future__ import annotations

import re

from . import Invariant, same

_SPACES = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"


def _plain(text: bytes) -> str:
    return re.sub(_SPACES, " ", text.decode("utf-8", "surrogateescape"))


INVARIANT = Invariant("the text is equal where every kind of space is U+0020", same(_plain))
