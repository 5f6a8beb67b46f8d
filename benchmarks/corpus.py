"""Makes corpora from a fixed random seed: the same bytes on every machine."""

from __future__ import annotations

import random
from pathlib import Path

_SYLLABLES = (
    "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo za ber den fin gor las mon".split()
)
_ACCENTED = ["é", "è", "ü", "ß", "ñ", "ø", "—", "“", "”", "…", "€"]


def words(source: random.Random, count: int) -> list[str]:
    """Invented words of one to four syllables."""
    return ["".join(source.choices(_SYLLABLES, k=source.randint(1, 4))) for _ in range(count)]


def document(source: random.Random, vocabulary: list[str], size: int, accents: bool) -> bytes:
    """A title line and lines of a sentence each, about `size` bytes, LF, no final newline."""
    lines = [" ".join(source.choices(vocabulary, k=7)).title()]
    length = len(lines[0])
    while length < size:
        sentence = source.choices(vocabulary, k=source.randint(8, 30))
        if accents:
            sentence[source.randrange(len(sentence))] += source.choice(_ACCENTED)
        lines.append(" ".join(sentence).capitalize() + ".")
        length += len(lines[-1]) + 1
    return "\n".join(lines).encode()


def seeds(folder: Path, count: int, accents: int = 4, seed: int = 20261122) -> list[Path]:
    """`count` seeds of 2 to 3 KB in `folder`, one in `accents` of them beyond ASCII (0: none)."""
    source = random.Random(seed)
    vocabulary = words(source, 3000)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for index in range(count):
        data = document(
            source,
            vocabulary,
            source.randint(2000, 3000),
            accents=accents > 0 and index % accents == 0,
        )
        path = folder / f"{index:03d}_{source.getrandbits(64):016x}.txt"
        path.write_bytes(data)
        paths.append(path)
    return paths
