"""Sections out of order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from ..model import Aside, Hit
from ..text.visible import visible
from .compare import SHOWN
from .headings import Heading, Section
from .sections import Sections


def shown(wanted: Sections, head: Heading) -> str:
    """A heading of a document, for a message."""
    return wanted.form(visible(head.title[:SHOWN]))


def at_heading(
    head: Heading,
    message: str,
    advice: str,
    *,
    notes: tuple[str, ...] = (),
    related: tuple[Aside, ...] = (),
    data: Mapping[str, object] | None = None,
) -> Hit:
    """A hit on a heading, about its section."""
    data = data or {"section": head.title}
    return Hit(head.start, head.end, message, help=advice, notes=notes, related=related, data=data)


def misplaced(sections: Sequence[Section], wanted: Sections) -> Iterator[Hit]:
    """A hit for each section that must be moved, as few as possible, so that all are in order."""
    order, last = {name: rank for rank, name in enumerate(wanted.sequence)}, wanted.last
    names = [section.heading.title for section in sections]
    ranked = [one for one in sections if one.heading.title in order]
    kept = _longest_rise([order[one.heading.title] for one in ranked])
    stay = [ranked[index] for index in kept]
    staying = {one.heading.start for one in stay}
    beside: dict[str, tuple[list[Section], int]] = {}
    for section in ranked:
        title = section.heading.title
        if section.heading.start not in staying and title != last:
            if title not in beside:
                others = [one for one in stay if one.heading.title != title]  # it may stand twice
                ranks = [order[one.heading.title] for one in others]
                beside[title] = others, bisect_right(ranks, order[title])
            yield _out_of_order(wanted, section, *beside[title])
    if last in names and names[-1] != last:
        head = sections[names.index(last)].heading
        after = sections[names.index(last) + 1].heading
        message = f"{shown(wanted, head)} must be the last section; {shown(wanted, after)} follows"
        follows = (Aside(after.start, "the section that follows"),)
        yield at_heading(head, message, "move it to the end", related=follows)


def _out_of_order(wanted: Sections, section: Section, stay: Sequence[Section], at: int) -> Hit:
    """The hit for a section that belongs before `stay[at]`, one of those that need not move."""
    head = section.heading
    if at < len(stay) and stay[at].heading.start < head.start:
        other, stands, place = stay[at].heading, "after", "before"
    else:
        other, stands, place = stay[at - 1].heading, "before", "after"
    return at_heading(
        head,
        f"{shown(wanted, head)} stands {stands} {shown(wanted, other)}; it belongs {place} it",
        f"move the section {place} {shown(wanted, other)}",
        notes=(f"the order is {', '.join(wanted.sequence)}",),
        related=(Aside(other.start, f"it belongs {place} this one"),),
    )


def _longest_rise(ranks: Sequence[int]) -> list[int]:
    """The indexes of a longest subsequence of the ranks that never falls (patience sorting)."""
    tails: list[int] = []  # for each length, the least last rank of such a subsequence
    ends: list[int] = []
    before: list[int] = []
    for at, rank in enumerate(ranks):
        length = bisect_right(tails, rank)
        tails[length : length + 1] = [rank]
        ends[length : length + 1] = [at]
        before.append(ends[length - 1] if length else -1)
    found: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        found.append(at)
        at = before[at]
    return found[::-1]
