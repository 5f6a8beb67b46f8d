"""The law of spans: what a finding points at, read again from the file, is what it names.

Written without the code that it judges: bytes are read and expanded by the standard library, rows
and columns counted anew, texts of other encodings decoded from the first byte on.
"""

from __future__ import annotations

import bz2
import codecs
import gzip
import lzma
import os
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Final

import zstandard
from msgspec.structs import replace

from validator.encoding.charsets import CHARSET
from validator.model import Diagnostic, ExcerptLine, Related
from validator.settings.options import Settings
from validator.text.visible import visible

EXPAND: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    ".gz": gzip.decompress,
    ".bz2": bz2.decompress,
    ".xz": lzma.decompress,
    ".zst": lambda data: (
        zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True).read()
    ),
}
MARKS: Final = {
    "utf-16": ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")),
    "utf-32": ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")),
    "utf-8-sig": ((codecs.BOM_UTF8, "utf-8"),),
}
UNMARKED: Final = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}
LINE_END: Final = re.compile(r"\r\n|\n|\r")


def _shown(error: UnicodeError) -> tuple[str, int]:
    """What undecodable bytes of another encoding are shown as: themselves, if they are no ASCII."""
    assert isinstance(error, UnicodeDecodeError)
    bad = error.object[error.start : error.end]
    kept = bytes(byte for byte in bad if byte > 0x7F) or b"\xff"
    return "".join(chr(0xDC00 + byte) for byte in kept), error.end


codecs.register_error("shown", _shown)


class Text:
    """A file as its readers see it, and the place in it of each byte."""

    def __init__(self, data: bytes, charset: str) -> None:
        self.data, self.codec, self.mark = data, UNMARKED.get(charset, charset), 0
        for mark, codec in MARKS.get(charset, ()):
            if data.startswith(mark):
                self.codec, self.mark = codec, len(mark)

    def decoded(self, start: int, end: int) -> str:
        """The text of these bytes."""
        data = self.data[max(start, self.mark) : end]
        if self.codec == "utf-8":
            return _utf8(data)
        return _utf8(data.decode(self.codec, "shown").encode("utf-8", "surrogateescape"))

    @cached_property
    def whole(self) -> str:
        """All of the text."""
        return self.decoded(0, len(self.data))

    @cached_property
    def lines(self) -> list[str]:
        """The lines, without their ends; an empty one follows the last line end."""
        return LINE_END.split(self.whole)

    def place(self, offset: int) -> tuple[int, int]:
        """Row and column of a byte; one between CR and LF is in the line that they end.

        The byte must not be inside of a character.
        """
        before, after = self.decoded(0, offset), self.decoded(offset, len(self.data))
        assert before + after == self.whole, f"byte {offset} is inside of a character"
        if before.endswith("\r") and after.startswith("\n"):
            before = before[:-1] + "x"
        rows = LINE_END.split(before)
        return len(rows), len(rows[-1]) + 1

    def rest(self, row: int, column: int) -> str:
        """What stands in a line from a column on."""
        assert 1 <= row <= len(self.lines), f"there is no line {row}"
        line = self.lines[row - 1]
        assert 1 <= column <= len(line) + 1, f"line {row} has no column {column}"
        return line[column - 1 :]


def read(path: str) -> bytes | None:
    """The bytes that findings in a file count: what a compressed one expands to, where it does.

    None for what is no file.
    """
    if not os.path.isfile(path):
        return None
    data = Path(path).read_bytes()
    expand = EXPAND.get(os.path.splitext(path)[1])
    try:
        return expand(data) if expand else data
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, zstandard.ZstdError):
        return data  # what is found in it is found in the file as a whole


def hold(found: Iterable[Diagnostic], settings: Settings, words: bool = True) -> None:
    """Raise AssertionError unless the law holds for these findings of files that are still there.

    A finding is true in one of the encodings that the settings declare, or in UTF-8: a manifest is
    in no other. Without `words` messages are not read: in a text of chance they may name what
    stands beside their span, too.
    """
    declared: tuple[str, ...] = settings[CHARSET]
    texts: dict[str, list[Text]] = {}
    for one in found:
        if one.path not in texts:
            data = read(one.path)
            names = () if data is None else dict.fromkeys((*declared, "utf-8"))
            texts[one.path] = [Text(data or b"", name) for name in names]
        if one.whole_file:
            assert (one.byte_offset, one.byte_length, one.excerpt) == (0, 0, ()), one
            assert one.location == one.end_location, one
        else:
            assert texts[one.path], f"{one.path} is no file, and has bytes: {one}"
        faults = [_fault(text, one, words) for text in texts[one.path]]
        assert not faults or None in faults, "\n".join(filter(None, faults))


def _fault(text: Text, one: Diagnostic, words: bool) -> str | None:
    """What is wrong with a finding in this text; None if nothing is."""
    try:
        if not one.whole_file:
            _stands(text, one)
            _excerpts(text, one)
            _edits(text, one)
        if words and not one.whole_file:
            _names(text, one)
        for other in one.related:
            _relates(text, one, other)
    except (AssertionError, UnicodeError) as error:
        return f"{one.path} as {text.codec}, {one.code} {one.message!r}: {error}"
    return None


def _stands(text: Text, one: Diagnostic) -> None:
    """Bytes lie in the file; rows and columns are theirs."""
    start, end = one.byte_offset, one.byte_offset + one.byte_length
    assert 0 <= start <= end <= len(text.data), f"{start}:{end} of {len(text.data)} bytes"
    for offset, told in ((start, one.location), (end, one.end_location)):
        assert (told.row, told.column) == text.place(offset), f"byte {offset}: {text.place(offset)}"


def _excerpts(text: Text, one: Diagnostic) -> None:
    """Lines of an excerpt are those of the file, and the marked bytes are those of the span."""
    rows = [line.row for line in one.excerpt]
    assert one.location.row in rows
    assert all(after == row + 1 for row, after in pairwise(rows))
    for line in one.excerpt:
        assert _utf8(line.data) in text.rest(line.row, 1), f"line {line.row}: {line.data!r}"
        whole = text.rest(line.row, 1).encode("utf-8", "surrogateescape")
        assert line.cut_before or whole.startswith(line.data)
        assert line.cut_after or whole.endswith(line.data)
        assert 0 <= line.start <= line.end <= len(line.data)
        if line.row == one.location.row:
            _marks(text, one, line, whole)
        else:
            assert line.start == line.end, "a line beside that of the span is marked"


def _marks(text: Text, one: Diagnostic, line: ExcerptLine, whole: bytes) -> None:
    span = text.decoded(one.byte_offset, one.byte_offset + one.byte_length)
    wanted = LINE_END.split(span)[0].encode("utf-8", "surrogateescape")
    marked = line.data[line.start : line.end]
    assert marked == wanted or (line.cut_after and wanted.startswith(marked)), f"marks {marked!r}"
    before = _utf8(whole)[: one.location.column - 1]
    shown = before.encode("utf-8", "surrogateescape")
    head = line.data[: line.start]
    assert shown.endswith(head) if line.cut_before else shown == head, f"marks after {head!r}"


def _utf8(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


QUOTED: Final = re.compile(r'`` (.+?) ``|"(`.+?`)"|`([^`]+)`')
CODE_POINT: Final = re.compile(r"\bU\+([0-9A-F]{4,6})\b")
BYTES: Final = re.compile(r"\bbytes? (?:0x)?([0-9A-F]{2}(?: [0-9A-F]{2})*)\b")
ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})")


def _names(text: Text, one: Diagnostic) -> None:
    """What the message names of the text stands at the span: words, code points, bytes."""
    start, end = one.byte_offset, one.byte_offset + one.byte_length
    span = text.decoded(start, end)
    before = visible(LINE_END.split(text.decoded(0, start))[-1])
    after = LINE_END.split(text.decoded(end, len(text.data)))[0]
    line = before + visible(span) + visible("" if span.endswith(("\r", "\n")) else after)
    literals = [visible("".join(found)).strip("…") for found in QUOTED.findall(one.message)]
    there = [literal for literal in literals if literal and literal in line]
    right = len(before + visible(span))
    met = any(_meets(line, literal, len(before), right) for literal in there)
    met = met or any(re.search(BEFORE_ITS_VALUE % re.escape(one), before) for one in there)
    met = met or any(_decomposed(one) == _decomposed(span) for one in there)
    assert met or not there or not span, f"{there} stands in the line, and the span is {span!r}"
    if one.code.startswith("TXT"):
        told = CODE_POINT.findall(QUOTED.sub("", one.message))
        points = [chr(int(point, 16)) for point in told]
        meant = ESCAPE.sub(lambda match: chr(int(match[1], 16)), span)
        assert not points or points[0] in meant, f"{points[0]!r} is not in {span!r}"
    if one.code.startswith("ENC"):
        for told in BYTES.findall(one.message):
            assert text.data[start:end] == bytes.fromhex(told), f"the bytes are {span!r}"


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


BEFORE_ITS_VALUE: Final = r"""(?:^|[\s{,"'\[])%s(?:["'\]]*\s*[:=,\[␉]|\s*$)"""
"""A word before the span: the name of the field whose value, or a part of whose value, that is; or
the id of a record of which the span is another cell."""


def _meets(line: str, literal: str, left: int, right: int) -> bool:
    """Whether the literal stands within the span, or the span within the literal."""
    for match in re.finditer(f"(?={re.escape(literal)})", line):
        start, end = match.start(), match.start() + len(literal)
        if (left <= start and end <= right) or (start <= left and right <= end):
            return True
    return False


def _edits(text: Text, one: Diagnostic) -> None:
    """What a fix writes over lies in the file, in order."""
    spans = sorted((edit.start, edit.end) for edit in one.fix.edits) if one.fix else []
    for start, end in spans:
        assert 0 <= start <= end <= len(text.data), f"the fix is at {start}:{end}"
    assert all(first[1] <= second[0] for first, second in pairwise(spans)), spans


SAME: Final = {"it stands here first", "it stands here, too", "here, too", "the first one"}
OPENERS: Final = {"an object": "{", "a list": "[", "a text": '"'}


def _relates(text: Text, one: Diagnostic, other: Related) -> None:
    """Another place is there, and what its words say stands at it."""
    if other.location is None:
        assert os.path.lexists(other.path), f"{other.path} is not there"
        return
    if other.path != one.path:
        data = read(other.path)
        assert data is not None, f"{other.path} is no file"
        texts = [Text(data, name) for name in {text.codec, "utf-8"}]
        faults = [_misses(there, one, other) for there in texts]
        assert None in faults, faults
        return
    fault = _misses(text, one, other)
    assert fault is None, fault
    assert other.location != one.location, "a place is related to itself"


def _misses(text: Text, one: Diagnostic, other: Related) -> str | None:
    assert other.location is not None
    row, column = other.location.row, other.location.column
    if row > len(text.lines) or column > len(text.lines[row - 1]) + 1:
        return f"{other.path} has no place {row}:{column}"
    rest = text.rest(row, column)
    opener = OPENERS.get(other.message.removesuffix(" begins here"))
    if opener and not rest.startswith(opener):
        return f"{other.message}, yet it is {rest[:20]!r}"
    if other.message in SAME and other.path == one.path and not one.whole_file:
        span = text.decoded(one.byte_offset, one.byte_offset + one.byte_length)
        if not _plain(rest).startswith(_plain(LINE_END.split(span)[0])):
            return f"{other.message}: {rest[:40]!r} for {span!r}"
    return None


def _plain(words: str) -> str:
    """Words without case, quotes, escapes and marks."""
    meant = ESCAPE.sub(lambda match: chr(int(match[1], 16)), words)
    return "".join(filter(str.isalnum, meant)).casefold()


def broken(one: Diagnostic) -> Iterator[tuple[str, Diagnostic]]:
    """Ways in which a finding with a span may be wrong, by what is."""
    start, end = one.location, one.end_location
    yield "offset", replace(one, byte_offset=one.byte_offset + 1)
    yield "length", replace(one, byte_length=one.byte_length + 1)
    yield "row", replace(one, location=replace(start, row=start.row + 1))
    yield "column", replace(one, location=replace(start, column=start.column + 1))
    yield "last row", replace(one, end_location=replace(end, row=end.row + 1))
    yield "last column", replace(one, end_location=replace(end, column=end.column + 1))
    if one.excerpt:
        first, *others = one.excerpt
        yield "excerpt", replace(one, excerpt=(replace(first, data=first.data + b"?"), *others))
        moved = tuple(
            replace(line, start=line.start + 1, end=line.end + 1) if line.end else line
            for line in one.excerpt
        )
        if moved != one.excerpt:
            yield "mark", replace(one, excerpt=moved)
