"""A JSON record that stands on several lines: where it ends."""

from __future__ import annotations

import re
from typing import Final

_STRING_OR_BRACE: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|\\.|[{}]', re.DOTALL)

LONGEST: Final = 1 << 20
"""Bytes of a record over several lines; what is longer is taken line by line."""


def record_end(data: bytes, start: int) -> int:
    """The line end after a record that begins at `start` and is more than a line, else -1."""
    if not data.startswith(b"{", start):
        return -1
    following = data.find(b"\n{", start)  # inner lines of a record are indented
    depth, stop = 0, min(following + 1 or len(data), start + LONGEST)
    for match in _STRING_OR_BRACE.finditer(data, start, stop):
        depth += {b"{": 1, b"}": -1}.get(match.group(), 0)
        if not depth:
            line = data.find(b"\n", match.end())
            end = line + 1 if line >= 0 else len(data)
            record = data[start : match.end()]
            rest = data[match.end() : end].strip()
            return end if b"\n" in record and not rest and _is_json(record) else -1
    return -1


def _is_json(record: bytes) -> bool:
    import json  # on the way to a finding only

    try:
        json.loads(record, strict=False)
    except (ValueError, RecursionError):
        return False
    return True
