"""Where a JSON object ends, of which it is not known whether it can be read."""

from __future__ import annotations

import re
from typing import Final

from ..text.lazy_re import later

_STRING_OR_BRACE: Final = later(rb'"[^"\\]*(?:\\.[^"\\]*)*"|\\.|[{}]', re.DOTALL)

LONGEST: Final = 1 << 20
"""Bytes of a record over several lines; what is longer is taken line by line."""


def record_end(data: bytes, start: int) -> int:
    """The line end after a record that begins at `start` and is more than a line, else -1."""
    if not data.startswith(b"{", start):
        return -1
    following = data.find(b"\n{", start)  # inner lines of a record are indented
    closed = object_end(data, start, min(following + 1 or len(data), start + LONGEST))
    if closed < 0:
        return -1
    line = data.find(b"\n", closed)
    end = line + 1 if line >= 0 else len(data)
    record = data[start:closed]
    rest = data[closed:end].strip()
    return end if b"\n" in record and not rest and _is_json(record) else -1


def object_end(data: bytes, start: int, stop: int) -> int:
    """Where the brace that opens at `start` is closed, before `stop`; -1 if it is not."""
    depth = 0
    for match in _STRING_OR_BRACE.finditer(data, start, stop):
        depth += {b"{": 1, b"}": -1}.get(match.group(), 0)
        if not depth:
            return match.end()
    return -1


def _is_json(record: bytes) -> bool:
    import json  # on the way to a finding only

    try:
        json.loads(record, strict=False)
    except (ValueError, RecursionError):
        return False
    return True
