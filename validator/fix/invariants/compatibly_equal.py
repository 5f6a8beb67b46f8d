"""Characters are replaced by others that are compatibility equivalents of them in Unicode."""

from __future__ import annotations

import unicodedata

from . import Invariant, same


def _form(text: bytes) -> str:
    return unicodedata.normalize("NFKD", text.decode("utf-8", "surrogateescape"))


INVARIANT = Invariant("the text is compatibly equal: its NFKD is the same", same(_form))
