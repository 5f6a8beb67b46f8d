"""Encodings of one byte a character: under which of them words read best, and in which language.

For each encoding and each language that it was made for, the bits of the words are counted letter
pair by letter pair (`languages`). As that is slow, cheaper tests come before it: they leave out
encodings that put signs into words, then languages whose letters are rare in the words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from operator import getitem, itemgetter
from typing import Final

from stringzilla import bytesum, translate

from .code_pages import Costs, Group, characters, groups
from .judgement import Reading
from .languages import class_of, language

_CAMEL, _SPLIT = 8, 13
"""Cost in bits of a capital after a small letter, and of a sign between letters."""

_HEAVIER: Final = 200
"""Encodings that are heavier than the lightest one by more bits than this are left out."""

_TRIED: Final = 10
"""Most pairs of encoding and language for which the letter pairs are counted."""

_OF_ONE: Final = 4
"""Most languages that are counted for one encoding."""

_SHORT: Final = 64
"""Bytes of the words that the first choice looks at. The `_CHOSEN` best of it see all words."""

_CHOSEN: Final = 4

_CLEAR: Final = 30
"""If the best is ahead by so many bits in the first words, the others are not counted."""

_READS: Final = 4.0
"""If the first words take fewer bits a byte, they read well, and no others are counted."""

_TINY: Final = 24
"""With so few bytes of words all pairs are tried: too little is known to choose among them."""

_LONE: Final = 10
"""Cost in bits of a script other than Latin, where no two bytes beyond ASCII stand together."""

_KINDS: Final = bytes(
    ord("h" if byte > 0x7F else "a" if chr(byte).isalpha() else " ") for byte in range(256)
)


_Trial = tuple[float, float, Group, str]
"""Of an encoding and a language: the bits, the part of them that no letter costs, and the two."""

_bits_of = itemgetter(0)


def readings(high: bytes, words: bytes, *, often: bool = True) -> list[Reading]:
    """How the words read under encodings in which each byte of `high` has a meaning, best first.

    With `often`, encodings that files are often in are tried first; the others only if none of them
    reads well, or if the best is not far ahead. `words` are those of `Evidence`.
    """
    if len(words) <= 2 * _SHORT:
        trials = _trials(words, groups(high, often=False))
        return _readings(_tried(words, trials if len(words) <= _TINY else _likely(trials)), words)
    start = words[:_SHORT]
    if often:
        trials = _tried(start, _likely(_trials(words, groups(high, often=True))))
        if _is_enough(trials):
            return _readings(trials, start)
    trials = _tried(start, _likely(_trials(words, groups(high, often=False))))
    return _readings(_tried(words, trials[:_CHOSEN]), words)


def _is_enough(trials: Sequence[_Trial]) -> bool:
    """Whether one frequent encoding reads well, and far better than all others.

    The `trials` are of the first words, best first.
    """
    if not trials or trials[0][0] >= _READS * _SHORT or not trials[0][2].is_frequent:
        return False
    best = trials[0]
    others = (bits for bits, _, group, _ in trials if group is not best[2])
    return next(others, math.inf) > best[0] + _CLEAR


def _likely(trials: Sequence[_Trial]) -> list[_Trial]:
    """The best trials in order, few of each group of encodings."""
    chosen: list[_Trial] = []
    taken: Counter[tuple[str, ...]] = Counter()
    for trial in sorted(trials, key=_bits_of):
        group = trial[2].codecs
        taken[group] += 1
        if taken[group] <= _OF_ONE:
            chosen.append(trial)
            if len(chosen) == _TRIED:
                break
    return chosen


def _readings(trials: Sequence[_Trial], words: bytes) -> list[Reading]:
    """The best reading of each group of encodings; `trials` are in order, best first."""
    size = len(words.translate(None, b" ,'"))
    best: dict[tuple[str, ...], Reading] = {}
    for bits, _, group, code in trials:
        if group.codecs not in best:
            best[group.codecs] = Reading(group.codecs, code, bits, size)
    return [*best.values()]


def _tried(words: bytes, trials: Sequence[_Trial]) -> list[_Trial]:
    """The trials with the bits of the letter pairs, best first."""
    exact = [
        (_bits(words, group.codecs[0], code) + extra, extra, group, code)
        for _, extra, group, code in trials
    ]
    return sorted(exact, key=_bits_of)


def _trials(words: bytes, groups: Sequence[Group]) -> list[_Trial]:
    """Encodings and languages that the words may be in, judged by single letters, not by pairs."""
    kinds = words.translate(_KINDS)
    latin = _is_latin(kinds)
    lone = 0 if b"hh" in kinds else _LONE
    groups = [one for one in groups if latin is None or one.latin == latin]
    weights = [bytesum(translate(words, group.weights)) for group in groups]
    most = min(weights, default=0) + _HEAVIER
    trials = []
    for group, weight in zip(groups, weights, strict=True):
        if weight <= most:
            flaws = _flaws(words.translate(group.shapes)) + (0 if group.latin else lone)
            for code, extra, alone in _tables(group.codecs[0], group.costs):
                bits = bytesum(translate(words, alone)) / 2
                trials.append((bits + extra + flaws, extra + flaws, group, code))
    return trials


@lru_cache(1 << 12)
def _tables(codec: str, costs: Costs) -> tuple[tuple[str, float, bytes], ...]:
    """Each language with its cost, and twice the bits of each byte without the one before it."""
    return tuple((code, cost, _alone(codec, code)) for code, cost in costs)


def _is_latin(kinds: bytes) -> bool | None:
    """Whether bytes beyond ASCII stand in words of ASCII letters; None if that is not clear."""
    high, mixed = kinds.count(b"h"), kinds.count(b"ah") + kinds.count(b"ha")
    if mixed * 2 >= high:
        return True
    return False if mixed * 10 <= high <= kinds.count(b"hh") * 3 else None


def _flaws(shapes: bytes) -> int:
    split = shapes.count(b"lsl") + shapes.count(b"usl") + shapes.count(b"usu")
    return _CAMEL * shapes.count(b"lu") + _SPLIT * split


def _bits(words: bytes, codec: str, code: str) -> int:
    classes = words.translate(_classes(codec, code))
    rows = map(language(code).rows.__getitem__, classes)
    return sum(map(getitem, rows, classes[1:]))


@cache
def _classes(codec: str, code: str) -> bytes:
    """The class of each byte in a language."""
    beyond = characters(codec)[128:]
    return _classes_of_ascii(code) + bytes([class_of(code, one) for one in beyond])


@cache
def _classes_of_ascii(code: str) -> bytes:
    return bytes([class_of(code, chr(byte)) for byte in range(128)])


@cache
def _alone(codec: str, code: str) -> bytes:
    """For each byte twice the bits of its character, where the character before it is not known."""
    return _classes(codec, code).translate(language(code).alone.ljust(256, b"\0"))
