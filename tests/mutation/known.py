"""Mutants that no test can kill, or need not: what they are, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_QUICK_LOOK: Final = (
    "a quick look that says yes too often: it costs time, and nothing is told of it"
)

KNOWN: Final[Mapping[tuple[str, str, str, str], str]] = {
    (
        "validator/body/markdown_links.py",
        "links_of",
        'block.type == "inline" and ("[" in block.content or "<" in block.content)',
        "(block.type == 'inline')",
    ): _QUICK_LOOK,
    (
        "validator/encoding/legibility/languages.py",
        "_with_others",
        "size + STRANGE",
        "(size - STRANGE)",
    ): (
        "a price in the model of letters, that of a Latin word among others: what it does to "
        "answers is counted by `python -m benchmarks.encodings`, not told by one text"
    ),
    ("validator/encoding/declared.py", "_is_suspicious", "0", "-1"): _QUICK_LOOK,
    (
        "validator/encoding/utf16.py",
        "_leads",
        "most * 4 >= len(lane) * 3 and others * 2 < len(other)",
        "(most * 4 >= len(lane) * 3)",
    ): _QUICK_LOOK,
    ("validator/file/portable.py", "suspicious", "0", "1"): (
        "the first byte is the NUL before the first name, which is none of those that are sought"
    ),
    ("validator/file/walk.py", "Walk._wanted", "start < end", "(start <= end)"): (
        "a way around work on no names: it costs time, and nothing is told of it"
    ),
    (
        "validator/text/screen/sequences.py",
        "Sequences.__init__",
        "low <= first < high",
        "(low <= first <= high)",
    ): "a byte is looked for in two groups, and the answer is the same",
    ("validator/text/screen/sequences.py", "_Group.__init__", "1", "2"): (
        "in which of two orders sequences are looked for: the answer is the same"
    ),
}
"""By path, scope, text before and text after."""
