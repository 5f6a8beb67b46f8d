"""Characters are replaced by what Unicode holds to be compatible with them."""

from __future__ import annotations

import unicodedata

from . import Invariant, same


def _form(text: bytes) -> str:
    return unicodedata.normalize("NFKD", text.decode("utf-8", "surrogateescape"))


INVARIANT = Invariant("the text is compatibly equal: its NFKD is the same", same(_form))
