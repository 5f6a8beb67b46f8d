"""The checks of the names of files, and the fields that are read from the names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from ..document import Place
from ..file.name_fields import (
    ID,
    NAME,
    UnexpectedName,
    capture,
    captures,
    name_reader,
    names_reader,
)
from ..memo import memo
from ..settings.options import Settings
from ..text.re2 import Spans, compiled
from .fact_plan import fact_plan
from .plan import Bound, Part
from .ruleset import Said, rule_set
from .watchers import Watcher
from .wording import Wording

_ANY: Final[Spans] = [(0, 0)]
"""In place of spans, for a name that fits, where no group of the pattern is used."""


class FileNames:
    """The pattern and the rules for the names of a profile's files.

    With `captured` the groups of the pattern are asked of each name.
    """

    def __init__(
        self, settings: Settings, rules: Sequence[Watcher], wording: Wording, captured: bool
    ) -> None:
        self._settings, self._rules, self._wording = settings, rules, wording
        self._spans = name_reader(settings)
        self._fit = compiled(settings[NAME]).spans if self._spans else None  # without .gz
        self._all_fit = None if captured else names_reader(settings)
        self._captures = self._spans is not None and any(compiled(settings[NAME]).names)

    def matched(self, names: Sequence[bytes], compressed: bool) -> list[Spans | None]:
        """Where the groups of `file.name` stand in each name; None for one that does not fit.

        Where no group is used, all names are matched at once; if all fit, groups are left out.
        """
        fit = self._spans if compressed else self._fit
        if fit is None or (not compressed and self._all_fit and self._all_fit(names)):
            return [_ANY] * len(names)
        return [fit(name) for name in names]

    def odd(self, names: Sequence[bytes], matched: Sequence[Spans | None]) -> set[bytes]:
        """The names that do not fit the pattern, and those in which a rule has a clue."""
        odd = set()
        joined = b"\0".join((b"", *names, b""))
        alarmed = [watcher.screen for watcher in self._rules if watcher.screen(joined)]
        if alarmed:
            odd = {name for name in names if any(ask(b"\0" + name + b"\0") for ask in alarmed)}
        if None in matched:
            odd.update(name for name, found in zip(names, matched, strict=True) if not found)
        return odd

    def odd_paths(self, part: Part) -> set[bytes]:
        """The names of files at which a finding about their path may be told."""
        return {*part.paths, *(part.names[:1] if self.odd(part.entered, ()) else ())}

    def said_of(self, name: bytes) -> Iterator[Said]:
        """The hits about the name of a file."""
        if self._spans and self._spans(name) is None:
            hits = list(self._wording.explained([UnexpectedName(name)]))
            yield from hits
            if hits:
                return  # a name that does not fit the pattern need not be portable
        yield from self.said_of_folder(name)

    def said_of_folder(self, name: bytes) -> Iterator[Said]:
        """The hits about a name that follows no pattern, such as that of a directory."""
        alarmed = [one for one in self._rules if one.screen(b"\0" + name + b"\0")]
        for watcher in alarmed:
            for hit in watcher.diagnose(name, self._settings):
                yield watcher.rule, watcher.severity, hit

    def place(self, path: bytes, name: bytes, today: date) -> Place:
        """What is known of the documents of a file before it is read, on this day."""
        return Place(path, captures(name, self._settings) if self._captures else {}, today)

    def document_id(self, name: bytes) -> str:
        """The id of the document in the file of this name, empty when it has none."""
        field = self._settings[ID]
        value = capture(name, field, self._settings) if field else None
        return value.decode("utf-8", "replace") if value else ""


@memo
def file_names(bound: Bound) -> FileNames:
    """The checks of the names of a profile's files."""
    rules = rule_set(bound)
    captured = any(group is not None for group in fact_plan(bound).groups)
    return FileNames(bound.settings, rules.names, rules.wording, captured)
