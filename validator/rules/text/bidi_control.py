"""Bidirectional controls reorder what is shown, so that a reader sees another text than a program.

Trojan Source (CVE-2021-42574) hides code that way; in prose a control that is not closed turns the
rest of the paragraph around. Hebrew and Arabic texts use embeddings and isolates honestly, in
pairs, but no prose has use for an override.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Hit
from ...settings.options import Settings, choice
from ...text.lines import Window
from ...text.screen.screen import Beyond, Clue
from ...text.visible import character_name
from ..rule import Local, Rule, unsafely
from . import ALLOWED_CHARACTERS, removal, sightings

BIDI = choice(
    "text.bidi-controls",
    "controls of text direction: `paired` for embeddings and isolates that are closed in their "
    "line and no overrides, `forbid` for none (code), `allow` for no check",
    "paired forbid allow",
)

# UAX #9, 2.1 to 2.5: the characters that open, and those that close them.
_EMBEDDINGS, _OVERRIDES, _ISOLATES = "\u202a\u202b", "\u202d\u202e", "\u2066\u2067\u2068"
_CLOSERS = {"\u202c": _EMBEDDINGS + _OVERRIDES, "\u2069": _ISOLATES}
_CONTROL_OR_LINE_END = "[\u202a-\u202e\u2066-\u2069\r\n]"


def clues(settings: Settings) -> list[Clue]:
    if settings[BIDI] == "allow":
        return []
    return [Beyond(b"\xe2\x80", rb"[\xaa-\xae]"), Beyond(b"\xe2\x81", rb"[\xa6-\xa9]")]


Control = tuple[int, int, str]


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    line: list[Control] = []
    for start, end, match in sightings(window, settings, _CONTROL_OR_LINE_END):
        if match.group() in "\r\n":
            yield from _judged(line, settings)
            line = []
        else:
            line.append((start, end, match.group()))
    yield from _judged(line, settings)


def _judged(line: list[Control], settings: Settings) -> Iterator[Hit]:
    """The hits among the controls of one line."""
    closed = frozenset[int]() if settings[BIDI] == "forbid" else _closed(line)
    for index, (start, end, control) in enumerate(line):
        if index not in closed:
            yield Hit(
                start,
                end,
                f"{character_name(ord(control))}, {_why(control, settings)}",
                help="remove it; to embed a word of another direction, U+2068 before and U+2069 "
                "after it do no harm",
                fix=removal(start, end, "the control"),
                data={"code_points": [f"U+{ord(control):04X}"]},
            )


def _why(control: str, settings: Settings) -> str:
    if settings[BIDI] == "forbid":
        return "which the profile forbids"
    if control in _OVERRIDES:
        return "which shows text in another order than it has"
    if control in _CLOSERS:
        return "which closes nothing in its line"
    return "which is not closed in its line"


def _closed(line: list[Control]) -> frozenset[int]:
    """The indexes of embeddings and isolates that are properly closed, and of what closes them."""
    opened: list[int] = []
    closed = set[int]()
    for index, (_, _, control) in enumerate(line):
        if control not in _CLOSERS:
            opened.append(index)
        elif opened and line[opened[-1]][2] in _CLOSERS[control]:
            opener = opened.pop()
            if line[opener][2] not in _OVERRIDES:
                closed |= {opener, index}
    return frozenset(closed)


rule = Rule(
    __name__,
    code="TXT202",
    summary="A control of text direction is left open, or overrides the direction.",
    check=Local(clues, diagnose),
    options=(BIDI, ALLOWED_CHARACTERS),
    repairs=(unsafely("The control is removed.", "characters-removed"),),
    bad={"a.txt": "Title\nThe file \u202egpj.exe is \u2067an\u2069 \u2066image.\n".encode()},
    ok={"a.txt": "Title\nThe word \u2067\u05e9\u05dc\u05d5\u05dd\u2069 is peace.\n".encode()},
)
