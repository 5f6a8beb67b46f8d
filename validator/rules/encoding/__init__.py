"""ENC: do the bytes decode as declared?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...settings.options import choice

NEWLINE_STYLE = choice(
    "encoding.newline",
    "how lines end: `lf`, `crlf`, `cr`, `one-style` (any of them, but one a file), or `any`",
    "lf crlf cr one-style any",
)
STYLES = {"lf": b"\n", "crlf": b"\r\n", "cr": b"\r"}
NAMES = {b"\n": "LF", b"\r\n": "CRLF", b"\r": "CR"}


def majority(counts: Mapping[bytes, int]) -> bytes:
    """The line end that most lines have; LF if two are equally frequent."""
    return max(counts, key=lambda end: (counts[end], end == b"\n"))


def ending(newline: bytes) -> str:
    """The recipe (see `fix/recipes`) of a fix that ends every line with `newline`."""
    return f"line-ends:{NAMES[newline].lower()}"


def transcoding(codecs: Sequence[str]) -> str:
    """The recipe of a fix that decodes a file by the first codec that fits, and writes UTF-8."""
    return f"transcode:{','.join(codecs)}"
