"""Fixes a corpus with planted faults, is killed, begins again, and compares every byte.

    python -m tests.fix_proof                                # 100,000 documents, two workers
    python -m tests.fix_proof --ledger proof.jsonl --minutes 6   # goes on where it ended

A piece of the corpus is made, fixed by two workers and killed by `kill -9`, twice; after each kill
every file holds what it held or what it must hold, and nothing else. The next run fixes the rest:
every file is as it must be then, to the byte, files without a finding are the same files, nothing
is left over, one more run changes nothing, and `undo` puts back what was there.

What a piece holds depends on the seed and the numbers of its files alone. The ledger has a line for
each piece; a run with the same seed goes on behind the last one.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from .proof import Proof

KILLS = (0.3, 0.6)
"""The shares of what is left to fix that are done when a run is killed."""


def say(text: str) -> None:
    """Print a line as soon as it is known."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def piece(seed: int, first: int, documents: int) -> dict[str, object]:
    """Prove one piece, and tell its figures. Raises AssertionError where the proof fails."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        proof = Proof(Path(folder), seed, first, documents)
        killed = [proof.kill(share) for share in KILLS]
        proof.finish()
    return {
        "seed": seed,
        "first": first,
        "files": len(proof.files),
        "documents": proof.count,
        "dirty": proof.dirty,
        "fixed_when_killed": killed,
        "seconds": round(time.monotonic() - began),
    }


def summary(done: Sequence[dict[str, object]]) -> str:
    """The figures of all pieces together."""
    counts = [sum(int(str(one[key])) for one in done) for key in ("documents", "files", "dirty")]
    kills = len(KILLS) * len(done)
    return (
        f"{counts[0]} documents in {counts[1]} files, {counts[2]} of them dirty, "
        f"{kills} kills: every byte is as it must be"
    )


def main() -> None:
    """Make the proof, and tell its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000, help="how many in all")
    parser.add_argument("--piece", type=int, default=5_000, help="how many at once")
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--ledger", type=Path, help="where the figures of each piece are kept")
    wanted = parser.parse_args()
    until = time.monotonic() + 60 * wanted.minutes
    lines = (
        wanted.ledger.read_text().splitlines() if wanted.ledger and wanted.ledger.exists() else []
    )
    done = [one for one in map(json.loads, lines) if one["seed"] == wanted.seed]
    while (left := wanted.documents - sum(one["documents"] for one in done)) > 0:
        if time.monotonic() > until:
            say(f"{left} documents are left for the next run")
            break
        first = done[-1]["first"] + done[-1]["files"] if done else 0
        done.append(piece(wanted.seed, first, min(left, wanted.piece)))
        say(json.dumps(done[-1]))
        if wanted.ledger:
            with wanted.ledger.open("a") as file:
                file.write(f"{json.dumps(done[-1])}\n")
    say(summary(done))


if __name__ == "__main__":
    main()
