"""Prints what a check of objects in storage costs beside one of the same files on the disk.

    python -m benchmarks.stored --objects 10000 --megabytes 200 --keys 100000

Whole processes, in turn, with a server of S3 on this machine that costs little and is another process: it
has a directory, of which names are keys. Of each way the processor time of the program and its workers, not
of the server, the requests that it made, and its largest memory. `--profile` prints where the time of one
process goes with small objects.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import random
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from unittest.mock import patch
from urllib.parse import parse_qs, unquote
from xml.sax.saxutils import escape

import zstandard

from tests.loopback import Reply, Request, running
from tests.storage_server import leading_to, served

from .cores import records
from .corpus import document, words

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = 1000
_COUNT: Final = "/-/count"
_KEYS: Final = "keys"
"""A bucket with many keys and no bytes, as many as are asked for."""


def main() -> None:
    """Make the files, measure, print; or serve them."""
    asked = _arguments()
    if asked.serve:
        _serve(Path(asked.serve), asked.keys)
        return
    with tempfile.TemporaryDirectory() as made:
        _make(Path(made), asked.objects, asked.megabytes)
        with _served(made, asked.keys) as url:
            if asked.profile:
                _profiled()
            else:
                _measured(Path(made), asked, url)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stored", description=__doc__)
    parser.add_argument(
        "--objects", type=int, default=10_000, help="of 2 to 3 KB; 0 leaves them out"
    )
    parser.add_argument("--megabytes", type=int, default=200, help="of one file; 0 leaves it out")
    parser.add_argument("--keys", type=int, default=100_000, help="to be listed; 0 leaves it out")
    parser.add_argument("-r", "--rounds", type=int, default=5, help="of each way")
    parser.add_argument("--profile", action="store_true", help="where the time of one process goes")
    parser.add_argument("--serve", metavar="FOLDER", help=argparse.SUPPRESS)
    return parser.parse_args()


def _make(folder: Path, objects: int, megabytes: int) -> None:
    """Small texts, and one file of JSON Lines, plain and compressed."""
    source = random.Random(19)
    vocabulary = words(source, 3000)
    for number in range(objects):
        path = folder / f"small/{number // 1000:03}/{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document(source, vocabulary, source.randint(2000, 3000), number % 4 == 0))
    for name in ("plain", "packed"):
        (folder / name).mkdir()
    if megabytes:
        plain, packed = folder / "plain" / "a.jsonl", folder / "packed" / "a.jsonl.zst"
        with plain.open("wb") as file:  # little is held: a process begins with what ours has
            file.writelines(records(19, megabytes * 1_000_000, 0))
        with plain.open("rb") as file, packed.open("wb") as out:
            zstandard.ZstdCompressor(3).copy_stream(file, out)


class _Files:
    """A server of S3 as far as it is asked for here: the files of a directory, and many keys."""

    def __init__(self, folder: Path, keys: int) -> None:
        self._folder, self._requests = folder, 0
        files = filter(Path.is_file, folder.rglob("*"))
        sizes = {path.relative_to(folder).as_posix(): path.stat().st_size for path in files}
        many = {f"{number // 1000:04}/{number:07}.txt": 2500 for number in range(keys)}
        self._listed = {"files": sorted(sizes.items()), _KEYS: sorted(many.items())}

    def __call__(self, request: Request) -> Reply:
        """See `Answers`."""
        if request.path == _COUNT:
            count, self._requests = self._requests, 0
            return Reply(200, {}, b"%d" % count)
        self._requests += 1
        bucket, _, key = unquote(request.path[1:]).partition("/")
        if not key:
            said = {name: values[0] for name, values in parse_qs(request.query).items()}
            return Reply(200, {"Content-Type": "application/xml"}, self._page(bucket, said))
        path = self._folder / key
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            wanted = request.headers.get("Range", f"bytes=0-{size - 1}").removeprefix("bytes=")
            start, stop = (int(part) for part in wanted.split("-"))
            file.seek(start)
            data = file.read(min(stop + 1, size) - start)
        headers = {
            "ETag": f'"{size:x}"',
            "Content-Range": f"bytes {start}-{start + len(data) - 1}/{size}",
        }
        return Reply(206, headers, data)

    def _page(self, bucket: str, asked: dict[str, str]) -> bytes:
        prefix, start = asked.get("prefix", ""), int(asked.get("continuation-token", 0))
        every = [one for one in self._listed[bucket] if one[0].startswith(prefix)] if prefix else []
        every = every or self._listed[bucket]
        more = start + PAGE < len(every)
        token = f"<NextContinuationToken>{start + PAGE}</NextContinuationToken>" if more else ""
        contents = "".join(
            f"<Contents><Key>{escape(key)}</Key><LastModified>2026-11-30T10:00:00.000Z"
            f"</LastModified><ETag>&quot;{size:x}&quot;</ETag><Size>{size}</Size>"
            "<StorageClass>STANDARD</StorageClass></Contents>"
            for key, size in every[start : start + PAGE]
        )
        return (
            '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
            f"<IsTruncated>{str(more).lower()}</IsTruncated>{token}{contents}</ListBucketResult>"
        ).encode()


def _serve(folder: Path, keys: int) -> None:
    with running(_Files(folder, keys)) as server:
        server.asked = _Nothing()
        print(server.url, flush=True)
        sys.stdin.read()


class _Nothing(list[Request]):
    """Keeps no requests."""

    def append(self, request: Request) -> None:
        """Forget it."""


@contextmanager
def _served(folder: str, keys: int) -> Iterator[str]:
    """A server in another process, to which the environment leads."""
    with served("-m", "benchmarks.stored", "--serve", folder, "--keys", str(keys)) as url:
        os.environ |= leading_to(url)
        yield url


def _measured(folder: Path, asked: argparse.Namespace, url: str) -> None:
    print(f"{'':30}{'n':>3}{'CPU s':>8}{'min':>8}{'max':>8}{'requests':>10}{'MiB':>6}", flush=True)
    kinds = [("small", asked.objects), ("plain", asked.megabytes), ("packed", asked.megabytes)]
    for kind, wanted in kinds:
        profile = "text" if kind == "small" else "jsonl"
        if wanted:
            ways = {
                f"{kind}, {where}, --jobs {jobs}": ["--profile", profile, f"--jobs={jobs}", path]
                for jobs in (1, 2)
                for where, path in (("files", str(folder / kind)), ("S3", f"s3://files/{kind}/"))
            }
            _told(ways, asked.rounds, url)
    if asked.keys:
        listing = ["--profile", "text", "--show-files", f"s3://{_KEYS}/"]
        _told({f"{asked.keys} keys listed": listing}, asked.rounds, url)


def _told(ways: dict[str, list[str]], rounds: int, url: str) -> None:
    """Run the ways in turn, and print a line for each."""
    found: dict[str, list[tuple[float, int, int]]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, command in ways.items():
            found[name].append(_run(command, url))
    for name, runs in found.items():
        seconds = sorted(run[0] for run in runs)
        middle = statistics.median(seconds)
        print(
            f"{name:30}{rounds:3}{middle:8.2f}{seconds[0]:8.2f}{seconds[-1]:8.2f}"
            f"{statistics.median(run[1] for run in runs):10.0f}{max(run[2] for run in runs):6}",
            flush=True,
        )


def _run(words: Sequence[str], url: str) -> tuple[float, int, int]:
    """Seconds of processors of one run with its workers, its requests, MiB of its largest."""
    command = [sys.executable, "-m", "validator", "check", "--isolated", "--no-progress", *words]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, words
    with urllib.request.urlopen(url + _COUNT, timeout=60) as answer:
        requests = int(json.loads(answer.read()))
    return used.ru_utime + used.ru_stime, requests, used.ru_maxrss // 1024


def _profiled() -> None:
    """Objects are asked for one after the other, as threads are not profiled."""
    from validator import check_paths
    from validator.file.storage import object_file

    def one_by_one(function: Callable[[bytes], object], items: Sequence[bytes]) -> list[object]:
        return [function(item) for item in items]

    with patch.object(object_file, "side_by_side", one_by_one), cProfile.Profile() as profile:
        check_paths(["s3://files/small/"], "text").results()
    pstats.Stats(profile).sort_stats("tottime").print_stats(40)


if __name__ == "__main__":
    main()
