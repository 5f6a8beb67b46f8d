"""The ways to divide files. To add one, write its module and add its line here.

The names and words of the option are here, so that no module is imported before it is needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final

from ..memo import Loaded
from ..settings.options import Settings, choice

if TYPE_CHECKING:
    from .kind import Kind

_WAYS: Final = {
    "whole": "not at all",
    "marked": "by markers",
    "json-lines": "a JSON record a line",
    "length-framed": "by lengths that records carry",
}
"""By name (of the kind and its module): the end of the sentence "a file is divided into documents".
"""

KIND: Final = choice(
    "delimiters.kind",
    "how a file is divided into documents: "
    f"{', '.join([*_WAYS.values()][:-1])}, or {[*_WAYS.values()][-1]}",
    " ".join(_WAYS),
)


def _kind(name: str) -> Kind:
    found: Kind = import_module(f".{name.replace('-', '_')}", __package__).KIND
    return found


KINDS: Final[Mapping[str, Kind]] = Loaded({name: partial(_kind, name) for name in _WAYS})


def kind_of(settings: Settings) -> Kind:
    """The kind of division that these settings name."""
    return KINDS[settings[KIND]]
