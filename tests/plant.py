"""Plants faults into clean files of real repositories: is each of them found, at its line?

    python -m tests.plant DIR... --seed 7 --count 300

Each DIR is taken under built-in profiles by the suffixes of its files, `DIR=PROFILE` under one. Of
its clean files so many are drawn with the seed for each kind of fault; each gets one fault, at a
line that is drawn, too. Printed are, for each kind, how many were found at that line, how many
findings stand beside them, and the first files in which a fault was not found.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from validator import Checker
from validator.encoding.utf8 import is_utf8
from validator.model import Diagnostic

PROFILES: Final = {
    ".md": "markdown", ".mdx": "markdown", ".rst": "text", ".txt": "text", ".adoc": "text",
    ".mediawiki": "text", ".jsonl": "jsonl",
}  # fmt: skip
"""The profile that a file is taken under, by its suffix."""

MOST_BYTES: Final = 200_000
SHOWN: Final = 5
_TOLD_LINES: Final = re.compile(r"\blines? ((?:[0-9]+(?:, | and | to )?)+)")
_WORD: Final = re.compile(rb"(?<![\\`<&%{$@/#*_.:=A-Za-z\x80-\xff])[a-z]{3,}(?![A-Za-z\x80-\xff])")


class File(Struct, frozen=True):
    """A clean file, and who checks it."""

    path: Path
    data: bytes
    checker: Checker


class Planted(Struct, frozen=True):
    """A file with a fault, which is to be found in each of these lines (0: anywhere)."""

    data: bytes
    rows: tuple[int, ...]


Plant = Callable[[bytes, random.Random], Planted | None]


def _row(data: bytes, at: int) -> int:
    return len(re.findall(rb"\r\n?|\n", data[:at])) + 1


def in_word(sign: str | bytes) -> Plant:
    """A sign within a word."""
    written = sign if isinstance(sign, bytes) else sign.encode()

    def plant(data: bytes, chance: random.Random) -> Planted | None:
        words = [*_WORD.finditer(data)]
        if not words:
            return None
        at = chance.choice(words).start() + 2
        return Planted(data[:at] + written + data[at:], (_row(data, at),))

    return plant


def instead(letter: bytes, sign: str) -> Plant:
    """A sign in the place of a letter of a word."""

    def plant(data: bytes, chance: random.Random) -> Planted | None:
        words = [one for one in _WORD.finditer(data) if letter in one.group()[1:]]
        if not words:
            return None
        word = chance.choice(words)
        at = word.start() + 1 + word.group()[1:].index(letter)
        return Planted(data[:at] + sign.encode() + data[at + 1 :], (_row(data, at),))

    return plant


def _lines(data: bytes) -> list[int]:
    """The starts of lines that hold a word, with an empty line before and after them."""
    found = re.finditer(rb"(?<=\n\n)[A-Z][a-z]+ [^\r\n]+(?=\n\n)", data)
    return [one.start() for one in found]


def conflict(data: bytes, chance: random.Random) -> Planted | None:
    """The two sides of a merge that was not ended, around a paragraph of one line."""
    starts = _lines(data)
    if not starts:
        return None
    at = chance.choice(starts)
    end = data.index(b"\n", at) + 1
    line, row = data[at:end], _row(data, at)
    sides = b"<<<<<<< HEAD\n" + line + b"=======\n" + line + b">>>>>>> topic\n"
    return Planted(data[:at] + sides + data[end:], (row, row + 2, row + 4))


def doubled(data: bytes, chance: random.Random) -> Planted | None:
    """The document a second time."""
    whole = data if data.endswith(b"\n") else data + b"\n"
    return Planted(whole + whole, (_row(whole, len(whole)),))


def one_line_end(data: bytes, chance: random.Random) -> Planted | None:
    """CRLF at the end of one line."""
    ends = [one.start() for one in re.finditer(rb"(?<=[a-z.])\n", data)]
    if len(ends) < 3:
        return None
    at = chance.choice(ends)
    return Planted(data[:at] + b"\r" + data[at:], (_row(data, at),))


def utf16(data: bytes, chance: random.Random) -> Planted | None:
    """The file in UTF-16."""
    return Planted(data.decode().encode("utf-16"), (1,))


def latin(data: bytes, chance: random.Random) -> Planted | None:
    """The file in windows-1252."""
    text = data.decode()
    if len(data) - len(text) < 3:
        return None
    try:
        return Planted(text.encode("cp1252"), (0,))
    except UnicodeEncodeError:
        return None


KINDS: Final[dict[str, Plant]] = {
    "invalid byte": in_word(b"\xff"),
    "byte of windows-1252": in_word(b"\xe9"),
    "NUL": in_word("\0"),
    "U+FEFF": in_word("\ufeff"),
    "zero width space": in_word("\u200b"),
    "word joiner": in_word("\u2060"),
    "U+202E": in_word("\u202e"),
    "U+2028": in_word("\u2028"),
    "tag character": in_word("\U000e0041"),
    "U+FFFD": in_word("\ufffd"),
    "C1 control": in_word("\x93"),
    "ESC": in_word("\x1b"),
    "lone CR": in_word("\r"),
    "special token": in_word(" <|endoftext|> "),
    "homoglyph": instead(b"a", "а"),
    "letter and accent": instead(b"e", "e\u0301"),
    "double-encoded letter": instead(b"e", "Ã©"),
    "one CRLF": one_line_end,
    "conflict markers": conflict,
    "document twice": doubled,
    "file in UTF-16": utf16,
    "file in windows-1252": latin,
}


def clean_files(places: Sequence[str], most: int, chance: random.Random) -> list[File]:
    """Files that have no finding, from all places alike."""
    checkers: dict[str, Checker] = {}
    found: list[File] = []
    for place in places:
        folder, _, chosen = place.partition("=")
        paths = sorted(one for one in Path(folder).rglob("*") if one.is_file())
        chance.shuffle(paths)
        clean = 0
        for path in paths:
            name = chosen or PROFILES.get(path.suffix, "")
            if not name or clean >= most or path.stat().st_size > MOST_BYTES:
                continue
            checker = checkers.setdefault(name, Checker(name))
            data = path.read_bytes()
            if data and is_utf8(data) and not checker.check(data).diagnostics:
                found.append(File(path, data, checker))
                clean += 1
    return found


def is_found(planted: Planted, said: Sequence[Diagnostic]) -> bool:
    """Whether a finding stands at each of the lines, or is about each of them."""
    rows = {one.location.row for one in said}
    rows |= {two.location.row for one in said for two in one.related if two.location}
    told = " ".join(f"{one.message} {' '.join(one.notes)}" for one in said)
    for numbers in _TOLD_LINES.findall(told):
        rows |= {int(number) for number in re.findall("[0-9]+", numbers)}
    return bool(said) and all(not row or row in rows for row in planted.rows)


def report(files: Sequence[File], count: int, seed: int) -> Iterator[str]:
    """What the command prints, a kind after the other."""
    yield f"{len(files)} clean files\n{'':24}{'planted':>9}{'found':>8}{'beside':>8}"
    for kind, plant in KINDS.items():
        chance = random.Random(f"{seed} {kind}")
        tried = found = beside = 0
        missed: list[str] = []
        for file in chance.sample(files, len(files)):
            planted = plant(file.data, chance)
            if planted is None or tried == count:
                continue
            tried += 1
            said = file.checker.check(planted.data).diagnostics
            beside += max(0, len(said) - 1)
            if is_found(planted, said):
                found += 1
            else:
                missed.append(f"{file.path}:{planted.rows[0]}")
        yield f"{kind:24}{tried:9}{found:8}{beside:8}"
        yield from (f"    not found: {one}" for one in missed[:SHOWN])


def main(words: Sequence[str]) -> Iterator[str]:
    """What the command prints."""
    parser = argparse.ArgumentParser(prog="python -m tests.plant", description=__doc__)
    parser.add_argument("places", nargs="+", metavar="DIR[=PROFILE]")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=300)
    asked = parser.parse_args(words)
    files = clean_files(asked.places, asked.count, random.Random(asked.seed))
    yield from report(files, asked.count, asked.seed)


if __name__ == "__main__":
    for line in main(sys.argv[1:]):
        sys.stdout.write(f"{line}\n")
