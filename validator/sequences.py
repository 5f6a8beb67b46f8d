"""Searches for sequences beyond ASCII, at the speed of what clean text has few of.

`re` looks for the literal that a pattern begins with at 2.5 GB/s whatever follows it, stringzilla
at 20; but each call of it costs a step of Python. So a lead is looked up by stringzilla, and where
it is frequent after all, `re` goes on from there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import Final

from stringzilla import find, find_first_of

from .patterns import byte_finder

_FIRST: Final = re.compile(rb"(\[[^\]^]+\]|\\x[0-9a-f]{2}|[\x80-\xff])(?![?*{])")
_CLASS_OR_ESCAPE: Final = re.compile(rb"\\.|\[[^\]]+\]", re.DOTALL)
_GROUP: Final = re.compile(rb"\([^()]*\)")

_FEW: Final = 6
"""Times that a lead is looked up on its own: then `re` takes over."""

_BUSY: Final = (b"\xc2", b"\xc3", b"\xc5", b"\xc6", b"\xe2", b"\xef")
"""Leads of many sequences. Where they are frequent, one pass for all sequences at 0.6 GB/s costs
less than one for each at 2.5."""

_DENSE: Final = 200
"""They are frequent if one byte in so many is one of them."""

_SAMPLE: Final = 4096

# A look ahead or behind, with groups one deep: what a relaxed search leaves out.
_LOOK: Final = re.compile(
    rb"\(\?(?:<?[=!])(?:\\.|\[[^\]]*\]|[^()\[\\]|\((?:\\.|\[[^\]]*\]|[^()\[\\])*\))*\)", re.DOTALL
)

_OFTEN: Final = b"\xc2\xc3\xe2"
"""Lead bytes of Western letters and of typography. The others are looked for all at once."""

Sequence = tuple[bytes, bytes, bytes]
"""A lead, the pattern of what follows it, and the pattern of what stands before it, if any."""


Tail = tuple[bytes, bytes]
"""What follows a lead, and what stands before it."""


class Sequences:
    """Says whether a text holds one of many sequences."""

    def __init__(self, sequences: Iterable[Sequence]) -> None:
        tails: dict[bytes, set[Tail]] = {}
        for lead, tail, after in sequences:
            tails.setdefault(lead, set()).add((tail, after))
        self._leads: dict[int, list[tuple[bytes, Callable[[], re.Pattern[bytes]] | None]]] = {}
        for lead, own in sorted(tails.items()):
            # A pattern is compiled only when its lead occurs, which many never do.
            pattern = None if (b"", b"") in own else cache(partial(_pattern, lead, own))
            self._leads.setdefault(lead[0], []).append((lead, pattern))
        self._relaxed = cache(partial(_relaxed, tails))
        self._firsts = bytes(self._leads)
        self._seldom = bytes(first for first in self._leads if first not in _OFTEN)

    def found(self, text: bytes) -> bool:
        """Whether one of the sequences is in `text`."""
        head = text[:_SAMPLE]
        if sum(map(head.count, _BUSY)) * _DENSE > len(head) and not self._relaxed()(text):
            return False
        firsts = self._firsts if find_first_of(text, self._seldom) >= 0 else _OFTEN
        for first in firsts:
            if find(text, bytes((first,))) < 0:
                continue
            for lead, pattern in self._leads.get(first, ()):
                at = find(text, lead)
                if at < 0:
                    continue
                if pattern is None:
                    return True
                if _matches(pattern(), text, lead, at):
                    return True
        return False


def _matches(pattern: re.Pattern[bytes], text: bytes, lead: bytes, at: int) -> bool:
    """Whether the pattern matches at `at`, or at one of the places of its lead after it."""
    for _ in range(_FEW):
        if pattern.match(text, at):
            return True
        at = find(text, lead, at + 1)
        if at < 0:
            return False
    return pattern.search(text, at) is not None


def _relaxed(tails: Mapping[bytes, set[Tail]]) -> Callable[[bytes], bool]:
    """One search, in one pass, that finds all that the sequences find, and a little more.

    It knows nothing of what a tail looks ahead or back for, but at its very end.
    """
    ways = [
        _escaped(after + re.escape(lead) + b"(?:" + _LOOK.sub(_consumed, tail) + b")")
        for lead, own in sorted(tails.items())
        for tail, after in sorted(own)
    ]
    return byte_finder(b"|".join(ways))


def _consumed(look: re.Match[bytes]) -> bytes:
    """A look ahead at the end as what it looks for, any other as nothing."""
    last = look.end() == len(look.string) and look.group().startswith(b"(?=")
    return b"(?:" + look.group()[3:] if last else b""


def _escaped(pattern: bytes) -> bytes:
    """The pattern in ASCII, as RE2 wants it."""
    return b"".join(b"\\x%02x" % byte if byte > 0x7F else b"%c" % byte for byte in pattern)


def _pattern(lead: bytes, tails: set[Tail]) -> re.Pattern[bytes]:
    """The lead and all that may follow it, anywhere or after what is beyond ASCII."""
    start = re.escape(lead)
    plain = [tail for tail, after in sorted(tails) if not after]
    joined = [(tail, after) for tail, after in sorted(tails) if after]
    ways = [_guard(plain) + b"(?:" + b"|".join(plain) + b")"] if plain else []
    if joined:
        guard = b"(?<=[\x80-\xff]" + start + b")" + _guard([tail for tail, _ in joined])
        behind = (b"(?<=%b%b)(?:%b)" % (after, start, tail) for tail, after in joined)
        ways.append(guard + b"(?:" + b"|".join(behind) + b")")
    return re.compile(start + b"(?:" + b"|".join(ways) + b")")


def _guard(tails: Iterable[bytes]) -> bytes:
    """A look at the next byte that passes by what no tail begins with."""
    firsts = {_first(tail) for tail in tails}
    if b"" in firsts or len(firsts) < 2:
        return b""
    return b"(?=[" + b"".join(sorted(firsts)) + b"])"


def _first(tail: bytes) -> bytes:
    """The byte or the inside of the class that a tail begins with; empty when that is not clear."""
    first = _FIRST.match(tail)
    rest, count = _CLASS_OR_ESCAPE.sub(b"", tail), 1
    while count:
        rest, count = _GROUP.subn(b"", rest)
    return first[1].strip(b"[]") if first and b"|" not in rest else b""
