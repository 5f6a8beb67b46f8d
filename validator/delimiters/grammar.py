"""The markers of a profile, compiled to be looked for."""

from __future__ import annotations

from ..settings.options import Settings
from . import options as keys
from .scan import Scanner


class Grammar:
    """How the files of one profile are divided by markers."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._markers = {
            "end": settings[keys.END],
            "begin": settings[keys.BEGIN],
            "separator": settings[keys.SEPARATOR],
            "opening": settings[keys.OPENING],
            "closing": settings[keys.CLOSING],
        }
        self.scanner = Scanner([*self._markers.items()], settings[keys.NEAR_MISSES] == "report")

    def form(self, role: str) -> str:
        """How the marker of a role is written, for messages; empty when there is none."""
        markers = self._markers[role]
        return markers[0].form if markers else ""
