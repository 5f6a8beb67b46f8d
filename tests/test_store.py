"""A store of reports: runs go on where they ended, and shards put together are one run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw
from msgspec.structs import replace

from validator import check_bytes, load_profile
from validator.check.plan import Part
from validator.check.worker import Engine
from validator.errors import UsageError
from validator.file.objects import UNFINISHED, Folder
from validator.model import Report, Totals, Unchecked
from validator.profile.toml_file import built_in_names
from validator.render import formats
from validator.run.executors.processes import Processes
from validator.run.executors.starting import forked
from validator.run.request import RunRequest, prepare
from validator.run.run import Run
from validator.store.canonical import canonical
from validator.store.envelope import (
    MARK,
    DamagedError,
    Kept,
    packed,
    report_of,
    unpacked,
    wrapped,
)
from validator.store.keeping import Keeping
from validator.store.reports import STORE as STORE_MARK
from validator.store.reports import store_at
from validator.store.shard import shard_of
from validator.store.stored_run import store_of

from .support import ROOT, run_cli, write

CONFIGURATION = b"""
[profiles.notes]
extends = "markdown"
files = ["notes/"]
corpus.unique = ["title"]
corpus.content = "unique"
[profiles.rows]
extends = "jsonl"
files = ["rows/"]
corpus.unique = ["id"]
"""


def corpus(folder: Path, notes: int = 400, rows: int = 40) -> None:
    """Notes and records with faults of bytes, of metadata and of the corpus."""
    write(folder, {"seed-validator.toml": CONFIGURATION})
    (folder / ".store").mkdir()  # it is counted as hidden
    for at in range(notes):
        end = b"\xff\n" if at % 97 == 0 else b" \n" if at % 89 == 0 else b"\n"
        head = b"---\ntitle: %d\n---\n" % (at % (notes - 9)) if at % 83 else b"---\ntitle: [\n---\n"
        write(folder / "notes", {f"{at % 3}/{at:04}.md": head + b"Text %d" % (at % 650) + end})
    lines = [b'{"id":%d,"text":"row %d"}\n' % (at % (rows - 2), at) for at in range(rows)]
    for at in range(3):
        write(folder / "rows", {f"{at}.jsonl": b"".join(lines[: rows - at]) + b"{\n" * at})


def ran(
    folder: Path, *words: str, seed: str = "0", room: int | None = None
) -> tuple[int, str, str]:
    """Exit code, standard output, standard error; files may be written up to so much `room`."""
    limit = f"ulimit -f {room}; " if room is not None else ""
    done = subprocess.run(
        ["bash", "-c", f'{limit}exec "$@"', "-", sys.executable, "-m", "validator", *words],
        check=False,
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
        timeout=120,
    )
    return done.returncode, done.stdout, done.stderr


def checked(folder: Path, *words: str, **more: str) -> tuple[int, str, str]:
    """What `check` says of all that is there."""
    return ran(folder, "check", ".", *words, **more)  # type: ignore[arg-type]


JSON = ("--output-format", "json-lines")
STORE = ("--store", ".store")
MERGE = ("merge", ".", *STORE)


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus that no test changes."""
    folder = tmp_path_factory.mktemp("corpus")
    corpus(folder)
    return folder


def reports(folder: Path) -> list[Path]:
    """The reports in its store."""
    return sorted((folder / ".store").rglob("*.report"))


@pytest.mark.parametrize("shards", [1, 4, 7])
def test_shards_put_together_are_one_run(there: Path, tmp_path: Path, shards: int) -> None:
    code, out, _ = checked(there, *JSON)
    assert {'"code":"COR001"', '"code":"ENC001"'} <= {
        word for line in out.splitlines() for word in line[1:-1].split(",")
    }
    store = ("--store", str(tmp_path / "store"))
    jobs = [("--jobs", str(1 + at % 2)) for at in range(shards)]
    for at in range(shards):  # in another order, and with other seeds of hashes
        number = shards - at
        done = checked(there, *store, "--shard", f"{number}/{shards}", *jobs[at], seed=str(at))
        assert done[:2] == (0, "")
        assert done[2].startswith(f"seed-validator: shard {number}/{shards}: ")
    assert ran(there, "merge", ".", *store, *JSON)[:2] == (code, out)


@pytest.mark.parametrize("name", formats())
def test_each_format_is_the_same(
    there: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(there)
    store = str(tmp_path / "store")
    expected = run_cli(".", output_format=name)[:2]
    assert run_cli(".", output_format=name, store=store)[:2] == expected
    assert run_cli(".", output_format=name, store=store, merge=True)[:2] == expected


def test_nothing_is_done_twice(tmp_path: Path) -> None:
    corpus(tmp_path, 200)
    code, out, told = checked(tmp_path, *JSON)
    assert checked(tmp_path, *JSON, *STORE) == (code, out, told)
    every = len(reports(tmp_path))
    note = f"seed-validator: {every} of {every} tasks were in the store\n"
    assert checked(tmp_path, *JSON, *STORE) == (code, out, told + note)
    (tmp_path / "notes/1/0001.md").write_bytes(b"---\ntitle: Changed\n---\nText\n")
    code, out, told = checked(tmp_path, *JSON)
    note = f"seed-validator: {every - 1} of {every} tasks were in the store\n"
    assert checked(tmp_path, *JSON, *STORE) == (code, out, told + note)


def test_who_is_killed_goes_on(tmp_path: Path) -> None:
    corpus(tmp_path, 1500)
    expected = checked(tmp_path, *JSON)
    command = [sys.executable, "-m", "validator", "check", ".", *STORE, "--shard", "1/1"]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=tmp_path, env=environ, stderr=subprocess.DEVNULL)
    while not reports(tmp_path) and process.poll() is None:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = len(reports(tmp_path))
    assert before
    code, out, told = checked(tmp_path, *JSON, *STORE)
    assert (code, out) == expected[:2]
    assert f"{before} of {len(reports(tmp_path))} tasks were in the store" in told
    assert ran(tmp_path, *MERGE, *JSON)[:2] == expected[:2]


def test_two_at_once_do_not_meet(tmp_path: Path) -> None:
    corpus(tmp_path, 200)
    expected = checked(tmp_path, *JSON)
    command = [sys.executable, "-m", "validator", "check", ".", *STORE, *JSON]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    two = [
        subprocess.Popen(command, cwd=tmp_path, env=environ, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [one.communicate()[0] for one in two] == [expected[1]] * 2
    assert ran(tmp_path, *MERGE, *JSON)[:2] == expected[:2]


def test_a_store_that_another_run_makes_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look for its mark and the look for other files."""
    names = Folder.names

    def late(self: Folder, folder: str) -> Iterator[str]:
        monkeypatch.setattr(Folder, "names", names)
        store_at(self.path, make=True)
        return names(self, folder)

    monkeypatch.setattr(Folder, "names", late)
    assert store_at(str(tmp_path), make=True).get(STORE_MARK)


def test_what_a_run_left_that_was_killed_at_its_first_write(tmp_path: Path) -> None:
    Path(tmp_path, f"{STORE_MARK}.1f{UNFINISHED}").write_bytes(b"{")
    assert store_at(str(tmp_path), make=True).get(STORE_MARK)


DAMAGES: Mapping[str, Callable[[bytes], bytes]] = {
    "is empty": lambda data: b"",
    "is cut off": lambda data: data[:30],
    "is torn: its checksum": lambda data: data[:-1],
    "is torn": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "is no report of seed-validator": lambda data: b"x" + data,
    "is of format 9, and this version reads format 2": lambda data: (
        data[: len(MARK)] + b"\x09" + data[len(MARK) + 1 :]
    ),
}


@pytest.mark.parametrize("words", DAMAGES)
def test_a_damaged_report_is_named_and_made_again(tmp_path: Path, words: str) -> None:
    corpus(tmp_path, 20)
    expected = checked(tmp_path, *JSON, *STORE)
    one = reports(tmp_path)[0]
    one.write_bytes(DAMAGES[words](one.read_bytes()))
    code, out, told = ran(tmp_path, *MERGE, *JSON)
    assert (code, out) == (2, "")
    assert f"`.store/{one.relative_to(tmp_path / '.store')}`, {words}" in told
    assert "run `seed-validator check --store .store` with the same options, then merge" in told
    assert checked(tmp_path, *JSON, *STORE)[:2] == expected[:2]
    assert ran(tmp_path, *MERGE, *JSON)[:2] == expected[:2]


def test_a_report_under_the_name_of_another_is_foreign(tmp_path: Path) -> None:
    corpus(tmp_path, 20)
    checked(tmp_path, *STORE)
    one, other, *_ = reports(tmp_path)
    one.write_bytes(other.read_bytes())
    code, _, told = ran(tmp_path, *MERGE)
    assert code == 2
    assert "is of another task: it was put there under this name" in told


def test_a_corpus_that_changes_between_shards(tmp_path: Path) -> None:
    corpus(tmp_path, 200)
    checked(tmp_path, *STORE, "--shard", "1/2")
    checked(tmp_path, *STORE, "--shard", "2/2")
    note = tmp_path / "notes/2/0002.md"
    note.write_bytes(note.read_bytes() + b"More.\n")
    code, out, told = ran(tmp_path, *MERGE)
    assert (code, out) == (2, "")
    assert "does not hold any more: `notes/2/0002.md` has changed since; run" in told
    note.unlink()
    code, _, told = ran(tmp_path, *MERGE)
    assert code == 2
    assert "lacks the reports of 1 of" in told


def test_shards_that_were_not_done(there: Path, tmp_path: Path) -> None:
    store = ("--store", str(tmp_path / "store"))
    code, _, told = ran(there, "merge", ".", *store)
    assert code == 2
    assert "there is no store at" in told
    checked(there, *store, "--shard", "1/2")
    code, _, told = ran(there, "merge", ".", *store)
    assert code == 2
    assert "tasks, the first that of `notes/" in told


@pytest.mark.parametrize(
    ("words", "difference"),
    [
        (["--limit", "3"], "the limit is 50 there and 3 here"),
        (["--ignore", "COR001"], "the profiles or their rules differ: `notes`, `rows`"),
        (["--set", "text.tabs=forbid"], "the profiles or their rules differ: `notes`, `rows`"),
    ],
)
def test_another_plan_is_told(
    there: Path, tmp_path: Path, words: list[str], difference: str
) -> None:
    store = ("--store", str(tmp_path / "store"))
    checked(there, *store)
    code, out, told = ran(there, "merge", ".", *store, *words)
    assert (code, out) == (2, "")
    assert f"has no report of this plan, but of another: {difference}. Give `merge`" in told


def test_what_only_the_exit_code_hangs_on_is_no_other_plan(there: Path, tmp_path: Path) -> None:
    store = ("--store", str(tmp_path / "store"))
    checked(there, *store)
    assert ran(there, "merge", ".", *store, "--fail-on", "never")[0] == 0


def test_a_schema_is_part_of_the_plan(tmp_path: Path) -> None:
    configuration = b'[profiles.x]\nextends = "jsonl"\nmetadata.schema = "s.json"\n'
    write(tmp_path, {"seed-validator.toml": configuration, "s.json": b'{"required": ["a"]}'})
    write(tmp_path, {"x.jsonl": b'{"a": 1}\n'})
    assert checked(tmp_path, *STORE)[0] == 0
    write(tmp_path, {"s.json": b'{"required": ["b"]}'})
    code, out, _ = checked(tmp_path, *STORE)
    assert code == 1
    assert "`b`" in out


def test_a_day_is_part_of_the_plan_where_it_is_asked_for(tmp_path: Path) -> None:
    dated = b'[profiles.x]\nextends = "jsonl"\nmetadata.schema = "s.json"\n'
    schema = b'{"properties": {"d": {"x-date": "%Y-%m-%d", "x-not-after": "now"}}}'
    write(tmp_path, {"seed-validator.toml": dated, "s.json": schema})
    write(tmp_path, {"x.jsonl": b'{"d": "2026-03-01"}\n'})
    before, after = ("--today", "2026-01-01"), ("--today", "2026-06-01")
    assert checked(tmp_path, *STORE, *before)[0] == 1
    code, _, told = ran(tmp_path, *MERGE, *after)
    assert code == 2
    assert "is 2026-01-01 there and 2026-06-01 here, as `--today 2026-01-01` mends" in told
    write(tmp_path, {"s.json": b"{}"})
    _, _, told = ran(tmp_path, *MERGE)
    assert "dates are held against the day of the run there, 2026-01-01, and not here" in told
    assert checked(tmp_path, *STORE)[0] == 0
    write(tmp_path, {"s.json": schema})
    assert checked(tmp_path, *STORE, *after)[0] == 0


def test_other_paths_are_no_other_plan(there: Path, tmp_path: Path) -> None:
    store = ("--store", str(tmp_path / "store"))
    checked(there, *store, "--shard", "1/1")
    code, out, told = ran(there, "merge", "rows/1.jsonl", *store)
    assert (code, out) == (2, "")
    assert "has no report of these files, the first of which is `rows/1.jsonl`. Give" in told


def test_a_day_that_nothing_asks_for_is_not(there: Path, tmp_path: Path) -> None:
    store = ("--store", str(tmp_path / "store"))
    checked(there, *store, "--today", "2026-01-01")
    assert ran(there, "merge", ".", *store, "--today", "2026-06-01")[0] == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--shard", "1/2"], "--shard is a part of the work for a store: give --store, too"),
        ([*STORE, "--shard", "0/4"], "there is no shard 0 of 4; they are numbered from 1"),
        ([*STORE, "--shard", "5/4"], "there is no shard 5 of 4"),
        ([*STORE, "--shard", "0/0"], "there is no shard 0 of 0"),
        ([*STORE, "--shard", "one/2"], "--shard is `I/N`, the I-th of N shards"),
        ([*STORE, "--shard", "1/2", "--since", "main"], "give --since or --staged to `merge`"),
        ([*STORE, "--fix"], "leave out --fix or --store"),
        ([*STORE, "-"], "standard input is checked each time"),
        (["--store", "notes/store"], "the store `notes/store` is in `.`, which is checked"),
        (["--store", "."], "the store `.` is in `.`, which is checked"),
        (["--store", "seed-validator.toml/x"], "is in `.`, which is checked"),
        (["--store", ".other"], "`.other` is no store of reports, and is not empty"),
    ],
)
def test_what_cannot_be_asked(tmp_path: Path, words: list[str], told: str) -> None:
    corpus(tmp_path, 3)
    write(tmp_path, {".other/x": b"data"})
    code, out, error = ran(tmp_path, "check", *([] if "-" in words else ["."]), *words)
    assert (code, out) == (2, "")
    assert told in error
    assert sorted(os.listdir(tmp_path / ".other")) == ["x"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_full_disk(tmp_path: Path, jobs: str) -> None:
    corpus(tmp_path, 200)
    expected = checked(tmp_path, *JSON)
    code, _, told = ran(tmp_path, "check", ".", *STORE, "--jobs", jobs, room=1)
    assert code == 2
    assert told.startswith("seed-validator: error: the store `.store` cannot be written (")
    assert "what it has is kept: mend that, and run the same command again" in told
    assert not list((tmp_path / ".store").rglob("*.part"))
    assert checked(tmp_path, *JSON, *STORE)[:2] == expected[:2]


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes there")
def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    corpus(tmp_path, 3)
    (tmp_path / os.fsdecode(b"notes/\xff.md")).write_bytes(b"---\ntitle: [\n---\n\xff\n")
    expected = checked(tmp_path, *JSON)
    assert checked(tmp_path, *JSON, *STORE) == expected
    assert ran(tmp_path, *MERGE, *JSON)[:2] == expected[:2]


def test_many_facts_are_in_objects_of_their_own(tmp_path: Path) -> None:
    rows = b"".join(b'{"id":%d,"text":"row %d"}\n' % (at % 39_999, at) for at in range(40_000))
    write(tmp_path, {"seed-validator.toml": CONFIGURATION, "rows/a.jsonl": rows})
    (tmp_path / ".store").mkdir()
    expected = checked(tmp_path, *JSON)
    assert '"code":"COR001"' in expected[1]
    assert checked(tmp_path, *STORE, "--shard", "1/1")[0] == 0
    chunks = list((tmp_path / ".store").rglob("*.report.*"))
    assert chunks
    assert ran(tmp_path, *MERGE, *JSON)[:2] == expected[:2]
    assert checked(tmp_path, *JSON, *STORE)[:2] == expected[:2]
    chunks[0].write_bytes(b"")
    code, _, told = ran(tmp_path, *MERGE)
    assert code == 2
    assert f"{chunks[0].name}`, is empty" in told


def test_another_copy_of_the_corpus_is_read_and_holds(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    corpus(one, 50)
    corpus(other, 50)
    store = ("--store", str(tmp_path / "store"))
    assert checked(one, *store, "--shard", "1/1")[0] == 0
    expected = checked(other, *JSON)
    code, out, told = ran(other, "merge", ".", *store, *JSON)
    assert (code, out) == expected[:2]
    assert "seed-validator: 53 files were read again, as their times do not tell" in told


class Dying(Keeping):
    """An engine that a certain file kills."""

    def check(self, part: Part) -> Report:
        """Die of 0004.md."""
        if b"0004.md" in part.names and not part.odd:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().check(part)


@pytest.mark.skipif(sys.platform != "linux", reason="the engine is replaced through fork")
def test_a_file_that_kills_its_worker_is_in_the_merged_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus(tmp_path, 20, rows=3)
    monkeypatch.chdir(tmp_path)
    prepared = prepare(RunRequest(paths=["."], today=date(2026, 1, 1)))
    made, parts = prepared.begin()
    store = store_of(".store", made.plan, prepared.roots, make=True)
    of_plan = store.plan.digest
    run = Run(
        made.plan,
        parts,
        made.skipped,
        Processes(2, forked),
        engine=lambda plan, spool: Dying(plan, spool, ".store", of_plan),
    )
    found = list(run.diagnostics())
    assert [one.path for one in found if one.name == "unchecked-file"] == ["notes/1/0004.md"]
    merging = store.merging()
    assert merging.verify(prepared.begin()[1]).tasks == 4
    again, parts = prepared.begin()
    merged = Run(again.plan, parts, again.skipped, merging, engine=Engine)
    assert list(merged.diagnostics()) == found
    assert merged.summary.totals == run.summary.totals


def test_a_report_of_a_file_that_was_not_checked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus(tmp_path, 3)
    monkeypatch.chdir(tmp_path)
    prepared = prepare(RunRequest(paths=["."], today=date(2026, 1, 1)))
    made, parts = prepared.begin()
    store = store_of(".store", made.plan, prepared.roots, make=True)
    engine = store.engine(made.plan, "")
    for part in parts:
        assert engine.give_up(part, Unchecked("killed", "it was killed")).diagnostics
    assert "FIL005" not in checked(tmp_path, *JSON, *STORE)[1]


def test_a_plan_has_one_spelling(tmp_path: Path) -> None:
    """For every built-in profile, whatever the order of sets in a process."""
    program = (
        "from validator.run.request import RunRequest, prepare\n"
        "from validator.store.plan_digest import described\n"
        "from validator.profile.toml_file import built_in_names\n"
        "for name in built_in_names():\n"
        "    ready = prepare(RunRequest(paths=['.'], profile=name, may_be_empty=True))\n"
        "    print(name, described(ready.begin()[0].plan).digest.hex())\n"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
        ).stdout
        for seed in "12"
    ]
    assert told[0] == told[1]
    lines = told[0].splitlines()
    assert len(lines) == len({line.split()[1] for line in lines}) == len(built_in_names())


def test_only_plain_values_have_a_spelling() -> None:
    with pytest.raises(TypeError, match="object has no spelling in bytes"):
        canonical(object())


def test_damages_are_told_of_bytes_alone() -> None:
    data = wrapped(b"\xc1")
    with pytest.raises(DamagedError, match="cannot be read"):
        unpacked(data)


def test_shards_have_all_tasks_once() -> None:
    parts = [Part(0, b"", (b"%d" % at,)) for at in range(23)]
    every = [part for at in range(1, 8) for part in shard_of(f"{at}/7").parts(parts)]
    assert sorted(every, key=parts.index) == parts


def test_an_object_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path / "s"))
    assert folder.get("a/b") is None
    folder.put("a/b", b"1")
    folder.put("a/b", b"22")
    assert (folder.get("a/b"), list(folder.names("a"))) == (b"22", ["b"])
    (tmp_path / "s/a/c").mkdir()
    with pytest.raises(UsageError, match=r"cannot be written \(Is a directory\)"):
        folder.put("a/c", b"3")
    assert sorted(folder.names("a")) == ["b", "c"]


leaves = st.one_of(
    st.integers(),
    st.integers(-(2**200), 2**200),
    st.sampled_from([2**63, 2**64 - 1, 2**64, -(2**63), -(2**63) - 1]),
    st.text(st.characters(exclude_categories=())),
    st.booleans(),
    st.none(),
    st.floats(allow_nan=False),
)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.text(), values))
def test_whatever_is_told_of_a_finding_is_kept(told: dict[str, object]) -> None:
    found = check_bytes(b"Text.\0\n", load_profile("markdown"))
    changed = tuple(replace(one, data=told, message="\udcff") for one in found)
    report = Report(Totals(), changed, ())
    kept = Kept(b"plan", b"task", b"", b"", Raw())
    assert changed
    assert report_of(unpacked(packed(kept, report))).diagnostics == changed
