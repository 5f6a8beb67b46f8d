"""Fixes of whole files with their edits, for formats of output that carry edits.

A file that is to be written in another encoding, or with other line ends, is one edit of all its
bytes. It is worked out when the finding is handed on, for small files, and not for many.
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
"""Bytes of a file whose fix is shown as an edit."""

IN_ALL: Final = 1 << 21
"""Bytes that the edits of a run have together."""


def with_whole_files(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings; fixes of small whole files that become UTF-8 text have their edit.

    Those of which there is too much, and those that cannot be proved, are as they were.
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
    """The fix of a finding with its edit and the place of that; None where it has none."""
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
    """From the first character of a text to its end."""
    lines = NEWLINE.split(text)
    row, last = len(lines), lines[-1]
    return Span(Location(1, 1), Location(row, len(last.decode()) + 1), 1, len(last) + 1)
