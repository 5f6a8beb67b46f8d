"""Prints how fast clean text is screened: `python -m benchmarks.screens`.

Files of 60 to 65 KB, in the cache, on one core, with all default rules of the profile `text`: UTF-8
validation and the search for every clue. "Beyond" is the part of it that seeks sequences beyond
ASCII in the steps of `docs/screens.md`, "one pass" what could stand in its place: all sequences as
one pattern of RE2. Beside them what `isutf8`, `iconv` and `file` take for the same text as a file
of 64 MiB, where they are installed (whole processes).
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import validator
from validator.check.screens import Screens, screens
from validator.encoding.utf8 import is_utf8
from validator.run.assemble import bind

from .corpus import document, words
from .texts import LANGUAGES, sentences

WINDOW, FILE = 60_000, 1 << 26
WESTERN = ("German", "French", "Spanish", "Portuguese", "Swedish")
CJK = ("Chinese", "Japanese", "Korean")
TOOLS = {
    "isutf8": ["isutf8"],
    "iconv": ["iconv", "-f", "utf8", "-t", "utf8"],
    "file": ["file", "--brief", "--mime-encoding"],
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screens", description=__doc__)
    parser.add_argument("-r", "--rounds", type=int, default=7, help="rounds; the best one counts")
    options = parser.parse_args()
    asked = screens(bind(validator.load_profile("text"), []))
    tools = {name: command for name, command in TOOLS.items() if shutil.which(command[0])}
    print(
        f"{'GB/s':22}{'validate':>10}{'screen':>10}{'both':>10}{'beyond':>10}{'one pass':>10}"
        + "".join(f"{t:>10}" for t in tools)
    )
    single = []
    for label, window in texts():
        if asked.suspicious(window):
            print(f"{label:22} is looked at twice")
            continue
        row(label, [window], asked, tools, options.rounds)
        single += [window] if label in LANGUAGES else []
    row("mixed, one a text", single, asked, tools, options.rounds)


def row(
    label: str,
    windows: Sequence[bytes],
    asked: Screens,
    tools: Mapping[str, Sequence[str]],
    rounds: int,
) -> None:
    """Print the figures of texts that are checked one after the other."""
    works: tuple[Callable[[bytes], object], ...] = (
        is_utf8,
        asked.suspicious,
        lambda window: asked.clean([window]),
        asked.suspicious.sequences.found,
        asked.suspicious.sequences.in_one_pass,
    )
    size = sum(map(len, windows))
    figures = [rate(partial(_each, work, windows), size, rounds) for work in works]
    figures += [tool_rate(command, b"".join(windows)) for command in tools.values()]
    print(f"{label:22}" + "".join(f"{figure:10.2f}" for figure in figures))


def _each(work: Callable[[bytes], object], windows: Sequence[bytes]) -> None:
    for window in windows:
        work(window)


def texts() -> Iterator[tuple[str, bytes]]:
    """A window of each kind of clean text."""
    import random

    source = random.Random(1)
    yield "ASCII", document(source, words(source, 3000), WINDOW, accents=False)
    yield "Western, 2 % beyond", document(source, words(source, 3000), WINDOW, accents=True)
    kinds: dict[str, Sequence[str]] = {"Western, 7 % beyond": WESTERN, "CJK": CJK}
    kinds |= {name: (name,) for name in LANGUAGES}
    kinds["mixed, all in a text"] = LANGUAGES
    for label, languages in kinds.items():
        lines = [line for name in languages for line in sentences(name)]
        text = "\n".join(lines).encode() + b"\n"
        yield label, b"0.\n" + text * (WINDOW // len(text))  # else it is a document that is doubled


def rate(work: Callable[[], object], size: int, rounds: int) -> float:
    """GB/s of the best round."""
    best = float("inf")
    for _ in range(rounds):
        started = time.perf_counter()
        for _ in range(20):
            work()
        best = min(best, (time.perf_counter() - started) / 20)
    return size / best / 1e9


def tool_rate(command: Sequence[str], window: bytes) -> float:
    """GB/s of a tool on a file that repeats the window."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        data = window * (FILE // len(window))
        path.write_bytes(data)
        started = time.perf_counter()
        subprocess.run([*command, str(path)], stdout=subprocess.DEVNULL, check=True)
        return len(data) / (time.perf_counter() - started) / 1e9


if __name__ == "__main__":
    main()
