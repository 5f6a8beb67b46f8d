"""Helpers look ahead in a large file, plain or compressed: nothing that is said of it changes."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import pytest
import zstandard
from hypothesis import example, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from validator import parse_profile
from validator.check import look_ahead
from validator.check.assistants import Assistants
from validator.check.look_ahead import LookAhead
from validator.check.plan import Blocks, DamageSearch, DocumentBatch, FileRange, Part
from validator.check.worker import Engine
from validator.file import reading
from validator.file.read_ahead import ReadAhead
from validator.run import cutting

from .support import ROOT
from .test_stretches import (
    LINES,
    MANY,
    TABLES,
    clean,
    engine_of,
    in_whole_windows,
    records,
    small,
    told,
)

PACK: dict[str, Callable[[bytes], bytes]] = {
    "": lambda data: data,
    ".gz": lambda data: b"".join(map(gzip.compress, (data[:999], data[999:]))),
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": lambda data: zstandard.ZstdCompressor().compress(data),
}


JSON_LINES = [
    parse_profile('extends = "jsonl"\nreaders = []'),  # some cannot read bzip2 and xz
    parse_profile(f"{TABLES}\nreaders = []"),
]


class Here:
    """A helper in this process, which dies of its `mortal`th task."""

    def __init__(self, engine: Engine, mortal: int, log: list[int]) -> None:
        self._engine, self._left, self._log = engine, mortal, log
        self._ours, self._theirs = socket.socketpair()
        self._results: deque[object] = deque([None])
        self._theirs.send(b"x")

    def fileno(self) -> int:
        """See `Helper`."""
        return self._ours.fileno()

    def send(self, task: object) -> None:
        """See `Helper`."""
        assert isinstance(task, FileRange | Blocks | DocumentBatch | DamageSearch)
        assert task.part.helpers is None
        self._left -= 1
        if self._left < 0:
            self._theirs.close()
            return
        self._log.append(_known_by(task))
        self._results.append(self._engine(task))
        self._theirs.send(b"x")

    def received(self) -> Iterator[object]:
        """See `Helper`."""
        if not self._ours.recv(1):
            raise EOFError
        yield self._results.popleft()

    def end(self) -> None:
        """See `Helper`."""
        self._ours.close()
        self._theirs.close()

    def exit_code(self) -> int:
        """See `Helper`."""
        return 0


class Slow(Here):
    """A helper whose answers are held back until they are released."""

    held: ClassVar[list[socket.socket]] = []

    def send(self, task: object) -> None:
        """See `Helper`."""
        line, (own, other) = self._theirs, socket.socketpair()
        with own, other:
            self._theirs = own
            super().send(task)
        self._theirs = line
        self.held.append(line)

    @classmethod
    def release(cls) -> None:
        """Let all answers come."""
        while cls.held:
            cls.held.pop().send(b"x")


def _known_by(task: FileRange | Blocks | DocumentBatch | DamageSearch) -> int:
    """Where a task begins in the file, or how many documents it has; -1 of a search for damage."""
    if isinstance(task, DamageSearch):
        return -1
    if isinstance(task, DocumentBatch):
        return len(task.documents)
    return task.start if isinstance(task, FileRange) else task.offset


class Coming:
    """Helpers that come one by one, each time that this is asked for them so often."""

    def __init__(self, engine: Engine, mortals: list[int], kind: type[Here] = Here) -> None:
        self.engine, self.mortals, self.log = engine, [*mortals], list[int]()
        self._kind = kind

    def come(self) -> Iterator[Here]:
        """See `Helpers`."""
        if self.mortals:
            yield self._kind(self.engine, self.mortals.pop(), self.log)


@contextmanager
def tiny(window: int, unit: int = 2) -> Iterator[None]:
    """Windows of so many bytes, and so many windows in a unit."""
    with small(window, 300), pytest.MonkeyPatch.context() as patch:
        patch.setattr(look_ahead, "UNIT", window * unit)
        patch.setattr(look_ahead, "BLOCKS", unit)
        patch.setattr(look_ahead, "HELD", window * unit * 4)
        yield


def both(engine: Engine, path: Path, mortals: list[int], kind: type[Here] = Here) -> list[int]:
    """Hold what is said of a file with such helpers against the file alone; where these were."""
    part = Part(0, os.fsencode(path.parent) + b"/", (os.fsencode(path.name),))
    helpers = Coming(engine, mortals, kind)
    assert engine(part.assisted(helpers)) == in_whole_windows(engine, part)
    return helpers.log


@effort(max_examples=150)
@given(
    data=records(),
    suffix=st.sampled_from([*PACK]),
    window=st.sampled_from([40, 64, 100, 300]),
    unit=st.sampled_from([1, 2, 4]),
    mortals=st.lists(st.sampled_from([0, 1, 3, 1000]), min_size=1, max_size=3),
    limit=st.sampled_from([0, 2, 50]),
    which=st.integers(0, 1),
    cut=st.sampled_from([0, 0, 0, 1, 9]),
)
def test_a_file_with_helpers_is_the_file(
    tmp_path_factory: pytest.TempPathFactory,
    data: bytes,
    suffix: str,
    window: int,
    unit: int,
    mortals: list[int],
    limit: int,
    which: int,
    cut: int,
) -> None:
    path = tmp_path_factory.mktemp("law") / f"a.jsonl{suffix}"
    packed = PACK[suffix](data)
    path.write_bytes(packed[: len(packed) - cut])
    with tiny(window, unit):
        both(engine_of(JSON_LINES[which], limit), path, mortals)


@effort(max_examples=60)
@given(
    lines=st.lists(
        st.sampled_from(
            [b"some text", "é ü".encode(), b"", b"a  ", b"b\x01", b"caf\xe9", b"<<<<<<< a", b"\0"]
        ),
        max_size=60,
    ),
    ends=st.sampled_from([[b"\n"], [b"\r\n"], [b"\n", b"\r"], [b"\n"] * 9 + [b"\r\n"]]),
    suffix=st.sampled_from([*PACK]),
    window=st.sampled_from([16, 40, 100]),
)
@example([b"some text"] * 40, [b"\n"], ".gz", 40)
def test_a_text_with_helpers_is_the_text(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[bytes],
    ends: list[bytes],
    suffix: str,
    window: int,
) -> None:
    path = tmp_path_factory.mktemp("law") / f"a.txt{suffix}"
    path.write_bytes(
        PACK[suffix](b"".join(line + ends[at % len(ends)] for at, line in enumerate(lines)))
    )
    with tiny(window):
        both(engine_of(LINES, 50), path, [1000])


CELLS = ["a", "1.5", "", "é ü", '"a, b"', '"a\n""b"']
ODD_CELLS = ['"', 'x"y', "a\u200bb", "a ", "b\x01", "\ufeff"]


@effort(max_examples=100)
@given(
    rows=st.lists(st.lists(st.sampled_from(CELLS * 5 + ODD_CELLS), min_size=3, max_size=3)),
    end=st.sampled_from(["\n", "\n", "\r\n"]),
    window=st.sampled_from([16, 40, 100]),
    mortals=st.lists(st.sampled_from([1, 3, 1000]), min_size=1, max_size=2),
    limit=st.sampled_from([0, 2, 50]),
)
def test_a_table_with_helpers_is_the_table(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str]],
    end: str,
    window: int,
    mortals: list[int],
    limit: int,
) -> None:
    """Cells in quotation marks go over line ends, and no helper knows where one began."""
    path = tmp_path_factory.mktemp("law") / "a.csv"
    path.write_bytes("".join(",".join(row) + end for row in rows).encode())
    with tiny(window):
        both(engine_of(LINES, limit), path, mortals)


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize(
    "odd", [b"", b'{"id": "a", "id": 1, "t": "x\xe2\x80\x8b"}\n'], ids=["clean", "odd"]
)
def test_who_would_wait_for_a_helper_looks_ahead_itself(
    tmp_path: Path, suffix: str, odd: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(PACK[suffix](clean(200) + odd + clean(200)))
    looked: list[bool] = []
    look = LookAhead._looks_itself

    def counted(self: LookAhead) -> bool:
        looked.append(look(self))
        Slow.release()
        return looked[-1]

    hear = Assistants.hear

    def heard(self: Assistants, patience: float | None = 0) -> None:
        if patience is None:
            Slow.release()
        hear(self, patience)

    monkeypatch.setattr(LookAhead, "_looks_itself", counted)
    monkeypatch.setattr(Assistants, "hear", heard)
    monkeypatch.setattr(Slow, "held", [])
    with tiny(400):
        seen = both(engine_of(JSON_LINES[0], 50), path, [1000], Slow)
    assert sum(looked) > 3
    assert len(seen) > 3


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("profile", [*JSON_LINES, LINES], ids=["jsonl", "more", "text"])
def test_helpers_see_nearly_all_of_a_clean_file(
    tmp_path: Path, suffix: str, profile: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(PACK[suffix](clean(400)))
    seen: list[int] = []
    passed = look_ahead.LookAhead.at

    def at(self: look_ahead.LookAhead, offset: int) -> object:
        found = passed(self, offset)
        seen.append(0 if found is None else found.stop - found.start)
        return found

    monkeypatch.setattr(look_ahead.LookAhead, "at", at)
    with tiny(100):
        log = both(engine_of(profile, 50), path, [1000] * 3)
    assert len(log) == len({*log})
    assert sum(seen) > 0.6 * len(clean(400))


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("mortals", [[1000], [4], [1000, 1000]])
def test_a_helper_finds_what_is_no_utf8(
    tmp_path: Path, suffix: str, mortals: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    odd = b'{"id":"x","n":1,"t":"caf\xe9 \xc3\xa9"}\n'
    path.write_bytes(PACK[suffix](clean(100) + odd + clean(300) + odd))
    told: list[object] = []
    damage = look_ahead.LookAhead.damage

    def logged(self: look_ahead.LookAhead) -> object:
        told.append(damage(self))
        return told[-1]

    monkeypatch.setattr(look_ahead.LookAhead, "damage", logged)
    with tiny(100):
        assert both(engine_of(JSON_LINES[0], 50), path, mortals).count(-1) == (mortals != [4])
    assert len(told) == 1
    assert (told != [None]) == (mortals != [4])


def test_a_line_that_is_longer_than_a_unit_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    long = b'{"id":"x","t":"%s"}\n' % (b"y " * 900)
    path.write_bytes(gzip.compress(clean(30) + long + clean(30)))
    with tiny(100):
        assert both(engine_of(JSON_LINES[0], 50), path, [1000])


def test_members_that_must_be_documents_are_gone_over_by_one(tmp_path: Path) -> None:
    profile = parse_profile('extends = "jsonl"\ndelimiters.members = "document"')
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(b"".join(gzip.compress(line + b"\n") for line in clean(60).splitlines()))
    with tiny(100):
        assert both(engine_of(profile, 50), path, [1000]) == []


class Odd:
    """Bytes from which nothing can be read any more after some of them."""

    def __init__(self, data: bytes) -> None:
        self._file = io.BytesIO(data)

    def read(self, size: int, /) -> bytes:
        """See `Source`."""
        data = self._file.read(size)
        if not data:
            raise OSError(5, "Input/output error")
        return data

    def close(self) -> None:
        """See `Source`."""
        self._file.close()


def test_a_fault_that_is_met_ahead_is_told_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "WINDOW", 4)
    seen: list[bytes] = []
    file = ReadAhead(Odd(b"abcdefgh"), seen.append)
    assert [file.take(), file.take(), file.take()] == [b"abcd", b"efgh", b""]
    assert file.ahead == 8
    assert [file.read(4), file.read(2)] == [b"abcd", b"ef"]
    file.seek(2)
    assert [file.read(9), file.read(9)] == [b"cd", b"efgh"]
    with pytest.raises(OSError, match="Input/output"):
        file.read(1)
    assert seen == [b"abcd", b"efgh"]
    assert file.ahead == 0


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with compressed files that count as large."""
    monkeypatch.setattr(cutting, "LARGE_PACKED", 1 << 10)
    monkeypatch.setattr(cutting, "BYTES", 1 << 12)
    monkeypatch.setattr(look_ahead, "BLOCKS", 1)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    for name in ("a.jsonl.gz", "b.jsonl.zst", "c.jsonl.gz"):
        (tmp_path / "data" / name).write_bytes(PACK[Path(name).suffix](MANY))
    return tmp_path


@pytest.mark.skipif(sys.platform != "linux", reason="what is patched goes to workers by fork")
def test_every_format_says_the_same_of_compressed_files(large: Path) -> None:
    first = told(1)
    assert b"ENC001" in first["json"]
    assert told(3) == first


HELPED = """
import os
from select import select
from validator import load_profile
from validator.check import look_ahead
from validator.check.plan import Part
from validator.check.worker import Engine
from validator.run import cutting
from validator.run.executors import Limits
from validator.run.executors.helping import Granted
from validator.run.executors.processes import Processes
from tests.test_stretches import engine_of

prepare, come, waited = Engine.prepare, Granted.come, []

def logged(self, task):
    with open("log", "a") as file:
        print(os.getpid(), os.getppid(), file=file)
    return prepare(self, task)

def waits(self):
    # the file is so small that its worker were done before help comes
    if not waited:
        select([self._line], (), (), 1)
    for child in come(self):
        waited.append(True)
        select([child], (), (), 1)
        yield child

Engine.prepare, Granted.come, look_ahead.BLOCKS = logged, waits, 1
part = Part(0, b"data/", (b"a.jsonl.gz",), size=1 << 20)
done = [*Processes(3).run(engine_of(load_profile("jsonl"), 50), [part], Limits(16))]
assert len(done) == 1
"""
"""A program with no thread but one, whose processes are forks of it: they log what they do."""


@pytest.mark.skipif(sys.platform != "linux", reason="what is patched goes to workers by fork")
def test_processes_that_nobody_needs_help_the_one_that_is_at_work(large: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", HELPED], cwd=large, env=env, check=True, timeout=120)
    lines = [line.split() for line in (large / "log").read_text().splitlines()]
    helpers = {int(pid) for pid, _ in lines}
    assert 1 <= len(helpers) <= 2
    assert len({parent for _, parent in lines}) == 1
    for pid in helpers:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
