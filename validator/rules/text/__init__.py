"""TXT: are the characters what they seem?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, takewhile
from typing import Annotated, Final

from msgspec import Meta

from ...model import Applicability, Edit, Fix
from ...settings.annotations import OR_ONE
from ...settings.options import Option, Settings
from ...text.lazy_re import later
from ...text.lines import Window
from ...text.visible import character_name

LINE_START = r"(?<![^\r\n])"
LINE_END = r"(?![^\r\n])"

Ranges = tuple[tuple[int, int], ...]

_RANGE = later(r"[Uu]\+([0-9A-Fa-f]{4,6})(?:-[Uu]\+([0-9A-Fa-f]{4,6}))?")


def _range(written: str) -> tuple[int, int]:
    match = _RANGE.fullmatch(written)
    first, last = (int(match[1], 16), int(match[2] or match[1], 16)) if match else (0, -1)
    if first <= last <= 0x10FFFF:
        return first, last
    raise ValueError(f'must be a character such as "U+200B" or "U+E000-U+F8FF", not "{written}"')


ALLOWED_CHARACTERS = Option[Ranges](
    "text.allow-characters",
    'characters that no rule about characters speaks of: `["U+00AD", "U+E000-U+F8FF"]`',
    (),
    Annotated[tuple[Annotated[str, Meta(pattern=f"^{_RANGE.pattern}$"), _range], ...], OR_ONE],
)

_CONTROLS = frozenset(range(0x20)) - frozenset(b"\t\n\r") | {0x7F}


def _control(code: int) -> int:
    if code in _CONTROLS:
        return code
    raise ValueError(f"must be a control character such as 0x0C, not tab, LF or CR, and not {code}")


ALLOWED_CONTROLS = Option[tuple[int, ...]](
    "text.allow-controls",
    "control characters that are text here: `[0x0C]` for form feed",
    (),
    Annotated[tuple[Annotated[int, Meta(ge=0, le=127), _control], ...], OR_ONE],
)


def forbidden_controls(settings: Settings) -> bytes:
    """C0 controls and DEL, without tab, LF, CR and those that the profile allows."""
    allowed = settings[ALLOWED_CONTROLS]
    return bytes(sorted(_CONTROLS - set(allowed)))


Sighting = tuple[int, int, re.Match[str]]
"""Start and end in bytes of a window, and the match of a pattern there."""


def sightings(
    window: Window, settings: Settings, pattern: str, first: str = ""
) -> Iterator[Sighting]:
    """The matches of `pattern` in a window, without those of which all characters are allowed.

    The pattern is compiled when it is first needed: for clean text, never. `first` are the
    characters that a match can begin with, written as within the brackets of a class in `re`. They
    are looked for first, which is faster if the pattern itself does not begin with a class.
    """
    allowed = settings[ALLOWED_CHARACTERS]
    beginning = re.compile(f"[{first}]") if first else None
    for start, end, match in window.matches(re.compile(pattern), beginning):
        if not (allowed and _within(match.group(), allowed)):
            yield start, end, match


def _within(text: str, ranges: Ranges) -> bool:
    """Whether all characters beyond ASCII in `text` are in the ranges."""
    codes = [ord(one) for one in text if not one.isascii()]
    return bool(codes) and all(
        any(first <= code <= last for first, last in ranges) for code in codes
    )


_AROUND: Final = 256
_ELEMENT: Final = later(r"<(?:m[a-z]+|annotation)(?:[ \t][^<>\r\n]*)?>[^<>\r\n]*$")
_CLOSED: Final = later(r"[^<>\r\n]*</(?:m|annotation)")


def in_mathml(match: re.Match[str]) -> bool:
    """Whether a match stands in an element of MathML, within the line."""
    before = match.string[max(0, match.start() - _AROUND) : match.start()]
    after = match.string[match.end() : match.end() + _AROUND]
    closed = _CLOSED.match(after) is not None
    return closed and _ELEMENT.search(before) is not None


_SPELLED: Final = later(r"(?i)(?:\bu\+|\\[ux]\{?|&#x|\b0x)0*([0-9a-f]{2,6})")
_SPELLED_WITHIN: Final = 80


def is_spelled(match: re.Match[str]) -> bool:
    """Whether the code point of a matched character is written near it: the text is about it."""
    text, start = match.string, match.start()
    near = text[max(0, start - _SPELLED_WITHIN) : match.end() + _SPELLED_WITHIN]
    wanted = {ord(one) for one in match.group() if not one.isascii()}
    return any(int(found[1], 16) in wanted for found in _SPELLED.finditer(near))


_QUOTES: Final = {"`": "`", '"': '"', "'": "'", "“": "”", "‘": "’", "«": "»", "„": "“", "(": ")"}


def is_alone(match: re.Match[str]) -> bool:
    """Whether a match stands alone between quotes or backticks: it is an example of itself."""
    text, start, end = match.string, match.start(), match.end()
    before = text[start - 1 : start] if start else ""
    return before in _QUOTES and text[end : end + 1] == _QUOTES[before]


_BETWEEN: Final = later(r"[^\w\r\n]{1,4}")
_BETWEEN_BEFORE: Final = later(r"[^\w\r\n]{1,4}\Z")


def is_paired(match: re.Match[str], plain: str) -> bool:
    """Whether a match stands as a word directly beside its plain form, as in a table of both.

    Examples: `ICONV ﬁ fi` in a spelling dictionary, `ﬁ → fi`.
    """
    text, start, end = match.string, match.start(), match.end()
    if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
        return False
    size = len(plain)
    after = _BETWEEN.match(text, end)
    if after is not None and text.startswith(plain, after.end()):
        return not text[after.end() + size : after.end() + size + 1].isalnum()
    before = _BETWEEN_BEFORE.search(text, max(0, start - 4), start)
    begin = before.start() - size if before is not None else -1
    return begin >= 0 and text.startswith(plain, begin) and not text[begin - 1 : begin].isalnum()


def line_test(window: Window, pattern: str) -> Callable[[int], bool]:
    """A function: byte offset in the window -> whether `pattern` is in its line.

    Each line is searched once at most.
    """
    found: dict[int, bool] = {}

    def holds(offset: int) -> bool:
        line = window.line_at(offset)
        if line not in found:
            begin, end = window.line_bounds(line)
            text = window.data[begin:end].decode("utf-8", "surrogateescape")
            found[line] = re.search(pattern, text) is not None
        return found[line]

    return holds


def by_line(window: Window, found: Iterable[Sighting]) -> Iterator[list[Sighting]]:
    """The sightings in groups, as one cause often leaves many in a line.

    A group has those of one line whose matches begin with the same character.
    """
    for _, group in groupby(found, key=lambda one: window.line_at(one[0])):
        kinds: dict[str, list[Sighting]] = {}
        for one in group:
            kinds.setdefault(one[2].group()[0], []).append(one)
        yield from kinds.values()


def more_in_line(found: Sequence[Sighting]) -> str:
    """Words for the further sightings in a line after the first."""
    more = len(found) - 1
    return f", and {more} more in this line" if more else ""


def described(run: str) -> str:
    """A run of characters in words: `U+200B ZERO WIDTH SPACE (3 times)`, or `... (and 2 more)`."""
    name = character_name(ord(run[0]))
    if len(run) == 1:
        return name
    if run == run[0] * len(run):
        return f"{name} ({len(run)} times)"
    return f"{name} (and {len(run) - 1} more)"


def code_points(run: str) -> list[str]:
    """The characters of a run as `U+200B`, at most 64 of them, for `Hit.data`."""
    return [f"U+{ord(one):04X}" for one in run[:64]]


def alike(one: str, other: str) -> int:
    """The length of the common beginning of two texts, in characters."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in same)


MENDED: Final = 1000
"""Places that the fix of one finding changes at most: a line may have a million of them."""


def removal_of(found: Sequence[Sighting], what: str) -> Fix | None:
    """The fix that removes the sightings in a line; None if they are more than MENDED."""
    if len(found) > MENDED:
        return None
    edits = tuple(Edit(start, end, b"") for start, end, _ in found)
    return Fix(f"remove {what}", edits, Applicability.UNSAFE)


def removal(start: int, end: int, what: str, *, safe: bool = False) -> Fix:
    """The fix that removes a span; `safe` if the span has no meaning in any script."""
    return replacement(start, end, "", f"remove {what}", safe=safe)


def replacement(start: int, end: int, by: str, message: str, *, safe: bool = False) -> Fix:
    """The fix that writes other text in the place of a span."""
    applicability = Applicability.SAFE if safe else Applicability.UNSAFE
    return Fix(message, (Edit(start, end, by.encode()),), applicability)
