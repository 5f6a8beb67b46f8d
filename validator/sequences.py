"""Searches for sequences beyond ASCII, at the speed of what clean text has few of.

`re` looks for the literal that a pattern begins with at 2.5 GB/s whatever follows it, stringzilla
at 20; but each call of it costs a step of Python. So a lead is looked up by stringzilla, and where
it is frequent after all, `re` goes on from there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from stringzilla import find

_FIRST: Final = re.compile(rb"(\[[^\]^]+\]|\\x[0-9a-f]{2}|[\x80-\xff])(?![?*{])")
_CLASS_OR_ESCAPE: Final = re.compile(rb"\\.|\[[^\]]+\]", re.DOTALL)
_GROUP: Final = re.compile(rb"\([^()]*\)")

_FEW: Final = 16
"""Times that a lead is looked up on its own: then `re` takes over."""

Search = Callable[[bytes, int], object]
"""Whether a text holds a sequence, from an offset on."""


def by_lead(sequences: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, tuple[Search, ...]]]:
    """For each first byte of a lead the searches for the leads that begin with it.

    `sequences` are leads and the patterns of what follows them.
    """
    tails: dict[bytes, set[bytes]] = {}
    for lead, tail in sequences:
        tails.setdefault(lead, set()).add(tail)
    searches: dict[bytes, list[Search]] = {}
    for lead, own in sorted(tails.items()):
        searches.setdefault(lead[:1], []).append(_search(lead, own))
    return [(first, tuple(own)) for first, own in searches.items()]


def _search(lead: bytes, tails: set[bytes]) -> Search:
    """The one search for a lead and all that may follow it."""
    if b"" in tails:
        return lambda text, at: find(text, lead, at) >= 0
    firsts = {_first(tail) for tail in tails}
    guard = (
        b"(?=[" + b"".join(sorted(firsts)) + b"])" if b"" not in firsts and len(tails) > 1 else b""
    )
    alternatives = b"(?:" + b"|".join(sorted(tails)) + b")"
    source = re.escape(lead) + guard + alternatives

    def search(text: bytes, at: int) -> object:
        pattern = re.compile(source)  # once in a process, and only where the lead ever occurs
        for _ in range(_FEW):
            at = find(text, lead, at)
            if at < 0:
                return False
            if pattern.match(text, at):
                return True
            at += 1
        return pattern.search(text, at)

    return search


def _first(tail: bytes) -> bytes:
    """The byte or the inside of the class that a tail begins with; empty when that is not clear."""
    first = _FIRST.match(tail)
    rest, count = _CLASS_OR_ESCAPE.sub(b"", tail), 1
    while count:
        rest, count = _GROUP.subn(b"", rest)
    return first[1].strip(b"[]") if first and b"|" not in rest else b""
