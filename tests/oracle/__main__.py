"""Replays documents through a repository's own checker and through ours, and prints agreement."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from . import cases, speed
from .bench import Bench, Verdict, lay_out, ours
from .cases import Case
from .comparison import compare
from .conllu import BENCH as CONLLU
from .conllu import BENCH_UD as CONLLU_UD
from .eip import BENCH as EIP
from .mutation import changed_in_place, mutated
from .pep import BENCH as PEP
from .tldr import BENCH as TLDR

BENCHES = {bench.profile: bench for bench in (PEP, TLDR, EIP, CONLLU, CONLLU_UD)}
BATCH = 4000


def main() -> None:
    """Collect, replay, compare, print."""
    options = _arguments()
    bench = BENCHES[options.profile]
    checkout = options.checkout.resolve()
    checker = (options.lint or checkout).resolve()
    if options.speed:
        speed.measure(bench.profile, checkout, checker, options.speed)
        return
    head = cases.head(checkout, bench.globs)
    groups = {"head": head}
    if options.history:
        groups["history"] = cases.history(checkout, bench.past, options.history)
    if options.mutations:
        groups["mutations"] = mutated(head, bench.mutators, options.mutations, options.seed)
    if options.in_place:
        groups["in-place"] = changed_in_place(head, bench.in_place, options.seed)
    for title, group in groups.items():
        if title in options.only or not options.only:
            theirs, own = _replay(bench, group, checker)
            shown, pairs = options.show, options.pairs
            made = compare(group, theirs, own, bench, shown, pairs)
            strict = compare(group, theirs, own, replace(bench, anchors={}), 0, 0)
            made.print(f"{bench.profile}, {title}, seed {options.seed}", strict)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("profile", choices=BENCHES)
    parser.add_argument("--checkout", type=Path, required=True, help="clone of the repository")
    parser.add_argument("--lint", "--tools", type=Path, help="where its checker is")
    parser.add_argument("--history", type=int, default=0, metavar="N", help="commits to replay")
    parser.add_argument("--mutations", type=int, default=0, metavar="N", help="documents to make")
    parser.add_argument("--seed", type=int, default=1, help="of the mutations")
    parser.add_argument("--show", type=int, default=3, help="disputes to print of each kind")
    parser.add_argument("--pairs", type=int, default=0, help="pairs of messages to print")
    parser.add_argument("--only", nargs="*", default=[], help="names of groups")
    parser.add_argument(
        "--in-place", action="store_true", help="change what they name, all at once"
    )
    parser.add_argument("--speed", type=int, default=0, metavar="ROUNDS", help="measure instead")
    return parser.parse_args()


def _replay(
    bench: Bench, group: Sequence[Case], checker: Path
) -> tuple[list[Verdict], list[Verdict]]:
    """Both verdicts on every document; in batches, so that few files exist at a time."""
    theirs: list[Verdict] = []
    own: list[Verdict] = []
    for start in range(0, len(group), BATCH):
        with tempfile.TemporaryDirectory() as folder:
            place = bench.lay_out or lay_out
            paths = place(group[start : start + BATCH], Path(folder))
            theirs += bench.run(paths, checker)
            own += ours(bench, Path(folder), paths)
    return theirs, own


if __name__ == "__main__":
    main()
