"""A soft hyphen says where a word may be broken, and cuts it in two for search and tokenizers.

It is legitimate typography of the web, where it marks the syllables of long words; in a corpus it
is mostly left over from a page layout. So it is allowed unless the profile says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Hit, Severity
from ...settings.options import Settings, choice
from ...text.lines import Window
from ...text.screen.screen import Beyond
from ..rule import Local, Rule, safely, where
from . import ALLOWED_CHARACTERS, described, removal, sightings

SOFT_HYPHENS = choice("text.soft-hyphens", "U+00AD SOFT HYPHEN", "allow forbid")

_RUN = "\u00ad+"


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    for start, end, match in sightings(window, settings, _RUN):
        yield Hit(
            start,
            end,
            f"{described(match.group())}, which the profile forbids",
            help="remove it: the word stays the same",
            fix=removal(start, end, "the soft hyphen", safe=True),
            data={"count": len(match.group())},
        )


rule = Rule(
    __name__,
    code="TXT208",
    summary="There is a soft hyphen where the profile forbids them.",
    check=Local(where(SOFT_HYPHENS, "forbid", Beyond(b"\xc2", rb"\xad")), diagnose),
    severity=Severity.WARNING,
    options=(SOFT_HYPHENS, ALLOWED_CHARACTERS),
    repairs=(safely("The soft hyphen is removed.", "characters-removed"),),
    profile={"text": {"soft-hyphens": "forbid"}},
    bad={"a.txt": "Title\nA hy\u00adphen\u00ad\u00adated word.\n".encode()},
    ok={"a.txt": b"Title\nA hyphenated word.\n"},
)
