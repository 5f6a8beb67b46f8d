r"""A line where another kind of line belongs: a reader that counts on the order reads nonsense.

Pages of one kind are taken apart by what their lines begin with: title, description, example,
command. A heading that is left out or a blank line too many shifts everything behind it, and
most readers say nothing.

`body.lines.classes` names kinds of lines, each a pattern for a whole line; of several that match
the first counts. `blank` (only spaces and tabs) and `other` (what no class matches) are there
already. `form` is how messages show the class. `body.lines.model` says which lines follow which:
names one after the other, `?`, `*`, `+` and `{m,n}` behind what they repeat, `|` between choices,
parentheses around groups.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...body.classes import LINES
from ...body.quick import plain
from ...document import Document
from ...model import Hit
from ...settings.options import Settings
from ..rule import Each, Rule, safely


def wanted(settings: Settings) -> bool:
    return settings[LINES].model != ""


def clean(document: Document, settings: Settings) -> bool:
    lines = settings[LINES]
    screen = lines.screens.model
    if screen is not None and screen(plain(document.text)):
        return True
    return lines.fits(lines.read(document))


def clean_many(documents: Sequence[Document], settings: Settings) -> bool:
    screen = settings[LINES].screens.model
    return screen is not None and all(screen(plain(document.text)) for document in documents)


def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
    from ...body.explain import explain

    return explain(document, settings[LINES])


rule = Rule(
    __name__,
    code="BOD010",
    summary="The lines of the body do not follow each other as agreed.",
    check=Each(wanted, clean, diagnose, clean_many=clean_many),
    options=(LINES,),
    repairs=(
        safely("A blank line that is missing is inserted, one too many removed.", "blank-lines"),
    ),
    profile={
        "body": {
            "lines": {
                "model": "title blank (step blank)* step",
                "classes": {
                    "title": {"pattern": "# .+", "form": "# Title"},
                    "step": {"pattern": "- .+", "form": "- Step"},
                },
            }
        }
    },
    bad={"a.md": b"# Tea\n- Boil water\n\nPour it\n"},
    ok={"a.md": b"# Tea\n\n- Boil water\n\n- Pour it\n"},
)
