"""A line of the right kind in the wrong words: a description without its full stop, say.

What a class of lines must look like to be recognised, and what it must fulfil besides, are two
things: the first decides where it may stand, the second deserves a message of its own.

`[[body.lines.check]]` names a `class` and a `pattern` that must be found in each of its lines, or
a `not-pattern` that must not; `message` says what is wrong, `help` what to do, `severity` how grave
it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...body.classes import LINES
from ...body.quick import plain
from ...document import Document
from ...model import Hit
from ...settings.options import Settings
from ..rule import Each, Rule


def wanted(settings: Settings) -> bool:
    return any(check.pattern or check.not_pattern for check in settings[LINES].check)


def clean(document: Document, settings: Settings) -> bool:
    if settings[LINES].screens.needs(plain(document.text)):
        return True
    return next(diagnose(document, settings), None) is None


def clean_many(documents: Sequence[Document], settings: Settings) -> bool:
    """The check of many bodies at once: a line is judged without the lines around it."""
    joined = b"".join([plain(document.text) for document in documents])
    return settings[LINES].screens.needs(joined)


def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
    from ...body.fulfil import unfit

    return unfit(document, settings, settings[LINES])


rule = Rule(
    __name__,
    code="BOD011",
    summary="A line does not fulfil what lines of its class must.",
    check=Each(wanted, clean, diagnose, clean_many=clean_many),
    options=(LINES,),
    profile={
        "body": {
            "lines": {
                "classes": {"step": {"pattern": "- .+", "form": "- Step"}},
                "check": [
                    {
                        "class": "step",
                        "pattern": "[.]$",
                        "message": "a step does not end in a full stop",
                        "help": "end it with `.`",
                    }
                ],
            }
        }
    },
    bad={"a.md": b"- Boil water.\n- Pour it\n"},
    ok={"a.md": b"- Boil water.\n- Pour it.\n"},
)
