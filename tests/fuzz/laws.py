"""What holds for the result of any input."""

from __future__ import annotations

from datetime import date
from functools import cache

from tests.hostile import OWN, harm
from validator import Checker, load_profile
from validator.model import Result, Severity, Summary
from validator.profile.toml_file import built_in_names
from validator.render import Look, formats, renderer

TODAY = date(2026, 1, 1)
UNCHECKED = "FIL005"
"""The code of what is told where a defect of ours broke off a check."""

PROFILES = built_in_names()


@cache
def checker(profile: str, all_rules: bool) -> Checker:
    """The checker of a built-in profile, as it is or with all rules switched on."""
    more = ("ALL",) if all_rules else ()
    return Checker(load_profile(profile), extend_select=more, limit=0, today=TODAY)


def holds(result: Result, size: int | None) -> None:
    """That a result is sound: of an input of so many bytes, if that is known."""
    totals, found = result.totals, result.diagnostics
    assert totals.files == 1
    assert 0 <= totals.rejected <= totals.documents
    assert len(found) == totals.errors + totals.warnings + totals.infos
    assert totals.errors == sum(one.severity is Severity.ERROR for one in found)
    assert result.ok == (totals.errors == 0)
    if size is not None:
        assert totals.bytes == size, f"{totals.bytes} of {size} bytes are counted"
    for one in found:
        assert one.code != UNCHECKED, one.message
        assert one.byte_offset >= 0
        assert one.byte_length >= 0
        assert size is None or one.byte_offset + one.byte_length <= size, one
        assert (one.location.row, one.location.column) >= (1, 1)
        assert one.message


def is_harmless(result: Result, number: int) -> None:
    """That one of the formats, by number, lets nothing through that steers what shows it."""
    name = formats()[number % len(formats())]
    summary = Summary(result.totals, 1, {})
    look = Look(color=number % 2 == 0, width=40 + number % 60)
    text = "".join(renderer(name)(iter(result.diagnostics[:20]), lambda: summary, look))
    found = harm(text.encode(), OWN.get(name), look.color)
    assert not found, (name, found)
