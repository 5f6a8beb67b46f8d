"""Counts, for charts, how the files of a corpus are written. Nothing is checked."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from ..file.reading import read_start
from ..text.scripts import script_of
from .inventory import inspect_file

SIZES: Final = (
    (1_000, "under 1 kB"),
    (10_000, "1 to 10 kB"),
    (100_000, "10 to 100 kB"),
    (1_000_000, "100 kB to 1 MB"),
    (10_000_000, "1 to 10 MB"),
    (100_000_000, "10 to 100 MB"),
)
LARGEST: Final = "over 100 MB"

LETTERS: Final = 100
"""About how many letters of a file are looked up for their script, spread over its head."""

HEAD: Final = 1 << 14
"""Bytes at the beginning of a file in which its letters are looked for."""

NONE: Final = "no letters"
NOT_READ: Final = "not UTF-8"

_ONE_SCRIPT: Final = {
    "CJK": "Han and Kana",
    "HIRAGANA": "Han and Kana",
    "KATAKANA": "Han and Kana",
    "IDEOGRAPHIC": "Han and Kana",
    "FULLWIDTH": "Latin",
    "FEMININE": "Latin",
    "MASCULINE": "Latin",
    "MICRO": "Greek",
}
"""By the first word of a letter's name, where that does not name its script: the script."""


class Stock(Struct, frozen=True):
    """How many files there are, by encoding, line ends, size, and the script of most letters."""

    encodings: Mapping[str, int]
    newlines: Mapping[str, int]
    sizes: Mapping[str, int]
    scripts: Mapping[str, int]


def stock(paths: Iterable[bytes]) -> Stock:
    """Count how these files are written. Each is read again; one that cannot be read is counted."""
    encodings: Counter[str] = Counter()
    newlines: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    scripts: Counter[str] = Counter()
    for path in paths:
        kind, size = inspect_file(path)
        encodings[kind.encoding + (" with a byte order mark" if kind.bom else "")] += 1
        newlines[kind.newline or "none"] += 1
        sizes[next((words for limit, words in SIZES if size < limit), LARGEST)] += 1
        scripts[_script(path, kind.encoding)] += 1
    order = [*(words for _, words in SIZES), LARGEST]
    by_size = {words: sizes[words] for words in order if words in sizes}
    return Stock(_most(encodings), _most(newlines), by_size, _most(scripts))


def _most(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _script(path: bytes, encoding: str) -> str:
    """The script of most letters at the beginning of a file, or NOT_READ, or NONE."""
    if encoding not in ("UTF-8", "US-ASCII"):
        return NOT_READ
    try:
        head = read_start(path)[:HEAD]
    except OSError:
        return NOT_READ
    letters = [one for one in head.decode("utf-8", "ignore") if one.isalpha()]
    step = 1 + len(letters) // LETTERS
    names = Counter(map(_script_of, letters[::step]))
    return names.most_common(1)[0][0] if names else NONE


def _script_of(letter: str) -> str:
    """The script of a letter, by the first word of its name (Unicode Standard, 4.8)."""
    word = script_of(letter).partition("-")[0] or "other"
    return _ONE_SCRIPT.get(word, word.capitalize())


def size_of(path: str) -> int:
    """The bytes of a file; 0 if they cannot be told."""
    try:
        return os.path.getsize(path)
    except (OSError, ValueError):
        return 0
