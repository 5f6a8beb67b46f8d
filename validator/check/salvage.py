"""The exact way through a file, where a defect of this program costs a rule and not the file.

An error is told as a finding (`Unchecked`), and the file is checked again without the rule that
raised it, as often as needed. If no rule raised it, only the bytes of the file are checked again,
not its documents; if that fails, too, its bytes are counted.
"""

from __future__ import annotations

import os
from datetime import date
from types import FrameType
from typing import Final

from msgspec.structs import replace

from ..errors import ValidatorError
from ..file.reading import Pages, unreadable
from ..file.streams import BrokenStreamError
from ..model import Totals, Unchecked
from ..rules.rule import Rule
from .exact import Diagnosed, Exact
from .fast import NOTHING, Known
from .plan import Bound, Named

_MOST: Final = 10
"""The most rules that are left out for one file."""

NO_MEMORY: Final = Unchecked("memory", "there was not enough memory")


class Salvage:
    """Diagnoses files under a profile, whatever happens. Raises only what the user can mend."""

    def __init__(self, bound: Bound, today: date, limit: int, spool: str = "") -> None:
        self._bound, self._today, self._limit, self._spool = bound, today, limit, spool
        self.exact = Exact(bound, today, limit, spool)
        self._without = {frozenset[str](): self.exact}

    def diagnose(self, file: Named, pages: Pages, known: Known = NOTHING) -> Diagnosed:
        """The findings and figures of a file, also of one that cannot be read to its end."""
        lost: frozenset[str] = frozenset()
        flaws: tuple[Unchecked, ...] = ()
        of_bytes = False
        while True:
            exact = self._exact_without(lost)
            try:
                return exact.diagnose(file, pages, known, flaws=flaws, of_bytes=of_bytes)
            except OSError as error:
                return exact.unread(file, unreadable(error))
            except BrokenStreamError as error:
                return exact.unread(file, error.flaw)
            except ValidatorError:  # the user must mend something else than the file
                raise
            except Exception as error:  # noqa: BLE001 - one file, not the run
                if of_bytes:  # the first error is told
                    return self._counted(file, pages, flaws[0])
                if isinstance(error, MemoryError):
                    return self._counted(file, pages, NO_MEMORY)
                rule = _rule_of(error)
                flaws, known = (*flaws, broken(error)), NOTHING
                if rule is None or rule.code in lost or len(lost) == _MOST:
                    of_bytes = True
                else:
                    lost |= {rule.code}

    def _exact_without(self, codes: frozenset[str]) -> Exact:
        if codes not in self._without:
            rules = {code: one for code, one in self._bound.rules.items() if code not in codes}
            bound = replace(self._bound, rules=rules)
            self._without[codes] = Exact(bound, self._today, self._limit, self._spool)
        return self._without[codes]

    def _counted(self, file: Named, pages: Pages, flaw: Unchecked) -> Diagnosed:
        """The flaw of a file that cannot be checked, and the number of its bytes."""
        found = self.exact.unread(file, flaw)
        size = 0
        try:
            for window in pages:
                size = window.origin(len(window.data))
        except (OSError, BrokenStreamError, MemoryError):
            pass  # as far as it can be read
        return replace(found, totals=found.totals + Totals(bytes=size))


def _rule_of(error: Exception) -> Rule | None:
    """The rule in whose module, or on whose behalf, an error was raised."""
    found = [frame.f_globals.get("rule") for frame, _ in _steps(error)]
    return next((rule for rule in reversed(found) if isinstance(rule, Rule)), None)


def _steps(error: Exception) -> list[tuple[FrameType, int]]:
    """The frames that led to an error, each with its row; the last one raised it."""
    from traceback import walk_tb  # only where there is a defect

    return [*walk_tb(error.__traceback__)]


def broken(error: Exception) -> Unchecked:
    """The flaw of a check that an error broke off; it names the place in the code, for a report."""
    rule, (frame, row) = _rule_of(error), _steps(error)[-1]
    place = f"in {os.path.basename(frame.f_code.co_filename)}:{row}"
    told = f" while it looked for `{rule.name}`" if rule else ""
    return Unchecked("defect", f"{type(error).__name__} {place}{told}")
