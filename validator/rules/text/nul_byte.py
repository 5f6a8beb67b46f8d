"""A NUL ends a string in C, and aborts an import into PostgreSQL after hours of work.

It is left by binary data, by a file system that lost a write, or by UTF-16 read as bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Hit
from ...settings.options import Settings
from ...text.lazy_re import later
from ...text.lines import Window
from ...text.screen.screen import AnyByte
from ..rule import Local, Rule, always

_RUN = later(rb"\x00+")


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    for match in _RUN.finditer(window.data):
        count = len(match.group())
        run = "a NUL byte" if count == 1 else f"{count} NUL bytes in a row"
        yield Hit(
            *match.span(),
            f"{run} in the text",
            help="find out what was meant to be here; nothing that reads text expects a NUL",
            data={"count": count},
        )


rule = Rule(
    __name__,
    code="TXT001",
    summary="The text contains NUL bytes.",
    check=Local(always(AnyByte(b"\0")), diagnose),
    covers=("control-character",),
    bad={"a.txt": b"Title\nTe\0xt.\n"},
)
