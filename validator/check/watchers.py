"""Rules about bytes, which are asked together whose clue is in a text: most have none.

Of ASCII one search tells for all of them; of what is beyond it the characters do, of which most
texts have few.
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
    """A rule about bytes or names: where its screen finds a clue, it is asked to diagnose."""

    entry: Entry
    severity: Severity
    screen: Callable[[bytes], bool]
    clues: tuple[Clue, ...] = ()

    @cached_property
    def rule(self) -> Rule:
        """The rule itself: imported for the first text that it has a clue in."""
        return catalog().rules[self.entry.code]

    @cached_property
    def diagnose(self) -> Callable[[Any, Settings], Iterator[Hit]]:
        """What the rule says of a window, or of a name."""
        check = self.rule.check
        assert isinstance(check, Name | Local | Whole)
        return check.diagnose


class _Asked(Struct, frozen=True):
    """A rule, and what a text must have for it to be asked; `always` says that nothing tells.

    That is an alarm of the one search for clues in ASCII, where it has such; one of its
    `sequences`, of which characters begin as `openings`; or that one of the `questions` says yes.
    """

    watcher: Watcher
    always: bool
    of_ascii: bool
    openings: frozenset[bytes]
    sequences: tuple[tuple[frozenset[bytes], re.Pattern[bytes]], ...]
    questions: tuple[Question, ...]

    def is_beyond(self, text: bytes, begun: Collection[bytes]) -> bool:
        """Whether there is a clue beyond ASCII in a text, whose characters begin so."""
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
        """Those whose clue is in a text; what each does is done before the next one is asked."""
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
        """Which of them may have a clue in a text, by number: the others need no question each."""
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
        """By what they are asked for wherever it is in a text."""
        numbered = [*enumerate(self._asked)]
        return {
            "always": frozenset(at for at, one in numbered if one.always),
            "ascii": frozenset(at for at, one in numbered if one.of_ascii),
            "questions": frozenset(at for at, one in numbered if one.questions),
        }

    @cached_property
    def _openings(self) -> dict[bytes, frozenset[int]]:
        """By what characters begin as that they look for."""
        found: dict[bytes, frozenset[int]] = {}
        for at, one in enumerate(self._asked):
            for opening in one.openings:
                found[opening] = found.get(opening, _NONE) | {at}
        return found

    @cached_property
    def _of_ascii(self) -> Screen:
        """All that a text in ASCII may hold, but for what only its function can tell."""
        clues = [clue for watcher in self._every for clue in watcher.clues]
        return Screen([clue for clue in clues if not isinstance(clue, Beyond | Ask)])

    @cached_property
    def _look_beyond(self) -> bool:
        """Whether a rule looks for what is beyond ASCII."""
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
    """What the first character of a sequence begins as, and its pattern."""
    starts = frozenset(map(_of_character, openings(clue.lead, clue.tail)))
    return starts, later(pattern_of(clue.lead, {(clue.tail, clue.after)}))


_CHARACTER: Final = later(
    rb"[\xc2-\xdf][\x80-\xbf]?|[\xe0-\xef][\x80-\xbf]{0,2}|[\xf0-\xf4][\x80-\xbf]{0,3}"
)


def _of_character(opening: bytes) -> bytes:
    """What of an opening is in one character, or in what is left of one; nothing of others."""
    found = _CHARACTER.match(opening)
    return found.group() if found else b""


_ASCII: Final = bytes(range(0x80))

_LARGE: Final = 1 << 14
"""Bytes of a text from which on its characters are not told apart."""

_RUNS: Final = later("[\udc80-\udcff]+")
_NOISE: Final = 96
"""Bytes that are no UTF-8, of a text, up to which they are looked at one by one."""

_LONGEST: Final = 4


def beginnings(text: bytes) -> Collection[bytes] | None:
    """All that the characters of a text beyond ASCII begin with; None where that is too much.

    Where a text is no UTF-8, all rows of bytes that may be left of a character are among it.
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
        # most rules have nothing to say of a text that others have: their screens are never built
        return (others or any(find(text, lead) >= 0 for lead in leads)) and screen()(text)

    return found


def coverers_first(watchers: Sequence[Watcher]) -> list[Watcher]:
    """Every rule after those that cover it, and otherwise in the order they came in."""
    ordered: list[Watcher] = []
    waiting = list(watchers)
    while waiting:
        covered = {name for watcher in waiting for name in watcher.entry.covers}
        free = [one for one in waiting if one.entry.name not in covered] or waiting
        ordered += free
        waiting = [one for one in waiting if one not in free]
    return ordered
