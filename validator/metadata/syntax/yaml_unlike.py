"""Finds values of YAML that are read, but not as their author meant them."""

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
    """The flaw of a comment after a plain value that was probably meant as a part of it, or None.

    The value is `text`, which ends at the byte `end`, of the field `key`. `value # note` is an
    ordinary comment; `Update #2`, `tags: #news` and all comments after a title are not. After a
    number or a truth value, it is always taken as a comment.
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
    """Whether typographic quotation marks are around a value, where those of YAML would be."""
    return (
        len(text) > 1
        and text[0] in _OPENING
        and text[-1] in _CLOSING
        and _QUOTES.isdisjoint(text[1:-1].replace("\u2019", ""))
    )
