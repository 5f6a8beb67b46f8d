"""Characters are composed or decomposed; both texts are canonically equivalent in Unicode."""

from __future__ import annotations

import unicodedata

from . import Invariant, same


def _form(text: bytes) -> str:
    return unicodedata.normalize("NFD", text.decode("utf-8", "surrogateescape"))


INVARIANT = Invariant("the text is canonically equal: its NFD is the same", same(_form))
