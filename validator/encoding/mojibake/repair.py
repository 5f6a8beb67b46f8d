"""Mojibake: UTF-8 that was read in another encoding and saved as UTF-8 again.

Repair is exact: the characters become the bytes that they came from, and if these are well-formed
UTF-8, that is the text. Any text may hold such a run by chance (`“CAFÉ”` ends in one), so a run
counts only where it looks odd and the repaired text looks less odd.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, pairwise
from typing import Final

from msgspec import Struct

from ...text.lazy_re import later
from .codec_tables import CODECS, LOST, WHOLE_LINE, pattern, to_bytes
from .oddity import closes, is_letter, oddity, one_script, scripts

_MAX_DEPTH: Final = 8
"""Misreadings of one line that are undone, at most: more are no accident, and each takes time."""

_ISLAND: Final = later(r"[^\x00-\x7f]+")

_SHORT: Final = 32
"""Longest run, in characters, whose gain is cached."""

_BESIDE_SIGN: Final = " 0123456789"

_FUNCTIONS: Final = frozenset(("in", "os", "an", "og", "ln", "xp", "im", "ax"))
"""How the names of mathematical functions end."""


class Run(Struct, frozen=True):
    """Characters `start:end` of a line that are misread UTF-8, and what they were (`original`).

    `gain` says how many odd places fewer `original` has. A `lost` run has lost a byte (`LOST`): its
    original is looked up there, and not decoded.
    """

    start: int
    end: int
    original: str
    gain: int
    lost: bool = False


class Word(Struct, frozen=True):
    """A misread word of a line, `offset` characters from its start, and what it was (`original`).

    `codecs` are the names of the encodings that it was misread in, the last misreading first.
    """

    offset: int
    text: str
    original: str
    codecs: tuple[str, ...]


class Repair(Struct, frozen=True):
    """A line in stages: as it is, then with one misreading undone after the other.

    `codecs` has one name for each step from a stage to the next. `exact` says that misreading the
    last stage again, in all these encodings, gives the first stage exactly.
    """

    stages: tuple[str, ...]
    codecs: tuple[str, ...]
    exact: bool

    @property
    def line(self) -> str:
        """The line as it is."""
        return self.stages[0]

    @property
    def original(self) -> str:
        """The line as it was."""
        return self.stages[-1]

    def words(self) -> list[Word]:
        """The words, split at spaces, that were misread; no misreading adds or removes a space."""
        found, offset = [], 0
        for states in zip(*(stage.split(" ") for stage in self.stages), strict=True):
            changes = zip(self.codecs, pairwise(states), strict=True)
            codecs = tuple(codec for codec, (late, early) in changes if late != early)
            if codecs:
                found.append(Word(offset, states[0], states[-1], codecs))
            offset += len(states[0]) + 1
        return found


def repair(line: str) -> Repair | None:
    """The line as it was before it was misread, once or several times; None if it was not."""
    stages, exact = [line], True
    codecs: list[str] = []
    while len(codecs) < _MAX_DEPTH and (found := undo(stages[-1])):
        name, runs = found
        codecs.append(name)
        exact = exact and not any(run.lost for run in runs)
        stages.append(_replaced(stages[-1], runs))
    return Repair(tuple(stages), tuple(codecs), exact) if codecs else None


def undo(line: str) -> tuple[str, list[Run]] | None:
    """Undo one misreading: the codec that explains most of the line, and its runs; None if none."""
    best: tuple[int, str, list[Run]] = (0, "", [])
    islands = [match.span() for match in _ISLAND.finditer(line)]
    for name in (*CODECS, *WHOLE_LINE):
        runs = _runs(line, islands, name)
        if name in WHOLE_LINE and not _covers(line, runs):
            continue
        explained = sum(run.end - run.start for run in runs)
        if explained > best[0]:
            best = (explained, name, runs)
        if explained == sum(end - start for start, end in islands):
            break  # nothing is left for another codec to explain better
    return best[1:] if best[0] else None


def _runs(line: str, islands: list[tuple[int, int]], name: str) -> list[Run]:
    """The runs of one codec that have a gain, and those without gain or loss that fit to them."""
    matches = (pattern(name).finditer(line, start, end + 1) for start, end in islands)
    found = [_run(match, name) for match in chain.from_iterable(matches)]
    sure = "".join(run.original for run in found if run.gain > 0)
    if not sure:
        return []
    own = scripts(sure)
    return [run for run in found if run.gain > 0 or (run.gain == 0 and _fits(line, run, own))]


def _fits(line: str, run: Run, own: frozenset[str]) -> bool:
    """Whether a run without gain belongs to those with one; it may be typography (`é »`)."""
    typography = run.end - run.start > 2 and closes(line[run.start + 1 : run.end])
    return not typography or scripts(run.original) <= own


def _run(match: re.Match[str], name: str) -> Run:
    text, line, start, end = match.group(), match.string, match.start(), match.end()
    lost = text in LOST
    original = LOST[text] if lost else bytes(map(to_bytes(name).__getitem__, text)).decode()
    weigh = _gain if end - start <= _SHORT else _gain.__wrapped__
    gain = weigh(text, original, line[max(0, start - 2) : start], line[end : end + 1])
    return Run(start, end, original, gain, lost)


@lru_cache(maxsize=1 << 12)  # the same few letters come again and again
def _gain(text: str, original: str, before: str, after: str) -> int:
    gain = oddity(text, before, after) - oddity(original, before, after)
    if not is_letter(before[-1:]):
        gain += _odd_alone(text, before[-1:], after)
    elif text[0] in "√¬":  # `r√∂d` and `pi√π`, while `2√π`, `n√π` and `ln√π` are numbers
        gain += is_letter(after) or (
            before.isalpha() and before not in _FUNCTIONS and len(before) > 1
        )
    if len(original) >= 3 and len(text) >= 2 * len(original) and one_script(original):
        gain += 1  # chance does not spell words
    return gain


def _odd_alone(text: str, before: str, after: str) -> bool:
    """Whether a run that follows no letter looks misread, as `Â°`, `Ã–ffne` and `â†’` do."""
    lead, rest = text[0], text[1:]
    if before in {"«", "“", "„", "\xa0"} or not rest:
        return False  # « Â », a letter that the text is about
    if rest == "\xa0":
        return lead in "ÂÃĂВГ" and after == " "
    if lead == "Ã" and rest == "—":  # 3 × 4
        return before != "" and before in _BESIDE_SIGN and after in _BESIDE_SIGN
    if lead in "ÂÃâÐ":
        return not closes(rest) or (rest in {"–", "…"} and is_letter(after))
    if lead == "Г":
        return rest in "©®¶§¤¦ЁЄЎўґЈ" or (after.isascii() and is_letter(after))
    return lead in "ĂВ" and rest in "©®¶§¤¦"


def _replaced(line: str, runs: list[Run]) -> str:
    parts, done = [], 0
    for run in runs:
        parts += [line[done : run.start], run.original]
        done = run.end
    return "".join([*parts, line[done:]])


def _covers(line: str, runs: list[Run]) -> bool:
    return _replaced(line, [Run(run.start, run.end, "", 0) for run in runs]).isascii()
