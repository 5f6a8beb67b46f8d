"""Documents to replay: those at head, those of the past, read from git and never checked out."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

MISSING = {b"missing", b"ambiguous"}
GONE = "0" * 40


class Case(Struct, frozen=True):
    """A document: its path in the repository, its bytes, and where it comes from."""

    path: str
    data: bytes
    origin: str

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]


def head(checkout: Path, globs: Sequence[str]) -> list[Case]:
    """The documents in the index whose path one of the git pathspecs matches."""
    specs = [f":(glob){glob}" for glob in globs]
    listed = _git(checkout, "ls-files", "-s", "-z", "--", *specs)
    wanted = []
    for line in listed.split(b"\0"):
        words, _, path = line.partition(b"\t")
        if path and words.startswith(b"100"):
            wanted.append((path.decode(), words.split()[1].decode()))
    return _unique(_read(checkout, wanted), "head")


def history(checkout: Path, globs: Sequence[str], commits: int) -> list[Case]:
    """Every version of the documents that the last `commits` commits touching them wrote."""
    specs = [f":(glob){glob}" for glob in globs]
    log = ("log", f"-n{commits}", "--format=", "--raw", "--no-abbrev", "--no-renames", "-z")
    words = _git(checkout, *log, "--", *specs).split(b"\0")
    wanted = []
    for entry, path in zip(words[::2], words[1::2], strict=False):
        new = entry.split()[3].decode()
        if new != GONE:
            wanted.append((path.decode(), new))
    return _unique(_read(checkout, wanted), "history")


def _unique(found: Iterable[tuple[str, bytes]], origin: str) -> list[Case]:
    seen: dict[tuple[str, bytes], Case] = {}
    for path, data in found:
        seen.setdefault((path.rpartition("/")[2], data), Case(path, data, origin))
    return list(seen.values())


def _read(checkout: Path, wanted: Sequence[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """Path and content of blobs, through one `git cat-file`."""
    asked = b"".join(blob.encode() + b"\n" for _, blob in wanted)
    answer = _git(checkout, "cat-file", "--batch", given=asked)
    at = 0
    for path, _ in wanted:
        end = answer.index(b"\n", at)
        words = answer[at:end].split()
        at = end + 1
        if words[-1] in MISSING:  # a partial clone need not have it
            continue
        size = int(words[2])
        yield path, answer[at : at + size]
        at += size + 1


def _git(checkout: Path, *words: str, given: bytes = b"") -> bytes:
    command = ["git", "-C", str(checkout), *words]
    return subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True).stdout
