r"""A line that looks like a marker divides the document for whoever reads it next.

`---`, `=== name ===` or `<doc id=…>` in a plain document says that two were joined, that front
matter was left in, or that a bundle was not taken apart. Readers that know the marker will split
here, the others will not, and no two corpora built from the file agree.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...delimiters.kinds import KIND
from ...model import Hit
from ...settings.options import Settings, choice
from ...text.lazy_re import later
from ...text.lines import Window
from ...text.screen.screen import LineStart
from ...text.visible import visible_bytes
from ..rule import Local, Rule, where

MARKERS = choice(
    "delimiters.markers-in-body",
    "lines of a body that look like the marker of a bundle or of front matter",
    "allow forbid",
)

# Line starts to look for, and what makes the whole line a marker: front matter fences (YAML,
# TOML), repomix and gitingest rules, `=== name ===`, WikiExtractor and TREC tags, Project
# Gutenberg, txtar, HRX.
_STARTS = (
    b"--",
    b"+++",
    b"===",
    b"<doc",
    b"</doc",
    b"<DOC",
    b"</DOC",
    b"*** START",
    b"*** END",
    b"<==",
)
_KINDS = (
    (rb"---+|\+\+\++", "a front matter fence"),
    (rb"={3,}(?:[^=\r\n][^\r\n]*={3,})?", "a bundle marker"),
    (rb"</?(?:doc|DOC)(?:ument)?(?:\s[^>\r\n]*)?>", "a document tag"),
    (rb"\*\*\*\s?(?:START|END) OF [^\r\n]*", "a Project Gutenberg marker"),
    (rb"-- [^\r\n]+ --|<=+> ?[^\r\n]*", "an archive marker"),
)
_LINE = later(rb"(?:" + b"|".join(b"(" + pattern + b")" for pattern, _ in _KINDS) + rb")[ \t]*")


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    for start, end, _ in window.lines():
        if not window.data.startswith(_STARTS, start):
            continue
        match = _LINE.fullmatch(window.data, start, end)
        if match is None or match.lastindex is None:
            continue
        kind = _KINDS[match.lastindex - 1][1]
        yield Hit(
            start,
            end,
            f"the line `{visible_bytes(window.data[start:end][:60])}` looks like {kind}",
            help="if two documents were joined here, take them apart; if it is text, write it in "
            "a way that no reader takes for a marker",
            data={"kind": kind},
        )


rule = Rule(
    __name__,
    code="DEL001",
    summary="A line of the body looks like a delimiter marker.",
    check=Local(where(MARKERS, "forbid", *map(LineStart, _STARTS)), diagnose),
    options=(KIND, MARKERS),
    profile={"delimiters": {"markers-in-body": "forbid"}},
    bad={"a.txt": b"Title\nText.\n=== b.txt ===\nOther\n"},
)
