"""A cursor over JSON, for the exact parser: blanks, texts, and the flaws where it must stop."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final, NoReturn

from ...document import Span
from ...model import Flaw
from ...text.lazy_re import later
from . import json_words as words
from .block_flaws import CutShort, LoneSurrogate, Unparsable
from .block_text import Open, Stop, decoded

_BLANKS: Final = later(rb"[ \t\r\n]*+")
_TEXT: Final = rb'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*'
_BEGUN: Final = later(_TEXT)
"""A text up to its first error, without its closing quotation mark."""

_STRING: Final = later(_TEXT + b'"')
_ESCAPE_BEGUN: Final = later(rb"\\(?:u[0-9a-fA-F]*+)?")
_ESCAPE: Final = later(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # a pair
    rb"|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
    rb"|\\."
)
_SURROGATE: Final = later("[\ud800-\udfff]")

WORD: Final = later(rb"[-+.\w\x80-\xff]++")
"""A number, a literal, or a text without quotes."""


class OpenValue(Open):
    """A list or an object that is not closed yet, with its own name and key."""

    def __init__(self, start: int, is_mapping: bool, name: str, key: Span) -> None:
        super().__init__(start, is_mapping)
        self.name, self.key = name, key

    @property
    def what(self) -> str:
        """The word for it in messages."""
        return "object" if self.is_mapping else "list"


class Cursor:
    """Goes over the block `start:end` of `data` once; `at` is the offset of the next byte."""

    def __init__(self, data: bytes, start: int, end: int) -> None:
        self.data, self.at, self.start, self.end = data, start, start, end
        self.flaws: list[Flaw] = []
        self.open: list[OpenValue] = []

    def string(self) -> str:
        """The value of the text that begins at `at`. Raises Stop."""
        start = self.at
        match = _STRING.match(self.data, start, self.end)
        if match is None:
            self.broken_string(start)
        raw = match.group()
        self.at = match.end()
        if b"\\" not in raw:
            return decoded(raw[1:-1])
        text: str = json.loads(decoded(raw))
        if _SURROGATE.search(text) is None:
            return text
        for escape in _ESCAPE.finditer(raw):
            if escape[1] is not None:
                at = start + escape.start()
                self.flaws.append(LoneSurrogate(at, at + 6, escape[1].decode()))
        return _SURROGATE.sub("\ufffd", text)

    def peek(self) -> bytes:
        """The next byte that is not blank; empty at the end. Skips the blanks before it."""
        match = _BLANKS.match(self.data, self.at, self.end)
        self.at = match.end() if match else self.at
        return self.data[self.at : self.at + 1] if self.at < self.end else b""

    def stop(self, start: int, end: int, reason: str, advice: str) -> NoReturn:
        """Raises Stop: the block is unparsable at `start:end`."""
        raise Stop(Unparsable(start, min(end, self.end), "json", reason, advice))

    def cut(self, text_at: int = -1) -> NoReturn:
        """Raises Stop: the block ends before the value that is open, or the text at `text_at`."""
        start, what = self.start, "value"
        if text_at >= 0:
            start, what = text_at, "text"
        elif self.open:
            start, what = self.open[-1].start, self.open[-1].what
        last = len(self.data[self.start : self.end].rstrip(b" \t\r\n")) + self.start
        first = last - 1
        while first > self.start and self.data[first] & 0xC0 == 0x80:
            first -= 1  # to the first byte of the character
        raise Stop(CutShort(max(self.start, first), last, start, what))

    def unexpected_key(self, found: bytes) -> NoReturn:
        """Raises Stop: there is no key; `found` is the next byte."""
        match = WORD.match(self.data, self.at, self.end)
        if match and not match.group().startswith(words.CURLY):
            self.stop(self.at, match.end(), *words.bare_key(match.group()))
        self.stop_at(found, words.no_key)

    def stop_at(self, found: bytes, say: Callable[[bytes], words.Words]) -> NoReturn:
        """Raises Stop at the character at `at`, which begins with the byte `found`.

        `say` gives the words for the bytes there. If `found` is empty, the block is cut short.
        """
        if not found:
            self.cut()
        text = self.data[self.at : self.at + 4]
        self.stop(self.at, self.at + words.width(text, 0), *say(text))

    def broken_string(self, start: int) -> NoReturn:
        """Raises Stop for the text at `start`: a bad escape, a control character, or no end."""
        begun = _BEGUN.match(self.data, start, self.end)
        at = begun.end() if begun else self.end
        if at < self.end and self.data[at] < 0x20:
            self.stop(at, at + 1, *words.control(self.data[at]))
        escape = _ESCAPE_BEGUN.match(self.data, at, self.end)
        stop = escape.end() if escape else self.end
        if stop < self.end:
            stop += words.width(self.data, stop)
        if stop < self.end:
            self.stop(at, stop, *words.bad_escape(self.data[at:stop]))
        self.cut(start)  # perhaps within an escape
