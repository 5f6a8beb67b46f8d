"""Text that must be there is not: a notice, a reference, a line that other programs look for.

Each entry of `[[body.require]]` is a `pattern` that must match at least `min` times (once, if
neither `min` nor `max` is given); the other keys are those of `[[body.forbid]]`. A field that a
document does not have does not match.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...body.demands import REQUIRE
from ...body.sections import SECTIONS
from ...document import Document
from ...model import Hit
from ...settings.options import Settings
from ..rule import Each, Rule


def wanted(settings: Settings) -> bool:
    return any(row.min for row in settings[REQUIRE].rows)


def clean(document: Document, settings: Settings) -> bool:
    return next(diagnose(document, settings), None) is None


def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
    from ...body.search import missing

    return missing(document, settings, settings[REQUIRE], settings[SECTIONS].syntax)


rule = Rule(
    __name__,
    code="BOD031",
    summary="Text that must be there is not, or not often enough.",
    check=Each(wanted, clean, diagnose),
    options=(REQUIRE,),
    profile={
        "body": {
            "require": [
                {
                    "pattern": "^Licence: ",
                    "message": "no line names the licence",
                    "help": "end with `Licence: CC0-1.0`",
                }
            ]
        }
    },
    bad={"a.txt": b"Text.\n"},
    ok={"a.txt": b"Text.\n\nLicence: CC0-1.0\n"},
)
