"""FIL: is it the right file, whole, with the right name?"""

from __future__ import annotations

from ...settings.options import choice

GZIP = bytes.fromhex("1f8b08000000000002030bc92cc949e50a49ad28d1e3020073b3d3c60c000000")
"""A title and a line of text, compressed by gzip, for examples."""

EMPTY = choice("file.empty", "whether a file may be empty or blank", "forbid allow")
