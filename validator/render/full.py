"""A block a finding: what is wrong, where, the lines around it, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..model import Diagnostic, ExcerptLine
from ..text.lazy_re import later
from ..text.visible import last_columns, visible, visible_bytes, visible_parts, visible_path, width
from . import Findings, Format, LateSummary, Look
from ._words import closing, fit, linked, paint, place, record, told_of

if TYPE_CHECKING:
    from ._causes import Cause

BLOCKS = 10
"""Causes at most that are shown of a run with many findings."""

MOST_RELATED = 6
"""Related places of a finding that are shown at most; the others are counted."""

_WORD = later(" *[^ ]+")

TAB = b"    "
"""What is shown for a tab, except in the marked part of a line."""


def render(findings: Findings, summary: LateSummary, look: Look) -> Iterator[str]:
    """See the package."""
    items, rest = told_of(findings, look, BLOCKS)
    found, together = 0, bool(rest)
    for item in items:
        found += 1
        together |= not isinstance(item, Diagnostic)
        block = _block(item, look) if isinstance(item, Diagnostic) else _cause(item, look)
        yield "\n".join(block) + "\n\n"
    if rest:
        from ._rest import counted_by_rule

        yield from counted_by_rule(rest, look)
    if found and not look.quiet:
        yield "`seed-validator rule CODE` tells more about a finding.\n"
        if together:
            yield "Where many are told together, `--no-group` shows each.\n"
    yield from closing(summary(), look)


FORMAT = Format(
    "full",
    "a block a finding: what is wrong, the lines around it, what to do",
    render,
    for_people=True,
)


def block_of(found: Diagnostic, columns: int) -> str:
    """A finding with the lines around it, in `columns` columns, without colours."""
    return "\n".join(_block(found, Look(width=columns)))


def _block(found: Diagnostic, look: Look) -> Iterator[str]:
    yield from _head(found, found.message, look)
    gutter = _gutter(found)
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
            yield from _excerpt(found, line, gutter, look)
        if found.notes or found.related:
            yield bar
    for related in found.related[:MOST_RELATED]:
        at = f":{related.location.row}:{related.location.column}" if related.location else ""
        aside = paint(f"{'':{gutter}}:::", "dim", look)
        yield f"{aside} {visible_path(related.path)}{at}  {visible(related.message)}"
    left = len(found.related) - MOST_RELATED
    for note in (*found.notes, *([f"and {left} places more"] if left > 0 else [])):
        yield from _note(gutter, visible(note), look)
    if found.help:
        yield from _help(f"help: {visible(found.help)}", look)


def _cause(cause: Cause, look: Look) -> Iterator[str]:
    """The lines of a cause: its first places, the excerpt of the first finding, what to do."""
    from ._cause_words import advice, places, remarks, spread

    first = cause.first[0]
    yield from _head(first, cause.message, look)
    gutter = _gutter(first)
    arrow = f"{'':{gutter}}-->"
    head, *more = _wrapped(f"{arrow} {places(cause)}{spread(cause)}", f"{'':{gutter + 4}}", look)
    yield paint(arrow, "dim", look) + head[len(arrow) :]
    yield from more
    for line in first.excerpt:
        if line.row == first.location.row and not first.whole_file:
            yield from _excerpt(first, line, gutter, look)
    for remark in remarks(cause):
        yield from _note(gutter, remark, look)
    if advice(cause):
        yield from _help(advice(cause), look)


def _head(found: Diagnostic, message: str, look: Look) -> Iterator[str]:
    grade = f"{found.severity.value}[{found.code}]"
    head, *more = _wrapped(f"{grade}: {visible(message)}", "  ", look)
    shown = f"{found.severity.value}[{linked(found.code, found.name, look)}]"
    yield paint(shown, found.severity.value, look) + head[len(grade) :]
    yield from more


def _gutter(found: Diagnostic) -> int:
    """The width of the column of row numbers in an excerpt."""
    return max((len(str(line.row)) for line in found.excerpt), default=1)


def _excerpt(found: Diagnostic, line: ExcerptLine, gutter: int, look: Look) -> Iterator[str]:
    """A line of the file, and the carets below it if it is the marked one."""
    marked = line.row == found.location.row
    text, caret = _line(line, marked, found.label, max(20, look.width - gutter - 4))
    yield f"{paint(f'{line.row:>{gutter}} |', 'dim', look)} {text}".rstrip()
    if caret:
        bar = paint(f"{'':{gutter}} |", "dim", look)
        yield f"{bar} {paint(caret, found.severity.value, look)}"


def _note(gutter: int, note: str, look: Look) -> list[str]:
    return _wrapped(f"{'':{gutter}} = {note}", f"{'':{gutter + 3}}", look)


def _help(words: str, look: Look) -> Iterator[str]:
    head, *more = _wrapped(words, "      ", look)
    yield paint("help:", "help", look) + head[5:]
    yield from more


def _wrapped(text: str, indent: str, look: Look) -> list[str]:
    """`text` in lines as wide as the output, broken at blanks only: paths stay whole.

    A first word that is not wider than `indent` is not left alone on its line.
    """
    columns = max(30, look.width)
    if width(text) <= columns and text[-1:].strip():
        return [text]  # as most are
    wide = len if text.isascii() else width
    lines: list[str] = []
    line, used = "", 0
    for word in _WORD.findall(text):
        if used > len(indent) and used + wide(word) > columns:
            lines.append(line)
            line = indent + word.lstrip(" ")
            used = wide(line)
        else:
            line += word
            used += wide(word)
    return [*lines, line]


def _line(line: ExcerptLine, marked: bool, label: str, room: int) -> tuple[str, str]:
    """A line of the excerpt cut to `room` columns, and the carets under its marked part."""
    opening, ending = "…" if line.cut_before else "", "…" if line.cut_after else ""
    if not marked:
        shown = visible_bytes(line.data.replace(b"\t", TAB))
        return fit(f"{opening}{shown}{ending}", room), ""
    before, inside, after = visible_parts(
        line.data[: line.start].replace(b"\t", TAB),
        line.data[line.start : line.end],
        line.data[line.end :].replace(b"\t", TAB),
    )
    before, after = f"{opening}{before}", f"{after}{ending}"
    if not inside.strip():
        inside = "·" * len(inside)  # marked blanks must be visible
    inside = fit(inside, room - 2)
    span = max(1, width(inside))
    if width(before) + span > room:
        before = "…" + last_columns(before, max(1, min(room // 2, room - span - 1)))
    caret = " " * width(before) + "^" * span
    label = visible(label)
    if label and width(before) + span + width(label) < room:
        caret += f" {label}"
    return fit(before + inside + after, room), caret
