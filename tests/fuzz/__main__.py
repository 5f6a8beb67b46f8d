"""The long run: `python -m tests.fuzz TARGET --runs N`, or all targets in turn.

With the extra `fuzz` installed, atheris guides it by what the input covers, and keeps in `--corpus`
what covers more. `splices`, and all targets without it, get documents spliced from the fixtures. It
ends at the first input that breaks a law, which it writes beside, as `crash-TARGET-...`.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from pathlib import Path
from random import Random


def main() -> int:
    """0 if every law held."""
    asked = _arguments()
    if asked.target != "splices" and not asked.random:
        try:
            import atheris
        except ImportError:
            print("atheris is not installed: random input instead", flush=True)
        else:
            with atheris.instrument_imports(include=["validator"]):
                from .targets import TARGETS
            words = [sys.argv[0], f"-runs={asked.runs}", f"-max_total_time={asked.seconds}"]
            words += [
                f"-seed={asked.seed}",
                f"-artifact_prefix=crash-{asked.target}-",
                "-max_len=4096",
            ]
            atheris.Setup([*words, *asked.corpus], TARGETS[asked.target])
            atheris.Fuzz()
    return _random(asked)


def _arguments() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    words.add_argument("target", help="documents, splices, configuration, metadata, streams, names")
    words.add_argument("--runs", type=int, default=100_000, help="how many inputs")
    words.add_argument("--seconds", type=int, default=400, help="and how long at most")
    words.add_argument("--seed", type=int, default=1, help="where the random numbers begin")
    words.add_argument("--random", action="store_true", help="without atheris")
    words.add_argument("--corpus", nargs="*", default=[], help="directories of inputs, for atheris")
    return words.parse_args()


def _random(asked: argparse.Namespace) -> int:
    from .targets import TARGETS, input_for

    target, started = TARGETS[asked.target], time.monotonic()
    done = 0
    while done < asked.runs and time.monotonic() - started < asked.seconds:
        data = input_for(asked.target, Random(f"{asked.seed} {done}"))
        try:
            target(data)
        except Exception as error:
            name = f"crash-{asked.target}-{hashlib.sha1(data, usedforsecurity=False).hexdigest()}"
            Path(name).write_bytes(data)
            print(f"{name} after {done} inputs: {error!r}", flush=True)
            raise
        done += 1
    print(f"{done} inputs for {asked.target}, none failed, {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
