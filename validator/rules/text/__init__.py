"""TXT: are the characters what they seem?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from ...model import Applicability, Edit, Fix
from ...settings.options import Option, Settings
from ...text.lazy_re import later
from ...text.lines import Window
from ...text.visible import character_name

LINE_START = r"(?<![^\r\n])"
LINE_END = r"(?![^\r\n])"

Ranges = tuple[tuple[int, int], ...]

_RANGE = later(r"[Uu]\+([0-9A-Fa-f]{4,6})(?:-[Uu]\+([0-9A-Fa-f]{4,6}))?")


def _read_ranges(value: object) -> Ranges:
    items = value if isinstance(value, list) else [value]
    ranges = []
    for item in items:
        match = _RANGE.fullmatch(item) if isinstance(item, str) else None
        first = int(match[1], 16) if match else 0
        last = int(match[2] or match[1], 16) if match else -1
        if not first <= last <= 0x10FFFF:
            raise ValueError('must be a list of characters such as "U+200B" or "U+E000-U+F8FF"')
        ranges.append((first, last))
    return tuple(ranges)


ALLOWED_CHARACTERS = Option[Ranges](
    "text.allow-characters",
    'characters that no rule about characters speaks of: `["U+00AD", "U+E000-U+F8FF"]`',
    (),
    {"type": "array", "items": {"type": "string", "pattern": f"^{_RANGE.pattern}$"}},
    _read_ranges,
)

_CONTROLS = frozenset(range(0x20)) - frozenset(b"\t\n\r") | {0x7F}


def _read_controls(value: object) -> tuple[int, ...]:
    codes = value if isinstance(value, list) else [value]
    if all(isinstance(code, int) and code in _CONTROLS for code in codes):
        return tuple(codes)
    raise ValueError("must be a list of control characters such as 0x0C, without tab, LF and CR")


ALLOWED_CONTROLS = Option[tuple[int, ...]](
    "text.allow-controls",
    "control characters that are text here: `[0x0C]` for form feed",
    (),
    {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 127}},
    _read_controls,
)


def forbidden_controls(settings: Settings) -> bytes:
    """C0 controls and DEL that are no text under these settings; never tab, LF and CR."""
    allowed = settings[ALLOWED_CONTROLS]
    return bytes(sorted(_CONTROLS - set(allowed)))


def sightings(
    window: Window, settings: Settings, pattern: str
) -> Iterator[tuple[int, int, re.Match[str]]]:
    """Where `pattern` matches, in bytes of the window, except where all of it is allowed.

    The pattern is compiled when it is first needed, which for clean text is never.
    """
    allowed = settings[ALLOWED_CHARACTERS]
    for start, end, match in window.matches(re.compile(pattern)):
        if not (allowed and _within(match.group(), allowed)):
            yield start, end, match


def _within(text: str, ranges: Ranges) -> bool:
    """Whether what `text` has beyond ASCII, if anything, is in the ranges."""
    codes = [ord(one) for one in text if not one.isascii()]
    return bool(codes) and all(
        any(first <= code <= last for first, last in ranges) for code in codes
    )


def line_test(window: Window, pattern: str) -> Callable[[int], bool]:
    """Tells whether the line at an offset holds `pattern`; a line is searched once at most."""

    @cache
    def holds(line: int) -> bool:
        begin, end = window.line_bounds(line)
        text = window.data[begin:end].decode("utf-8", "surrogateescape")
        return re.search(pattern, text) is not None

    return lambda offset: holds(window.line_at(offset))


def described(run: str) -> str:
    """A run of characters by name: `U+200B ZERO WIDTH SPACE (3 times)`, or `... (and 2 more)`."""
    name = character_name(ord(run[0]))
    if len(run) == 1:
        return name
    if run == run[0] * len(run):
        return f"{name} ({len(run)} times)"
    return f"{name} (and {len(run) - 1} more)"


def code_points(run: str) -> list[str]:
    """The characters of a run as `U+200B`, at most 64 of them, for `Hit.data`."""
    return [f"U+{ord(one):04X}" for one in run[:64]]


def removal(start: int, end: int, what: str, *, safe: bool = False) -> Fix:
    """The fix that removes a span; `safe` where no reader of any script misses it."""
    applicability = Applicability.SAFE if safe else Applicability.UNSAFE
    return Fix(f"remove {what}", (Edit(start, end, b""),), applicability)


def replacement(start: int, end: int, by: str, message: str, *, safe: bool = False) -> Fix:
    """The fix that writes other text in the place of a span."""
    applicability = Applicability.SAFE if safe else Applicability.UNSAFE
    return Fix(message, (Edit(start, end, by.encode()),), applicability)
