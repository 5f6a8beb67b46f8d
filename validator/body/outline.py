"""Faults of the sections of a document: found all at once, each kind reported by its own rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from msgspec import Struct

from ..document import Document
from ..errors import did_you_mean
from ..memo import memo
from ..model import Aside, Hit
from ..settings.options import Settings
from ..text.lines import line_end, line_start
from .check_terms import said_of
from .compare import difference
from .headings import Section, headings, sections
from .order import at_heading, misplaced, shown
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
"""Headings at most that are compared with the name of a missing section."""

Fault = tuple[str, Hit]
"""The kind of a fault, which names its rule, and the hit."""


@memo
def faults(document: Document, settings: Settings) -> tuple[Fault, ...]:
    """All faults of the sections; empty also for a document that is exempt."""
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
        """All faults, kind after kind."""
        wanted = self.wanted
        asked: tuple[tuple[str, object, Callable[[], Iterable[Hit]]], ...] = (
            (BEFORE, wanted.start_with_heading, self._before),
            (MISSING, wanted.required, self._missing),
            (UNKNOWN, wanted.closed, self._unknown),
            (MISPLACED, wanted.sequence or wanted.last, partial(misplaced, self.sections, wanted)),
            (REPEATED, wanted.unique, self._repeated),
            (EMPTY, wanted.non_empty, self._empty),
            (ALTERED, wanted.exact, self._altered),
        )
        for kind, matters, hits in asked:
            if matters:
                yield from ((kind, hit) for hit in hits())

    def _text(self, section: Section) -> bytes:
        return self.document.data[section.heading.after : section.end]

    def _before(self) -> Iterator[Hit]:
        found = headings(self.document, self.wanted.syntax)
        start, stop = self.document.body
        end = found[0].start if found else stop
        text = self.document.data[start:end]
        if text.strip():
            first = start + len(text) - len(text.lstrip())
            stop = min(line_end(self.document.data, first)[0], start + len(text.rstrip()))
            message = "text stands before the first heading"
            yield Hit(first, stop, message, help="move it under a heading")

    def _near(self, name: str) -> Section | None:
        """The section that is most likely meant by this name but written otherwise; else None."""
        allowed = self.wanted.allowed
        free = [one for one in self.sections if one.heading.title not in allowed][:MOST_NEAR]
        for section in free:
            if _folded(section.heading.title) == _folded(name):
                return section
        for section in free:
            if did_you_mean(section.heading.title, [name]):
                return section
        return None

    def _missing(self) -> Iterator[Hit]:
        absent = [name for name in self.wanted.required if name not in self.names]
        if len(absent) > 1 and len(absent) == len(self.wanted.required) and not self.sections:
            yield self._stub(absent)
            return
        taken: set[int] = set()
        for name in absent:
            form = self.wanted.form(name)
            near = self._near(name)
            if near is not None and near.heading.start not in taken:
                taken.add(near.heading.start)
                head, found = near.heading, shown(self.wanted, near.heading)
                message = f"the section {form} is missing; {found} may be meant for it"
                data = {"section": name, "found": head.title}
                yield at_heading(head, message, f"write the heading as {form}", data=data)
            else:
                start, end, place = self._anchor(name)
                message = f"the section {form} is missing"
                data = {"section": name, "found": ""}
                yield Hit(start, end, message, help=f"add it {place}", data=data)

    def _stub(self, absent: Sequence[str]) -> Hit:
        """The hit for a document without any section, in place of one for each missing name."""
        start, end, _ = self._anchor(absent[0])
        forms = [self.wanted.form(name) for name in absent]
        return Hit(
            start,
            end,
            f"the document has no section; missing are {', '.join(forms[:-1])} and {forms[-1]}",
            help="write the sections; what is no document of this kind is kept out with `exclude`",
            data={"sections": absent},
        )

    def _anchor(self, name: str) -> tuple[int, int, str]:
        """Where a missing section should stand: a span of the document, and words for the place."""
        order, last = self.wanted.sequence or self.wanted.required, self.wanted.last
        behind = order[order.index(name) + 1 :] if name in order else ()
        for later in (*behind, last):
            if later and later != name and later in self.names:
                head = self.sections[self.names.index(later)].heading
                return head.start, head.end, f"before {self.wanted.form(later)}"
        start = self.document.body[0]
        end = start + len(self.document.text.rstrip())
        return line_start(self.document.data, end, start), end, "at the end"

    def _unknown(self) -> Iterator[Hit]:
        absent = (name for name in self.wanted.required if name not in self.names)
        near = {section.heading.start for name in absent if (section := self._near(name))}
        for section in self.sections:
            head = section.heading
            if head.title in self.wanted.allowed or head.start in near:
                continue
            found = shown(self.wanted, head)
            hint = did_you_mean(head.title, self.wanted.allowed)
            listed = ", ".join(f"`{name}`" for name in self.wanted.allowed)
            message = f"{found} is not a section that a document of this kind has{hint}"
            yield at_heading(head, message, f"the sections are {listed}")

    def _repeated(self) -> Iterator[Hit]:
        seen: dict[str, int] = {}
        for section in self.sections:
            head = section.heading
            if head.title in seen:
                message = f"there is a section {shown(self.wanted, head)} above already"
                first = (Aside(seen[head.title], "the first one"),)
                yield at_heading(head, message, "join the two, or rename one", related=first)
            seen.setdefault(head.title, head.start)

    def _empty(self) -> Iterator[Hit]:
        for section in self.sections:
            if not self._text(section).strip():
                message = f"nothing stands under {shown(self.wanted, section.heading)}"
                advice = "write the section, or remove its heading"
                yield at_heading(section.heading, message, advice)

    def _altered(self) -> Iterator[Hit]:
        for name, expected in self.wanted.exact.items():
            if name not in self.names:
                continue
            section = self.sections[self.names.index(name)]
            head, raw = section.heading, self._text(section)
            words = difference(raw.decode("utf-8", "surrogateescape"), expected)
            if not words:
                continue
            start, end = head.start, head.end
            if raw.strip():
                start = head.after + len(raw) - len(raw.lstrip())
                end = head.after + len(raw.rstrip())
            yield Hit(
                start,
                end,
                f"the text of {shown(self.wanted, head)} is not the agreed one: {words}",
                help="put the agreed text there, word for word",
                data={"section": head.title, "expected": expected},
            )


def _folded(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
