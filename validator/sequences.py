"""Searches for sequences beyond ASCII, at the speed of what clean text has few of.

`re` looks for the literal that a pattern begins with at 2.5 GB/s whatever follows it, stringzilla
at 20; but each call of it costs a step of Python. So a lead is looked up by stringzilla, and where
it is frequent after all, `re` goes on from there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Final

from stringzilla import find

_FIRST: Final = re.compile(rb"(\[[^\]^]+\]|\\x[0-9a-f]{2}|[\x80-\xff])(?![?*{])")
_CLASS_OR_ESCAPE: Final = re.compile(rb"\\.|\[[^\]]+\]", re.DOTALL)
_GROUP: Final = re.compile(rb"\([^()]*\)")

_FEW: Final = 16
"""Times that a lead is looked up on its own: then `re` takes over."""

Search = Callable[[bytes, int], object]
"""Whether a text holds a sequence, from an offset on."""


Sequence = tuple[bytes, bytes, bool]
"""A lead, the pattern of what follows it, and whether it stands after a byte beyond ASCII."""


def by_lead(sequences: Iterable[Sequence]) -> list[tuple[bytes, tuple[Search, ...]]]:
    """For each first byte of a lead the searches for the leads that begin with it."""
    tails: dict[bytes, tuple[set[bytes], set[bytes]]] = {}
    for lead, tail, joined in sequences:
        tails.setdefault(lead, (set(), set()))[joined].add(tail)
    searches: dict[bytes, list[Search]] = {}
    for lead, (own, joined_ones) in sorted(tails.items()):
        searches.setdefault(lead[:1], []).append(_search(lead, own, joined_ones))
    return [(first, tuple(own)) for first, own in searches.items()]


def _search(lead: bytes, tails: set[bytes], joined: set[bytes]) -> Search:
    """The one search for a lead and all that may follow it, anywhere or after what is not ASCII."""
    if b"" in tails:
        return lambda text, at: find(text, lead, at) >= 0
    ways = [_guarded(tails)] if tails else []
    if joined:
        ways.append(b"(?<=[\x80-\xff]" + re.escape(lead) + b")" + _guarded(joined))
    source = re.escape(lead) + b"(?:" + b"|".join(ways) + b")"

    compiled = cache(partial(re.compile, source))  # only where the lead ever occurs

    def search(text: bytes, at: int) -> object:
        at = find(text, lead, at)
        if at < 0:
            return False
        pattern = compiled()
        for _ in range(_FEW):
            if pattern.match(text, at):
                return True
            at = find(text, lead, at + 1)
            if at < 0:
                return False
        return pattern.search(text, at)

    return search


def _guarded(tails: set[bytes]) -> bytes:
    """One of the tails, with one look at the next byte before they are tried."""
    return _guard(tails) + b"(?:" + b"|".join(sorted(tails)) + b")"


def _guard(tails: set[bytes]) -> bytes:
    """A look at the next byte that passes by what no tail begins with."""
    firsts = {_first(tail) for tail in tails}
    if b"" in firsts or len(tails) < 2:
        return b""
    return b"(?=[" + b"".join(sorted(firsts)) + b"])"


def _first(tail: bytes) -> bytes:
    """The byte or the inside of the class that a tail begins with; empty when that is not clear."""
    first = _FIRST.match(tail)
    rest, count = _CLASS_OR_ESCAPE.sub(b"", tail), 1
    while count:
        rest, count = _GROUP.subn(b"", rest)
    return first[1].strip(b"[]") if first and b"|" not in rest else b""
