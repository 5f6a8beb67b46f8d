"""The syntax `toml`, the quick way, by the standard library; dates become text as in RFC 3339."""

from __future__ import annotations

import math
from typing import Any, Final

from ...document import Span
from ...settings.options import Settings
from .block_text import SAFE_INTEGER, Examined
from .limits import MAX_DEPTH
from .syntax import FrontMatter, Syntax
from .toml_values import simple

_DOUBTFUL: Final = object()


def load(block: bytes, settings: Settings) -> dict[str, Any] | None:
    """The fields of a block of TOML; None if it must be examined."""
    limit = settings[MAX_DEPTH]
    if has_many_dots(block, limit):
        return None
    import tomllib

    try:
        table = tomllib.loads(block.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    fields = _plain(table, limit)
    return fields if isinstance(fields, dict) and fields else None


def examine(data: bytes, span: Span, settings: Settings) -> Examined:
    """The tree of a block of TOML with the span of every key and value, and its flaws."""
    from .toml_nodes import parse

    return parse(data, span, settings)


def has_many_dots(block: bytes, limit: int) -> bool:
    """Whether a line may have a dotted key of more than `limit` parts.

    The time of the parser grows with the square of the parts.
    """
    return block.count(b".") >= limit and any(
        line.count(b".") >= limit for line in block.split(b"\n")
    )


def _plain(value: Any, room: int) -> Any:
    """`value` with dates as text; _DOUBTFUL if nested deeper than `room`, or for odd numbers."""
    if isinstance(value, str | bool):
        return value
    if isinstance(value, int | float):
        is_safe = -SAFE_INTEGER < value < SAFE_INTEGER if isinstance(value, int) else (
            math.isfinite(value)
        )  # fmt: skip
        return value if is_safe else _DOUBTFUL
    if not isinstance(value, dict | list):
        return simple(value)
    if not room:
        return _DOUBTFUL
    if isinstance(value, list):
        items = [_plain(item, room - 1) for item in value]
        return _DOUBTFUL if any(item is _DOUBTFUL for item in items) else items
    fields = {key: _plain(item, room - 1) for key, item in value.items()}
    return _DOUBTFUL if any(item is _DOUBTFUL for item in fields.values()) else fields


SYNTAX = Syntax(
    name="toml",
    called="the TOML block",
    load=load,
    examine=examine,
    example=b'title = "Sea"\n',
    front_matter=FrontMatter(b"+++", b"+++", "between `+++`"),
    suffixes=("toml",),
    in_code=True,
    comment=b"#",
)
