"""The edits of a fix, moved from offsets in what a rule was shown to bytes of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from ..model import Edit, Fix, Hit, Span
from ..rules.encoding import NEWLINE_STYLE, STYLES, majority
from ..settings.options import Settings
from ..text.lines import Window, count_line_ends


def with_edits_from(hit: Hit, offset: int) -> Hit:
    """The hit with `offset` added to its edits, so that they count from the start of the file."""
    if hit.fix is None or not offset:
        return hit
    edits = (Edit(one.start + offset, one.end + offset, one.content) for one in hit.fix.edits)
    return replace(hit, fix=replace(hit.fix, edits=tuple(edits)))


def with_line_ends(fix: Fix | None, newline: Callable[[], bytes]) -> Fix | None:
    """The fix with each LF that stands for a line end replaced by the file's (`newline`)."""
    if fix is None or not fix.ends_lines:
        return fix
    end = newline()
    edits = tuple(replace(one, content=one.content.replace(b"\n", end)) for one in fix.edits)
    return replace(fix, edits=edits, ends_lines=False)


def line_end_of(pages: Iterable[Window], settings: Settings) -> bytes:
    """The line end of most lines in the first window that has any; without, that of the profile."""
    for window in pages:
        if counts := count_line_ends(window.data):
            return majority(counts)
    return STYLES.get(settings[NEWLINE_STYLE], b"\n")


def in_window(fix: Fix | None, window: Window) -> list[tuple[int, int]]:
    """Start and end of the edits in the window; empty if one of them lies outside of it."""
    edits = fix.edits if fix else ()
    bounds = [(edit.start - window.offset, edit.end - window.offset) for edit in edits]
    inside = all(0 <= start <= end <= len(window.data) for start, end in bounds)
    return bounds if inside else []


def fix_of_file(fix: Fix | None, window: Window, spans: tuple[Span, ...]) -> Fix | None:
    """The fix in bytes of the file, with the places of its edits (`spans`).

    None if the file is in another encoding that cannot write the fix, or `spans` lacks a place.
    """
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
