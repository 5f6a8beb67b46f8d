"""Finds places for a template engine in blocks: until they are filled in, it is no YAML or TOML."""

from __future__ import annotations

from typing import Final

from ...document import Span
from ...text.lazy_re import later
from ...text.lines import NEWLINE
from .block_flaws import Template

_TEMPLATE: Final = later(rb"(?m)^[^#\r\n'\"]*?(\{\{|\{%|<%)")
ENDS: Final = {"{{": "}}", "{%": "%}", "<%": "%>"}
"""By opening sign of a template engine: the closing one."""


def template_in(data: bytes, span: Span, syntax: str) -> Template | None:
    """The flaw of the first template sign in a block that its parser cannot read; None without."""
    match = _TEMPLATE.search(data, *span)
    if match is None:
        return None
    end = template_end(data, match.start(1), span[1])
    return Template(match.start(1), end, match[1].decode(), syntax)


def template_end(data: bytes, start: int, stop: int) -> int:
    """The byte after the closing sign for the one at `start`; the line's end if it has none."""
    match = NEWLINE.search(data, start, stop)
    line = match.start() if match else stop
    close = data.find(ENDS[data[start : start + 2].decode()].encode(), start, line)
    return close + 2 if close >= 0 else line
