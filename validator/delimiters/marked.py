"""Markers divide the file: around its documents, before each, or between them."""

from __future__ import annotations

from ..settings.options import Settings
from .kind import Divide, Kind
from .options import BEGIN, SEPARATOR


def _divider(settings: Settings) -> Divide:
    from .bracketed import Bracketed
    from .scan import Grammar
    from .separated import Separated

    grammar = Grammar(settings)
    reading = Bracketed if settings[BEGIN] else Separated
    return lambda windows: reading(grammar).run(windows)


def _lacks(settings: Settings) -> str:
    return "" if settings[BEGIN] or settings[SEPARATOR] else "`begin` or `separator`"


KIND = Kind(
    name="marked",
    document="what stands behind a `begin` marker, up to its `end` or to the next `begin`; or what "
    "stands between two `separator`s",
    needs="`begin`, `begin` and `end`, or `separator`",
    divider=_divider,
    sample=b"One.\n%%%\nTwo.\n",
    keys={"separator": "%%%"},
    lacks=_lacks,
)
