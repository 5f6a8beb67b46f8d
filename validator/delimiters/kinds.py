"""The ways to divide files. To add one, write its module and add its line here."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final

from ..settings.options import Settings, choice
from .kind import Kind

_MODULES: Final = (
    "whole",
    "marked",
    "json_lines",
    "length_framed",
)

_FOUND: Final[tuple[Kind, ...]] = tuple(
    import_module(f"{__package__}.{module}").KIND for module in _MODULES
)
KINDS: Final[Mapping[str, Kind]] = {kind.name: kind for kind in _FOUND}

_WAYS: Final = [kind.how for kind in _FOUND]
KIND: Final = choice(
    "delimiters.kind",
    f"how a file is divided into documents: {', '.join(_WAYS[:-1])}, or {_WAYS[-1]}",
    " ".join(KINDS),
)


def kind_of(settings: Settings) -> Kind:
    """The way in which these settings divide files."""
    return KINDS[settings[KIND]]
