"""A block a finding: what is wrong, where, the lines around it, what to do."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator

from ..model import Diagnostic, ExcerptLine, Summary
from ..text.visible import visible, visible_parts, visible_path, width
from . import Format, Look
from ._words import closing, paint, place, record

MOST_RELATED = 6
"""Other places of a finding that are shown; the rest are counted."""

TAB = b"    "
"""How a tab is shown, unless it is what the finding is about."""


def render(
    findings: Iterable[Diagnostic], summary: Callable[[], Summary], look: Look
) -> Iterator[str]:
    """See the package."""
    any_found = False
    for found in findings:
        any_found = True
        yield "\n".join(_block(found, look)) + "\n\n"
    if any_found and not look.quiet:
        yield "`seed-validator rule CODE` tells more about a finding.\n"
    yield from closing(summary(), look)


FORMAT = Format("full", "a block a finding: what is wrong, the lines around it, what to do", render)


def _block(found: Diagnostic, look: Look) -> Iterator[str]:
    grade = f"{found.severity.value}[{found.code}]"
    head, *more = _wrapped(f"{grade}: {visible(found.message)}", "  ", look)
    yield paint(grade, found.severity.value, look) + head[len(grade) :]
    yield from more
    gutter = max((len(str(line.row)) for line in found.excerpt), default=1)
    bar = paint(f"{'':{gutter}} |", "dim", look)
    arrow = paint(f"{'':{gutter}}-->", "dim", look)
    whose = f"  {record(found)}" if record(found) else ""
    if found.whole_file:
        yield f"{arrow} {visible_path(found.path)}{whose}"
    else:
        at = f"byte {found.byte_offset} (0x{found.byte_offset:X})"
        yield f"{arrow} {place(found)}  {at}{whose}"
        yield bar
        for line in found.excerpt:
            number = paint(f"{line.row:>{gutter}} |", "dim", look)
            marked = line.row == found.location.row
            room = max(20, look.width - gutter - 4)
            text, caret = _line(line, marked, found.label, room)
            yield f"{number} {text}".rstrip()
            if caret:
                yield f"{bar} {paint(caret, found.severity.value, look)}"
        if found.notes or found.related:
            yield bar
    for related in found.related[:MOST_RELATED]:
        at = f":{related.location.row}:{related.location.column}" if related.location else ""
        aside = paint(f"{'':{gutter}}:::", "dim", look)
        yield f"{aside} {visible_path(related.path)}{at}  {visible(related.message)}"
    left = len(found.related) - MOST_RELATED
    for note in (*found.notes, *([f"and {left} places more"] if left > 0 else [])):
        first, *rest = _wrapped(f"{'':{gutter}} = {visible(note)}", f"{'':{gutter + 3}}", look)
        yield first
        yield from rest
    if found.help:
        head, *more = _wrapped(f"help: {visible(found.help)}", "      ", look)
        yield paint("help:", "help", look) + head[5:]
        yield from more


def _wrapped(text: str, indent: str, look: Look) -> list[str]:
    lines = textwrap.wrap(
        text,
        max(30, look.width),
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [""]


def _line(line: ExcerptLine, marked: bool, label: str, room: int) -> tuple[str, str]:
    """A line of the excerpt cut to `room` columns, and the carets under its marked part."""
    before, inside, after = visible_parts(
        line.data[: line.start].replace(b"\t", TAB),
        line.data[line.start : line.end],
        line.data[line.end :].replace(b"\t", TAB),
    )
    before = f"…{before}" if line.cut_before else before
    after = f"{after}…" if line.cut_after else after
    if not marked:
        return _fit(before + inside + after, room), ""
    if not inside.strip():
        inside = "·" * len(inside)  # blanks that are marked should be seen
    inside = _fit(inside, room - 2)
    span = max(1, width(inside))
    if width(before) + span > room:
        before = "…" + _last_columns(before, max(1, min(room // 2, room - span - 1)))
    caret = " " * width(before) + "^" * span
    label = visible(label)
    if label and width(before) + span + width(label) < room:
        caret += f" {label}"
    return _fit(before + inside + after, room), caret


def _fit(text: str, room: int) -> str:
    """`text` in at most `room` columns, with an ellipsis where it is cut."""
    if width(text) <= room:
        return text
    columns = 0
    for at, character in enumerate(text):
        columns += width(character)
        if columns > room - 1:
            return text[:at] + "…"
    return text


def _last_columns(text: str, room: int) -> str:
    columns = 0
    for at in range(len(text) - 1, -1, -1):
        columns += width(text[at])
        if columns > room:
            return text[at + 1 :]
    return text
