"""How a comment is written in a file, by the suffix of its name, and how in front matter."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from ..document import Span
from ..file.compression import bare
from ..metadata.syntax.table import FENCES, SUFFIXES, SYNTAXES
from ..text.lazy_re import later

_MARKDOWN: Final = ("md", "markdown", "mdown", "mkd", "qmd", "rmd")
_FENCE: Final = later(rb"(?m)^ {0,3}(`{3,}|~{3,})")


class CommentForm(Struct, frozen=True):
    """What begins a comment and what ends it; an empty `closing` means the end of the line.

    With `begins_line` a comment is one at the start of a line only, behind blanks. With `fences`
    nothing in a fenced block of code is a comment.
    """

    opening: bytes
    closing: bytes = b""
    begins_line: bool = False
    fences: bool = False

    def code(self, data: bytes) -> list[Span]:
        """The spans of fenced blocks of code, in order; none without `fences`."""
        found: list[Span] = []
        fence, start = b"", 0
        for match in _FENCE.finditer(data) if self.fences else ():
            mark: bytes = match[1]
            if not fence:
                fence, start = mark, match.start()
            elif mark.startswith(fence):
                found.append((start, match.start()))
                fence = b""
        return [*found, (start, len(data))] if fence else found


MARKDOWN: Final = CommentForm(b"<!--", b"-->", fences=True)
RST: Final = CommentForm(b"..", begins_line=True)
CONLLU: Final = CommentForm(b"#", begins_line=True)

_BODIES: Final[Mapping[str, CommentForm]] = {
    **dict.fromkeys(_MARKDOWN, MARKDOWN),
    **dict.fromkeys(("rst", "rest"), RST),
    **dict.fromkeys(("conllu", "conllup"), CONLLU),
}


def form_of(name: bytes) -> CommentForm | None:
    """How a comment is written in a file of this name; None if it can have none, or unknown."""
    suffix = os.path.splitext(bare(name))[1].lower().decode("utf-8", "replace")[1:]
    syntax = SYNTAXES.get(SUFFIXES.get(suffix, ""))
    if syntax is not None:
        return CommentForm(syntax.comment) if syntax.comment else None
    return _BODIES.get(suffix)


def in_front_matter(data: bytes) -> tuple[CommentForm, int] | None:
    """How a comment is written in a file's front matter, and where that ends; None without it.

    The end is the first byte of the closing fence; 0 where nothing closes the front matter.
    """
    for name, fence in FENCES.items():
        comment = SYNTAXES[name].comment
        if comment and data.startswith(fence.opening) and data[3:4] in b"\r\n \t":
            closing = re.search(rb"[\r\n]" + re.escape(fence.closing), data)
            return CommentForm(comment), closing.start() + 1 if closing else 0
    return None
