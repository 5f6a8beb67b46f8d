"""The rules about bytes, and a quick search for those that have a clue in a text: most have none.

For clues in ASCII there is one search for all rules; for those beyond ASCII the different
characters of the text are looked up, of which most texts have few.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property, partial
from typing import Any, Final

from msgspec import Struct
from stringzilla import find

from ..model import Hit, Severity
from ..rules.catalog import catalog
from ..rules.index import Entry
from ..rules.rule import Local, Name, Rule, Whole
from ..settings.options import Settings
from ..text.lazy_re import later
from ..text.screen.screen import EDGE, Ask, Beyond, Clue, Screen
from ..text.screen.sequences import openings, pattern_of

Question = Callable[[Sequence[bytes]], bool]


class Watcher(Struct, frozen=True, dict=True):
    """A rule about bytes or names, with its screen; where that finds a clue, the rule is run."""

    entry: Entry
    severity: Severity
    screen: Callable[[bytes], bool]
    clues: tuple[Clue, ...] = ()

    @cached_property
    def rule(self) -> Rule:
        """The rule itself, imported for the first text with a clue for it."""
        return catalog().rules[self.entry.code]

    @cached_property
    def diagnose(self) -> Callable[[Any, Settings], Iterator[Hit]]:
        """The function that gives the hits of the rule in a window, or in a name."""
        check = self.rule.check
        assert isinstance(check, Name | Local | Whole)
        return check.diagnose


class _Asked(Struct, frozen=True):
    """A rule, and what a text must have for its screen to be asked.

    With `of_ascii` that is a clue for any rule in ASCII. Else it is one of its `sequences`, whose
    first characters begin as `openings`, or a yes to one of its `questions`. With `always` its
    screen is asked for every text.
    """

    watcher: Watcher
    always: bool
    of_ascii: bool
    openings: frozenset[bytes]
    sequences: tuple[tuple[frozenset[bytes], re.Pattern[bytes]], ...]
    questions: tuple[Question, ...]

    def is_beyond(self, text: bytes, begun: Collection[bytes]) -> bool:
        """Whether the rule has a clue beyond ASCII in a text; `begun` is `beginnings(text)`."""
        if not self.openings.isdisjoint(begun):
            edged = EDGE + text + EDGE
            for openings_, pattern in self.sequences:
                if not openings_.isdisjoint(begun) and pattern.search(edged):
                    return True
        return any(question((text,)) for question in self.questions)


_NONE: Final[frozenset[int]] = frozenset()


class Watchers:
    """The rules about bytes of a profile, in their order."""

    def __init__(self, every: Iterable[Watcher] = ()) -> None:
        self._every = tuple(every)

    def __iter__(self) -> Iterator[Watcher]:
        return iter(self._every)

    def alarmed(self, text: bytes) -> Iterator[Watcher]:
        """The rules with a clue in a text; each is yielded before the next one is searched for."""
        in_ascii = self._of_ascii(text)
        begun = beginnings(text) if self._look_beyond else ()
        for at in self._near(in_ascii, begun):
            one = self._asked[at]
            if one.always or begun is None or (in_ascii and one.of_ascii):
                if one.watcher.screen(text):
                    yield one.watcher
            elif begun and one.is_beyond(text, begun):
                yield one.watcher

    def _near(self, in_ascii: bool, begun: Collection[bytes] | None) -> Iterable[int]:
        """The numbers of the rules that may have a clue in a text; all others have none."""
        if begun is None:
            return range(len(self._asked))
        near = {*self._numbers["always"]}
        if in_ascii:
            near |= self._numbers["ascii"]
        if begun:
            near |= self._numbers["questions"]
            for opening in begun:
                near |= self._openings.get(opening, _NONE)
        return sorted(near)

    @cached_property
    def _numbers(self) -> dict[str, frozenset[int]]:
        """The numbers of the rules that are asked always, after a clue in ASCII, or by question."""
        numbered = [*enumerate(self._asked)]
        return {
            "always": frozenset(at for at, one in numbered if one.always),
            "ascii": frozenset(at for at, one in numbered if one.of_ascii),
            "questions": frozenset(at for at, one in numbered if one.questions),
        }

    @cached_property
    def _openings(self) -> dict[bytes, frozenset[int]]:
        """The numbers of the rules by the first bytes of the characters that they look for."""
        found: dict[bytes, frozenset[int]] = {}
        for at, one in enumerate(self._asked):
            for opening in one.openings:
                found[opening] = found.get(opening, _NONE) | {at}
        return found

    @cached_property
    def _of_ascii(self) -> Screen:
        """A search for the clues of all rules in ASCII, except those that a function finds."""
        clues = [clue for watcher in self._every for clue in watcher.clues]
        return Screen([clue for clue in clues if not isinstance(clue, Beyond | Ask)])

    @cached_property
    def _look_beyond(self) -> bool:
        """Whether a rule looks for characters beyond ASCII."""
        return any(one.sequences or one.questions for one in self._asked)

    @cached_property
    def _asked(self) -> tuple[_Asked, ...]:
        return tuple(map(_asked, self._every))


def _asked(watcher: Watcher) -> _Asked:
    beyond = [clue for clue in watcher.clues if isinstance(clue, Beyond)]
    asks = [clue for clue in watcher.clues if isinstance(clue, Ask)]
    sequences = tuple(map(_sequence, beyond))
    starts = frozenset[bytes]().union(*(own for own, _ in sequences))
    return _Asked(
        watcher,
        b"" in starts or not all(ask.beyond for ask in asks),
        len(watcher.clues) > len(beyond) + len(asks),
        starts,
        sequences,
        tuple(ask.question for ask in asks if ask.beyond),
    )


def _sequence(clue: Beyond) -> tuple[frozenset[bytes], re.Pattern[bytes]]:
    """The possible first bytes of the first character of a sequence, and the pattern of it."""
    starts = frozenset(map(_of_character, openings(clue.lead, clue.tail)))
    return starts, later(pattern_of(clue.lead, {(clue.tail, clue.after)}))


_CHARACTER: Final = later(
    rb"[\xc2-\xdf][\x80-\xbf]?|[\xe0-\xef][\x80-\xbf]{0,2}|[\xf0-\xf4][\x80-\xbf]{0,3}"
)


def _of_character(opening: bytes) -> bytes:
    """The bytes of an opening that belong to its first character; empty if it begins none."""
    found = _CHARACTER.match(opening)
    return found.group() if found else b""


_ASCII: Final = bytes(range(0x80))

_LARGE: Final = 1 << 14
"""In a text of more bytes than this, the characters are not looked up one by one."""

_RUNS: Final = later("[\udc80-\udcff]+")
_NOISE: Final = 96
"""The most bytes of a text that are not UTF-8 for which these are looked up one by one."""

_LONGEST: Final = 4


def beginnings(text: bytes) -> Collection[bytes] | None:
    """All beginnings, of any length in bytes, of a text's characters beyond ASCII.

    None if there are too many. If the text is not UTF-8, all rows of up to four bytes that are not
    UTF-8 are among them.
    """
    if text.isascii():
        return ()
    if len(text) > _LARGE:
        return None
    high = text.translate(None, _ASCII)
    try:
        characters = {one.encode() for one in {*high.decode()}}
    except UnicodeDecodeError:
        return _of_noise(high.decode("utf-8", "surrogateescape"))
    return {one[:size] for one in characters for size in range(1, len(one) + 1)}


def _of_noise(text: str) -> Collection[bytes] | None:
    runs = _RUNS.findall(text)
    if sum(map(len, runs)) > _NOISE:
        return None
    pieces = [one.encode("utf-8", "surrogateescape") for one in {*runs, *_RUNS.sub("", text)}]
    starts = ((piece, at) for piece in pieces for at in range(len(piece)))
    return {piece[at : at + size] for piece, at in starts for size in range(1, _LONGEST + 1)}


def lazy_screen(clues: Sequence[Clue]) -> Callable[[bytes], bool]:
    """The screen of one rule, built when it is first asked: in a clean corpus it never is."""
    screen = cache(partial(Screen, clues))
    leads = {clue.lead for clue in clues if isinstance(clue, Beyond)}
    others = any(not isinstance(clue, Beyond) for clue in clues)

    def found(text: bytes) -> bool:
        # most rules have no clue in a text that has one for others: their screens are never built
        return (others or any(find(text, lead) >= 0 for lead in leads)) and screen()(text)

    return found


def coverers_first(watchers: Sequence[Watcher]) -> list[Watcher]:
    """The rules, each after those that cover it, otherwise in the given order."""
    ordered: list[Watcher] = []
    waiting = list(watchers)
    while waiting:
        covered = {name for watcher in waiting for name in watcher.entry.covers}
        free = [one for one in waiting if one.entry.name not in covered] or waiting
        ordered += free
        waiting = [one for one in waiting if one not in free]
    return ordered
