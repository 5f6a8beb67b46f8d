"""The readers of a profile: where they differ, and whether one refuses. Rules ask only here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Final

from msgspec import Struct

from ..memo import memo
from ..model import Hit
from ..settings.options import Settings
from .options import DEFAULT, READERS
from .question import Question
from .questions import QUESTIONS
from .reader import Reader
from .readings import Reading
from .roll import reader_named

NAMED: Final = 3
"""Readers at most that a message names for one answer; of more, it tells the number."""


class Evidence(Struct, frozen=True):
    """Which reader reads what: each answer with the names of the readers that give it."""

    answers: tuple[tuple[str, tuple[str, ...]], ...]

    def words(self) -> str:
        """`false to jekyll and mkdocs, text to hugo`."""
        return ", ".join(f"{answer} to {listed(names)}" for answer, names in self.answers)

    def data(self) -> dict[str, list[str]]:
        """The names by answer, for the output formats."""
        return {answer: [*names] for answer, names in self.answers}


class ReaderSet(Struct, frozen=True, dict=True):
    """The readers of a profile that read one format."""

    readers: tuple[Reader, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(reader.name for reader in self.readers)

    def evidence(self, told: Callable[[Reader], str]) -> Evidence:
        """The answers of all readers, as `told` words them; readers with the same one together."""
        found: dict[str, list[str]] = {}
        for reader in self.readers:
            found.setdefault(told(reader), []).append(reader.name)
        return Evidence(tuple((answer, tuple(names)) for answer, names in found.items()))

    def dispute(self, name: str) -> Evidence | None:
        """The answers to a question; None if all are the same and none is a refusal."""
        return _dispute(self, name)

    def disputed(self, names: Iterable[str]) -> tuple[str, ...]:
        """The names of those questions that the readers answer differently, or that one refuses."""
        return tuple(name for name in names if self.dispute(name))

    def least(self, limit: Callable[[Reader], int | None]) -> tuple[int, Evidence] | None:
        """The least value of a limit of the readers, and the limits of all; None without any."""
        limits = [found for found in map(limit, self.readers) if found is not None]
        if not limits:
            return None
        return min(limits), self.evidence(lambda one: str(limit(one) or "no limit"))


@memo
def _dispute(readers: ReaderSet, name: str) -> Evidence | None:
    one = QUESTIONS[name]
    found = readers.evidence(lambda reader: reader.answer(name, one.usual))
    answers = [answer for answer, _ in found.answers]
    other = one.is_ours and any(answer != one.usual for answer in answers)
    return found if len(answers) > 1 or other or any(map(is_refusal, answers)) else None


def is_refusal(answer: str) -> bool:
    """Whether an answer says that the reader rejects the document."""
    return answer.startswith("an error")


def question(name: str) -> Question:
    """The question of this name."""
    return QUESTIONS[name]


def dispute_at(start: int, end: int, name: str, evidence: Evidence) -> Hit:
    """The hit on bytes about which readers answer this question differently."""
    one = question(name)
    return Hit(
        start,
        end,
        f"{one.what} is {evidence.words()}",
        help=one.help,
        data={"question": name, "readings": evidence.data()},
    )


@memo
def readers_for(settings: Settings, format: str) -> ReaderSet:  # noqa: A002 - the field's word
    """The readers of a profile that read this format; the default ones where it names none."""
    for names in (settings[READERS], DEFAULT):
        found = tuple(one for one in map(reader_named, names) if format in one.formats)
        if found:
            return ReaderSet(found)
    return ReaderSet(())


@lru_cache(64)
def named(names: tuple[str, ...], format: str) -> ReaderSet:  # noqa: A002 - the field's word
    """Those of the named readers that read this format."""
    return ReaderSet(tuple(one for one in map(reader_named, names) if format in one.formats))


@lru_cache(64)
def disputed_by(names: tuple[str, ...], format: str, name: str) -> Evidence | None:  # noqa: A002
    """The answers to the question `name` of those readers in `names` that read this format.

    None if all are the same and none is a refusal.
    """
    return named(names, format).dispute(name)


def agreed(readings: Mapping[str, Reading]) -> Reading | None:
    """The reading that all have in common; None if they differ or one is an error."""
    first = next(iter(readings.values()))
    if first.kind != "error" and all(one == first for one in readings.values()):
        return first
    return None


def listed(names: tuple[str, ...]) -> str:
    """Names for a sentence: `a, b and c`, or `a, b, c and 4 more`."""
    if len(names) > NAMED + 1:
        return f"{', '.join(names[:NAMED])} and {len(names) - NAMED} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
