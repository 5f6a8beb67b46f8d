"""The rules for sidecar files, which hold the metadata of the documents beside them."""

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
    """The profile of the sidecar files of a profile; None if it has none.

    Its rules are those about files being whole and readable, and about characters; not those
    about how bytes are written: the tool that writes the file decides on its lines.
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
