"""Prints the memory of a process that checks byte strings, one after the other, for a long time.

    python -m benchmarks.longlived -n 300000

Each byte string is another one; after a hundred of them the profile is a fresh one, too. What is
printed is the resident set of the process as it goes on.
"""

from __future__ import annotations

import argparse
import os
import time
from datetime import date
from pathlib import Path
from typing import Final

from tests.support import profile
from validator import check_bytes
from validator.profile.resolve import Profile

TODAY: Final = date(2026, 1, 1)
OF_A_PROFILE: Final = 100
"""Byte strings that are checked under a profile before it is let go."""

TEXT: Final = """---
id: a-%d
title: A title
day: %s
---
# A title

## Abstract

Text number %d.%s
"""


def main() -> None:
    """Check, and print ten times how much memory it takes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.longlived", description=__doc__)
    parser.add_argument("-n", "--number", type=int, default=300_000, help="byte strings")
    options = parser.parse_args()
    print(f"{'byte strings':>14}{'findings':>10}{'MiB':>8}{'s':>8}")
    started, findings, chosen = time.perf_counter(), 0, _profile()
    for number in range(1, options.number + 1):
        if number % OF_A_PROFILE == 0:
            chosen = _profile()
        findings += len(check_bytes(_text(number), chosen, name="a.md", today=TODAY))
        if number == 1 or number % (options.number // 10) == 0:
            took = time.perf_counter() - started
            print(f"{number:14}{findings:10}{resident():8.1f}{took:8.1f}", flush=True)


def _profile() -> Profile:
    schema = {
        "required": ["id", "day"],
        "properties": {"day": {"x-date": "%Y-%m-%d", "x-not-after": "now"}},
    }
    return profile(
        {
            "delimiters": {"block": "front-matter"},
            "metadata": {"id": "id", "schema": schema, "order": ["id", "title"]},
            "body": {"sections": {"required": ["Abstract"]}},
        }
    )


def _text(number: int) -> bytes:
    """A document; of ten, one has a day that may be read in two ways, one a blank at the end."""
    day = "2025-01-01" if number % 10 == 3 else '"2025-01-01"'
    return (TEXT % (number, day, number, " " if number % 10 == 7 else "")).encode()


def resident() -> float:
    """MiB of the process that are in memory."""
    pages = Path("/proc/self/statm").read_text("ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


if __name__ == "__main__":
    main()
