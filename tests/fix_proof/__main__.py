"""Fixes a corpus with planted faults, is killed, begins again, and compares every byte.

    python -m tests.fix_proof                  # 100,000 documents, two workers
    python -m tests.fix_proof --documents 2000 --seed 3

After the kill each file holds what it held or what it must hold, and nothing else; after the next
run each holds what it must, files without a finding are the same files, and nothing is left over.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from .proof import Proof


def say(text: str) -> None:
    """Print a line as soon as it is known."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    """Make the proof, and tell its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        proof = Proof(Path(folder), wanted.seed, wanted.documents)
        say(f"{proof.count} documents in {len(proof.files)} files, {proof.dirty} of them dirty")
        done = proof.kill_halfway()
        say(f"killed: {done} files were fixed, all others as they were, none a mixture")
        say(proof.finish())
        say(f"every byte is as it must be; {time.monotonic() - began:.0f} seconds")


main()
