"""Prints what a second worker gains on large files, as whole processes, and whether output differs.

    python -m benchmarks.cores -m 60

Eight files in one directory, and one file that is as large as four of them; each clean, and with a
fault in one record of a thousand.
"""

from __future__ import annotations

import argparse
import filecmp
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

FAULTS = (
    (b'"n": ', b'"n": "', b'", "m": '),
    (b"\xc3\xa9", b"\xe9", b""),
    (b'"text"', b'"id"', b""),
    (b" ", b" \xe2\x80\x8b", b""),
)
"""What stands in a record, and what is put there instead."""


def main() -> None:
    """Make the files, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cores", description=__doc__)
    parser.add_argument("-m", "--megabytes", type=int, default=60, help="of each of eight files")
    parser.add_argument("-r", "--rounds", type=int, default=3, help="rounds; the best one counts")
    options = parser.parse_args()
    print(f"{'':22}{'MB':>6}{'jobs 1':>9}{'jobs 2':>9}{'times':>7}  output")
    for label, count, times, dirty in (
        ("eight files, clean", 8, 1, 0),
        ("eight files, dirty", 8, 1, 1000),
        ("one file, clean", 1, 4, 0),
        ("one file, dirty", 1, 4, 1000),
    ):
        with tempfile.TemporaryDirectory() as folder:
            size = options.megabytes * times * 1_000_000
            for number in range(count):
                with open(Path(folder) / f"{number}.jsonl", "wb") as file:
                    file.writelines(records(number, size, dirty))
            seconds = [_best(folder, jobs, options.rounds) for jobs in (1, 2)]
            same = filecmp.cmp(_told(folder, 1), _told(folder, 2), shallow=False)
            print(
                f"{label:22}{count * size // 1_000_000:6}{seconds[0]:8.2f}s{seconds[1]:8.2f}s"
                f"{seconds[0] / seconds[1]:7.2f}  {'the same' if same else 'DIFFERS'}",
                flush=True,
            )


def records(seed: int, size: int, dirty: int) -> Iterator[bytes]:
    """Records of 2 to 3 KB, so many bytes of them; one of `dirty` has a fault."""
    source = random.Random(seed)
    words = ["".join(source.choices("etaoinshrdlu", k=source.randint(2, 9))) for _ in range(3000)]
    words += ["café", "naïve"] * 20
    lines = [" ".join(source.choices(words, k=60)) for _ in range(300)]
    number = 0
    while size > 0:
        record = {
            "id": f"{seed}-{number:08d}",
            "source": "web",
            "text": "\n".join(source.choices(lines, k=source.randint(3, 9))) + " é",
            "score": source.random(),
            "n": source.randint(0, 9),
        }
        line = json.dumps(record, ensure_ascii=False).encode() + b"\n"
        number += 1
        if dirty and number % dirty == 0:
            old, new, after = FAULTS[number // dirty % len(FAULTS)]
            line = line.replace(old, new, 1)
            line = line.replace(b"}\n", after + b"1}\n") if after else line
        size -= len(line)
        yield line


def _best(folder: str, jobs: int, rounds: int) -> float:
    """Seconds of the quickest of some whole processes."""
    command = [sys.executable, "-m", "validator", "check", "--isolated", "--profile", "jsonl"]
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        _run([*command, "--jobs", str(jobs), "--output-format", "json-lines", folder], folder, jobs)
        times.append(time.perf_counter() - started)
    return min(times)


def _run(command: Sequence[str], folder: str, jobs: int) -> None:
    with open(_told(folder, jobs), "wb") as out:
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, check=False)
    assert done.returncode in (0, 1), done.stderr


def _told(folder: str, jobs: int) -> str:
    """Where the output of a run goes: beside the directory, so that it is not checked."""
    return f"{os.path.abspath(folder)}.{jobs}"


if __name__ == "__main__":
    main()
