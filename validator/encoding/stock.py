"""How the files of a corpus are written, as counts for pictures: nothing is judged."""

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
"""Letters of a file that are asked for their script, spread over its head."""

HEAD: Final = 1 << 14
"""Bytes at the head of a file in which its letters are sought."""

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
"""First words of the names of letters that are not the name of their script."""


class Stock(Struct, frozen=True):
    """Files by encoding, by line ends, by size and by the script of most of their letters."""

    encodings: Mapping[str, int]
    newlines: Mapping[str, int]
    sizes: Mapping[str, int]
    scripts: Mapping[str, int]


def stock(paths: Iterable[bytes]) -> Stock:
    """Take stock of these files. Each is read once more; one that cannot be read is counted."""
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
    """The script of most letters in the head of a file."""
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
    """By the first word of its name: `CYRILLIC SMALL LETTER A` (Unicode Standard, 4.8)."""
    word = script_of(letter).partition("-")[0] or "other"
    return _ONE_SCRIPT.get(word, word.capitalize())


def size_of(path: str) -> int:
    """Bytes of a file; 0 where nobody can say."""
    try:
        return os.path.getsize(path)
    except (OSError, ValueError):
        return 0
