"""FIL: is it the right file, whole, with the right name?"""

from __future__ import annotations

from ...settings.options import choice

EMPTY = choice("file.empty", "whether a file may be empty or blank", "forbid allow")
