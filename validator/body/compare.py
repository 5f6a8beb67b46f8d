"""Two texts that should be equal: where they begin to differ, in words."""

from __future__ import annotations

from typing import Final

from ..text.visible import visible

SHOWN: Final = 60
"""Characters of a line that a message shows."""


def difference(found: str, expected: str) -> str:
    """How `found` differs from `expected`, in words; empty if only blanks around them differ."""
    found = found.replace("\r\n", "\n").replace("\r", "\n").strip()
    expected = expected.strip()
    if found == expected:
        return ""
    if not found:
        return "there is none"
    pairs = zip(found.split("\n"), expected.split("\n"), strict=False)
    differ = next((pair for pair in pairs if pair[0] != pair[1]), None)
    if differ:
        one, two = _around(*differ)
        return f"expected `{two}`, found `{one}`"
    return "more follows it" if len(found) > len(expected) else "it ends too early"


def _around(one: str, two: str) -> tuple[str, str]:
    """Two lines, cut to where they begin to differ."""
    pairs = enumerate(zip(one, two, strict=False))
    at = next((k for k, pair in pairs if pair[0] != pair[1]), min(len(one), len(two)))
    begin = max(0, at - SHOWN // 3) if max(len(one), len(two)) > SHOWN else 0
    return _cut(one, begin), _cut(two, begin)


def _cut(line: str, begin: int) -> str:
    shown = visible(line[begin : begin + SHOWN])
    return f"{'…' if begin else ''}{shown}{'…' if len(line) > begin + SHOWN else ''}"
