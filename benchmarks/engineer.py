"""Prints what a data engineer asks of `Checker`: documents a second, and memory as they go by.

    python -m benchmarks.engineer -n 1000000

Made documents go through one checker, each in its turn and then by `check_many`, beside a run over
the same documents as files in this process; one in ten has a fault. Then as many as are wanted go
through `check_many` as a stream, and the resident memory is printed ten times.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from validator import Checker, check_paths, load_profile

from .corpus import document, words
from .longlived import resident

MADE: Final = 2000
"""Documents that differ; a stream goes over them again, each with another last line."""

HEADS: Final = {"text": b"", "markdown": b"---\ntitle: A title\ndate: 2026-01-01\n---\n\n"}


def main() -> None:
    """Make the documents, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engineer", description=__doc__)
    parser.add_argument("-n", "--number", type=int, default=1_000_000, help="of the stream")
    parser.add_argument("-r", "--rounds", type=int, default=3, help="rounds; the best one counts")
    options = parser.parse_args()
    for name, head in HEADS.items():
        rates(name, made(head), options.rounds)
    stream(made(b""), options.number)


def made(head: bytes) -> list[bytes]:
    """Documents of 2 to 3 KB; one in ten has two blanks at the end of a line and an invisible."""
    source = random.Random(20261130)
    vocabulary = words(source, 3000)
    found = []
    for number in range(MADE):
        text = head + document(source, vocabulary, source.randint(2000, 3000), number % 4 == 0)
        found.append(text + "  \u200b\n".encode() if number % 10 == 3 else text + b"\n")
    return found


def rates(name: str, documents: list[bytes], rounds: int) -> None:
    """One by one, many at once, and as files."""
    profile = load_profile(name)
    checker = Checker(profile)
    suffix = {"text": "txt", "markdown": "md"}[name]
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(documents):
            (Path(folder) / f"{number:04d}.{suffix}").write_bytes(data)
        works: dict[str, Callable[[], int]] = {
            "check_paths": lambda: len(list(check_paths([folder], profile).diagnostics())),
            "check_many": lambda: sum(
                len(one.diagnostics) for one in checker.check_many(documents)
            ),
            "check": lambda: sum(len(checker.check(one).diagnostics) for one in documents),
        }
        print(f"{name}: {MADE} documents, best of {rounds}, processor time")
        for label, work in works.items():
            seconds = min(_timed(work) for _ in range(rounds))
            print(f"  {label:12}{seconds / MADE * 1e6:8.1f} us{MADE / seconds:10.0f} a second")


def _timed(work: Callable[[], int]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def stream(documents: list[bytes], number: int) -> None:
    """So many through `check_many`, and the memory of the process as they go by."""
    checker, started, findings = Checker("text"), time.perf_counter(), 0
    print(f"{'documents':>10}{'findings':>10}{'MiB':>8}{'a second':>10}")
    for at, result in enumerate(checker.check_many(_endless(documents, number)), 1):
        findings += len(result.diagnostics)
        if at == 1000 or at % max(1, number // 10) == 0:
            rate = at / (time.perf_counter() - started)
            print(f"{at:10}{findings:10}{resident():8.1f}{rate:10.0f}", flush=True)


def _endless(documents: list[bytes], number: int) -> Iterator[tuple[str, bytes]]:
    for at in range(number):
        yield f"{at}.txt", documents[at % len(documents)] + b"Number %d.\n" % at


if __name__ == "__main__":
    main()
