"""Findings of one cause: the same words of the same rule, but for what they quote and count.

A cause that is found often is told once, with its count, its first places and what to do.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from ..model import Diagnostic, Location, Severity
from ..text.lazy_re import later
from ._held import held

OFTEN: Final = 4
"""Findings of one cause that are told together; fewer are told one by one."""

FIRST: Final = 3
"""Places of a cause that are named, each once."""

MOST: Final = 2000
"""Causes that are told apart; beyond that, those of one rule are one."""

MANY: Final = 100
"""Findings of a run whose causes are all told, however many they are."""

VALUES: Final = 40
"""Different values of a message that are counted; with more, none is told."""

# What one message quotes and another of the same cause may not: text in quotes and lists of such,
# characters by their names, and words with a digit or a slash, which are numbers, bytes, names of
# files. A word is tried at its start only.
_PART: Final = later(
    r"(`[^`]*`(?:(?:,| and| or) `[^`]*`)*|\"[^\"]*\"|“[^”]{0,999}”"
    r"|U\+[0-9A-F]{4,6}(?: [A-Z][A-Z0-9]*(?:[ -][A-Z0-9]+){0,20})?(?![^ ,:;)])"
    r"|(?<![^\s`\"“,;:(])[^\s`\"“,;:()0-9/]*[0-9/][^\s`\"“,;:)]*)"
)

# How often a fault stands at its place, and in which other lines: of no interest beside the count.
_REPEATS: Final = later(
    r" \((?:and )?[0-9]+ (?:times|more)\)|, [0-9]+ times$"
    r"|, and [0-9]+ more in this line|; [0-9]+ more words? of this line"
    r"|: lines [0-9, ]+ and [0-9]+(?: more)?$"
)

QUOTES: Final = '`"“'

Key = tuple[str, ...]


class Cause(Struct):
    """What is known of a cause so far. It grows; nothing of it grows with the number of findings.

    `varied` says which of the parts in the first message are others in another message; `values`
    counts what it quotes first, and is None where it has too many. `more` findings were left out
    of the run by its limit, `unclear` such that may be of this cause or of another of the rule.
    """

    first: list[Diagnostic]
    number: int
    parts: list[str]
    varied: list[bool]
    folder: str
    files: int = 1
    seen: int = 1
    more: int = 0
    unclear: int = 0
    same_help: bool = True
    mixed: bool = False
    values: dict[str, int] | None = None
    last_path: str = ""

    @property
    def count(self) -> int:
        """How many findings it has, with those that the limit left out."""
        return self.seen + self.more

    @property
    def message(self) -> str:
        """The message, with an ellipsis for what varies in it and without repeats."""
        if self.mixed:
            return self.first[0].message
        told = list(self.parts)
        for number, varies in enumerate(self.varied):
            if varies:
                quote = told[2 * number + 1][0]
                ends = {"`": "`…`", '"': '"…"', "“": "“…”"}
                told[2 * number + 1] = ends.get(quote, "…")
        return "".join(told)

    @property
    def severity(self) -> Severity:
        """That of all its findings."""
        return self.first[0].severity

    @property
    def code(self) -> str:
        """The rule."""
        return self.first[0].code


class Causes:
    """The causes of findings, in the order in which they were first found."""

    def __init__(self) -> None:
        self._known: dict[Key, Cause] = {}
        self._of_file: dict[str, Key | None] = {}
        self._path = ""

    def add(self, found: Diagnostic) -> int:
        """Take in the next finding; the number of its cause, from 0."""
        key, parts = self._key(found)
        cause = self._known.get(key)
        if cause is None:
            self._known[key] = cause = _begun(found, parts, len(self._known))
        else:
            _grow(cause, found, parts)
        if found.path != self._path:
            self._path, self._of_file = found.path, {}
        if self._of_file.setdefault(found.code, key) != key:
            self._of_file[found.code] = None  # this rule has said two things of this file
        omitted = found.data.get("omitted", 0)
        if isinstance(omitted, int) and omitted:
            if self._of_file[found.code] == key:
                cause.more += omitted
            else:
                cause.unclear += omitted
        return cause.number

    def watching(self, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The findings as they come, each taken in."""
        for found in findings:
            self.add(found)
            yield found

    def __iter__(self) -> Iterator[Cause]:
        return iter(self._known.values())

    def worst(self) -> list[Cause]:
        """The gravest causes first, and of one severity those with the most findings."""
        return sorted(self, key=lambda one: (-one.severity.rank, -one.count))

    def _key(self, found: Diagnostic) -> tuple[Key, list[str]]:
        parts = _PART.split(_REPEATS.sub("", found.message))
        key = (found.code, found.severity.value, *parts[::2])
        if len(self._known) >= MOST and key not in self._known:
            return key[:2], []
        return key, parts


def _begun(found: Diagnostic, parts: list[str], number: int) -> Cause:
    folder = found.path[: found.path.rfind("/") + 1]
    cause = Cause([found], number, parts, [False] * (len(parts) // 2), folder, last_path=found.path)
    cause.mixed = not parts
    value = _value(parts)
    if value:
        cause.values = {value: 1}
    return cause


def _grow(cause: Cause, found: Diagnostic, parts: list[str]) -> None:
    cause.seen += 1
    if len(cause.first) < FIRST and _place(found) != _place(cause.first[-1]):
        cause.first.append(found)
    if found.path != cause.last_path:
        cause.files += 1
        cause.last_path = found.path
        while not found.path.startswith(cause.folder):
            cause.folder = cause.folder[: cause.folder.rfind("/", 0, -1) + 1]
    if cause.same_help and found.help != cause.first[0].help:
        cause.same_help = False
    for number in range(len(parts) // 2):
        if parts[2 * number + 1] != cause.parts[2 * number + 1]:
            cause.varied[number] = True
    if cause.values is not None:
        value = _value(parts)
        cause.values[value] = cause.values.get(value, 0) + 1
        if len(cause.values) > VALUES:
            cause.values = None


def _place(found: Diagnostic) -> tuple[str, Location]:
    return found.path, found.location


def value_at(parts: Sequence[str]) -> int:
    """Which part of a message is its value: the first in quotes, else a character; -1 for none."""
    varying = parts[1::2]
    quoted = (at for at, part in enumerate(varying) if part[0] in QUOTES)
    named = (at for at, part in enumerate(varying) if part.startswith("U+"))
    return next(quoted, next(named, -1))


def _value(parts: Sequence[str]) -> str:
    at = value_at(parts)
    return parts[2 * at + 1] if at >= 0 else ""


def causes_of(findings: Iterable[Diagnostic]) -> Causes:
    """The causes of all findings."""
    causes = Causes()
    for found in findings:
        causes.add(found)
    return causes


Item = Diagnostic | Cause


def told(
    findings: Iterable[Diagnostic], most: int | None = None
) -> tuple[Iterator[Item], Sequence[Cause]]:
    """What is told, and what is only counted: findings of rare causes, each frequent cause once.

    They come where the first finding of each is, and all. Of more than MANY findings no more than
    the `most` worst causes, these first, if it is given.
    """
    kept = held(findings)
    causes = Causes()
    numbers = array("L", (causes.add(found) for found in kept))
    known = list(causes)
    if most is None or len(numbers) <= MANY or len(known) <= most:
        return _in_order(kept, numbers, known), ()
    worst = causes.worst()
    return _chosen(kept, numbers, worst[:most]), worst[most:]


def _in_order(
    kept: Iterable[Diagnostic], numbers: Iterable[int], known: Sequence[Cause]
) -> Iterator[Item]:
    told: set[int] = set()
    for number, found in zip(numbers, kept, strict=True):
        if known[number].count < OFTEN:
            yield found
        elif number not in told:
            told.add(number)
            yield known[number]


def _chosen(
    kept: Iterable[Diagnostic], numbers: Iterable[int], chosen: Sequence[Cause]
) -> Iterator[Item]:
    rare: dict[int, list[Diagnostic]] = {
        cause.number: [] for cause in chosen if cause.count < OFTEN
    }
    if rare:
        for number, found in zip(numbers, kept, strict=True):
            if number in rare:
                rare[number].append(found)
    for cause in chosen:
        yield from rare.get(cause.number, [cause])
