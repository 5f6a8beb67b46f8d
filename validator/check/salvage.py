"""The exact way through a file, where a defect of ours costs a rule and not the file.

What raises is told as a finding (`Unchecked`), and the file is gone over again: without the rule
that did so, as often as it takes; where it was no rule, without a look at its documents; and in the
end its bytes are counted.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from types import TracebackType
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
"""Rules that a file may lose."""


class Salvage:
    """Diagnoses files under a profile, whatever happens. Raises only what the user can mend."""

    def __init__(self, bound: Bound, today: date, limit: int, spool: str = "") -> None:
        self._bound, self._today, self._limit, self._spool = bound, today, limit, spool
        self.exact = Exact(bound, today, limit, spool)
        self._without: dict[frozenset[str], Exact] = {}

    def diagnose(self, file: Named, pages: Pages, known: Known = NOTHING) -> Diagnosed:
        """What is to be said of a file, also of one that cannot be read to its end."""
        return self._read(self.exact, file, pages, known)

    def _read(
        self,
        exact: Exact,
        file: Named,
        pages: Pages,
        known: Known = NOTHING,
        lost: tuple[str, ...] = (),
        flaws: tuple[Unchecked, ...] = (),
    ) -> Diagnosed:
        """`exact`, and what is left of it without the rules that raise; `lost` are such."""
        try:
            return exact.diagnose(file, pages, known, flaws=flaws)
        except OSError as error:
            return exact.unread(file, unreadable(error))
        except BrokenStreamError as error:
            return exact.unread(file, error.flaw)
        except ValidatorError:  # the file cannot help it
            raise
        except MemoryError:
            flaw = Unchecked("memory", "there was not enough memory")
            return self._counted(file, pages, flaw)
        except Exception as error:  # noqa: BLE001 - one file, not the run
            rule = _rule_of(error.__traceback__)
            flaws = (*flaws, broken(error))
            if rule is None or rule.code in lost or len(lost) == _MOST:
                return self._of_bytes(exact, file, pages, flaws)
            lost = (*lost, rule.code)
        return self._read(self._exact_without(lost), file, pages, NOTHING, lost, flaws)

    def _exact_without(self, codes: Iterable[str]) -> Exact:
        key = frozenset(codes)
        if key not in self._without:
            rules = {code: one for code, one in self._bound.rules.items() if code not in key}
            bound = replace(self._bound, rules=rules)
            self._without[key] = Exact(bound, self._today, self._limit, self._spool)
        return self._without[key]

    def _of_bytes(
        self, exact: Exact, file: Named, pages: Pages, flaws: tuple[Unchecked, ...]
    ) -> Diagnosed:
        """What the rules about bytes say, with nothing of the documents."""
        try:
            return exact.diagnose(file, pages, flaws=flaws, of_bytes=True)
        except OSError as error:
            return exact.unread(file, unreadable(error))
        except BrokenStreamError as error:
            return exact.unread(file, error.flaw)
        except ValidatorError:
            raise
        except Exception:  # noqa: BLE001 - what raises first is told
            return self._counted(file, pages, flaws[0])

    def _counted(self, file: Named, pages: Pages, flaw: Unchecked) -> Diagnosed:
        """Of a file that cannot be checked, how many bytes it has."""
        found = self.exact.unread(file, flaw)
        size = 0
        try:
            for window in pages:
                size = window.origin(len(window.data))
        except (OSError, BrokenStreamError, MemoryError):
            pass  # as far as it can be read
        return replace(found, totals=found.totals + Totals(bytes=size))


def _flaw_of(error: Exception, rule: Rule | None) -> Unchecked:
    place = _place_of(error.__traceback__)
    told = f" while it looked for `{rule.name}`" if rule else ""
    return Unchecked("defect", f"{type(error).__name__} {place}{told}")


def _rule_of(trace: TracebackType | None) -> Rule | None:
    """The rule in whose module, or on whose behalf, an error was raised."""
    found = None
    while trace is not None:
        rule = trace.tb_frame.f_globals.get("rule")
        found = rule if isinstance(rule, Rule) else found
        trace = trace.tb_next
    return found


def _place_of(trace: TracebackType | None) -> str:
    """The place in the code where an error was raised, for a report to us."""
    place = ""
    while trace is not None:
        place = f"in {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def broken(error: Exception) -> Unchecked:
    """What is to be said of what an error broke off."""
    return _flaw_of(error, _rule_of(error.__traceback__))
