"""Prints what dividing costs: front matter, a bundle, JSONL, beside the loops that only read.

    python -m benchmarks.division

Both sides run in this process on the same bytes, in turn; the best of the rounds counts. With
`--large GB` a JSONL file and a bundle of that size are checked by the command, and its memory told.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

import validator

from .corpus import document, words

PROFILES = """
[profiles.articles]
files = ["*.md"]
delimiters.block = "front-matter"
metadata.id = "id"
metadata.schema.required = ["id", "title"]
metadata.schema.properties.title.maxLength = 200
[profiles.records]
files = ["*.jsonl"]
extends = "jsonl"
metadata.id = "id"
[profiles.bundle]
files = ["*.txt"]
extends = "wikiextractor"
"""

# In a small process of its own: what a child is born with counts as its own memory, too.
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def main() -> None:
    """Make the files, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.division", description=__doc__)
    parser.add_argument("-n", "--documents", type=int, default=20_000)
    parser.add_argument("-r", "--rounds", type=int, default=5)
    parser.add_argument("--large", type=float, default=0, help="gigabytes of a file to stream")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "profiles.toml").write_text(PROFILES, "utf-8")
        texts = list(_texts(options.documents))
        _front_matter(folder, texts, options.rounds)
        _bundle(folder, texts, options.rounds)
        _records(folder, texts, options.rounds)
        if options.large:
            _large(folder, texts, options.large)


def _texts(count: int) -> Iterator[bytes]:
    source = random.Random(20261122)
    vocabulary = words(source, 3000)
    for _ in range(count):
        yield document(source, vocabulary, source.randint(2000, 3000), accents=False)


def _front_matter(folder: Path, texts: list[bytes], rounds: int) -> None:
    articles = folder / "articles"
    articles.mkdir()
    for index, text in enumerate(texts):
        title, _, body = text.partition(b"\n")
        head = b"---\nid: en-%d\ntitle: %s\ntags: [one, two]\n---\n" % (index, title)
        (articles / f"{index:06d}.md").write_bytes(head + body + b"\n")
    names = [os.fsencode(path) for path in sorted(articles.iterdir())]

    def read() -> None:
        for path in names:
            fd = os.open(path, os.O_RDONLY)
            os.read(fd, 1 << 16)
            os.close(fd)

    _row("front matter, schema", "open, read, close", articles, "articles", read, rounds)


def _bundle(folder: Path, texts: list[bytes], rounds: int) -> None:
    path = folder / "bundle.txt"
    with path.open("wb") as file:
        for index, text in enumerate(texts):
            title = text[: text.find(b"\n")]
            file.write(b'<doc id="%d" url="u" title="%s">\n%s\n\n</doc>\n' % (index, title, text))
    _row("bundle", "read", path, "bundle", lambda: _read(path), rounds)


def _records(folder: Path, texts: list[bytes], rounds: int) -> None:
    path = folder / "records.jsonl"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for index, text in enumerate(texts):
            record = {"id": f"en-{index}", "text": text.decode(), "source": "made", "n": index}
            file.write(json.dumps(record) + "\n")
    try:
        from orjson import loads

        label = "orjson.loads a line"
    except ImportError:
        loads, label = msgspec.json.decode, "msgspec.json.decode a line"

    def parse() -> None:
        with path.open("rb") as file:
            for line in file:
                loads(line)

    _row("JSONL", label, path, "records", parse, rounds)


def _read(path: Path) -> None:
    with path.open("rb", buffering=0) as file:
        while file.read(1 << 18):
            pass


def _row(
    label: str, beside: str, path: Path, profile: str, loop: Callable[[], None], rounds: int
) -> None:
    config = str(path.parent / "profiles.toml")
    declared = validator.load_profile(profile, config)
    seen = [0, 0]

    def check() -> None:
        run = validator.check_paths([str(path)], declared)
        found = list(run.diagnostics())
        assert not found, found[0]
        seen[:] = run.summary.totals.documents, run.summary.totals.bytes

    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for own, work in zip(times, (loop, check), strict=True):
            started = time.perf_counter()
            work()
            own.append(time.perf_counter() - started)
    one, other = min(times[0]), min(times[1])
    print(f"{label}: {seen[0]} documents, {seen[1] / 1e6:.1f} MB, best of {rounds}")
    for name, seconds in ((beside, one), ("check", other)):
        each = seconds / seen[0] * 1e6
        print(
            f"  {name:28}{each:9.2f} us/document{seen[0] / seconds:10.0f}/s"
            f"{seen[1] / seconds / 1e6:8.0f} MB/s{seconds / one:7.2f}"
        )


def _large(folder: Path, texts: list[bytes], size: float) -> None:
    for name in ("records.jsonl", "bundle.txt"):
        path, block = folder / name, (folder / name).read_bytes()
        with path.open("wb") as file:
            for _ in range(max(1, int(size * 1e9 / len(block)))):
                file.write(block)
        profile = "records" if name.endswith("jsonl") else "bundle"
        command = [sys.executable, "-m", "validator", "check", "--config",
                   str(folder / "profiles.toml"), "--profile", profile, "--jobs", "1",
                   str(path)]  # fmt: skip
        started = time.perf_counter()
        told = subprocess.run([sys.executable, "-c", PEAK, *command], check=True,
                              stdout=subprocess.PIPE)  # fmt: skip
        seconds = time.perf_counter() - started
        memory = int(told.stdout) / 1024
        print(f"{name}, {path.stat().st_size / 1e9:.1f} GB: {seconds:.0f} s, {memory:.0f} MiB")
        path.unlink()


if __name__ == "__main__":
    main()
