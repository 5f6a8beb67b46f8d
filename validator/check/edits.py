"""The edits of a fix, which a rule counts from what it was shown, in bytes of the file."""

from __future__ import annotations

from msgspec.structs import replace

from ..model import Edit, Fix, Hit, Span
from ..text.lines import Window


def with_edits_from(hit: Hit, offset: int) -> Hit:
    """The hit with its edits, which counted from `offset`, counted from the file's start."""
    if hit.fix is None or not offset:
        return hit
    edits = (Edit(one.start + offset, one.end + offset, one.content) for one in hit.fix.edits)
    return replace(hit, fix=replace(hit.fix, edits=tuple(edits)))


def in_window(fix: Fix | None, window: Window) -> list[tuple[int, int]]:
    """Start and end of the edits in the window; none where one of them is outside of it."""
    edits = fix.edits if fix else ()
    bounds = [(edit.start - window.offset, edit.end - window.offset) for edit in edits]
    inside = all(0 <= start <= end <= len(window.data) for start, end in bounds)
    return bounds if inside else []


def fix_of_file(fix: Fix | None, window: Window, spans: tuple[Span, ...]) -> Fix | None:
    """The fix in bytes of the file, with its places; None where its encoding cannot write it."""
    if fix is None or window.view is None:
        return fix and replace(fix, spans=spans)
    if len(spans) != len(fix.edits):
        return None
    edits = []
    for edit in fix.edits:
        try:
            content = edit.content.decode().encode(window.view.codec)
        except UnicodeError:
            return None
        start, end = edit.start - window.offset, edit.end - window.offset
        edits.append(Edit(window.origin(start), window.origin(end), content))
    return replace(fix, edits=tuple(edits), spans=spans)
