"""Checks one dirty corpus in every way that there is, and compares what they print to the byte.

    python -m benchmarks.same_output --files 200000 --megabytes 2000

One and two jobs, shards put together by `merge`, a store that a killed run has left, and a cluster of
Ray where that is installed. `--store URL` keeps the reports of some ways there instead of here. `--s3`
starts a server of S3 (the extra `storage-tests`), has a copy of the corpus in it, and adds the ways in
which the corpus, the reports, or both are there; `s3://corpus/`, which paths begin with then, is taken
away from what they print, and nothing else is. Each line has the seconds that a way took, with the
start of its processes.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from tests.storage_server import leading_to, running
from validator.file.storage.addresses import Address
from validator.file.storage.buckets import store_of

from .cores import records
from .corpus import document, words

CONFIG: Final = """
[profiles.notes]
files = ["*.txt"]
extends = "text"
text.trailing-blanks = "forbid"
corpus.content = "unique"

[profiles.records]
files = ["*.jsonl"]
extends = "jsonl"
corpus.unique = ["id"]
"""

FAULTS: Final[tuple[Callable[[bytes], bytes], ...]] = (
    lambda data: data.replace(b" ", b" \xe9 ", 1),
    lambda data: data.replace(b" ", "\u200b ".encode(), 1),
    lambda data: data.replace(b".\n", b". \n", 1),
    lambda data: data.replace(b"\n", b"\r\n", 1),
    lambda data: b"\xef\xbb\xbf" + data,
    lambda data: b"The same text twice.\n",
)
"""What is done to one file of a hundred, each in turn."""

PER_FOLDER: Final = 1000
ROOT: Final = Path(__file__).resolve().parents[1]
_PLAIN: Final = ("--no-progress", "--output-format", "json-lines")
KILLED_AFTER: Final = 3.0
"""Seconds after which a run into a store is killed."""

IN_S3: Final = "s3://corpus/"
"""What stands before the paths of the corpus in S3."""


def main() -> None:
    """Make the corpus, check it in each way, compare; exit code 1 where two differ."""
    asked = _arguments()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        corpus = folder / "corpus"
        _make(corpus, asked.files, asked.megabytes)
        (folder / "seed-validator.toml").write_text(CONFIG, "utf-8")
        ways = [*_ways(folder, asked.store, asked.ray)]
        if asked.s3:
            _copy_to_s3(corpus, stack.enter_context(running()).url)
            ways += _ways_by_s3()
        differing = _compared(ways, folder)
    sys.exit(differing > 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.same_output", description=__doc__)
    parser.add_argument("--files", type=int, default=20_000, help="of 2 to 3 KB, 1 %% with a fault")
    parser.add_argument("--megabytes", type=int, default=200, help="of one file of JSON Lines")
    parser.add_argument("--store", metavar="URL", help="keep reports there")
    parser.add_argument("--s3", action="store_true", help="add ways by a server of S3 of its own")
    parser.add_argument("--no-ray", dest="ray", action="store_false", help="leave out Ray")
    return parser.parse_args()


def _make(corpus: Path, files: int, megabytes: int) -> None:
    """The dirty corpus: files in folders of a thousand, and one large file."""
    source = random.Random(7)
    vocabulary = words(source, 3000)
    texts = [
        document(source, vocabulary, source.randint(2000, 3000), n % 4 == 0) for n in range(500)
    ]
    for number in range(files):
        folder = corpus / f"{number // PER_FOLDER:04}"
        if number % PER_FOLDER == 0:
            folder.mkdir(parents=True)
        data = f"Document {number}.\n".encode() + texts[number % len(texts)] + b"\n"
        if number % 100 == 0:
            data = FAULTS[number // 100 % len(FAULTS)](data)
        (folder / f"{number:07}.txt").write_bytes(data)
    corpus.mkdir(exist_ok=True)
    with (corpus / "large.jsonl").open("wb") as large:
        large.writelines(records(7, megabytes * 1_000_000, 5000))


def _copy_to_s3(corpus: Path, url: str) -> None:
    """Have the files of the corpus in a server of S3, to which the environment leads."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ |= leading_to(url)
    for bucket in ("corpus", "reports"):
        asked = urllib.request.Request(f"{url}/{bucket}", method="PUT")
        urllib.request.urlopen(asked, timeout=60).close()
    store = store_of(Address("s3", "corpus", ""))
    for path in filter(Path.is_file, corpus.rglob("*")):
        store.write(path.relative_to(corpus.parent).as_posix(), path.read_bytes())


def _ways_by_s3() -> Iterator[tuple[str, Sequence[Step]]]:
    """The ways by the server of S3."""
    yield "corpus in S3, one job", [Step("check", "--jobs", "1", top=IN_S3)]
    yield "corpus in S3, two jobs", [Step("check", "--jobs", "2", top=IN_S3)]
    for name, top in (("reports in S3", ""), ("all in S3", IN_S3)):
        kept = "--store", f"s3://reports/{'there' if top else 'here'}"
        shards = [Step("check", *kept, "--shard", f"{number}/4", top=top) for number in range(1, 5)]
        yield f"{name}, 4, and merge", [*shards, Step("merge", *kept, top=top)]
        yield f"{name}, again", [Step("check", *kept, top=top)]


def _ways(folder: Path, url: str | None, ray: bool) -> Iterator[tuple[str, Sequence[Step]]]:
    """The steps of each way, of which the last one prints; the first way is the measure."""

    def store(name: str) -> tuple[str, str]:
        return "--store", f"{url}/{name}" if url else str(folder / f"store-{name}")

    yield "one job", [Step("check", "--jobs", "1")]
    yield "two jobs", [Step("check", "--jobs", "2")]
    for count in (1, 4, 7):
        kept = store(f"of-{count}")
        parts = [f"{number}/{count}" for number in range(1, count + 1)]
        shards = [Step("check", *kept, "--shard", part) for part in parts]
        yield f"shards, {count}, and merge", [*shards, Step("merge", *kept)]
    again = "check", *store("killed")
    yield "killed, then again", [Step(*again, seconds=KILLED_AFTER), Step(*again)]
    if ray and importlib.util.find_spec("ray"):
        yield "Ray", [Step("check", "--engine", "ray", "--jobs", "2")]


class Step:
    """One process of a way: the words of its command, and after how many seconds it is killed.

    `top` stands before the path of the corpus.
    """

    def __init__(self, *command: str, seconds: float | None = None, top: str = "") -> None:
        self._words, self._seconds, self._top = command, seconds, top

    def run(self, folder: Path) -> tuple[int, bytes]:
        """The exit code, and what it printed on standard output."""
        command = [sys.executable, "-m", "validator", *self._words, *_PLAIN, f"{self._top}corpus/"]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        with tempfile.TemporaryFile() as out:
            run = subprocess.Popen(command, cwd=folder, env=env, stdout=out)
            try:
                run.wait(self._seconds)
            except subprocess.TimeoutExpired:
                run.kill()
                run.wait()
            out.seek(0)
            return run.returncode, out.read().replace(self._top.encode(), b"")


def _compared(ways: Iterable[tuple[str, Sequence[Step]]], folder: Path) -> int:
    """Print a line for each way; how many differ from the first."""
    print(f"{'':26}{'seconds':>9}{'exit':>6}  output", flush=True)
    first, differing = None, 0
    for name, steps in ways:
        began = time.perf_counter()
        code, out = [step.run(folder) for step in steps][-1]
        seconds = time.perf_counter() - began
        told = code, hashlib.sha256(out).hexdigest()[:16]
        first = first or told
        differing += told != first
        words = told[1] if told == first else "DIFFERS"
        print(f"{name:26}{seconds:9.1f}{code:6}  {words}", flush=True)
    return differing


if __name__ == "__main__":
    main()
