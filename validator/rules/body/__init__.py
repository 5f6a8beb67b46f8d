"""BOD: is the body built as agreed?"""

from __future__ import annotations

from ...options import Option
from ...prose.classes import LINES_SCHEMA, Lines, read_lines

LINES = Option(
    "body.lines",
    "line classes by pattern, a content model over their names, and what the lines of a class "
    "must fulfil",
    Lines(),
    LINES_SCHEMA,
    read_lines,
)
