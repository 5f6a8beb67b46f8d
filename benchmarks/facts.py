"""Prints time and memory of the stage of the corpus, fed with ids that workers would have sent.

`python -m benchmarks.facts 6 7` feeds 10^6 and 10^7 ids, a process for each; one of them is there
twice and must be found. What is counted is the largest resident set of the process.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from validator.check.corpus_stage import CorpusStage
from validator.check.plan import Bound, Part, Plan
from validator.model import Report, Totals
from validator.rules.catalog import catalog
from validator.settings.options import Settings

RECORDS = 5_000
"""Records of a file, whose facts come in one report."""


def main() -> None:
    """A process for each power of ten, so that their memory is told apart."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.facts", description=__doc__)
    parser.add_argument("powers", nargs="*", type=int, default=[6, 7], help="powers of ten")
    parser.add_argument("--feed", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.feed is not None:
        feed(options.feed)
        return
    print(f"{'ids':>12}{'collect s':>11}{'resolve s':>11}{'us/id':>8}{'peak MiB':>10}")
    for power in options.powers:
        subprocess.run([sys.executable, "-m", __spec__.name, "--feed", str(power)], check=True)


def feed(power: int) -> None:
    """Feed 10^power ids and resolve them."""
    total = 10**power
    settings = Settings(
        {
            key: catalog().options[key].read(value)
            for key, value in {
                "delimiters.kind": "json-lines",
                "metadata.id": "id",
                "corpus.unique": ["id"],
            }.items()
        }
    )
    code = catalog().find("duplicate-id").code
    bound = Bound("ids", settings, {code: catalog().rules[code].severity})
    with tempfile.TemporaryDirectory() as folder:
        stage = CorpusStage(Plan((bound,)))
        start = time.perf_counter()
        for part, report in reports(total, folder.encode() + b"/"):
            stage.add(part, report)
        collected = time.perf_counter()
        found = list(stage.resolve())
        done = time.perf_counter()
    assert [one.document_id for one in found] == [""], found  # the files are not there
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    took = (done - start) / total * 1e6
    print(
        f"{total:12}{collected - start:11.1f}{done - collected:11.1f}{took:8.2f}{peak:10.0f}",
        flush=True,
    )


def reports(total: int, folder: bytes) -> Iterator[tuple[Part, Report]]:
    """What workers would send of files of so many records; the last id is that of the first."""
    for first in range(0, total, RECORDS):
        size = min(RECORDS, total - first)
        ids: list[bytes | None] = [b"en-%012d" % number for number in range(first, first + size)]
        if first + size == total:
            ids[-1] = b"en-%012d" % 0
        name = b"%08d.jsonl" % (first // RECORDS)
        yield Part(0, folder, (name,)), Report(Totals(documents=size), (), (ids,), [size])


if __name__ == "__main__":
    main()
