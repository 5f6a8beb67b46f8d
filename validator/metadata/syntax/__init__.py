"""How metadata is written: YAML, TOML, JSON, headers, comments.

Each syntax is a module with two functions. `load(block, settings)` is quick and knows no
positions; it gives the fields, or None when the block must be examined: it may cry wolf, and it
never misses a flaw. `examine(data, span, settings)` is exact: a tree whose every key and value
knows its bytes in `data`, and the flaws. Where there are no flaws the two agree.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from ...document import Span
from ...settings.options import Settings
from .block_text import Examined

SYNTAXES: Final = ("yaml", "toml", "json", "headers", "comments")


def load(syntax: str, block: bytes, settings: Settings) -> dict[str, Any] | None:
    """The fields of a block in this syntax; None when it must be examined."""
    found: dict[str, Any] | None = _module(syntax).load(block, settings)
    return found


def examine(syntax: str, data: bytes, span: Span, settings: Settings) -> Examined:
    """The tree of the block at `span` of `data`, and its flaws by position. Never raises."""
    found: Examined = _module(syntax).examine(data, span, settings)
    return found


def _module(syntax: str) -> Any:
    """The module of a syntax, imported when the first block of it is read."""
    if syntax not in SYNTAXES:
        raise ValueError(f"`{syntax}` is no syntax of metadata")
    return import_module(f".{syntax}", __name__)
