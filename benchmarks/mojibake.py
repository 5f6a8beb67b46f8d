"""Prints what `mojibake` finds, rightly and wrongly: `python -m benchmarks.mojibake [PATH...]`.

Recall: clean lines, each misread once in each encoding; a line counts when the screen sees it and
something is found (`found`), and when exactly the clean line comes back (`restored`). False
findings: the same lines as they are, those that look like trouble, and, for each PATH, the lines
beyond ASCII of the text files below it. Speed: the clues alone, on clean text, in cache.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from validator.encoding.mojibake.clues import CLUES
from validator.encoding.mojibake.codec_tables import CODECS, WHOLE_LINE, misread
from validator.encoding.mojibake.repair import repair
from validator.text.screen.screen import Screen

from .texts import LANGUAGES, TRICKY, dressed

NAMES = (*CODECS, *WHOLE_LINE)
SPEED_BYTES = 1 << 20
screen = Screen(CLUES)


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mojibake", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, help="files and folders of clean text")
    options = parser.parse_args()
    texts = {language: list(dressed(language)) for language in LANGUAGES}
    recall(texts)
    print(f"\n{'clean lines':16}{'lines':>9}{'screened':>10}{'found':>7}")
    for name, lines in {**texts, "tricky": list(TRICKY)}.items():
        false(name, lines)
    for path in options.paths:
        false(str(path), set(lines_below(path)))
    print(f"\n{'clues on':16}{'GB/s':>7}{'us / 2.5 KB':>13}")
    for name, lines in texts.items():
        speed(name, [line for line in lines if not screen(line.encode())])


def recall(texts: dict[str, list[str]]) -> None:
    """Percent of lines found / restored, by language and encoding."""
    print(f"{'found/restored %':16}" + "".join(f"{name:>14}" for name in NAMES))
    total = dict.fromkeys(NAMES, (0, 0, 0))
    for language, lines in texts.items():
        cells = []
        for name in NAMES:
            counts = count([line for line in lines if not line.isascii()], name)
            total[name] = (
                total[name][0] + counts[0],
                total[name][1] + counts[1],
                total[name][2] + counts[2],
            )
            cells.append(percent(counts))
        print(f"{language:16}" + "".join(f"{cell:>14}" for cell in cells))
    print(f"{'all':16}" + "".join(f"{percent(total[name]):>14}" for name in NAMES))


def count(lines: Sequence[str], name: str) -> tuple[int, int, int]:
    """How many lines there are, are found, and are restored."""
    found = restored = 0
    for line in lines:
        damaged = misread(line, name)
        repaired = repair(damaged) if screen(damaged.encode()) else None
        found += repaired is not None
        restored += repaired is not None and repaired.original == line
    return len(lines), found, restored


def percent(counts: tuple[int, int, int]) -> str:
    """`99.1/98.7`."""
    lines, found, restored = counts
    return f"{100 * found / lines:.1f}/{100 * restored / lines:.1f}"


def false(name: str, lines: Iterable[str]) -> None:
    """What is found in clean lines, with and without the screen before it."""
    total = screened = 0
    found = []
    for line in lines:
        total += 1
        screened += screen(line.encode())
        repaired = repair(line)
        if repaired:
            found.append(repaired)
    print(f"{name[-15:]:16}{total:9}{screened:10}{len(found):7}")
    for one in found:
        for word in one.words()[:1]:
            print(f"    {word.text!a} -> {word.original!a} ({', '.join(word.codecs)})")


def lines_below(path: Path) -> Iterator[str]:
    """Lines beyond ASCII of the UTF-8 files below `path`."""
    for file in [path] if path.is_file() else sorted(path.rglob("*")):
        try:
            data = file.read_bytes() if file.is_file() else b""
            text = "" if b"\0" in data else data.decode()
        except (OSError, UnicodeDecodeError):
            continue
        yield from (line for line in text.split("\n") if not line.isascii())


def speed(name: str, lines: Sequence[str]) -> None:
    """Of the screen, on one large text and on texts of the size of a seed."""
    text = "\n".join(lines).encode()
    large = text * (SPEED_BYTES // len(text) + 1)
    small = large[:2500].decode("utf-8", "ignore").encode()
    assert not screen(large)
    whole = best(large, 20)
    print(f"{name:16}{len(large) / whole / 1e9:7.2f}{best(small, 200) * 1e6:13.2f}")


def best(text: bytes, rounds: int) -> float:
    """Seconds of the shortest of `rounds` screenings."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        screen(text)
        times.append(time.perf_counter() - started)
    return min(times)


if __name__ == "__main__":
    main()
