"""Findings counted by rule, by file and by directory."""

from __future__ import annotations

from typing import Final

from msgspec import Struct, field

from ..model import Diagnostic, Severity

MOST: Final = 50_000
"""Files, or directories, at most that are counted; then the half with fewer findings is dropped."""


class OfRule(Struct):
    """Numbers about a rule: of its findings, of files with them; of those shown, and with a fix."""

    code: str
    name: str
    severity: Severity
    count: int = 0
    shown: int = 0
    fixable: int = 0
    files: int = 0
    last_path: str = ""

    @property
    def fix(self) -> str:
        """Whether `all`, `some` or none of them have a fix."""
        return "all" if self.fixable == self.shown else "some" if self.fixable else "-"


class Counts(Struct):
    """Findings by severity, and by rule."""

    severities: dict[Severity, int] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """The number of all findings."""
        return sum(self.severities.values())

    def of(self, severity: Severity) -> int:
        """The number of findings of one severity."""
        return self.severities.get(severity, 0)

    @property
    def rank(self) -> tuple[int, ...]:
        """A key to sort by, the worst first: by errors, then warnings, then notes."""
        return tuple(-self.of(one) for one in (Severity.ERROR, Severity.WARNING, Severity.INFO))

    def add(self, found: Diagnostic, number: int) -> None:
        """Count a finding that stands for `number` findings."""
        self.severities[found.severity] = self.of(found.severity) + number
        self.codes[found.code] = self.codes.get(found.code, 0) + number


class Tally:
    """Counts findings one by one, those included that the limit of the run left out."""

    def __init__(self) -> None:
        self._rules: dict[tuple[str, Severity], OfRule] = {}
        self._files: dict[str, Counts] = {}
        self._folders: dict[str, Counts] = {}

    def add(self, found: Diagnostic) -> None:
        """Count the next finding."""
        omitted = found.data.get("omitted", 0)
        number = 1 + (omitted if isinstance(omitted, int) else 0)
        key = (found.code, found.severity)
        rule = self._rules.get(key)
        if rule is None:
            rule = self._rules[key] = OfRule(found.code, found.name, found.severity)
        rule.count += number
        rule.shown += 1
        rule.fixable += found.fix is not None
        if rule.last_path != found.path:
            rule.last_path, rule.files = found.path, rule.files + 1
        _counts(self._files, found.path).add(found, number)
        folder = found.path[: found.path.rfind("/") + 1] or "./"
        _counts(self._folders, folder).add(found, number)

    def rules(self) -> list[OfRule]:
        """All rules with findings, by severity, then by number of findings, the worst first."""
        return sorted(self._rules.values(), key=lambda one: (-one.severity.rank, -one.count))

    def files(self) -> list[tuple[str, Counts]]:
        """The files with findings, worst first."""
        return _worst(self._files)

    def folders(self) -> list[tuple[str, Counts]]:
        """The directories with findings in files directly in them, worst first."""
        return _worst(self._folders)


def _counts(table: dict[str, Counts], path: str) -> Counts:
    found = table.get(path)
    if found is None:
        if len(table) >= MOST:
            for better, _ in _worst(table)[MOST // 2 :]:
                del table[better]
        found = table[path] = Counts()
    return found


def _worst(table: dict[str, Counts]) -> list[tuple[str, Counts]]:
    return sorted(table.items(), key=lambda pair: (pair[1].rank, pair[0]))
