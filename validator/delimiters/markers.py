"""Markers: how a line that divides is written, and which lines only look like it (near misses).

The pattern for near misses is made from the marker itself: the same signs and words, with other
counts, case and blanks. Authors make such mistakes, and no reader reports them.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Final

from msgspec import Meta, Struct

from ..settings.annotations import OR_ONE
from ..settings.options import Option, Source, Word
from ..settings.value_types import Table
from ..text.lazy_re import later
from ..text.lines import line_end
from ..text.re2 import compiled

Captures = Mapping[str, tuple[int, int]]


class Marker(Struct, frozen=True, dict=True):
    """One spelling of a marker.

    `lines` are RE2 patterns, each for a whole line; `form` is how people write the marker. An
    `inline` marker is a text that may stand anywhere in a line. `near` is a pattern (without regard
    to case) for lines that look like the marker, empty if there is no sensible one. `whole` says
    that `near` is for whole lines, not only for their beginning (in a profile: it ends in `$`).
    """

    lines: tuple[str, ...]
    form: str
    near: str = ""
    whole: bool = False
    inline: bool = False

    def match(self, data: bytes, start: int) -> tuple[int, int, Captures] | None:
        """The end of the marker at `start`, the start of the next line, and its captures.

        All are byte offsets in `data`. None if no marker is there.
        """
        if self.inline:
            text = self.form.encode()
            return (start + len(text),) * 2 + ({},) if data.startswith(text, start) else None
        if self.exact:
            end, following = line_end(data, start)
            return (end, following, {}) if data[start:end] == self.form.encode() else None
        captures: dict[str, tuple[int, int]] = {}
        end = following = start
        for number, pattern in enumerate(self.lines):
            if number and following == end:
                return None  # the file ends before the marker does
            start = following
            end, following = line_end(data, start)
            one = compiled(pattern)
            spans = one.spans(data[start:end])
            if spans is None:
                return None
            for name, (first, last) in zip(one.names, spans[1:], strict=True):
                if name and first >= 0:
                    captures[name] = (start + first, start + last)
        return end, following, captures

    @cached_property
    def exact(self) -> bool:
        """Whether the marker is always written as its form."""
        return self.inline or self.lines == (re.escape(self.form),)

    @property
    def prefix(self) -> bytes:
        """`start`, in bytes."""
        return self.start.encode()

    @property
    def start(self) -> str:
        """The text that the marker always begins with, as far as the pattern shows it."""
        return self.form if self.exact else _literal_start(self.lines[0])

    @property
    def names(self) -> list[str]:
        """The names of the captures of all lines, in order."""
        return [name for pattern in self.lines for name in compiled(pattern).names if name]


def is_number(text: bytes) -> bool:
    """Whether `text`, of a marker or a header, is a decimal number of at most 18 digits."""
    return text.isdigit() and len(text) <= 18


BLANKS: Final = r"[ \t]+"
"""The near miss of the marker that is an empty line: a line of blanks, which looks the same."""


def exact(text: str, inline: bool = False) -> Marker:
    """The marker that is `text` itself: as a whole line, or with `inline` anywhere in a line."""
    near = _loose(text) if text else BLANKS
    return Marker((re.escape(text),), text, near, True, inline)


class _Written(Table, frozen=True):
    """A marker as a profile has it, where it is not the text of a line."""

    text: Annotated[Word, "what it always reads"] = ""
    pattern: Annotated[Source | None, "a pattern for the whole line"] = None
    lines: Annotated[tuple[Source, ...], Meta(min_length=1), "a pattern for each of its lines"] = ()
    form: Annotated[Word, "how people write it, for messages"] = ""
    near: Annotated[Source, "a pattern for the beginning of lines that look like it"] = ""
    inline: Annotated[bool, "the text may stand anywhere in a line"] = False

    def __post_init__(self) -> None:
        if bool(self.text) + (self.pattern is not None) + bool(self.lines) != 1:
            raise ValueError("must have one of `text`, `pattern` and `lines`")
        if self.inline and not self.text:
            raise ValueError("may be `inline` only with a `text`")
        if not (self.text or self.form):
            raise ValueError(
                "needs a `form`: how people write the marker, which is what messages show"
            )
        names = [name for one in (*self.patterns, self.near) for name in _NAMED.findall(one)]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise ValueError(f"captures `{twice}` twice")

    @property
    def patterns(self) -> tuple[str, ...]:
        """The patterns of its lines."""
        return self.lines if self.pattern is None else (self.pattern,)


def _marker(written: str | _Written) -> Marker:
    if isinstance(written, str):
        return exact(written)
    if written.text:
        return exact(written.text, written.inline)
    patterns, near = written.patterns, written.near
    if near.endswith("$"):
        return Marker(patterns, written.form, near[:-1], whole=True)
    return Marker(patterns, written.form, near or _loose(_literal_start(patterns[0])))


_MARKERS: Final = Annotated[
    tuple[Annotated[str | _Written, _marker], ...], Meta(min_length=1), OR_ONE
]


def markers(key: str, doc: str) -> Option[tuple[Marker, ...]]:
    """An option that holds one marker or alternatives of one."""
    return Option(key, doc, (), _MARKERS)


_NAMED: Final = later(r"(?<!\\)\(\?P?<(\w+)>")
_META: Final = later(r"\\([^A-Za-z0-9])|([^\\.^$*+?{}\[\]|()])")


def _literal_start(pattern: str) -> str:
    """The text that every match of the pattern begins with, as far as it is easily seen."""
    text, at = "", 0
    while match := _META.match(pattern, at):
        following = pattern[match.end() : match.end() + 1]
        if following in ("*", "?", "{"):
            return text
        text += match[1] or match[2]
        if following == "+":
            return text
        at = match.end()
    return "" if pattern[at : at + 1] == "|" else text


_TOKEN: Final = later(r"([A-Za-z]+)|([ \t]+)|([0-9]+)|(.)\4*")


def _loose(text: str) -> str:
    """A pattern for lines that look like `text`, but with other blanks and counts of signs.

    Empty if `text` has so few signs that prose would match.
    """
    signs = sum(not character.isspace() for character in text)
    if signs < 3 and not text.isalpha():
        return ""
    parts = []
    for match in _TOKEN.finditer(text):
        word, blanks, digits, sign = match.groups()
        if word:
            parts.append(re.escape(word))
        elif blanks:
            parts.append("[ \\t]*")
        elif digits:
            parts.append(digits)
        else:
            one = re.escape(sign)
            parts.append(f"{one}(?:[ \\t]*{one})+" if len(match.group()) > 2 else f"{one}+")
    return "[ \\t]*".join(parts)


def clashes(begin: tuple[Marker, ...], end: tuple[Marker, ...]) -> Iterator[tuple[Marker, Marker]]:
    """Pairs of a begin and an end marker of which one matches the form of the other."""
    for first in begin:
        for last in end:
            if first.lines == last.lines or _fits(first, last) or _fits(last, first):
                yield first, last


def _fits(one: Marker, other: Marker) -> bool:
    """Whether `one` matches the form of `other`."""
    text = other.form.encode()
    found = one.match(text, 0)
    return found is not None and found[0] == len(text) and len(one.lines) == len(other.lines)
