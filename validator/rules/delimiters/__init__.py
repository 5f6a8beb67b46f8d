"""DEL: do the markers divide the file into documents?"""

from __future__ import annotations

from ...options import choice

KIND = choice(
    "delimiters.kind",
    "how a file divides into documents: `whole`, the file is one document",
    "whole",
    "whole",
)
