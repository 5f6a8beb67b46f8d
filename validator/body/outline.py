"""What is wrong with the sections of a document: found once, told by one rule each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from ..document import Document
from ..errors import did_you_mean
from ..memo import memo
from ..model import Aside, Hit
from ..settings.options import Settings
from .check_terms import said_of
from .compare import difference
from .headings import Section, headings, sections
from .order import misplaced, shown
from .sections import (
    ALTERED,
    BEFORE,
    EMPTY,
    MISPLACED,
    MISSING,
    REPEATED,
    SECTIONS,
    UNKNOWN,
    Sections,
)

MOST_NEAR: Final = 100
"""Headings that are compared with a name that is missing."""

Fault = tuple[str, Hit]
"""Which rule it is for, and the hit."""


@memo
def faults(document: Document, settings: Settings) -> tuple[Fault, ...]:
    """What is wrong with the sections."""
    wanted = settings[SECTIONS]
    found = tuple(_Outline.of(document, wanted).faults())
    said = said_of(document, settings, wanted.terms) if found else None
    return tuple((kind, said.hit(hit)) for kind, hit in found) if said else ()


class _Outline(Struct, frozen=True):
    document: Document
    wanted: Sections
    sections: Sequence[Section]
    names: Sequence[str]

    @classmethod
    def of(cls, document: Document, wanted: Sections) -> _Outline:
        found = sections(document, wanted.syntax, wanted.level)
        return cls(document, wanted, found, [section.heading.title for section in found])

    def faults(self) -> Iterator[Fault]:
        """All faults, by kind."""
        wanted = self.wanted
        if wanted.start_with_heading:
            yield from self._before()
        if any(name not in self.names for name in wanted.required):
            yield from self._missing()
        if wanted.closed:
            yield from self._unknown()
        if wanted.sequence or wanted.last:
            for hit in misplaced(self.sections, wanted):
                yield MISPLACED, hit
        if wanted.unique and len(set(self.names)) < len(self.names):
            yield from self._repeated()
        if wanted.non_empty:
            yield from self._empty()
        if wanted.exact:
            yield from self._altered()

    def _text(self, section: Section) -> bytes:
        return self.document.data[section.heading.after : section.end]

    def _before(self) -> Iterator[Fault]:
        found = headings(self.document, self.wanted.syntax)
        start, stop = self.document.body
        end = found[0].start if found else stop
        text = self.document.data[start:end]
        if text.strip():
            first = start + len(text) - len(text.lstrip())
            stop = start + len(text.rstrip())
            yield (
                BEFORE,
                Hit(
                    first,
                    _line_end(self.document.data, first, stop),
                    "text stands before the first heading",
                    help="move it under a heading",
                ),
            )

    def _near(self, name: str) -> Section | None:
        """A section that is most likely the one of this name, written otherwise."""
        allowed = self.wanted.allowed
        free = [one for one in self.sections if one.heading.title not in allowed][:MOST_NEAR]
        for section in free:
            if _folded(section.heading.title) == _folded(name):
                return section
        for section in free:
            if did_you_mean(section.heading.title, [name]):
                return section
        return None

    def _missing(self) -> Iterator[Fault]:
        absent = [name for name in self.wanted.required if name not in self.names]
        if len(absent) > 1 and len(absent) == len(self.wanted.required) and not self.sections:
            yield MISSING, self._stub(absent)
        else:
            yield from self._each_missing()

    def _stub(self, absent: Sequence[str]) -> Hit:
        """A document without any section, which lacks all of them."""
        start, end, _ = self._anchor(absent[0])
        forms = [self.wanted.form(name) for name in absent]
        return Hit(
            start,
            end,
            f"the document has no section; missing are {', '.join(forms[:-1])} and {forms[-1]}",
            help="write the sections; what is no document of this kind is kept out with `exclude`",
            data={"sections": absent},
        )

    def _each_missing(self) -> Iterator[Fault]:
        taken: set[int] = set()
        for name in self.wanted.required:
            if name in self.names:
                continue
            form = self.wanted.form(name)
            near = self._near(name)
            if near is not None and near.heading.start not in taken:
                taken.add(near.heading.start)
                head, found = near.heading, shown(self.wanted, near.heading)
                yield (
                    MISSING,
                    Hit(
                        head.start,
                        head.end,
                        f"the section {form} is missing; {found} may be meant for it",
                        help=f"write the heading as {form}",
                        data={"section": name, "found": head.title},
                    ),
                )
                continue
            start, end, place = self._anchor(name)
            yield (
                MISSING,
                Hit(
                    start,
                    end,
                    f"the section {form} is missing",
                    help=f"add it {place}",
                    data={"section": name, "found": ""},
                ),
            )

    def _anchor(self, name: str) -> tuple[int, int, str]:
        """Where a section that is missing should have been: a span, and words for it."""
        order = self.wanted.sequence or self.wanted.required
        behind = order[order.index(name) + 1 :] if name in order else ()
        for later in behind:
            if later in self.names:
                head = self.sections[self.names.index(later)].heading
                return head.start, head.end, f"before {self.wanted.form(later)}"
        if self.wanted.last in self.names and name != self.wanted.last:
            head = self.sections[self.names.index(self.wanted.last)].heading
            return head.start, head.end, f"before {self.wanted.form(self.wanted.last)}"
        text = self.document.text.rstrip()
        start = self.document.body[0] + max(text.rfind(b"\n"), text.rfind(b"\r")) + 1
        return start, self.document.body[0] + len(text), "at the end"

    def _unknown(self) -> Iterator[Fault]:
        near = {}
        for name in self.wanted.required:
            section = None if name in self.names else self._near(name)
            if section:
                near[section.heading.start] = name
        for section in self.sections:
            head = section.heading
            if head.title in self.wanted.allowed or head.start in near:
                continue
            found = shown(self.wanted, head)
            hint = did_you_mean(head.title, self.wanted.allowed)
            listed = ", ".join(f"`{name}`" for name in self.wanted.allowed)
            yield (
                UNKNOWN,
                Hit(
                    head.start,
                    head.end,
                    f"{found} is not a section that a document of this kind has{hint}",
                    help=f"the sections are {listed}",
                    data={"section": head.title},
                ),
            )

    def _repeated(self) -> Iterator[Fault]:
        seen: dict[str, int] = {}
        for section in self.sections:
            head = section.heading
            if head.title in seen:
                yield (
                    REPEATED,
                    Hit(
                        head.start,
                        head.end,
                        f"there is a section {shown(self.wanted, head)} above already",
                        help="join the two, or rename one",
                        data={"section": head.title},
                        related=(Aside(seen[head.title], "the first one"),),
                    ),
                )
            seen.setdefault(head.title, head.start)

    def _empty(self) -> Iterator[Fault]:
        for section in self.sections:
            if not self._text(section).strip():
                head = section.heading
                yield (
                    EMPTY,
                    Hit(
                        head.start,
                        head.end,
                        f"nothing stands under {shown(self.wanted, head)}",
                        help="write the section, or remove its heading",
                        data={"section": head.title},
                    ),
                )

    def _altered(self) -> Iterator[Fault]:
        for name, expected in self.wanted.exact.items():
            if name in self.names:
                section = self.sections[self.names.index(name)]
                hit = self._difference(section, expected)
                if hit:
                    yield ALTERED, hit

    def _difference(self, section: Section, expected: str) -> Hit | None:
        head, raw = section.heading, self._text(section)
        words = difference(raw.decode("utf-8", "surrogateescape"), expected)
        if not words:
            return None
        start, end = head.start, head.end
        if raw.strip():
            start = head.after + len(raw) - len(raw.lstrip())
            end = head.after + len(raw.rstrip())
        return Hit(
            start,
            end,
            f"the text of {shown(self.wanted, head)} is not the agreed one: {words}",
            help="put the agreed text there, word for word",
            data={"section": head.title, "expected": expected},
        )


def _folded(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _line_end(data: bytes, start: int, stop: int) -> int:
    ends = [at for at in (data.find(b"\n", start, stop), data.find(b"\r", start, stop)) if at >= 0]
    return min(ends, default=stop)
