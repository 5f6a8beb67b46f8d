"""Draws findings from real repositories, to be judged by eye: is what they say true?

    python -m tests.sample DIR... --seed 7 --count 200

Each DIR is checked as its maintainers would: `DIR=PROFILE` under a built-in profile, `DIR` alone
under the profiles that know its file names. Of all findings so many are drawn with the seed;
`--spread` gives each rule of each directory the same share, so that a loud kind does not drown
the others. Printed are the rule, the place, the line with the marked bytes, message and help.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from validator.text.visible import visible, visible_bytes

from .support import run_cli

AROUND = 60
"""Bytes of the line that are shown on either side of the mark."""

MARKED = 120
"""Marked bytes that are shown."""

Finding = dict[str, Any]


def findings(place: str) -> Iterator[Finding]:
    """All findings in a directory, or in `DIRECTORY=PROFILE`, with the repository they are of."""
    folder, _, chosen = place.partition("=")
    options: dict[str, Any] = {"profile": chosen} if chosen else {}
    code, out, err = run_cli(
        folder, isolated=True, output_format="json-lines", limit=0, jobs=0, **options
    )
    if code not in (0, 1):
        raise SystemExit(f"{place}: {err.strip()}")
    for line in out.split("\n"):
        found = json.loads(line) if line else {}
        if found.get("type") == "diagnostic":
            yield {**found, "of": Path(folder).name}


def drawn(found: Sequence[Finding], seed: int, count: int, spread: bool) -> list[Finding]:
    """At most `count` of the findings, by chance; with `spread` the rules take turns."""
    chance = random.Random(seed)
    if not spread:
        return chance.sample(found, min(count, len(found)))
    kinds: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for one in found:
        kinds[one["code"], one["of"]].append(one)
    for kind in kinds.values():
        chance.shuffle(kind)
    rounds = (kind[turn] for turn in range(count) for kind in kinds.values() if turn < len(kind))
    return [one for one, _ in zip(rounds, range(count), strict=False)]


def shown(found: Finding) -> Iterator[str]:
    """The lines that show one finding."""
    at = found["location"]
    yield f"{found['code']} {found['name']} ({found['severity']})"
    yield f"  {visible(found['path'])}:{at['row']}:{at['column']}"
    yield f"  | {_line(found)}"
    yield f"  {visible(found['message'])}"
    for more in (found["help"], *found["notes"]):
        if more:
            yield f"  = {visible(more)}"


def _line(found: Finding) -> str:
    """The bytes around the finding on its line, the marked ones between `»` and `«`."""
    start, size = found["byte_offset"], found["byte_length"]
    try:
        data = Path(found["path"]).read_bytes()
    except OSError:
        return "(not readable)"
    end = min(start + size, start + MARKED)
    before = data[max(0, start - AROUND) : start].replace(b"\r", b"\n").rpartition(b"\n")[2]
    after = data[end : end + AROUND].replace(b"\r", b"\n").partition(b"\n")[0]
    return f"{visible_bytes(before)}»{visible_bytes(data[start:end])}«{visible_bytes(after)}"


def main(words: Sequence[str]) -> Iterable[str]:
    """What the command prints."""
    parser = argparse.ArgumentParser(prog="python -m tests.sample", description=__doc__)
    parser.add_argument("places", nargs="+", metavar="DIR[=PROFILE]")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--spread", action="store_true", help="the same share for each rule")
    asked = parser.parse_args(words)
    found = [one for place in asked.places for one in findings(place)]
    chosen = drawn(found, asked.seed, asked.count, asked.spread)
    for number, one in enumerate(chosen, 1):
        yield f"\n[{number}] {one['of']}\n" + "\n".join(shown(one))
    counts = Counter(one["code"] for one in found)
    yield f"\n{len(chosen)} of {len(found)} findings: " + ", ".join(
        f"{code} {count}" for code, count in counts.most_common()
    )


if __name__ == "__main__":
    for part in main(sys.argv[1:]):
        sys.stdout.write(part + "\n")
