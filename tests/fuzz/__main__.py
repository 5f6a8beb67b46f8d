"""The long run: `python -m tests.fuzz [TARGET ...] --runs N`, all targets in turn without a name.

Inputs are random, and made of the fixtures where a document is asked for. One that breaks a law is
written beside, as `crash-TARGET-...`, the first of each kind of failure. Of a single target, with
the extra `fuzz` installed, atheris guides the input by what it covers, keeps in `--corpus` what
covers more, and ends at the first failure; `--random` does without.

With `--tally FILE` a run goes on with the inputs behind those of the runs before, and FILE says how
many there were in all.
"""

from __future__ import annotations

import argparse
import json
import re
import signal
import sys
import time
import traceback
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import NoReturn

LONGEST = 10
"""Seconds of processor time that an input may take: the largest is 64 kB."""


def main() -> int:
    """0 if every law held."""
    asked = _arguments()
    guided = len(asked.targets) == 1 and asked.targets != ["splices"] and not asked.random
    if guided and find_spec("atheris"):
        _guided(asked.targets[0], asked)
    from .targets import TARGETS

    held = [_random(name, asked) for name in asked.targets or TARGETS]
    if asked.tally:
        print(f"{sum(_tally(asked).values())} inputs in all: {asked.tally}")
    return 0 if all(held) else 1


def _guided(name: str, asked: argparse.Namespace) -> NoReturn:
    """Input by what it covers. It ends the process itself."""
    import atheris

    with atheris.instrument_imports(include=["validator"]):
        from .targets import TARGETS
    words = [sys.argv[0], f"-runs={asked.runs}", f"-max_total_time={asked.seconds}"]
    words += [f"-seed={asked.seed}", f"-artifact_prefix=crash-{name}-", "-max_len=4096"]
    atheris.Setup([*words, *asked.corpus], TARGETS[name])
    atheris.Fuzz()
    sys.exit()


def _arguments() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    words.add_argument("targets", nargs="*", help="documents, splices, configuration, and so on")
    words.add_argument("--runs", type=int, default=100_000, help="how many inputs")
    words.add_argument("--seconds", type=int, default=400, help="and how long at most")
    words.add_argument("--seed", type=int, default=1, help="where the random numbers begin")
    words.add_argument("--tally", type=Path, help="a file that adds up runs, and has them go on")
    words.add_argument("--random", action="store_true", help="without atheris")
    words.add_argument("--corpus", nargs="*", default=[], help="directories of inputs, for atheris")
    return words.parse_args()


def _random(name: str, asked: argparse.Namespace) -> bool:
    """Random input until there is enough of it; whether every law held."""
    from .targets import TARGETS, input_for

    target, started = TARGETS[name], time.monotonic()
    done = before = _tally(asked).get(f"{name} {asked.seed}", 0)
    failed: dict[str, str] = {}
    signal.signal(signal.SIGVTALRM, _too_long)
    while done - before < asked.runs and time.monotonic() - started < asked.seconds:
        data = input_for(name, Random(f"{asked.seed} {done}"))
        signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
        try:
            target(data)
        except Exception as error:  # noqa: BLE001 - one of each kind is kept
            kind = _kind_of(error)
            if kind not in failed:
                failed[kind] = f"crash-{name}-{sha256(data).hexdigest()[:16]}"
                Path(failed[kind]).write_bytes(data)
                print(f"{failed[kind]} after {done} inputs: {kind}", flush=True)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        done += 1
    took = time.monotonic() - started
    kinds = f"{len(failed)} kinds of failure" if failed else "none failed"
    print(f"{name}: {done - before} inputs, {kinds}, {took:.0f} s", flush=True)
    if asked.tally:
        sums = {**_tally(asked), f"{name} {asked.seed}": done}
        asked.tally.write_text(json.dumps(sums, indent=1), "utf-8")
    return not failed


def _tally(asked: argparse.Namespace) -> dict[str, int]:
    """How many inputs each target had in the runs before, by its name and the seed."""
    if not asked.tally or not asked.tally.exists():
        return {}
    return dict(json.loads(asked.tally.read_text("utf-8")))


def _too_long(*_: object) -> NoReturn:
    raise TimeoutError(f"more than {LONGEST} s of processor time")


def _kind_of(error: Exception) -> str:
    """What was raised and where: other inputs that lead there are not told again."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    told = re.sub("[0-9]+", "N", repr(error))
    return f"{told:.300} in {Path(place.filename).name}:{place.lineno}"


if __name__ == "__main__":
    sys.exit(main())
