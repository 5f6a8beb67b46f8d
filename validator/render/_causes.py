"""Findings of one cause: of the same rule, with the same message except for quotes and numbers.

A frequent cause is shown once, with the number of its findings, its first places and what to do.
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
"""Findings from which on a cause is shown once for all; fewer are shown one by one."""

FIRST: Final = 3
"""Places of a cause at most that are shown."""

MOST: Final = 2000
"""Causes at most that are kept apart; beyond that, all new ones of a rule count as one."""

MANY: Final = 100
"""Findings at most of a run of which all causes are shown, whatever their number."""

VALUES: Final = 40
"""Different values of a message at most that are counted; with more, none is shown."""

# The parts of a message that differ between findings of one cause: text in quotes and lists of it,
# names of characters, and words with a digit or a slash, which are numbers, bytes, names of files.
# A word is tried at its start only.
_PART: Final = later(
    r"(`[^`]*`(?:(?:,| and| or) `[^`]*`)*|\"[^\"]*\"|“[^”]{0,999}”"
    r"|U\+[0-9A-F]{4,6}(?: [A-Z][A-Z0-9]*(?:[ -][A-Z0-9]+){0,20})?(?![^ ,:;)])"
    r"|(?<![^\s`\"“,;:(])[^\s`\"“,;:()0-9/]*[0-9/][^\s`\"“,;:)]*)"
)

# How often a fault stands at its place: left out, as the cause has the number of all findings.
_REPEATS: Final = later(
    r" \((?:and )?[0-9]+ (?:times|more)\)|, [0-9]+ times$"
    r"|, and [0-9]+ more in this line|; [0-9]+ more words? of this line"
    r"|: lines [0-9, ]+ and [0-9]+(?: more)?$"
)

QUOTES: Final = '`"“'

Key = tuple[str, ...]


class Cause(Struct):
    """What is known of a cause so far. Its size does not grow with the number of findings.

    `varied` says for each variable part of the first message whether another message differs in it.
    `values` counts the values that messages quote; None if they are too many. `more` is the number
    of its findings that the limit of the run left out; `unclear` that of findings left out which
    may be of this cause or of another one of the rule.
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
        """The number of its findings, those included that the limit left out."""
        return self.seen + self.more

    @property
    def message(self) -> str:
        """The message, with an ellipsis for each part that varies, and without repeat counts."""
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
        """The severity of all its findings."""
        return self.first[0].severity

    @property
    def code(self) -> str:
        """The code of the rule."""
        return self.first[0].code


class Causes:
    """The causes of findings, in the order in which they were first found."""

    def __init__(self) -> None:
        self._known: dict[Key, Cause] = {}
        self._of_file: dict[str, Key | None] = {}
        self._path = ""

    def add(self, found: Diagnostic) -> int:
        """Count the next finding; the result is the number of its cause, from 0."""
        key, parts = self._key(found)
        cause = self._known.get(key)
        if cause is None:
            self._known[key] = cause = _begun(found, parts, len(self._known))
        else:
            _grow(cause, found, parts)
        if found.path != self._path:
            self._path, self._of_file = found.path, {}
        if self._of_file.setdefault(found.code, key) != key:
            self._of_file[found.code] = None  # this rule has findings of two causes in this file
        omitted = found.data.get("omitted", 0)
        if isinstance(omitted, int) and omitted:
            if self._of_file[found.code] == key:
                cause.more += omitted
            else:
                cause.unclear += omitted
        return cause.number

    def watching(self, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The findings as they come, each counted."""
        for found in findings:
            self.add(found)
            yield found

    def __iter__(self) -> Iterator[Cause]:
        return iter(self._known.values())

    def worst(self) -> list[Cause]:
        """All causes, by severity, then by the number of findings: the worst first."""
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
    """The index of the variable part that is a message's value; -1 for none.

    It is the first part in quotes, else the first name of a character.
    """
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
    """The items to show, and the causes that are only counted.

    Items are the findings of rare causes, and each frequent cause once, in the order of first
    findings. If `most` is given and there are more than MANY findings, only the `most` worst causes
    are shown, the worst first.
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
