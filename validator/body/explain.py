"""Messages about a body that does not fit its content model."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from ..document import Document
from ..model import Aside, Edit, Fix, Hit
from ..text.visible import visible_bytes
from .alignment import Change, Kinds, repair
from .automaton import START, Automaton, State
from .classes import Line, LineClass, Lines

SHOWN: Final = 60
"""Bytes of a line that a message shows."""

MOST_FORMS: Final = 4


def explain(document: Document, wanted: Lines) -> Iterator[Hit]:
    """A hit for each place where the body departs from the model."""
    lines = wanted.read(document)
    words = _Words(document, wanted, lines)
    kinds = [line.kind for line in lines]
    names = [kind.name for kind in wanted.classes]
    special = Kinds(names.index("blank"), len(names) - 1)

    @cache
    def near(at: int, kind: int) -> bool:
        return wanted.nearly(document.data[lines[at].start : lines[at].end], kind)

    changes = repair(wanted.automaton, kinds, special, near)
    if changes is None:
        yield words.first_only()
        return
    groups = _groups(changes)
    pairs = _pairs([words.sides(group) for group in groups])
    told: set[int] = set()
    for at, group in enumerate(groups):
        other = pairs.get(at)
        if at not in told:
            yield words.hit(group) if other is None else words.moved(group, groups[other])
        told.add(at if other is None else other)


Sides = tuple[object, object]
"""Keys of a group of changes: its own, and that of the group which is one fault with it."""


def _pairs(sides: Sequence[Sides | None]) -> dict[int, int]:
    """Pairs of groups that are one fault: index of the earlier one -> index of the later one.

    Each group is in one pair at most; `sides` has those of each group.
    """
    behind: dict[object, deque[int]] = {}
    for at, one in enumerate(sides):
        if one is not None:
            behind.setdefault(one[0], deque()).append(at)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for at, one in enumerate(sides):
        if one is None or at in taken:
            continue
        others = behind.get(one[1], deque())
        while others and (others[0] <= at or others[0] in taken):
            others.popleft()
        if others:
            found[at] = others.popleft()
            taken.add(found[at])
    return found


def _groups(changes: Sequence[Change]) -> list[list[Change]]:
    """Changes that belong together: lines missing in one place, lines too many in a row."""
    found: list[list[Change]] = []
    for change in changes:
        if found and _together(found[-1][-1], change):
            found[-1].append(change)
        else:
            found.append([change])
    return found


def _together(last: Change, change: Change) -> bool:
    if last.missing or change.missing:
        return last.missing and change.missing and last.line == change.line
    too_many = not last.wanted and not change.wanted
    return too_many and last.line + 1 == change.line and last.after == change.after


def quoted(data: bytes) -> str:
    """A line of a document in a message."""
    cut = visible_bytes(data[:SHOWN].decode("utf-8", "ignore").encode() or data[:SHOWN])
    mark = '"' if "`" in cut else "`"
    return f"{mark}{cut}{'…' if len(data) > SHOWN else ''}{mark}"


class _Words(Struct, frozen=True, dict=True):
    document: Document
    wanted: Lines
    lines: Sequence[Line]

    def sides(self, group: Sequence[Change]) -> Sides | None:
        """The keys by which a group finds the other half of one fault: lines in the wrong order.

        Lines are too many in one place and missing in another, or two have changed places. None
        for blank lines: they are all alike, so that none of them was moved.
        """
        first = group[0]
        if first.wanted and not first.missing:
            own, wanted = self._kind(first.line).name, self._class(first.wanted).name
            return (own, wanted), (wanted, own)
        kinds = [self._class(one.wanted) if one.missing else self._kind(one.line) for one in group]
        names = tuple(kind.name for kind in kinds)
        if all(name == "blank" for name in names):
            return None
        own_side, other = (first.missing, names), (not first.missing, names)
        return own_side, other

    def moved(self, group: Sequence[Change], other: Sequence[Change]) -> Hit:
        """The hit for lines in the wrong order; `other` is where they belong, or come from."""
        first = group[0]
        if first.wanted and not first.missing:  # two lines have changed places
            extra, line, verb = group, other[0].line, "is"
            expected, advice = f"{self._found(line)} belongs here", "let the two change places"
        else:
            extra, missing = (other, group) if first.missing else (group, other)
            line, verb = missing[0].line, "is" if len(extra) == 1 else "are"
            expected, advice = f"expected {self._after(line)}", "move it to where it belongs"
        begin = extra[0].line
        lines = f"{self._found(begin)}{_and_after(len(extra))}"
        related = (Aside(one.start, "it belongs here") for one in self.lines[line : line + 1])
        return Hit(
            self.lines[begin].start,
            self.lines[extra[-1].line].end,
            f"{lines} {verb} in the wrong order: {expected}",
            help=advice,
            related=tuple(related),
            data={"order": True},
        )

    def hit(self, group: Sequence[Change]) -> Hit:
        """The hit for one group of changes."""
        first, line = group[0], group[0].line
        if first.missing:
            return self._missing(group)
        if not first.wanted:
            return self._extra(group)
        kind = self._class(first.wanted)
        message = f"expected {self._forms(first)} {self._after(line)}, found {self._found(line)}"
        return self._said(line, message, kind, kind.help or _write_as(kind), [kind.name])

    def _missing(self, group: Sequence[Change]) -> Hit:
        line = group[0].line
        kinds = [self._class(change.wanted) for change in group]
        series = _series([kind.form for kind in kinds])
        expected = self._forms(group[0]) if len(group) == 1 else series
        after, found = self._after(line), f"found {self._found(line)}"
        advice = f"before this line, add {series}"
        if line == len(self.lines):
            advice = f"add {series} at the end"
            ends = after.replace("after", "ends after", 1) if self.lines else "is empty"
            message = f"the body {ends}; expected {expected}"
        elif len(group) > 1:
            message = f"expected {after}: {expected}; {found}"
        else:
            message = f"expected {expected} {after}, {found}"
        names = [kind.name for kind in kinds]
        fix = self._blank_line(line) if names == ["blank"] else None
        return self._said(line, message, kinds[0], kinds[0].help or advice, names, fix=fix)

    def _blank_line(self, line: int) -> Fix | None:
        """A fix that inserts a blank line before a line.

        None if an empty line is not of the class `blank`, or the last line has no line end.
        """
        if self.wanted.classes[self.wanted.kind_of(b"")].name != "blank" or not self.lines:
            return None
        last = self.lines[-1]
        if line == len(self.lines) and last.after == last.end:
            return None
        at = self.lines[line].start if line < len(self.lines) else last.after
        return Fix("insert a blank line", (Edit(at, at, b"\n"),), ends_lines=True)

    def _extra(self, group: Sequence[Change]) -> Hit:
        first, last = group[0].line, group[-1].line
        count = last - first + 1
        names = [self.wanted.classes[at].name for at in self._follow(group[0])]
        blank = all(self._kind(change.line).name == "blank" for change in group)
        if blank:
            what = "a blank line" if count == 1 else f"{count} blank lines"
            span = self.lines[first].start, self.lines[last].after
            return Hit(
                span[0],
                self.lines[last].end,
                f"{what} too many {self._after(first)}",
                help="remove it" if count == 1 else "remove them",
                fix=Fix("remove what is too many", (Edit(*span, b""),)),
                data={"expected": names, "found": "blank"},
            )
        them = "this line, or move it to where it belongs"
        if count > 1:
            them = f"these {count} lines, or move them to where they belong"
        return Hit(
            self.lines[first].start,
            self.lines[last].end,
            f"expected {self._forms(group[0])} {self._after(first)}, "
            f"found {self._found(first)}{_and_after(count)}{self._again(group, names)}",
            help=f"remove {them}",
            data={"expected": names, "found": self._kind(first).name},
        )

    def first_only(self) -> Hit:
        """A hit for the first line that does not fit, where `repair` gave up."""
        automaton = self.wanted.automaton
        state: State = frozenset((START,))
        at = 0
        for line in self.lines:
            after = automaton.step(state, line.kind)
            if not after:
                break
            state, at = after, at + 1
        follow = dict.fromkeys(
            automaton.classes[p] for before in sorted(state) for p in automaton.follow[before]
        )
        forms = self._or(list(follow), not state.isdisjoint(automaton.accepting))
        message = f"expected {forms} {self._after(at)}, found {self._found(at)}"
        names = [self.wanted.classes[kind].name for kind in follow]
        note = "there are so many departures from the model that only the first is shown"
        hit = self._said(at, message, None, "mend this line first", names)
        return replace(hit, notes=(note,))

    def _again(self, group: Sequence[Change], names: Sequence[str]) -> str:
        """Words for a line whose class stands above already, and may not come again; or empty."""
        at = group[0].line
        kind = self._kind(at)
        above = self._alike_above[at]
        if len(group) > 1 or above < 0 or kind.name in ("other", *names):
            return ""
        row = self.document.window.location(self.lines[above].start).row
        return f", such a line a second time (line {row} is one)"

    @cached_property
    def _alike_above(self) -> list[int]:
        """For each line the last one above it that is of the same class; -1 if there is none."""
        last: dict[int, int] = {}
        found = []
        for at, line in enumerate(self.lines):
            found.append(last.get(line.kind, -1))
            last[line.kind] = at
        return found

    def _said(
        self,
        at: int,
        message: str,
        kind: LineClass | None,
        help_: str,
        names: Sequence[str],
        fix: Fix | None = None,
    ) -> Hit:
        """A hit on the line, in the words of the class if it has its own."""
        notes: tuple[str, ...] = ()
        if kind and kind.message:
            message, notes = kind.message, (message,)
        if at < len(self.lines):
            start, end = self.lines[at].span
            found = self._kind(at).name
        else:
            full = [line for line in self.lines if line.end > line.start]
            start, end = full[-1].span if full else self.document.body
            found = ""
        data = {"expected": list(names), "found": found}
        return Hit(start, end, message, help=help_, notes=notes, fix=fix, data=data)

    def _class(self, position: int) -> LineClass:
        return self.wanted.classes[self.wanted.automaton.classes[position]]

    def _kind(self, line: int) -> LineClass:
        return self.wanted.classes[self.lines[line].kind]

    def _follow(self, change: Change) -> list[int]:
        """Indexes of the classes that may stand where the change is made; the wanted one first."""
        automaton: Automaton = self.wanted.automaton
        follow = (change.wanted, *automaton.follow[change.after])
        return list(dict.fromkeys(automaton.classes[at] for at in follow if at != START))

    def _forms(self, change: Change) -> str:
        ends = change.after in self.wanted.automaton.accepting
        return self._or(self._follow(change), ends)

    def _or(self, kinds: Sequence[int], ends: bool) -> str:
        forms = list(dict.fromkeys(self.wanted.classes[kind].form for kind in kinds))
        if len(forms) > MOST_FORMS:
            forms = [*forms[: MOST_FORMS - 1], "one of the other lines that may stand here"]
        if ends:
            forms.append("the end of the body")
        return forms[0] if len(forms) == 1 else ", ".join(forms[:-1]) + " or " + forms[-1]

    def _after(self, at: int) -> str:
        if not at:
            return "at the start of the body"
        data = self.document.data[slice(*self.lines[at - 1].span)]
        return f"after {quoted(data)}" if data.strip() else "after the blank line"

    def _found(self, at: int) -> str:
        if at >= len(self.lines):
            return "the end of the body"
        data = self.document.data[slice(*self.lines[at].span)]
        return quoted(data) if data.strip() else "a blank line"


def _and_after(count: int) -> str:
    """Words for the lines after the first of `count` lines in a row."""
    return {1: "", 2: " and the line after it"}.get(count, f" and {count - 1} lines after it")


def _series(forms: Sequence[str]) -> str:
    shown = list(forms[:MOST_FORMS])
    if len(forms) > MOST_FORMS:
        shown.append(f"{len(forms) - MOST_FORMS} more lines")
    return ", then ".join(shown)


def _write_as(kind: LineClass) -> str:
    if kind.form.startswith("a line like "):
        return f"write it like {kind.form.removeprefix('a line like ')}"
    return f"make it {kind.form}"
