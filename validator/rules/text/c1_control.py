"""C1 control characters are nearly always bytes of another encoding that were decoded as Latin-1.

U+0092 was an apostrophe and U+0085 an ellipsis in Windows-1252. Left as they are, the first is
not shown, the second (NEXT LINE) ends a line for some readers, and U+009B begins a command to a
terminal.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Applicability, Edit, Fix, Hit
from ...settings.options import Settings
from ...text.lines import Window
from ...text.screen.screen import Beyond
from ..rule import Local, Rule, always, unsafely
from . import ALLOWED_CHARACTERS, code_points, described, sightings

_ALL = r"\x80-\x9f"
_RUN = rf"([{_ALL}])\1*"


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    for start, end, match in sightings(window, settings, _RUN, _ALL):
        run = match.group()
        meant = run.encode("latin-1").decode("cp1252", "ignore")
        newline = ", which some readers take for a line end" if run[0] == "\x85" else ""
        yield Hit(
            start,
            end,
            f"control character {described(run)} in the text{newline}",
            help=_help(run, meant),
            fix=_fix(start, end, run, meant),
            data={"code_points": code_points(run)},
        )


def _fix(start: int, end: int, run: str, meant: str) -> Fix | None:
    """The fix that writes what the bytes are in Windows-1252; None if one is undefined there."""
    if len(meant) != len(run):
        return None
    edit = Edit(start, end, meant.encode())
    return Fix(f"write `{meant[:40]}`", (edit,), Applicability.UNSAFE, how=("c1",))


def _help(run: str, meant: str) -> str:
    if not meant:
        return "find out which encoding the text had, and decode it again from its source"
    return (
        f"byte 0x{ord(run[0]):02X} is `{meant[0]}` in Windows-1252: the text was probably decoded "
        "as Latin-1; decode it again from its source"
    )


rule = Rule(
    __name__,
    code="TXT003",
    summary="The text contains control characters U+0080 to U+009F.",
    check=Local(always(Beyond(b"\xc2", rb"[\x80-\x9f]")), diagnose),
    options=(ALLOWED_CHARACTERS,),
    repairs=(
        unsafely(
            "What the byte is in Windows-1252 is written, where it is something there.",
            "misread-again",
        ),
    ),
    bad={"a.txt": "Title\nIt\u0092s a\u0085 \u0081 tale.\n".encode()},
    ok={"a.txt": "Title\nIt\u2019s a tale.\n".encode()},
)
