"""The command: draws mutants, tries them, and tells what became of each."""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from random import Random

from . import mapping
from .known import KNOWN
from .mutants import Mutant, is_python, mutants_of
from .trial import KILLED, SURVIVED, Bench, Verdict

ROOMS = ("check", "corpus", "delimiters", "metadata", "encoding", "file", "text", "body", "run")


def main() -> int:
    """0 if each mutant was killed, timed out, or is known."""
    asked = _arguments()
    print("Tests that are new are run once, to know which lines they execute.", flush=True)
    known = mapping.read(mapping.make(asked.jobs))
    drawn = drawn_from(list(_sources(asked.under)), asked.seed, asked.count)[asked.skip :]
    ends: Counter[str] = Counter()
    for number, verdict in enumerate(_verdicts(drawn, known, asked), asked.skip + 1):
        end, words = _told(verdict)
        ends[end] += 1
        print(f"{number:3} {end:9} {verdict.mutant}\n{'':14}{words}", flush=True)
    print(", ".join(f"{count} {end}" for end, count in ends.most_common()))
    return int(ends[SURVIVED] > 0)


def _arguments() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    words.add_argument("--seed", type=int, default=1, help="which mutants are drawn")
    words.add_argument("--count", type=int, default=60, help="how many")
    words.add_argument("--skip", type=int, default=0, help="how many of them were tried before")
    words.add_argument("--jobs", type=int, default=1, help="how many are tried at a time")
    words.add_argument("--under", default="", metavar="PATH", help="only those in this room")
    words.add_argument("--limit", type=int, default=60, help="seconds of the processor for each")
    words.add_argument("--tests", type=int, default=600, help="tests that are tried for each")
    return words.parse_args()


def _sources(under: str) -> Iterator[tuple[str, bytes]]:
    for room in ROOMS:
        for path in sorted((mapping.PACKAGE / room).rglob("*.py")):
            name = path.relative_to(mapping.ROOT).as_posix()
            if name.startswith(under):
                yield name, path.read_bytes()


def drawn_from(sources: Sequence[tuple[str, bytes]], seed: int, count: int) -> list[Mutant]:
    """So many mutants of these modules, in the order in which they were drawn."""
    code = dict(sources)
    every = [mutant for path, source in sources for mutant in mutants_of(source, path)]
    Random(seed).shuffle(every)
    right = (one for one in every if is_python(one.applied(code[one.path])))
    return [one for one, _ in zip(right, range(count), strict=False)]


def _verdicts(
    mutants: Sequence[Mutant], known: mapping.Map, asked: argparse.Namespace
) -> Iterator[Verdict]:
    """What becomes of each, in order."""
    free: Queue[Bench] = Queue()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(asked.jobs) as pool:
        for number in range(asked.jobs):
            own = Path(folder, str(number))
            own.mkdir()
            free.put(Bench(own, asked.limit, asked.tests))

        def one(mutant: Mutant) -> Verdict:
            bench = free.get()
            try:
                return bench.verdict(mutant, known.of(mutant.path, mutant.line))
            finally:
                free.put(bench)

        yield from pool.map(one, mutants)


def _told(verdict: Verdict) -> tuple[str, str]:
    """The end of a mutant and what there is to say of it."""
    one = verdict.mutant
    reason = KNOWN.get((one.path, one.scope, one.before, one.after))
    if verdict.end == KILLED:
        return KILLED, f"by {verdict.test}"
    if reason is not None:
        return "known", reason
    if verdict.end == SURVIVED and not verdict.passed:
        return SURVIVED, "no test executes it"
    if verdict.end == SURVIVED:
        return SURVIVED, f"{verdict.passed} tests passed that execute it"
    return verdict.end, ""


if __name__ == "__main__":
    raise SystemExit(main())
