"""YAML: libyaml composes a block once, unless it looks doubtful, which the exact way is for."""

from __future__ import annotations

from typing import Any, Final

from ...document import Span
from ...encoding.utf8 import MARK
from ...settings.options import Settings
from ...text.lazy_re import later
from .block_text import Examined
from .syntax import FrontMatter, Syntax

_MANY: Final = 200
"""Brackets in a block that may be composed: composing recurses in C, once for each of them."""

# A node with an anchor, alias or tag, where a token may begin.
_PROPERTY: Final = later(rb"(?:\A|[\s,\[\]{}:])(?:[&*]\S|!)")

# Lists in lists on one line, `- - - a`, and what is indented far enough to be deep.
_INDENTED: Final = later(rb"(?:\A|[\r\n])[ \t?:-]{100}")

# Line ends to libyaml, and to YAML 1.1, but not to YAML 1.2: NEL, U+2028, U+2029.
_OTHER_BREAKS: Final = later(b"\xc2\x85|\xe2\x80[\xa8\xa9]")


def load(block: bytes, settings: Settings) -> dict[str, Any] | None:
    """The fields of a YAML mapping; None when it must be examined."""
    if not _looks_plain(block):
        return None
    from .libyaml import fields

    return fields(block, settings)


def examine(data: bytes, span: Span, settings: Settings) -> Examined:
    """The tree of a YAML mapping with the bytes of every key and value, and its flaws."""
    from .yaml_nodes import parse

    return parse(data, span, settings)


def _looks_plain(block: bytes) -> bool:
    """Whether a block is surely not deep, and uses no anchor, alias or tag."""
    if block.count(b"[") + block.count(b"{") > _MANY or block.startswith(MARK):
        return False
    if (b"&" in block or b"*" in block or b"!" in block) and _PROPERTY.search(block):
        return False
    if not block.isascii() and _OTHER_BREAKS.search(block):
        return False
    return len(block) < 100 or _INDENTED.search(block) is None


SYNTAX = Syntax(
    name="yaml",
    called="the YAML block",
    load=load,
    examine=examine,
    example=b"title: Sea\n",
    front_matter=FrontMatter(b"---", b"---", "between `---`"),
    suffixes=("yaml", "yml"),
    in_code=True,
)
