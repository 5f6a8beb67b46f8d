"""Anchors that a page in Markdown surely has, found without a parser. It may have more.

A line that begins with `#` at its first column is a heading wherever it stands, as it ends every
list, quote and paragraph; except in a block of code or HTML that is itself in no list or quote.
Such blocks are passed over where their end is plain; where it is not, the search ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..text.lazy_re import later

_PIECE: Final = later(
    r"""(?mx)^(?:
    \#{1,6}[ ]+(?P<heading>[^`*_~<&\\!\[\#{}\0\n]+)$
    | (?P<ticks>`{3,})[^`\n]*\n(?:.*\n)*?[ ]{0,3}(?P=ticks)`*[ \t]*$
    | (?P<tildes>~{3,})(?!~)[^`\n]*\n(?:.*\n)*?[ ]{0,3}(?P=tildes)~*[ \t]*$
    | (?P<inner>(?P<deep>[ ]{1,3})(?P<sign>`{3,}|~{3,})(?![`~])[^`\n]*\n
      (?:(?!\s*(?:```|~~~))(?:(?P=deep).*|[ \t]*)\n)*(?P=deep)(?P=sign)[ \t]*$)
    | (?P<comment><!--)
    | (?P<html><(?i:(?!script|pre|style|textarea)/?[a-z]))
    | (?P<unclear>[ ]{0,3}(?:<|`{3}|~{3}))
    )"""
)
_OPENS: Final = later(r"(?im)^[ ]{0,3}(?:`{3}|~{3}|<(?:script|pre|style|textarea|[!?]))")
"""Blocks of code or HTML that a blank line does not end."""

_BLANK: Final = later(r"(?m)^[ \t]*$")
_LINE_END: Final = later(r"\r\n?")


def sure_headings(text: str) -> Iterator[str]:
    """The text of each heading that is surely one and has no markup; `text` has no front matter."""
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    found = _PIECE.search(text)
    while found:
        end = found.end()
        if found["heading"]:
            heading = found["heading"].strip()
            if heading:
                yield heading
        elif found["comment"]:
            end = text.find("-->", end)
            end = text.find("\n", end) if end >= 0 else -1
        elif found["html"]:
            blank = _BLANK.search(text, end)
            is_clear = blank and not _OPENS.search(text, end, blank.start())
            end = blank.start() if blank and is_clear else -1
        elif found["unclear"]:
            end = -1
        if end < 0:
            return
        found = _PIECE.search(text, end)
