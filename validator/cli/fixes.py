"""What a run that fixes reports of its fixes, and the patches and documents that it prints."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TextIO

from msgspec import Struct

from ..errors import UsageError
from ..fix.wanted import Fixing
from ..model import Applicability, Diagnostic, Fixed, Summary
from ..render._words import counted
from ..rules.catalog import catalog
from ..text.harmless import harmless, harmless_lines
from ..text.visible import visible_path
from .outputs import Streams

REFUSALS: Final = frozenset(("FIL006", "FIL007"))
"""The rules that say why a fix was not made."""

_LOGS: Final = ("CI", "GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")
"""Environment variables that are set on build services."""


class FixWishes(Struct, frozen=True):
    """The options of a command line about fixes."""

    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    fix_only: bool = False
    show_fixes: bool = False
    exit_non_zero_on_fix: bool = False
    backup: str | None = None
    keep_times: bool = False

    @property
    def fixes(self) -> bool:
        """Whether files are to be fixed, or the fixes to be shown."""
        return self.fix or self.fix_only or self.diff

    @property
    def only(self) -> bool:
        """Whether remaining findings are not reported."""
        return self.fix_only or self.diff


def fixing_of(wishes: FixWishes) -> Fixing | None:
    """How files are to be fixed; None if they are not. Raises UsageError."""
    if not wishes.fixes:
        if wishes.backup:
            raise UsageError("`--backup` keeps what `--fix` changes; give that, too")
        return None
    if wishes.backup and not wishes.diff:
        from ..fix.backup import begin

        begin(wishes.backup)
    return Fixing(
        write=not wishes.diff,
        patch=wishes.diff,
        unsafe=wishes.unsafe_fixes,
        keep_times=wishes.keep_times,
        backup="" if wishes.diff else wishes.backup or "",
    )


class Teller:
    """Counts what was fixed and what is left, and reports it on standard error.

    Patches shown on a terminal or in the log of a build service (`is_read`) are made harmless.
    """

    def __init__(self, wishes: FixWishes, streams: Streams, quiet: bool) -> None:
        self._wishes, self._streams, self._quiet = wishes, streams, quiet
        self._read, self._spelled = is_read(streams.out, streams.environ), 0
        self._unsafe: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()
        self._files: dict[str, Counter[str]] = {}
        self._in_archives = 0

    def failed(self, summary: Summary) -> bool:
        """Whether fixes make the run fail: because they were made, or because they were not."""
        wishes = self._wishes
        told = wishes.diff or wishes.exit_non_zero_on_fix
        return (told and summary.mended > 0) or (wishes.only and self._refused.total() > 0)

    def take(self, fixed: Fixed) -> None:
        """Count a fixed file, which may come again after another fix; print its patch."""
        if self._wishes.show_fixes:
            before = self._files.pop(fixed.path, Counter())
            self._files[fixed.path] = before + Counter(fixed.counts)
        if fixed.patch:
            give_out(self._streams.out, self._harmless(fixed.patch) if self._read else fixed.patch)

    def _harmless(self, patch: bytes) -> bytes:
        """A patch for a screen: control characters and commands in it are spelled out."""
        lines = patch.decode("utf-8", "surrogateescape").split("\n")
        shown = [_shown(line) for line in lines]
        self._spelled += sum(map(str.__ne__, lines, shown))
        return "\n".join(shown).encode("utf-8")

    def passing(self, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The findings that are reported; those about fixes are counted as they pass."""
        for found in findings:
            if found.code in REFUSALS:
                self._refused[str(found.data.get("rule", found.name))] += 1
            elif found.archive:
                self._in_archives += found.fix is not None
            elif found.fix is not None and found.fix.applicability is Applicability.UNSAFE:
                self._unsafe[found.code] += 1
            if not self._wishes.only or found.code in REFUSALS:
                yield found

    def tell(self, summary: Summary) -> None:
        """Print what was fixed, by rule and count, and what was left and why."""
        if not self._quiet:
            lines = (f"{line}\n" for line in self._lines(summary))
            self._streams.err.writelines(harmless_lines(lines))

    def _lines(self, summary: Summary) -> Iterator[str]:
        wishes = self._wishes
        would = "Would fix" if wishes.diff else "Fixed"
        for path, counts in self._files.items():
            yield f"- {visible_path(path)}:"
            for code, count in sorted(counts.items()):
                yield f"    {count} × {code} ({catalog().rules[code].name})"
        total = sum(summary.fixed.values())
        if total:
            where = counted(summary.mended, "file")
            yield f"{would} {counted(total, 'finding')} in {where}: {_by_cause(summary.fixed)}."
        else:
            yield "No fixes were made." if not wishes.diff else "Nothing would be fixed."
        if self._spelled:
            lines = counted(self._spelled, "line")
            yield (
                f"The patch does not apply as it is shown: {lines} would steer what shows it, and "
                "control and hidden characters are spelled out; write it to a file (`> FILE`)."
            )
        if self._in_archives:
            left = counted(self._in_archives, "finding")
            yield f"Left in archives, where nothing is fixed: {left}; unpack, fix, and pack again."
        if self._refused:
            yield f"Not fixed, as told above: {_by_cause(self._refused)}."
        if self._unsafe and not wishes.unsafe_fixes:
            left = counted(self._unsafe.total(), "fix" if self._unsafe.total() == 1 else "fixe")
            yield f"{left} more with `--unsafe-fixes`: {_by_cause(self._unsafe)}."


def _by_cause(counts: Mapping[str, int]) -> str:
    """Counts in words: `10 trailing-blanks, 2 final-newline`, the largest first."""
    rules = catalog().rules
    named = ((rules[code].name if code in rules else code, count) for code, count in counts.items())
    ordered = sorted(named, key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{count} {name}" for name, count in ordered)


def _shown(line: str) -> str:
    """A line of a patch, made harmless; a header (`--- `, `+++ `) cannot be a log command."""
    return harmless(line, inner=line.startswith(("--- ", "+++ ")))


def is_read(out: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether `out` is shown on a terminal or in the log of a build service, and is no file."""
    if out.isatty():
        return True
    try:
        in_file = stat.S_ISREG(os.fstat(out.fileno()).st_mode)
    except (OSError, ValueError):  # a text in memory
        in_file = False
    return not in_file and any(environ.get(name) for name in _LOGS)


def give_out(out: TextIO, data: bytes) -> None:
    """Write bytes to standard output as they are, after the text written so far."""
    out.flush()
    raw = getattr(out, "buffer", None)
    if raw is None:  # a text in memory
        out.write(data.decode("utf-8", "surrogateescape"))
    else:
        raw.write(data)
