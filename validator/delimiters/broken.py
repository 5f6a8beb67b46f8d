"""Finds the end of a JSON record that is written over several lines."""

from __future__ import annotations

from typing import Final

from ..metadata.syntax.json import object_end

LONGEST: Final = 1 << 20
"""Most bytes of a record over several lines; a longer one is taken line by line."""


def record_end(data: bytes, start: int) -> int:
    """The byte after the last line of a record that begins at `start`; -1 if it is one line.

    Also -1 if no JSON object begins there, or if text follows it on its last line.
    """
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


def _is_json(record: bytes) -> bool:
    import json  # on the way to a finding only

    try:
        json.loads(record, strict=False)
    except (ValueError, RecursionError):
        return False
    return True
