"""A large file in ranges: what several workers find first changes nothing that is said of it."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from validator import check_paths, load_profile, parse_profile
from validator.check import byte_rules, scouting
from validator.check.documents import Documents
from validator.check.plan import Blocks, FileRange, Part, Plan
from validator.check.stages import stages_of
from validator.check.stretches import Clues, RangeReport
from validator.check.worker import Engine
from validator.delimiters.runs import Run, halves
from validator.document import Document
from validator.file import portions, reading
from validator.file.reading import Pages
from validator.model import Report
from validator.run import cutting
from validator.run.assemble import bind
from validator.run.executors.processes import Processes
from validator.run.executors.starting import forked
from validator.text.lines import Window

from .support import in_every_format

CLEAN = [b'{"id":"%d","n":1,"t":"text"}', '{"id":"%d","n":2,"t":"é, ö"}'.encode()]
ODD = [
    b'{"id":"%d","n":"x","t":"text"}',
    b'{"id":"%d","n":1.5,"late":[1,{"a":"b"}]}',
    b'{"id":"%d","N":1,"n":null}',
    b'{"id":"1","n":1,"t":"text"}',
    b'{"id":"%d","n":1,"n":2}',
    b'{"id":"%d","n":1} \t',
    b'{"id":"%d","t":"caf\xe9"}',
    b'{"id":"%d","t":"\xc3',
    b'\xa9"}',
    b'{"id":"%d",',
    b'"n":1',
    b'"n":1}',
    b"}",
    b"",
    b"   ",
    b"[1, 2]",
    b"[",
    b'{"id":"%d","t":"a\rb"}',
    b'{"id":"%d","t":"a\0b"}',
    b'{"id":"%d","t":"a\x01b"}',
    '{"id":"%d","t":"a\u200bb\u202e"}'.encode(),
    b'{"id":"%d","t":"a\\u200bb"}',
    b'{"id":"%d","t":"<<<<<<< ours"}',
    b"<<<<<<< ours",
    b"// seed-validator: ignore TXT206 -- a quotation",
    b"# seed-validator: ignore MET040 -- a reason",
    b'{"id":"%d","t":"' + b"long " * 60 + b'"}',
    b"null",
]
ENDS = [b"\n", b"\n", b"\n", b"\n", b"\n", b"\r\n", b"\r"]


@st.composite
def records(draw: st.DrawFn) -> bytes:
    """JSON Lines, most of them clean, with stretches that are."""
    parts = [draw(st.sampled_from([b"", b"", b"", b"\xef\xbb\xbf", b"\n"]))]
    number = 0
    for _ in range(draw(st.integers(0, 6))):
        kind, newline = draw(st.sampled_from(CLEAN)), draw(st.sampled_from(ENDS[3:]))
        for _ in range(draw(st.integers(0, 12))):
            number += 1
            parts += (kind.replace(b"%d", b"%d" % number), newline)
        for odd in draw(st.lists(st.sampled_from(ODD), max_size=3)):
            number += 1
            parts += (odd.replace(b"%d", b"%d" % number), draw(st.sampled_from(ENDS)))
    if draw(st.booleans()):
        parts[-1] = b""
    return b"".join(parts)


@contextmanager
def small(window: int, stretch: int) -> Iterator[None]:
    """Windows and stretches of so many bytes, parts of a third; no file is read at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "WINDOW", window)
        patch.setattr(byte_rules, "PART", window // 3)
        patch.setattr(scouting, "LONGEST", stretch)
        for module in ("stages", "worker"):
            patch.setattr(f"validator.check.{module}.SMALL", 0)
        yield


TABLES = """
extends = "jsonl"
metadata.types = "one"
metadata.keys = "portable"
metadata.schema.properties.n = { type = ["number", "string", "null"] }
corpus.unique = ["id"]
encoding.newline = "lf"
encoding.final-newline = "require"
delimiters.record-bytes = 200
delimiters.documents = [1, 40]
"""
LINES = load_profile("text")
JSON_LINES = [load_profile("jsonl"), parse_profile(TABLES)]


def engine_of(profile: object, limit: int, spool: str = "") -> Engine:
    return Engine(Plan((bind(profile, []),), limit), spool)  # type: ignore[arg-type]


def both(engine: Engine, path: Path, cuts: list[int], spool: str = "") -> tuple[Report, Report]:
    """What is said of a file at once, and after its ranges were looked at, in any order."""
    part = Part(0, os.fsencode(path.parent) + b"/", (os.fsencode(path.name),))
    edges = sorted({0, *(cut * reading.WINDOW for cut in cuts), path.stat().st_size + (1 << 20)})
    ranges = [FileRange(part, start, stop) for start, stop in pairwise(edges)]
    found = [engine(one) for one in reversed(ranges)]
    return in_whole_windows(engine, part), engine(part.prepared(found))


def in_whole_windows(engine: Engine, part: Part) -> Report:
    """What is said of a part when rules see windows, and not the parts of them that have a clue."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(byte_rules, "PART", 1 << 40)
        return engine(part)


@effort(max_examples=100)
@given(
    data=records(),
    window=st.sampled_from([40, 64, 100, 300, 1000]),
    stretch=st.sampled_from([1, 300, 1 << 20]),
    cuts=st.lists(st.integers(0, 60), max_size=5),
    limit=st.sampled_from([0, 2, 50]),
    which=st.integers(0, 1),
)
def test_a_file_in_ranges_is_the_file(
    tmp_path_factory: pytest.TempPathFactory,
    data: bytes,
    window: int,
    stretch: int,
    cuts: list[int],
    limit: int,
    which: int,
) -> None:
    path = tmp_path_factory.mktemp("law") / "a.jsonl"
    path.write_bytes(data)
    with small(window, stretch):
        whole, ranged = both(engine_of(JSON_LINES[which], limit), path, cuts)
    assert ranged == whole


@effort(max_examples=60)
@given(
    lines=st.lists(
        st.sampled_from(
            [b"some text", "é ü".encode(), b"", b"a  ", b"b\x01", b"caf\xe9", b"<<<<<<< a", b"\0"]
        ),
        max_size=60,
    ),
    ends=st.sampled_from([[b"\n"], [b"\r\n"], [b"\n", b"\r"], [b"\n"] * 9 + [b"\r\n"]]),
    window=st.sampled_from([16, 40, 100]),
    cuts=st.lists(st.integers(0, 30), max_size=4),
)
@example([b"some text"] * 40, [b"\n"], 40, [3, 5])
def test_a_text_in_ranges_is_the_text(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[bytes],
    ends: list[bytes],
    window: int,
    cuts: list[int],
) -> None:
    path = tmp_path_factory.mktemp("law") / "a.txt"
    path.write_bytes(b"".join(line + ends[at % len(ends)] for at, line in enumerate(lines)))
    with small(window, 1):
        whole, ranged = both(engine_of(LINES, 50), path, cuts)
    assert ranged == whole


def test_where_clues_are_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who checks the file then looks for none, and rules see the parts that have one."""
    path = tmp_path / "a.txt"
    lines = [b"%07d\n" % at for at in range(60)]
    lines[20:21] = lines[25:26] = [b"a\x01b\x02cde\n"]
    path.write_bytes(b"".join(lines))
    part = Part(0, os.fsencode(tmp_path) + b"/", (b"a.txt",))
    with small(120, 1):
        engine = engine_of(LINES, 50)
        report = engine(FileRange(part, 120, 240))
        assert report.clues == (Clues(120, 240, [(40, 80), (80, 120)]),)
        expected = engine(part)
        monkeypatch.setattr("validator.check.traversal.clued", None)
        seen: list[bytes] = []
        watched = byte_rules.watched

        def seeing(watchers: Any, window: Window, settings: Any) -> Any:
            seen.append(window.data)
            return watched(watchers, window, settings)

        monkeypatch.setattr("validator.check.traversal.watched", seeing)
        assert engine(part.prepared([report])) == expected
    assert [one.byte_offset for one in expected.diagnostics] == [161, 163, 201, 203]
    assert seen == [path.read_bytes()[160:200], path.read_bytes()[200:240]]


@given(data=records(), window=st.sampled_from([16, 40, 100]), cuts=st.lists(st.integers(0, 40)))
def test_the_windows_of_a_range_are_those_of_the_file(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, window: int, cuts: list[int]
) -> None:
    path = tmp_path_factory.mktemp("law") / "a.jsonl"
    path.write_bytes(data)
    pages = Pages(os.fsencode(path))
    with small(window, 1):
        whole = {one.offset: one.data for one in pages}
        with pages.open() as file:
            assert isinstance(file, io.FileIO)
            assert [*portions.windows_without(file, lambda offset: None)] == [*pages]
        edges = sorted({0, *(cut * window for cut in cuts), len(data) + window})
        for start, stop in pairwise(edges):
            for before, one in portions.windows_within(pages, start, stop):
                assert whole[one.offset] == one.data
                assert data[: one.offset].endswith(before)


@given(
    lines=st.lists(
        st.sampled_from([b'{"a":1}', b'{"a":"x\ry"}', b'{"a":1}\r', b'{"text":"a longer one"}']),
        min_size=1,
        max_size=20,
    ),
    ends=st.booleans(),
    first=st.booleans(),
)
def test_the_halves_of_a_run_are_the_run(lines: list[bytes], ends: bool, first: bool) -> None:
    data = b"\n".join(lines) + b"\n" * ends
    window = Window(data, 0 if first else 70, 1 if first else 9, 1, first, last=not ends)
    run = Run(window, 5, len(lines))
    found = halves(run)
    if found is None:
        assert len(lines) == 1
        return
    assert [*found[0].documents(), *found[1].documents()] == [*run.documents()]
    assert min(found[0].count, found[1].count) > 0
    assert found[0].window.data + found[1].window.data == data


def test_beside_a_fault_few_records_are_looked_at_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(clean(200) + b'{"id":"x","n":1,"t":"a\xe9"}\n' + clean(200))
    looked_at: list[int] = []
    one = Documents._document

    def counted(self: Documents, document: Document) -> None:
        looked_at.append(document.index)
        one(self, document)

    monkeypatch.setattr(Documents, "_document", counted)
    report = engine_of(JSON_LINES[0], 50)(Part(0, os.fsencode(tmp_path) + b"/", (b"a.jsonl",)))
    assert [one.document_index for one in report.diagnostics] == [201]
    assert 201 in looked_at
    assert len(looked_at) <= 8


def clean(count: int, extra: bytes = b"") -> bytes:
    return b"".join(b'{"id":"%d","n":1,"t":"some text"%s}\n' % (at, extra) for at in range(count))


def found_in(path: Path, profile: object, spool: str = "") -> RangeReport:
    part = Part(0, os.fsencode(path.parent) + b"/", (os.fsencode(path.name),))
    return engine_of(profile, 50, spool)(FileRange(part, 0, 1 << 30))


@pytest.mark.parametrize("profile", JSON_LINES, ids=["jsonl", "more"])
def test_nearly_all_of_a_clean_file_is_passed_by(tmp_path: Path, profile: object) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(clean(40))
    with small(100, 1):
        found = found_in(path, profile)
        assert sum(one.stop - one.start for one in found.stretches) > 0.8 * path.stat().st_size
        whole, ranged = both(engine_of(profile, 50), path, [4, 9])
    assert ranged == whole


def test_a_range_of_faults_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id":"1"} \t\n' * 100 + clean(100))
    with small(50, 1):
        assert found_in(path, JSON_LINES[0]).stretches == ()


def test_a_type_that_differs_from_that_of_an_earlier_range_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(clean(50) + clean(50).replace(b'"n":1', b'"n":"x"'))
    with small(100, 1 << 20):
        whole, ranged = both(engine_of(JSON_LINES[1], 50), path, [20])
    assert ranged == whole
    told = [one for one in ranged.diagnostics if one.code == "MET040"]
    assert len(told) == 50
    assert told[0].document_index == 51
    assert told[0].location.row == 51
    assert "in record 1" in told[0].message


def test_of_a_file_that_has_changed_nothing_is_known(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(clean(40))
    engine = engine_of(JSON_LINES[0], 50)
    part = Part(0, os.fsencode(tmp_path) + b"/", (b"a.jsonl",))
    with small(100, 1):
        found = engine(FileRange(part, 0, 1 << 30))
        path.write_bytes(clean(40).replace(b"text", b"t\xe9xt") + b"\n")
        assert engine(part.prepared([found])) == engine(part)
        assert engine(part).diagnostics


def test_a_range_of_a_file_that_is_gone_is_nothing(tmp_path: Path) -> None:
    assert found_in(tmp_path / "a.jsonl", JSON_LINES[0]).stretches == ()


def test_facts_of_a_range_wait_on_the_disk(tmp_path: Path) -> None:
    path, spool = tmp_path / "a.jsonl", tmp_path / "spool"
    spool.mkdir()
    path.write_bytes(clean(40))
    with small(100, 1):
        found = found_in(path, JSON_LINES[1], str(spool))
        assert found.chunk
        assert not found.facts
        whole, ranged = both(engine_of(JSON_LINES[1], 50, str(spool)), path, [4, 9])
    assert ranged == whole
    assert any(b"39" in (key or b"") for column in ranged.columns for key in column)


def test_what_is_in_another_encoding_is_not_looked_at_in_ranges(tmp_path: Path) -> None:
    profile = parse_profile('extends = "text"\nencoding.charset = "windows-1252"')
    assert not scouting.may_be_ranged(stages_of(bind(profile, []), Plan(()).today, 50))


MANY = b"".join(
    clean(1500, b',"u":"%s"' % (b"word " * 20))
    + b'{"id":"5","n":"x","t":"caf\xe9"} \t\n\n{"id":\n'
    + b'{"id":"z","t":"a\r\nb\xe2\x80\x8b"}\r\n'
    for _ in range(8)
)


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with a file that counts as large, beside others."""
    monkeypatch.setattr(cutting, "LARGE", 1 << 20)
    monkeypatch.setattr(cutting, "BYTES", 1 << 19)
    monkeypatch.setattr("validator.check.plan.RANGE", 1 << 19)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/b.jsonl").write_bytes(MANY)
    (tmp_path / "data/a.jsonl").write_bytes(b'{"id":"1"} \n')
    (tmp_path / "data/c.jsonl").write_bytes(clean(3))
    return tmp_path


def told(jobs: int) -> dict[str, bytes]:
    return in_every_format("data", jobs=jobs, isolated=True, profile="jsonl", no_group=False)


@pytest.mark.skipif(sys.platform != "linux", reason="what is patched goes to workers by fork")
def test_every_format_says_the_same_for_any_number_of_jobs(large: Path) -> None:
    first = told(1)
    assert b"ENC001" in first["json"]
    assert told(2) == first


class Dying(Engine):
    """An engine that a range kills, and as often as it is tried the file if it is `killed`."""

    killed = False

    def prepare(self, task: FileRange | Blocks) -> RangeReport:
        """Die of any but the first range."""
        if not isinstance(task, FileRange) or task.start:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().prepare(task)

    def check(self, part: Part) -> Report:
        """Die of the large file, if that is wanted."""
        if self.killed and part.names == (b"b.jsonl",) and not part.odd:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().check(part)


class DyingOfAll(Dying):
    """One that the file kills, too."""

    killed = True


@pytest.mark.skipif(sys.platform != "linux", reason="the engine is replaced through fork")
@pytest.mark.parametrize("engine", [Dying, DyingOfAll])
def test_a_range_that_kills_its_worker_costs_what_the_file_does(
    large: Path, engine: type[Engine]
) -> None:
    whole = check_paths("data", "jsonl", isolated=True)
    expected = [*whole.diagnostics()]
    run = check_paths("data", "jsonl", isolated=True)
    run._executor, run._engine = Processes(2, forked), engine
    found = [*run.diagnostics()]
    if engine is Dying:
        assert found == expected
        return
    assert [one.code for one in found if one.path == "data/b.jsonl"] == ["FIL005"]
    others = [one for one in expected if one.path != "data/b.jsonl"]
    assert [one for one in found if one.path != "data/b.jsonl"] == others
