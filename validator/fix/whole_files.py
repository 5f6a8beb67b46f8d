"""Edits for fixes of whole files, for output formats that show edits.

A new encoding or new line ends are one edit of all bytes of a file. It is worked out when the
finding is given to the format, only for small files, and only up to a total size.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from ..encoding.utf8 import is_utf8
from ..file.compression import packing_of
from ..file.opening import is_remote, read_whole
from ..model import Diagnostic, Fix, Location, Span
from ..text.lines import NEWLINE
from .choosing import Chosen, repair_of
from .proving import tried
from .recipes import expanded

MOST: Final = 1 << 15
"""Bytes at most of a file whose fix is shown as an edit."""

IN_ALL: Final = 1 << 21
"""Bytes at most that such edits of a run have together."""


def with_whole_files(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings; fixes of small whole files that become UTF-8 text get their edit.

    Fixes beyond the total size, and those that cannot be proved, stay without.
    """
    left = IN_ALL
    for found in findings:
        fix = _shown(found) if left and found.fix is not None and found.fix.recipe else None
        size = len(fix.edits[0].content) if fix is not None else 0
        if fix is None or size > left:
            yield found
            continue
        left -= size
        yield replace(found, fix=fix)


def _shown(found: Diagnostic) -> Fix | None:
    """The fix of a finding with its edit and the edit's span; None if it cannot have one."""
    path = os.fsencode(found.path)
    repair = repair_of(found, found.path, unsafe=True)
    if found.archive or is_remote(path) or packing_of(path) or found.fix is None or repair is None:
        return None
    data = read_whole(path, MOST)
    fix = expanded(found.fix, data) if data else None
    if data is None or fix is None or not is_utf8(fix.edits[0].content):
        return None
    ends = found.fix.recipe.startswith("line-ends")
    if ends and (b"\0" in data or not is_utf8(data)):
        return None  # it is declared to be in another encoding
    if tried(data, [Chosen(found.code, repair, fix)], (), lambda text: ()).why:
        return None
    return replace(fix, spans=(_whole(data if ends else fix.edits[0].content),))


def _whole(text: bytes) -> Span:
    """The span of a whole text, from its first character to its end."""
    lines = NEWLINE.split(text)
    row, last = len(lines), lines[-1]
    return Span(Location(1, 1), Location(row, len(last.decode()) + 1), 1, len(last) + 1)
