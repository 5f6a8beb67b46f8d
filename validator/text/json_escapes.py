r"""JSON strings with their escapes decoded, and the offsets of the bytes as they are written.

`json.dumps` writes every character beyond ASCII as `\u....`: a search in the bytes as written finds
none of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any, Final

from msgspec import Struct
from stringzilla import find

from .lazy_re import later

_HIDING: Final = (rb"\u", rb"\b", rb"\f")
"""Escapes that may stand for a character that rules look for; `\\n`, `\\t`, `\\"` do not."""

_ESCAPE: Final = later(
    rb"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))",
    re.DOTALL,
)
_SHORT: Final = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t"}


class Unescaped(Struct, frozen=True):
    """The decoded text of a JSON string, and its pieces: in turn, a plain one and an escape.

    `starts` are the offsets of the pieces in `text`, `written` those in the string as written. The
    first piece is plain; an empty one at the end stands for the end.
    """

    text: bytes
    starts: list[int]
    written: list[int]

    def origin(self, start: int, end: int) -> tuple[int, int] | None:
        """First byte and end, as written, of `start:end` in `text`; None if it has no escape."""
        first, last = self._piece(start), self._piece(max(start, end - 1))
        if first == last and first % 2 == 0:
            return None
        begin = self.written[first]
        if first % 2 == 0:
            begin += start - self.starts[first]
        if last % 2:
            return begin, self.written[last + 1]
        return begin, self.written[last] + end - self.starts[last]

    def _piece(self, offset: int) -> int:
        """The last piece that begins at `offset` or before it and is not empty."""
        return min(bisect_right(self.starts, offset), len(self.starts) - 1) - 1


def hides(written: bytes) -> bool:
    """Whether there may be an escape for a character that rules look for."""
    return any(find(written, escape) >= 0 for escape in _HIDING)


def unescaped(written: bytes) -> Unescaped:
    """Decode a JSON string, given without its quotation marks. A lone surrogate becomes `?`."""
    parts: list[bytes] = []
    starts, places = [0], [0]
    size = at = 0
    for match in _ESCAPE.finditer(written):
        high, low, code, short = match.groups()
        plain = written[at : match.start()]
        if high:
            point = 0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00
            escape = chr(point).encode()
        elif code:
            escape = chr(int(code, 16)).encode("utf-8", "replace")
        else:
            escape = _SHORT.get(short, short)
        parts += (plain, escape)
        starts += (size + len(plain), size + len(plain) + len(escape))
        places += (match.start(), match.end())
        size, at = starts[-1], match.end()
    parts.append(written[at:])
    text = b"".join(parts)
    return Unescaped(text, [*starts, len(text)], [*places, len(written)])


def texts_of(values: Iterable[Any]) -> Iterator[str]:
    """Every text in values of JSON, keys among them, at all depths."""
    waiting = list(values)
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from value
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
