"""Values of YAML that are read and are not what was meant."""

from __future__ import annotations

from typing import Final

from ...readers.engines.yaml_core import RESOLVER
from ...text.lazy_re import later
from .block_flaws import CommentCut

_COMMENT: Final = later(rb"[ \t]+#([^\r\n]*)")
_NUMBERED: Final = later(rb"[0-9]")

_OPENING: Final = frozenset("\u201c\u201e\u2018\u201a\u201f")
_CLOSING: Final = frozenset("\u201d\u201c\u2019\u2018\"'")
_QUOTES: Final = _OPENING | _CLOSING


def cut_comment(data: bytes, end: int, stop: int, text: str, key: str) -> CommentCut | None:
    """The comment behind a plain value that ends at `end`, if it was to be a part of it.

    `value # note` is a comment as people write them; `Update #2`, `tags: #news` and whatever stands
    behind a title are not. Nobody puts a comment to a number or a truth value at once behind it.
    """
    match = _COMMENT.match(data, end, stop)
    if match is None:
        return None
    written = match[1]
    glued = written[:1] not in (b"", b" ", b"\t", b"#", b"!")
    is_text = RESOLVER.read(text).kind == "text"
    likely = glued and (not text or (is_text and (" " in text or _NUMBERED.match(written))))
    if not likely and not (key == "title" and is_text and written.strip()):
        return None
    start = match.start(1) - 1
    return CommentCut(start, match.end(), key, written.decode("utf-8", "replace"), not text)


def is_in_curly_quotes(text: str) -> bool:
    """Whether typographic marks are around a value as quotation marks of YAML would be."""
    return (
        len(text) > 1
        and text[0] in _OPENING
        and text[-1] in _CLOSING
        and _QUOTES.isdisjoint(text[1:-1].replace("\u2019", ""))
    )
