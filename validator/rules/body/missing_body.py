"""A title with nothing under it is a document that was cut, or never written.

It counts as a document everywhere and teaches nothing; a loader may even take the title for text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat

from ...model import Hit
from ...settings.options import Settings, choice
from ...text.lines import NEWLINE, Window
from ...text.screen.screen import Ask
from ..rule import Rule, Whole, where

BODY = choice("body.text", "whether text must follow the title", "optional require")


def _one_line_only(texts: Sequence[bytes]) -> bool:
    return min(map(bytes.find, map(bytes.rstrip, texts), repeat(b"\n"))) < 0


def diagnose(windows: Iterable[Window], settings: Settings) -> Iterator[Hit]:
    title_end = 0
    for window in windows:
        rest = window.data
        if window.first:
            match = NEWLINE.search(rest)
            title_end = match.start() if match else len(rest)
            rest = rest[title_end:]
        if rest.strip():
            return
    yield Hit(
        0,
        title_end,
        "nothing follows the title",
        label="the title is all there is",
        help="restore the text, or remove the file",
    )


rule = Rule(
    __name__,
    code="BOD001",
    summary="No text follows the title.",
    check=Whole(where(BODY, "require", Ask(_one_line_only)), diagnose),
    options=(BODY,),
    profile={"body": {"text": "require"}},
    bad={"a.txt": b"Title\n"},
)
