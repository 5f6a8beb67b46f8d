"""Fixes of a whole file: the rule gives only a recipe, and the edits are worked out here.

A recipe is `line-ends:lf` (or `crlf`, `cr`), or `transcode:CODEC,…`: the file is decoded by the
first of these that decodes all of it, and written in UTF-8. A file that declares another encoding
in its text is not transcoded: the declaration would be wrong then.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from ..encoding.file_declaration import declaration
from ..encoding.transcode import resolve
from ..model import Edit, Fix
from ..text.lines import NEWLINE, Window
from .invariants.encoded_again import MARKED

_ENDS: Final = {"lf": b"\n", "crlf": b"\r\n", "cr": b"\r"}


def expanded(fix: Fix, data: bytes, codec: str = "") -> Fix | None:
    """The fix with its edits; None where the recipe does not fit these bytes.

    `codec` is the encoding that the file is declared to be in, if that is not UTF-8.
    """
    name, _, how = fix.recipe.partition(":")
    if name == "line-ends":
        new = _with_ends(data, _ENDS[how], codec)
        return replace(fix, edits=(Edit(0, len(data), new),)) if new is not None else None
    return _transcoded(fix, data, how.split(","))


def _with_ends(data: bytes, end: bytes, codec: str) -> bytes | None:
    if not codec:
        return NEWLINE.sub(end, data)
    try:
        text = data.decode(codec).encode("utf-8", "surrogatepass")
        return NEWLINE.sub(end, text).decode("utf-8", "surrogatepass").encode(codec)
    except UnicodeError:
        return None


def _transcoded(fix: Fix, data: bytes, codecs: list[str]) -> Fix | None:
    for name in codecs:
        codec, mark = resolve(name, data)
        try:
            text = data[mark:].decode(codec)
        except UnicodeError:
            continue
        new = text.encode()
        if _declares_another(new):
            return None
        how = MARKED + codec if mark else codec
        return replace(fix, edits=(Edit(0, len(data), new),), how=(how,))
    return None


def _declares_another(text: bytes) -> bool:
    """Whether a text in UTF-8 declares another encoding, as XML and HTML may."""
    declared = declaration([Window(text)])
    return declared is not None and declared.codec != "utf-8"
