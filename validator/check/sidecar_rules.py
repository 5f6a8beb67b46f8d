"""The rules for files that hold the metadata of the documents beside them."""

from __future__ import annotations

from ..delimiters.division import sidecar_form
from ..encoding.charsets import CHARSET
from ..memo import memo
from ..rules.catalog import catalog
from ..rules.rule import Local
from ..settings.options import Settings
from .plan import Bound

_KEPT = ("encoding.", "text.")


@memo
def of_sidecars(bound: Bound) -> Bound | None:
    """The profile of the files beside those of this one; None if there are no such files.

    Asked are the rules about their being whole and readable, and about characters; not those
    about how bytes are written: lines are as the tool that writes the file likes them.
    """
    if not sidecar_form(bound.settings):
        return None
    rules = {code: severity for code, severity in bound.rules.items() if _asks(code)}
    values = {
        key: value
        for key, value in bound.settings.values.items()
        if key.startswith(_KEPT) and key != CHARSET.key
    }
    return Bound(bound.name, Settings(values), rules)


def _asks(code: str) -> bool:
    entry = catalog().entries[code]
    if entry.flaw:
        return entry.family in ("FIL", "ENC")
    check = catalog().rules[code].check if entry.family in ("ENC", "TXT") else None
    return isinstance(check, Local) and not check.as_written
