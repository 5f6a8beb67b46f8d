"""Blocks that hold what a template engine fills in, and are no YAML or TOML before."""

from __future__ import annotations

from typing import Final

from ...document import Span
from ...text.lazy_re import later
from ...text.lines import NEWLINE
from .block_flaws import Template

_TEMPLATE: Final = later(rb"(?m)^[^#\r\n'\"]*?(\{\{|\{%|<%)")
ENDS: Final = {"{{": "}}", "{%": "%}", "<%": "%>"}
"""How a sign of a template engine begins, and how it ends."""


def template_in(data: bytes, span: Span, syntax: str) -> Template | None:
    """The first sign of a template in a block that its parser does not read."""
    match = _TEMPLATE.search(data, *span)
    if match is None:
        return None
    end = template_end(data, match.start(1), span[1])
    return Template(match.start(1), end, match[1].decode(), syntax)


def template_end(data: bytes, start: int, stop: int) -> int:
    """The end of what a template engine fills in, on its line."""
    match = NEWLINE.search(data, start, stop)
    line = match.start() if match else stop
    close = data.find(ENDS[data[start : start + 2].decode()].encode(), start, line)
    return close + 2 if close >= 0 else line
