"""A link, a note or a marker that stands there twice: readers take one of the two.

An entry of `[[body.require]]` with `max` is a `pattern` that must not match more often; the other
keys are those of `[[body.forbid]]`.
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
    return any(row.max is not None for row in settings[REQUIRE].rows)


def clean(document: Document, settings: Settings) -> bool:
    return next(diagnose(document, settings), None) is None


def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
    from ...body.search import surplus

    return surplus(document, settings, settings[REQUIRE], settings[SECTIONS].syntax)


rule = Rule(
    __name__,
    code="BOD032",
    summary="Text stands in a document more often than it may.",
    check=Each(wanted, clean, diagnose),
    options=(REQUIRE,),
    profile={
        "body": {
            "require": [
                {
                    "pattern": "^See also: ",
                    "max": 1,
                    "message": "more than one line of references",
                    "help": "join them",
                }
            ]
        }
    },
    bad={"a.txt": b"See also: a\nSee also: b\n"},
    ok={"a.txt": b"See also: a, b\n"},
)
