"""Prints time and memory of the stage of the corpus, fed with ids that workers would have sent.

`python -m benchmarks.facts 6 7` feeds 10^6 and 10^7 ids, a process for each; one of them is there
twice and must be found. What is counted is the largest resident set of the process.

With `--store` the ids lie in reports in a store, as `merge` finds them: what it costs to gather
them, to take the reports in, and to compare. `--simulate 9` writes objects as large and as many as
those of 10^9 ids are, of one partition of 256, asks that, and multiplies.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Raw
from xxhash import xxh3_64_intdigest

from validator.check.corpus_stage import CorpusStage
from validator.check.plan import Bound, Part, Plan
from validator.corpus.partitions import PARTS, RECORD, Repeated, SortedRun, Unmatched
from validator.file.objects import Folder
from validator.model import Report, Totals
from validator.rules.catalog import catalog
from validator.run.executors.inline import Inline
from validator.settings.options import Settings
from validator.store.envelope import Kept, wrapped
from validator.store.facts_object import Section, Stored, index_name, piece_name
from validator.store.gathered import GatheredKeys
from validator.store.gathering import Gathering, gather
from validator.store.keeping import taken
from validator.store.reports import Holds, Reports
from validator.store.task_groups import MOST, TaskFacts, grouped

RECORDS = 5_000
"""Records of a file, whose facts come in one report."""

OF_PLAN = bytes(16)
"""In the place of the digest of a plan."""


def main() -> None:
    """A process for each power of ten, so that their memory is told apart."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.facts", description=__doc__)
    parser.add_argument("powers", nargs="*", type=int, help="powers of ten (default: 6 7)")
    parser.add_argument("--store", action="store_true", help="take the ids from a store")
    parser.add_argument("--simulate", type=int, metavar="POWER", help="one partition of so many")
    parser.add_argument("--feed", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.simulate is not None:
        simulate(options.simulate)
        return
    if options.feed is not None:
        (feed_store if options.store else feed)(options.feed)
        return
    steps = ("gather s", "take in s", "compare s") if options.store else ("collect s", "resolve s")
    print(f"{'ids':>12}{''.join(f'{step:>11}' for step in steps)}{'us/id':>8}{'peak MiB':>10}")
    more = ["--store"] * options.store
    for power in options.powers or [6, 7]:
        command = [sys.executable, "-m", __spec__.name, "--feed", str(power), *more]
        subprocess.run(command, check=True)


def planned() -> Plan:
    """A plan under which ids are unique."""
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
    return Plan((Bound("ids", settings, {code: catalog().rules[code].severity}),))


def feed(power: int) -> None:
    """Feed 10^power ids and resolve them."""
    total = 10**power
    with tempfile.TemporaryDirectory() as folder:
        stage = CorpusStage(planned())
        start = time.process_time()
        for part, report in reports(total, folder.encode() + b"/"):
            stage.add(part, report)
        collected = time.process_time()
        _resolve(stage)
    _print(total, start, collected, time.process_time())


def feed_store(power: int) -> None:
    """Keep 10^power ids in a store, gather them, take the reports in and resolve them."""
    total, plan = 10**power, planned()
    with tempfile.TemporaryDirectory() as folder:
        objects = Folder(os.path.join(folder, "store"))
        stored = Reports(objects, plan, OF_PLAN)
        parts, tasks = [], []
        for part, report in reports(total, folder.encode() + b"/"):
            kept = Kept(OF_PLAN, stored.task(part), b"", b"", Raw(b""))
            stored.keep(kept, report, iter(()))
            parts.append(part)
            tasks.append(TaskFacts(kept.task, 0, 1, False, report.totals.documents))
        start = time.process_time()
        gather(Gathering(plan, objects.path, OF_PLAN), grouped(tasks), Inline(), 1)
        gathered = time.process_time()
        keys = GatheredKeys(plan, objects, OF_PLAN, Inline, 1)
        stage = CorpusStage(plan, gathered=keys)
        for part in parts:
            found = stored.find(part, trusted=True)
            assert isinstance(found, Holds)
            told = taken(stored, found.kept, "")
            assert isinstance(told, Report)
            stage.add(part, told)
        collected = time.process_time()
        _resolve(stage)
    _print(total, start, gathered, collected, time.process_time())


def _resolve(stage: CorpusStage) -> None:
    found = list(stage.resolve())
    assert [one.document_id for one in found] == [""], found  # the files are not there


def _print(total: int, *times: float) -> None:
    steps = [end - start for start, end in pairwise(times)]
    print(
        f"{total:12}{''.join(f'{step:11.1f}' for step in steps)}"
        f"{(times[-1] - times[0]) / total * 1e6:8.2f}{_peak():10.0f}",
        flush=True,
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def simulate(power: int) -> None:
    """One partition of 10^power ids, and of as many references to them."""
    total = 10**power
    pieces = -(-total // MOST)
    each = total // PARTS // pieces
    print(
        f"{pieces:,} objects of {MOST * RECORD / 1e6:.0f} MB, {each:,} records of a partition each"
    )
    with tempfile.TemporaryDirectory() as folder:
        objects = Folder(folder)
        ids = [_piece(objects, number, each, b"") for number in range(pieces)]
        again = [_piece(objects, number, each, b"again") for number in range(pieces)]
        own = _peak()
        start = time.process_time()
        assert [*Repeated(ids)(0)] == []
        alone = time.process_time()
        assert len([*Repeated([*ids, again[-1]])(0)]) == 2 * each  # each is there twice
        twice = time.process_time()
        assert [*Unmatched(again, ids)(0)] == []
        end = time.process_time()
    for what, seconds in (
        ("unique", alone - start),
        (f"unique, {each:,} there twice", twice - alone),
        ("references", end - twice),
    ):
        print(
            f"{what:32}{seconds:6.1f} s a partition {seconds * PARTS:8,.0f} s in all "
            f"{seconds / (each * pieces) * 1e6:6.2f} us a record"
        )
    print(f"peak {_peak():.0f} MiB, {own:.0f} before")


def _piece(objects: Folder, number: int, each: int, kind: bytes) -> SortedRun:
    """An object with the records of partition 0 of a piece; those of a number have the same keys."""
    from random import Random

    chance = Random(number)
    digests = sorted(b"\0" + chance.randbytes(15) for _ in range(each))
    data = b"".join(one + at.to_bytes(8, "big") for at, one in enumerate(digests))
    index = index_name(OF_PLAN, (number.to_bytes(8, "big") + kind,), ())
    objects.put(piece_name(index, 0), wrapped(data))
    bounds = (0, *[each] * PARTS)
    sums = (xxh3_64_intdigest(data), *[xxh3_64_intdigest(b"")] * (PARTS - 1))
    section = Section(0, RECORD, bounds, sums)
    return SortedRun(Stored(objects, index, 0, section), 0, bounds, [number * MOST])


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
