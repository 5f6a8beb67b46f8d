"""The edits of a fix, which a rule counts from what it was shown, in bytes of the file."""

from __future__ import annotations

from msgspec.structs import replace

from ..model import Edit, Fix, Hit
from ..text.lines import Window


def with_edits_from(hit: Hit, offset: int) -> Hit:
    """The hit with its edits, which counted from `offset`, counted from the file's start."""
    if hit.fix is None or not offset:
        return hit
    edits = (Edit(one.start + offset, one.end + offset, one.content) for one in hit.fix.edits)
    return replace(hit, fix=replace(hit.fix, edits=tuple(edits)))


def fix_of_file(fix: Fix | None, window: Window) -> Fix | None:
    """The fix in bytes of the file; None where its encoding cannot write it."""
    if fix is None or window.view is None:
        return fix
    edits = []
    for edit in fix.edits:
        start, end = edit.start - window.offset, edit.end - window.offset
        try:
            content = edit.content.decode().encode(window.view.codec)
        except UnicodeError:
            return None
        if start < 0 or end > len(window.data):
            return None
        edits.append(Edit(window.origin(start), window.origin(end), content))
    return replace(fix, edits=tuple(edits))
