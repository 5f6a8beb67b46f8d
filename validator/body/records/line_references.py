"""Cells that refer to other lines: whether these exist, and whether the references are a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from ...document import Span
from ...model import Hit
from ...text.re2 import first_group, first_group_span
from ...text.visible import visible
from .options import CIRCLE, CONNECTED, ROOTS, TREE, UNKNOWN, UNREACHED, Fault, References
from .sheet import Group, Sheet, quoted

_SHOWN: Final = 40
_MOST: Final = 8
"""Lines at most that a message names, of a cycle or of lines that are not reached."""

Names = tuple[str, ...]


class _Links(Struct):
    """The references of a group: the line of each name, the names that each line refers to.

    `whole` is False if some part of a referring cell could not be read.
    """

    lines: dict[str, int]
    names: dict[int, str]
    refers: dict[int, Names]
    whole: bool = True


def reference_faults(sheet: Sheet, said: References, groups: Sequence[Group]) -> Iterator[Fault]:
    """What is wrong with the references in these groups."""
    kinds = sheet.kinds
    referring, among = sheet.indexes(said.classes), sheet.indexes(said.targets)
    columns = sheet.columns.names
    own, target = columns.index(said.column), columns.index(said.to)
    read = _reader(said)
    cells = sheet.cells
    for group in groups:
        links = _Links({}, {}, {})
        for line in group:
            kind = kinds[line]
            if kind in among and target < len(cells[line]):
                name = cells[line][target]
                links.lines.setdefault(name, line)
                links.names[line] = name
            if kind in referring:
                row = cells[line]
                links.refers[line], whole = read(row[own] if own < len(row) else said.none)
                links.whole = links.whole and whole
        wrong = list(_astray(sheet, said, links))
        yield from wrong
        if not wrong and links.whole:
            yield from _shaped(sheet, said, links)


def _reader(said: References) -> Callable[[str], tuple[Names, bool]]:
    """A function: cell -> the names in it, and whether the pattern matches each of its parts."""
    find = first_group(said.pattern) if said.pattern else None
    known: dict[str, tuple[Names, bool]] = {said.none: ((), True)}

    def read(cell: str) -> tuple[Names, bool]:
        result = known.get(cell)
        if result is None:
            parts = cell.split(said.split) if said.split else [cell]
            names = parts
            if find is not None:
                found = [find(part.encode("utf-8", "replace")) for part in parts]
                names = [one.decode("utf-8", "replace") for one in found if one is not None]
            result = known[cell] = tuple(names), len(names) == len(parts)
        return result

    return read


def _astray(sheet: Sheet, said: References, links: _Links) -> Iterator[Fault]:
    """Faults of references to a line that does not exist, or to their own line."""
    unit = sheet.unit(said.within)
    lines, names = links.lines, links.names
    for line, refers in links.refers.items():
        own, spans = names.get(line), list[Span]()
        for at, name in enumerate(refers):
            if name != own and (name in lines or (name == said.root and name)):
                continue
            spans = spans or _spans(sheet, said, line)
            message = f"`{visible(said.column)}` refers to "
            if name == own:
                message += f"its own line, {quoted(name)}"
                yield CIRCLE, Hit(*spans[at], message, help="write the line that it is about")
            else:
                message += f"{quoted(name)}, but no line of the {unit} has that for its "
                message += f"`{visible(said.to)}`"
                data = {"reference": name[:_SHOWN]}
                yield UNKNOWN, Hit(*spans[at], message, help=_choice(said, lines), data=data)


def _choice(said: References, lines: dict[str, int]) -> str:
    names = list(lines)
    root = f", or {quoted(said.root)} for the root" if said.root else ""
    if len(names) > 2 and names[0].isdigit() and names[-1].isdigit():
        return f"write one of {quoted(names[0])} to {quoted(names[-1])}{root}"
    some = ", ".join(map(quoted, names[:_MOST])) + (", …" if len(names) > _MOST else "")
    return f"write one of {some}{root}" if names else "leave it out"


def _spans(sheet: Sheet, said: References, line: int) -> list[Span]:
    """The span of each reference of a line: the whole cell, or a part of it."""
    start, end = sheet.cell_span(line, said.column)
    if not said.split and not said.pattern:
        return [(start, end)]
    find = first_group_span(said.pattern) if said.pattern else None
    cell = sheet.document.data[start:end]
    parts = cell.split(said.split.encode()) if said.split else [cell]
    gap, spans = len(said.split.encode()), []
    for part in parts:
        span = find(part) if find is not None else (0, len(part))
        if span is not None:
            spans.append((start + span[0], start + span[1]))
        start += len(part) + gap
    return spans


def _shaped(sheet: Sheet, said: References, links: _Links) -> Iterator[Fault]:
    """Faults of the shape of a group's references: roots, cycles, lines that are not reached."""
    if not any(links.refers.values()):
        return
    roots = [line for line, refers in links.refers.items() if said.root and said.root in refers]
    if said.roots is not None and len(roots) != said.roots:
        yield ROOTS, _rooted(sheet, said, links, roots)
        if not roots:
            return  # nothing is reached then
    if said.shape == TREE:
        for circle in _circles(links) if _may_circle(links) else ():
            yield CIRCLE, _circle(sheet, said, links, circle)
    elif said.shape == CONNECTED:
        lost = _unreached(links, roots)
        if lost:
            yield UNREACHED, _lost(sheet, said, links, lost)


def _rooted(sheet: Sheet, said: References, links: _Links, roots: Sequence[int]) -> Hit:
    unit = sheet.unit(said.within)
    most = said.roots or 0
    root = quoted(said.root)
    if len(roots) > most:
        line = roots[most]
        notes = [f"line {sheet.row(one)} refers to the root, too" for one in roots[:most]]
        found = f"{len(roots)} lines of the {unit} refer" if len(roots) > 1 else "a line refers"
        return Hit(
            *sheet.cell_span(line, said.column),
            f"{found} to the root {root}; {most or 'none'} may",
            help="let it refer to another line",
            notes=tuple(notes[:_MOST]),
            data={"found": len(roots), "roots": most},
        )
    wanted = "one line" if most == 1 else f"{most} lines"
    found = "none does" if not roots else f"only {len(roots)} {'does' if len(roots) == 1 else 'do'}"
    return Hit(
        *sheet.cell_span(roots[-1] if roots else next(iter(links.refers)), said.column),
        f"{wanted} of the {unit} must refer to the root {root}; {found}",
        help=f"write {root} where the references end",
        data={"found": len(roots), "roots": most},
    )


def _may_circle(links: _Links) -> bool:
    """Whether references may form a cycle; exact where each line has one reference at most."""
    lines, refers = links.lines, links.refers
    if any(len(names) > 1 for names in refers.values()):
        return True
    ends = [line for line, names in refers.items() if not names or names[0] not in lines]
    return bool(_unreached(links, ends))


def _circles(links: _Links) -> Iterator[list[int]]:
    """The cycles of references, each once, as the lines of which each refers to the next."""
    lines, refers = links.lines, links.refers
    done: set[int] = set()
    for start in refers:
        trail: list[int] = []
        on_trail: dict[int, int] = {}
        ways: list[Iterator[int]] = [iter((start,))]
        while ways:
            line = next(ways[-1], -1)
            if line < 0:
                ways.pop()
                if trail:
                    last = trail.pop()
                    del on_trail[last]
                    done.add(last)
            elif line in on_trail:
                yield trail[on_trail[line] :]
            elif line not in done:
                on_trail[line] = len(trail)
                trail.append(line)
                ways.append(iter([lines[n] for n in refers.get(line, ()) if n in lines]))


def _circle(sheet: Sheet, said: References, links: _Links, circle: Sequence[int]) -> Hit:
    first = circle.index(min(circle))
    turned = [*circle[first:], *circle[:first]]
    names = [quoted(links.names.get(line, "")) for line in turned[:_MOST]]
    more = f" → … ({len(turned)} lines)" if len(turned) > _MOST else ""
    return Hit(
        *sheet.cell_span(turned[0], said.column),
        f"the references of `{visible(said.column)}` go in a circle: {' → '.join(names)}{more} → "
        f"{names[0]}",
        help="let one of these lines refer to another that leads out of the circle",
        notes=tuple(f"line {sheet.row(line)} is one of them" for line in turned[1:_MOST]),
        data={"lines": len(turned)},
    )


def _unreached(links: _Links, roots: Sequence[int]) -> list[int]:
    """The lines from which references do not lead to one of these roots."""
    children: dict[int, list[int]] = {}
    place = links.lines.get
    for line, refers in links.refers.items():
        for name in refers:
            parent = place(name)
            if parent is None:
                continue
            if parent in children:
                children[parent].append(line)
            else:
                children[parent] = [line]
    seen, waiting = {*roots}, [*roots]
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in seen:
                seen.add(child)
                waiting.append(child)
    return [line for line in links.refers if line not in seen]


def _lost(sheet: Sheet, said: References, links: _Links, lost: Sequence[int]) -> Hit:
    names = ", ".join(quoted(links.names.get(line, "")) for line in lost[:_MOST])
    count = "a line is" if len(lost) == 1 else f"{len(lost)} lines are"
    return Hit(
        *sheet.cell_span(lost[0], said.column),
        f"{count} not reached from the root {quoted(said.root)} through "
        f"`{visible(said.column)}`: {names}{', …' if len(lost) > _MOST else ''}",
        help="let one of them refer to a line that is reached, or to the root",
        data={"lines": len(lost)},
    )
