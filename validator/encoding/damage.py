"""Decides whether a file is UTF-8, where it is not, and whether that is damage.

Strict decoding decides what is valid. Counting decides whether invalid bytes are damage, or the
whole file is in another encoding: text in a legacy encoding hardly ever holds as many valid
multi-byte sequences as invalid ones. A few invalid bytes in a file that is otherwise ASCII are
damage, too, unless they read well in some encoding; in one place alone they nearly always are.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import islice
from typing import ClassVar, Final

from msgspec import Struct
from stringzilla import translate

from ..model import Flaw, Hit
from ..text.lazy_re import later
from ..text.lines import NEWLINE, Window
from .advice import Advice
from .file_declaration import Declaration, declaration
from .utf8 import Fault, bad_sequences, invalid_parts, is_utf8, multi_byte
from .utf16 import wide

KEPT: Final = 1000
"""Invalid sequences that become a flaw each; further ones are only counted."""

AROUND: Final = 32
"""Bytes kept before and after an invalid sequence: they are shown, and its repair depends on them.
"""

MOST_LETTERS: Final = 200
"""So many letters of a file are collected; then its further windows are not searched for more."""

FEW: Final = 5
"""So many invalid sequences or fewer are damage, where they read as text in no encoding."""

SHOWN: Final = 3
"""Lines of a legacy file that its finding shows, before and after decoding."""

NumberedLine = tuple[int, bytes]
"""A line's number in the file, from 1, and its bytes without the line end."""


class Context(Struct, frozen=True):
    """Bytes around a place in a file; the place is at the offset `at` of `data`."""

    data: bytes
    at: int


class _ByteFlaw(Flaw, frozen=True):
    """Bytes that are not UTF-8. `start` is the byte offset of `bytes` in the file."""

    start: int
    bytes: bytes

    def hit(self, message: str, **more: object) -> Hit:
        """A hit on these bytes."""
        end = self.start + len(self.bytes)
        return Hit(self.start, end, message, **more)  # type: ignore[arg-type]


class BadSequence(_ByteFlaw, frozen=True):
    """Invalid bytes in a file that is otherwise UTF-8.

    `valid` and `invalid` count the multi-byte sequences of the file; `letters` are the letters
    beyond ASCII that it holds.
    """

    fault: Fault
    context: Context
    valid: int
    invalid: int
    letters: frozenset[str]

    @property
    def following(self) -> int | None:
        """The byte after the invalid ones; None at the end of what is known."""
        after = self.context.at + len(self.bytes)
        return self.context.data[after] if after < len(self.context.data) else None


class Overlong(BadSequence, frozen=True):
    """A character in more bytes than it needs."""


class Surrogate(BadSequence, frozen=True):
    """A UTF-16 surrogate, encoded as if it were a character."""


class Truncated(BadSequence, frozen=True):
    """A sequence that is cut off by the end of the file."""


class Legacy(_ByteFlaw, frozen=True):
    """A file whose bytes as a whole are not UTF-8, and not UTF-16 or UTF-32 either.

    `rows` is how many lines are not UTF-8; `lines` are the first of them, each with its number.
    `advice` is the encoding that the file is probably in, None if none reads well. `refuted` is the
    line number and the bytes that cannot be decoded in the encoding that the file declares.
    """

    blocks: ClassVar[bool] = True
    valid: int
    invalid: int
    rows: int
    lines: tuple[NumberedLine, ...]
    advice: Advice | None
    declared: Declaration | None = None
    refuted: NumberedLine | None = None


_READABLE: Final = 7.5
_READABLE_ALONE: Final = 6.0
"""Most bits a byte at which a few invalid bytes read as text: in several places, and in one."""

_SMALL_PART: Final = 4
"""A file is mostly ASCII if at most one byte of so many is beyond ASCII."""

_HIGH: Final = bytes(range(0x80, 0x100))
_WITHOUT_ASCII: Final = b" " * 0x80 + _HIGH
_RUN: Final = later(rb"[\x80-\xff]+")
_HIGH_TO_END: Final = later(rb"[\x80-\xff][^\r\n]*")

_OF_UTF8: Final = frozenset((Fault.OVERLONG, Fault.SURROGATE, Fault.TRUNCATED))
"""Faults that occur only in bytes that were meant to be UTF-8."""

_KIND: Final = {
    Fault.OVERLONG: Overlong,
    Fault.SURROGATE: Surrogate,
    Fault.TRUNCATED: Truncated,
}


def flaws(windows: Iterable[Window], *, may_be_wide: bool = True) -> Iterator[Flaw]:
    """The flaws for which a file is not UTF-8 text, in order of offset; none if it is.

    Called only for files that hold a NUL or do not decode. It may go over the windows several
    times. `may_be_wide` is false if it is known that the file is not UTF-16 or UTF-32.
    """
    valid = invalid = 0
    letters: set[str] = set()
    damaged: set[int] = set()  # offsets of the windows that are not UTF-8
    for window in windows:
        found = wide(window.data) if window.first and may_be_wide else None
        if found:
            yield found
            return
        valid += multi_byte(window.data)
        if not is_utf8(window.data):
            damaged.add(window.offset)
            invalid += invalid_parts(window.data)
        if len(letters) < MOST_LETTERS and not window.data.isascii():
            letters.update(filter(_is_letter, _beyond_ascii(window.data)))
    if invalid:
        legacy = _legacy(windows, valid, invalid) if valid < invalid else None
        yield from [legacy] if legacy else _damage(windows, damaged, valid, frozenset(letters))


def _legacy(windows: Iterable[Window], valid: int, invalid: int) -> Legacy | None:
    """The flaw of a file in another encoding; None for one that is damaged."""
    faults = (fault for window in windows for fault in _first_faults(window))
    start, data, fault = next(faults)
    if fault is Fault.TRUNCATED:
        return None
    if fault in _OF_UTF8 and all(other in _OF_UTF8 for _, _, other in faults):
        return None
    from .detect import advise  # with its tables: only for bytes that are not UTF-8

    declared = declaration(windows)
    few = invalid <= FEW and _is_mostly_ascii(windows)
    if few and (valid or invalid == 1) and not (declared and declared.codec not in ("", "utf-8")):
        return None
    advice = advise(windows, declared, asking=not few)
    is_declared = advice is not None and declared is not None and declared.codec in advice.codecs
    if few and not is_declared and not _reads(windows, advice):
        return None
    if advice is None and valid:
        return None  # a part is UTF-8, and no encoding reads well
    rows = 0
    lines: list[NumberedLine] = []
    for window in windows:
        count, bad = _bad_lines(window, valid)
        rows += count
        lines += bad[: SHOWN - len(lines)]
    codec = declared.codec if declared and not is_declared else ""
    refuted = _undecodable(windows, codec) if codec and codec != "utf-8" else None
    shown = tuple(lines)
    return Legacy(start, data, valid, invalid, rows, shown, advice, declared, refuted)


def _undecodable(windows: Iterable[Window], codec: str) -> NumberedLine | None:
    """The number of the first line that `codec` cannot decode, with the bytes that it cannot."""
    for window in windows:
        try:
            window.data.decode(codec)
        except UnicodeDecodeError as error:
            row = window.row + window.line_at(error.start)
            return row, window.data[error.start : error.end]
        except UnicodeError:  # UTF-16 without a mark, say
            return window.row, window.data[:1]
    return None


def _reads(windows: Iterable[Window], advice: Advice | None) -> bool:
    """Whether the few bytes beyond ASCII of a file read as text in the encoding of `advice`.

    Bytes in one place alone must read as Chinese, Japanese or Korean.
    """
    if advice is None:
        return False
    places = sum(len(_RUN.findall(window.data)) for window in windows)
    if places > 1:
        return advice.rate <= _READABLE
    return advice.eastern and advice.rate <= _READABLE_ALONE


def _is_mostly_ascii(windows: Iterable[Window]) -> bool:
    high = sum(len(window.data) - len(window.data.translate(None, _HIGH)) for window in windows)
    return high * _SMALL_PART <= sum(len(window.data) for window in windows)


def _first_faults(window: Window) -> Iterator[tuple[int, bytes, Fault]]:
    """The first faults of a window, each with its byte offset in the file and its bytes."""
    if not is_utf8(window.data):
        for start, end, fault in islice(bad_sequences(window), FEW + 1):
            yield window.offset + start, window.data[start:end], fault


def _bad_lines(window: Window, valid: int) -> tuple[int, list[NumberedLine]]:
    """How many lines of a window are not UTF-8, and the first of them with their numbers.

    If the file has no `valid` sequence, these are the lines that are not ASCII.
    """
    if window.data.isascii():
        return 0, []
    if not valid:
        starts = [match.start() for match in _HIGH_TO_END.finditer(window.data)]
        lines = [_line_of(window, start) for start in starts[:SHOWN]]
        return len(starts), lines
    numbered = enumerate(NEWLINE.split(window.data), window.row)
    bad = [(row, line) for row, line in numbered if not is_utf8(line)]
    return len(bad), bad[:SHOWN]


def _line_of(window: Window, start: int) -> NumberedLine:
    index = window.line_at(start)
    begin, end = window.line_bounds(index)
    return window.row + index, window.data[begin:end]


def _damage(
    windows: Iterable[Window], damaged: Container[int], valid: int, letters: frozenset[str]
) -> Iterator[Flaw]:
    """A flaw for each of the first KEPT damaged places.

    `damaged` are the offsets of the windows that are not UTF-8; the others hold no such place.
    """
    kept: list[tuple[int, bytes, Fault, Context]] = []
    invalid = 0
    for window in windows:
        if window.offset not in damaged:
            continue
        done = 0
        for start, end, fault in islice(bad_sequences(window), KEPT - len(kept)):
            around = max(0, start - AROUND)
            context = Context(window.data[around : end + AROUND], start - around)
            kept.append((window.offset + start, window.data[start:end], fault, context))
            done = end
        invalid += invalid_parts(window.data[done:]) if len(kept) == KEPT else 0
    for start, data, fault, context in kept:
        kind = _KIND.get(fault, BadSequence)
        yield kind(start, data, fault, context, valid, len(kept) + invalid, letters)


def _beyond_ascii(data: bytes) -> set[str]:
    """The characters beyond ASCII in `data`; an invalid byte is a lone surrogate among them."""
    runs = b" ".join({*translate(data, _WITHOUT_ASCII).split()})
    return set(runs.decode("utf-8", "surrogateescape"))


def _is_letter(character: str) -> bool:
    return character > "\x7f" and character.isalpha()
