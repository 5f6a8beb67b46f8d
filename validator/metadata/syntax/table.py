"""The syntaxes of metadata. To add one, write its module and add its line here."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

from ...document import Span
from ...settings.options import Settings
from .block_flaws import TooLarge
from .block_text import Examined
from .limits import MAX_BYTES
from .syntax import FrontMatter, Head, Syntax

_MODULES: Final = (
    "json",
    "yaml",
    "toml",
    "headers",
    "comments",
)

_FOUND: Final[tuple[Syntax, ...]] = tuple(
    import_module(f"{__package__}.{module}").SYNTAX for module in _MODULES
)
SYNTAXES: Final[Mapping[str, Syntax]] = {one.name: one for one in _FOUND}

FENCES: Final[Mapping[str, FrontMatter]] = {
    one.name: one.front_matter for one in _FOUND if one.front_matter and not one.front_matter.end
}
FRONT_MATTER: Final[Mapping[str, FrontMatter]] = {
    **FENCES,
    **{one.name: one.front_matter for one in _FOUND if one.front_matter},
}
"""By syntax: how front matter is written. Fences come first, as text may begin with a brace."""

HEADS: Final[Mapping[str, Head]] = {one.name: one.head for one in _FOUND if one.head}
SUFFIXES: Final[Mapping[str, str]] = {suffix: one.name for one in _FOUND for suffix in one.suffixes}
IN_CODE: Final = tuple(one.name for one in _FOUND if one.in_code)


def load(
    syntax: str, block: bytes, settings: Settings, limit: int | None = None
) -> dict[str, Any] | None:
    """The fields of a block in this syntax, by the quick way; None if it must be examined.

    `limit` is how many bytes the block may have; None means `metadata.max-bytes`.
    """
    if len(block) > (settings[MAX_BYTES] if limit is None else limit):
        return None
    return SYNTAXES[syntax].load(block, settings)


def examine(
    syntax: str, data: bytes, span: Span, settings: Settings, limit: int | None = None
) -> Examined:
    """The tree of the block at `span` of `data`, and its flaws by offset; `limit` as in `load`.

    Never raises.
    """
    (start, end), most = span, settings[MAX_BYTES] if limit is None else limit
    if end - start > most:
        return Examined(None, (TooLarge(start, end, end - start, most),))
    return SYNTAXES[syntax].examine(data, span, settings)
