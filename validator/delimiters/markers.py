"""A marker: how a line that divides is written, and what one looks like that was meant to be it.

The near miss is worked out from the marker itself: the same signs and words, with other counts,
case and blanks. It is what authors get wrong, and what no reader tells them.
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

    `lines` are RE2 patterns, each for a whole line; `form` is how people write it. An `inline`
    marker is a text that may stand anywhere in a line. `near` is a pattern (case does not count)
    for lines that look like it, empty where no sensible one is known; `whole` says that it is for
    whole lines and not only for their beginning (in a profile: it ends in `$`).
    """

    lines: tuple[str, ...]
    form: str
    near: str = ""
    whole: bool = False
    inline: bool = False

    def match(self, data: bytes, start: int) -> tuple[int, int, Captures] | None:
        """End and next line of the marker that starts at `start`, and what it captures."""
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
        """Whether it is always written as its form."""
        return self.inline or self.lines == (re.escape(self.form),)

    @property
    def prefix(self) -> bytes:
        """`start`, in bytes."""
        return self.start.encode()

    @property
    def start(self) -> str:
        """The text that it always begins with, as far as that is plain to see."""
        return self.form if self.exact else _literal_start(self.lines[0])

    @property
    def names(self) -> list[str]:
        """The captures of all lines, in order."""
        return [name for pattern in self.lines for name in compiled(pattern).names if name]


def is_number(text: bytes) -> bool:
    """Whether a text of a marker or a header is a number, and one that can count something."""
    return text.isdigit() and len(text) <= 18


BLANKS: Final = r"[ \t]+"
"""What looks like the marker that is an empty line: nobody sees the difference."""


def exact(text: str, inline: bool = False) -> Marker:
    """The marker that is this text: a whole line, or with `inline` anywhere."""
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
    """The text that every match of the pattern begins with, as far as it is plain to see."""
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
    """A pattern for what looks like `text`: other case, blanks and counts of signs.

    Empty where too little of it is known for a look-alike to be told from prose.
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
    """Pairs of which one marker matches what the other is written like."""
    for first in begin:
        for last in end:
            if first.lines == last.lines or _fits(first, last) or _fits(last, first):
                yield first, last


def _fits(one: Marker, other: Marker) -> bool:
    """Whether `one` matches the other's text; of a pattern only the form is known."""
    text = other.form.encode()
    found = one.match(text, 0)
    return found is not None and found[0] == len(text) and len(one.lines) == len(other.lines)
