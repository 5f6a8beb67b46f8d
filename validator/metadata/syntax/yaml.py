"""The syntax `yaml`, the quick way: libyaml composes the block once, unless it looks doubtful."""

from __future__ import annotations

from typing import Any, Final

from ...document import Span
from ...encoding.utf8 import MARK
from ...settings.options import Settings
from ...text.lazy_re import later
from .block_text import Examined
from .limits import is_entire
from .syntax import FrontMatter, Syntax

_MANY: Final = 200
"""Most brackets of a block that is composed, as composing recurses in C, once for each of them."""

# An anchor, alias or tag, where a token may begin.
_PROPERTY: Final = later(rb"(?:\A|[\s,\[\]{}:])(?:[&*]\S|!)")

# Lists in lists on one line, `- - - a`, and lines that are indented so far that they may be deep.
_INDENTED: Final = later(rb"(?:\A|[\r\n])[ \t?:-]{100}")

# Line ends for libyaml and YAML 1.1, but not for YAML 1.2: NEL, U+2028, U+2029.
_OTHER_BREAKS: Final = later(b"\xc2\x85|\xe2\x80[\xa8\xa9]")


# A comment that may be meant as part of a value, and typographic quotation marks around a value.
_CUT: Final = later(rb"[ \t]#[^\s#]|(?:\A|[\r\n])title:[^\r\n]*[ \t]#")
_CURLY: Final = later(rb"[:,\[-][ \t]*\xe2\x80[\x98\x9a\x9c\x9e]")


def load(block: bytes, settings: Settings) -> dict[str, Any] | None:
    """The fields of a YAML mapping; None if it must be examined."""
    if not _looks_plain(block):
        return None
    if not is_entire(settings) and _is_doubtful(block):
        return None
    from .libyaml import fields

    return fields(block, settings)


def examine(data: bytes, span: Span, settings: Settings) -> Examined:
    """The tree of a YAML mapping with the span of every key and value, and its flaws."""
    from .yaml_nodes import parse

    return parse(data, span, settings)


def content(block: bytes) -> str:
    """What a text is as YAML: `mapping`, `nothing`, `other` (a text, a list) or `error`."""
    if _may_be_deep(block):
        return "other"  # composing recurses in C
    from .libyaml import kind_of

    return kind_of(block)


def _looks_plain(block: bytes) -> bool:
    """Whether a block is certainly not nested deeply, and has no anchor, alias or tag."""
    if _may_be_deep(block) or block.startswith(MARK):
        return False
    if (b"&" in block or b"*" in block or b"!" in block) and _PROPERTY.search(block):
        return False
    return block.isascii() or _OTHER_BREAKS.search(block) is None


def _is_doubtful(block: bytes) -> bool:
    """Whether a value may be read as something else than its author meant."""
    if b" #" in block and _CUT.search(block):
        return True
    return not block.isascii() and _CURLY.search(block) is not None


def _may_be_deep(block: bytes) -> bool:
    """Whether a block may be nested so deeply that it must not be composed."""
    if block.count(b"[") + block.count(b"{") > _MANY:
        return True
    return len(block) >= 100 and _INDENTED.search(block) is not None


SYNTAX = Syntax(
    name="yaml",
    called="the YAML block",
    load=load,
    examine=examine,
    example=b"title: Sea\n",
    front_matter=FrontMatter(b"---", b"---", "between `---`"),
    suffixes=("yaml", "yml"),
    in_code=True,
    comment=b"#",
)
