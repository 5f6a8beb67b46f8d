"""The metadata block at the start of a document: front matter, header lines, comment lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from ..document import Document
from ..encoding.utf8 import MARK
from ..memo import memo
from ..metadata.syntax.syntax import FrontMatter
from ..metadata.syntax.table import FENCES, FRONT_MATTER, HEADS
from ..model import Flaw
from ..readers.options import READERS
from ..readers.reader_set import readers_for
from ..settings.options import Settings
from ..text.lazy_re import later
from ..text.lines import NEWLINE, line_end, line_start, lines_of
from . import options as keys
from .flaws import DoubledFence, LateBlock, Near, NoBlock, UnclosedBlock

Split = tuple[Document, list[Flaw]]

DOTS: Final = b"..."
"""The end mark of a YAML document, which some readers take for a closing fence."""

_FENCES: Final = [front.opening for front in FENCES.values()]
_SIGNS: Final = re.escape(b"".join(fence[:1] for fence in _FENCES))
_FIELD: Final = later(rb"""["']?[^\s#"':=\[\]{}-][^:=#"']*["']?\s*[:=]|\s+\S|-\s|#|\[|\]|\}|$""")
_KEY: Final = later(rb"""["']?[^\s#"':=\[\]{}-][^:=#"']*["']?\s*[:=]""")
_NEAR_FENCE: Final = later(
    rb"(?:[ \t]|\xc2\xa0)*([" + _SIGNS + rb"\xe2\x80\x93\x94]{2,}|\.\.\.)(?:[ \t]|\xc2\xa0)*"
)
"""Lines that look like a fence: with other counts, blanks or dashes (U+2013, U+2014), or `...`."""

_NAMED_FENCE: Final = later(rb"---[ \t]*[A-Za-z]+[ \t]*")
"""A fence that names a language. One reader knows such, and for `js` runs the block as code."""


def split(document: Document, settings: Settings) -> Split:
    """The document with the spans of its metadata block and body, and the flaws of the markers."""
    way = settings[keys.BLOCK]
    start, end = document.body
    if document.data.startswith(MARK, start):
        start += len(MARK)  # the rules of ENC report the mark
    if way == "front-matter":
        return _front_matter(document, start, settings)
    if way == "sidecar":
        from .beside import attached

        return attached(document, settings)
    if way == "entire":
        syntax = settings[keys.FORMATS][0]
        return replace(document, block=(start, end), syntax=syntax, body=(end, end)), []
    return _head(document, start, way, settings)


def _front_matter(document: Document, start: int, settings: Settings) -> Split:
    """A block between fences, the first of which begins at the byte `start` of the document."""
    data, formats = document.data, settings[keys.FORMATS]
    end, following = line_end(data, start)
    line = data[start:end]
    syntax = next((name for name in formats if _opens(data, start, line, name)), "")
    if not syntax:
        return document, list(_no_fence(document, start, formats, settings))
    front = FRONT_MATTER[syntax]
    if front.end:
        return _in_signs(document, start, syntax, front)
    fence = front.closing
    close = _closing(data, following, fence, document.body[1])
    dots = syntax == "yaml" and _dots_close(settings) and _dots(data, following, document.body[1])
    if dots and (close is None or dots < close):
        fence, close = DOTS, dots
    near = _near_close(data, following, fence, close[0] if close else document.body[1])
    if close is None or (near and not _reads_on(data, near.end, close[0])):
        return _unclosed(document, (start, end, following), front, near, settings)
    stop, body = close
    again = _doubled(data, following, stop, body, fence, document.body[1])
    if again:
        row = document.window.row + len(NEWLINE.findall(data, 0, stop))
        last = row + len(NEWLINE.findall(data, stop, again))
        offset = document.window.offset
        end = stop + len(fence)
        return document, [DoubledFence(stop + offset, end + offset, fence.decode(), row, last)]
    return replace(
        document, block=(following, stop), syntax=syntax, body=(body, document.body[1])
    ), []


@memo
def _dots_close(settings: Settings) -> bool:
    """Whether `...` closes a block to all readers that a profile names."""
    named = settings.values.get(READERS.key)
    readers = readers_for(settings, "front-matter").readers if named else ()
    return bool(readers) and all(
        one.answer("dots-line", "") == "the closing fence" for one in readers
    )


def _dots(data: bytes, start: int, limit: int) -> tuple[int, int] | None:
    """Where the line `...` that closes a block starts, and where the next line does; else None."""
    return _closing(data, start, DOTS, limit) if data.find(DOTS, start, limit) >= 0 else None


def _opens(data: bytes, start: int, line: bytes, name: str) -> bool:
    """Whether `line`, the first of a document, begins a block in the syntax `name`."""
    front = FRONT_MATTER[name]
    if not front.end:
        return line == front.opening
    return line.startswith(front.opening) and (
        front.begins is None or front.begins.match(data, start) is not None
    )


def _doubled(data: bytes, start: int, stop: int, body: int, fence: bytes, limit: int) -> int:
    """Where the fence is that closes fields after an empty block; 0 if no fields follow it.

    The empty block is `start:stop`; `body` is the byte after its closing fence.
    """
    if data[start:stop].strip():
        return 0
    close = _closing(data, body, fence, limit)
    if close is None or not _looks_like_fields(data, body, limit):
        return 0
    return close[0] if _reads_on(data, body, close[0]) else 0


def _closing(data: bytes, start: int, fence: bytes, limit: int) -> tuple[int, int] | None:
    """Where the closing fence starts, and where the line after it does; None if there is none."""
    at = start
    while True:
        if data.startswith(fence, at) and (at == start or data[at - 1] in b"\r\n"):
            end, following = line_end(data, at)
            if end == at + len(fence) and following <= max(limit, end):
                return at, following
        found = data.find(fence, at + 1, limit)
        if found < 0:
            return None
        at = found


def _near_close(data: bytes, start: int, fence: bytes, stop: int) -> Near | None:
    """The first line from `start` to `stop` that looks like the closing fence and is none."""
    for sign in (fence[:2], b"...", b"\xe2\x80"):
        at = data.find(sign, start, stop)
        while at >= 0:
            first = line_start(data, at, start)
            end, following = line_end(data, first)
            line = data[first:end]
            match = _NEAR_FENCE.fullmatch(line)
            if match and line != fence and first < stop:
                row = 1 + len(NEWLINE.findall(data, 0, first))
                return Near(
                    first, end, row, line, fence.decode(), _difference(line, fence), exact=True
                )
            at = data.find(sign, max(following, at + 1), stop)
    return None


def _difference(line: bytes, fence: bytes) -> str:
    if _NAMED_FENCE.fullmatch(line):
        return "it names a language: few readers know that, and one runs what follows as code"
    if b"\xc2\xa0" in line:
        return "it holds a no-break space"
    bare = line.strip()
    if bare == fence:
        return "it ends in a blank" if line.startswith(fence) else "it is indented"
    if bare == b"...":
        return "only few readers take it for a fence"
    if set(bare) == set(fence):
        return f"it has {len(bare)} `{fence[:1].decode()}`, not {len(fence)}"
    return "it is written with other dashes"


def _reads_on(data: bytes, start: int, stop: int) -> bool:
    """Whether all lines from a look-alike (`start`) to the closing fence (`stop`) are metadata."""
    lines = [line for line in NEWLINE.split(data[start:stop]) if line.strip()]
    return all(map(_FIELD.match, lines))


def _unclosed(
    document: Document,
    line_of_fence: tuple[int, int, int],
    front: FrontMatter,
    near: Near | None,
    settings: Settings,
) -> Split:
    """The flaw of a block without a closing fence; none if it may be no block at all.

    `line_of_fence` is the start and end of the opening fence, and the start of the next line.
    `near` is a line that looks like the closing fence: the block is taken to end there.
    """
    data, base = document.data, document.window
    start, end, following = line_of_fence
    last = first = 0
    line = b""
    insert = -1
    is_block = near is not None
    row = base.row + len(NEWLINE.findall(data, 0, following))
    for at, stop, after in lines_of(data, following):
        if at >= document.body[1]:
            break
        line = data[at:stop]
        if not _FIELD.match(line) or (near and at == near.start):
            first = row
            break
        if line.strip():
            last, insert = row, after + base.offset
            is_block = is_block or _KEY.match(line) is not None
        row += 1
    if not is_block and settings[keys.PRESENCE] == "allow":
        return document, []  # a horizontal rule above a heading or text
    offset = base.offset
    if near:
        near = replace(near, start=near.start + offset, end=near.end + offset,
                       row=near.row + base.row - 1)  # fmt: skip
    flaw = UnclosedBlock(
        start + offset, end + offset, front.opening.decode(), front.closing.decode(),
        last, first, line if first else b"", near, insert,
    )  # fmt: skip
    return document, [flaw]


def _no_fence(
    document: Document, start: int, formats: tuple[str, ...], settings: Settings
) -> Iterator[Flaw]:
    """The flaw of a document that does not begin with a fence; none if it needs no block."""
    data, offset = document.data, document.window.offset
    fronts = [FRONT_MATTER[name] for name in formats]
    fences = [front.opening for front in fronts]
    rest = data[start : document.body[1]]
    first = start + len(rest) - len(rest.lstrip())
    begin = line_start(data, first)
    end, following = line_end(data, max(begin, start))
    line = data[max(begin, start) : end]
    text = line.strip()
    late = next((one.closing for one in fronts if line == one.opening and not one.end), b"")
    if first > start and late and _closing(data, following, late, document.body[1]):
        yield LateBlock(begin + offset, end + offset, _what(data[start:begin]), line.decode())
        return
    near = None
    if line not in fences and (_NEAR_FENCE.fullmatch(line) or _NAMED_FENCE.fullmatch(line)):
        fence = max(_FENCES, key=lambda one: text.count(one[:1]))
        if fence in fences and _looks_like_fields(data, following, document.body[1]):
            row = document.window.row + len(NEWLINE.findall(data, 0, begin))
            near = Near(begin + offset, end + offset, row, line, fence.decode(),
                        _difference(line, fence), exact=True)  # fmt: skip
    if near or settings[keys.PRESENCE] == "require":
        yield NoBlock(start + offset, end + offset, fences[0].decode(), near)


def _what(before: bytes) -> str:
    rows = len(NEWLINE.findall(before))
    return "a blank line" if rows == 1 else f"{rows} blank lines" if rows else "blanks"


def _looks_like_fields(data: bytes, start: int, stop: int) -> bool:
    end, _ = line_end(data, start)
    return bool(re.match(rb"[\w\"'][^:=\r\n]*[:=]", data[start : min(end, stop)]))


def _in_signs(document: Document, start: int, syntax: str, front: FrontMatter) -> Split:
    """Front matter without a closing fence: it ends with its value, such as a JSON object."""
    data, stop = document.data, document.body[1]
    end = front.end(data, start, stop) if front.end else -1
    if end < 0:
        at = start + document.window.offset
        opening, closing = front.opening.decode(), front.closing.decode()
        return document, [UnclosedBlock(at, at + 1, opening, closing, 0, 0, b"", None)]
    _, following = line_end(data, end)
    body = end if data[end:following].strip() else following
    return replace(document, block=(start, end), syntax=syntax, body=(body, stop)), []


def _head(document: Document, start: int, syntax: str, settings: Settings) -> Split:
    """A block of header or comment lines that begins at the byte `start` of the document."""
    data, stop, head = document.data, document.body[1], HEADS[syntax]
    found = head.find(data, start, stop)
    if found:
        end, body = found
        return replace(document, block=(start, end), syntax=syntax, body=(body, stop)), []
    if settings[keys.PRESENCE] == "allow":
        return document, []
    first = 0 if document.body[0] and document.attributes else start
    end, _ = line_end(document.data, first)
    offset = document.window.offset
    marker = document.data[first:end] if first < start else b""
    return document, [NoBlock(first + offset, end + offset, head.form, None, marker)]
