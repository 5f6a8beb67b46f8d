"""What a name stands for may be anything: nothing is waited for, nothing is read without an end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from select import select

import pytest

from validator import ConfigError, check_paths, load_profile
from validator.check.plan import LIMIT, Part, Plan
from validator.check.worker import Engine
from validator.errors import UsageError
from validator.file.opening import read_text, read_whole
from validator.file.reading import SMALL, Pages, read_head, read_heads
from validator.file.temporary import MARK, PREFIX, TemporaryFolder, spool, sweep
from validator.profile.configuration import configuration
from validator.run.assemble import bind

from .support import ROOT, codes, profile, run_cli, write

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="there are no named pipes and devices among files"
)


@pytest.fixture(autouse=True)
def _nothing_is_waited_for() -> Iterator[None]:
    """A test that is held by a pipe fails."""

    def give_up(*_: object) -> None:
        raise AssertionError("it waits")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(100)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(params=["pipe", "device", "folder"])
def no_file(request: pytest.FixtureRequest, tmp_path: Path) -> bytes:
    """The path of something that is no file."""
    path = tmp_path / "odd.txt"
    if request.param == "pipe":
        os.mkfifo(path)
    elif request.param == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero")
    return os.fsencode(path)


def test_only_files_are_read(no_file: bytes) -> None:
    with pytest.raises(OSError, match=r"(?i)it is a"):
        list(Pages(no_file))
    with pytest.raises(OSError, match=r"(?i)is a"):
        read_head(no_file)
    with pytest.raises(OSError, match=r"it is a"):
        read_text(os.fsdecode(no_file))
    assert read_whole(no_file, 100) is None


def test_a_file_that_is_another_thing_when_it_is_opened(no_file: bytes, tmp_path: Path) -> None:
    """It was a file when it was listed."""
    (tmp_path / "right.txt").write_bytes(b"Text.\n")
    plan = Plan((bind(load_profile("text"), []),), LIMIT, date(2026, 1, 1))
    part = Part(0, os.fsencode(tmp_path) + b"/", (b"odd.txt", b"right.txt"))
    report = Engine(plan)(part)
    assert codes(report.diagnostics) == ["FIL001"]
    assert "s a " in report.diagnostics[0].message
    assert (report.totals.files, report.totals.bytes) == (2, 6)


def test_what_is_held_in_memory_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 100)
    assert read_text(str(path), 100) == "x" * 100
    with pytest.raises(OSError, match="it has more than 99 bytes"):
        read_text(str(path), 99)
    assert read_whole(os.fsencode(path), 99) is None
    path.write_bytes(b"")
    assert (read_text(str(path)), read_head(os.fsencode(path))) == ("", b"")
    path.write_bytes(b"x" * SMALL)
    assert len(read_head(os.fsencode(path))) == SMALL


def test_what_git_ignores_is_not_read_from_a_pipe(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    os.mkfifo(tmp_path / ".gitignore")
    write(tmp_path, {"a.txt": b"Text.\n", "sub/b.txt": b"Text.\n", "patterns": b"*.txt\n"})
    (tmp_path / "sub/.gitignore").symlink_to(tmp_path / "patterns")  # git follows none, either
    run = check_paths([str(tmp_path)], load_profile("text"))
    assert (list(run.diagnostics()), run.summary.totals.files) == ([], 3)


SCHEMA = "[profiles.a]\ndelimiters.block = 'front-matter'\nmetadata.schema = "
NAMES = "{ properties.a.x-vocabulary = %r }"


@pytest.mark.parametrize("kind", ["link", "up", "absolute"])
@pytest.mark.parametrize("what", ["vocabulary", "schema"])
def test_nothing_outside_is_read_by_a_configuration(kind: str, what: str, tmp_path: Path) -> None:
    write(tmp_path, {"outside": b'{"type": "secret"}', "in/side": b"word\n"})
    (tmp_path / "in/link").symlink_to("../outside")
    name = {"link": "link", "up": "../outside", "absolute": str(tmp_path / "in/side")}[kind]
    path = tmp_path / "in/seed-validator.toml"
    path.write_text(SCHEMA + (NAMES % name if what == "vocabulary" else repr(name)) + "\n")
    with pytest.raises(ConfigError, match=r"toml:3:\d+: .*does not lie in the directory") as told:
        configuration(".", str(path))
    assert "secret" not in str(told.value)


def test_what_lies_within_is_read_by_a_configuration(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "words": b"one\n",
            "schemas/a.json": b'{"properties": {"a": {"x-vocabulary": "../words"}}}',
            "schemas/b.json": b'{"properties": {"a": {"x-vocabulary": "../../words"}}}',
            "b.json": b"-> schemas/a.json",
        },
    )
    path = tmp_path / "seed-validator.toml"
    path.write_text(SCHEMA + "'schemas/a.json'\n")
    assert configuration(".", str(path)).own
    path.write_text(SCHEMA + "'schemas/b.json'\n")
    with pytest.raises(ConfigError, match="does not lie in the directory"):
        configuration(".", str(path))


@pytest.mark.parametrize("what", ["vocabulary", "schema"])
def test_a_configuration_does_not_wait(what: str, no_file: bytes, tmp_path: Path) -> None:
    path = tmp_path / "seed-validator.toml"
    path.write_text(SCHEMA + (NAMES % "odd.txt" if what == "vocabulary" else "'odd.txt'") + "\n")
    with pytest.raises(ConfigError, match=r"toml:3:\d+: .*(it is a|does not lie)"):
        configuration(".", str(path))


def test_a_schema_with_a_number_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"maxLength": ' + "9" * 6000 + "}")
    path = tmp_path / "seed-validator.toml"
    path.write_text(SCHEMA + "'a.json'\n")
    with pytest.raises(ConfigError, match=r"toml:3:\d+: .*a number that cannot be read"):
        configuration(".", str(path))


def test_a_configuration_that_leads_out_is_named_or_not_read(tmp_path: Path) -> None:
    write(tmp_path, {"outside.toml": b"secret = 1\n", "in/a.txt": b"Text.\n"})
    (tmp_path / "in/seed-validator.toml").symlink_to("../outside.toml")
    with pytest.raises(ConfigError, match="is a link that leads out of its directory") as told:
        run_cli(str(tmp_path / "in"))
    assert "secret" not in str(told.value)
    with pytest.raises(ConfigError, match="unknown key"):
        run_cli(str(tmp_path / "in"), config=str(tmp_path / "in/seed-validator.toml"))


MANIFEST = "[profiles.a]\ncorpus.manifest = { path = %r, algorithm = 'sha256' }\n"


def test_a_manifest_that_leads_out_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, {"outside": b"AUTHORIZATION: basic SECRET\n", "in/a.txt": b"Text.\n"})
    (tmp_path / "in/MAN").symlink_to("../outside")
    (tmp_path / "in/seed-validator.toml").write_text(MANIFEST % "MAN")
    code, out, _ = run_cli(str(tmp_path / "in"))
    assert code == 1
    assert "error[COR020]: the manifest is a link that leads out of the corpus" in out
    assert "SECRET" not in out
    for name in ("../outside", str(tmp_path / "outside")):
        (tmp_path / "in/seed-validator.toml").write_text(MANIFEST % name)
        with pytest.raises(ConfigError, match=r"toml:2:\d+: .*does not lead out of the corpus"):
            run_cli(str(tmp_path / "in"))


@pytest.mark.parametrize("target", ["/dev/zero", "pipe"])
def test_a_manifest_that_is_no_file(target: str, tmp_path: Path) -> None:
    write(tmp_path, {"in/a.txt": b"Text.\n"})
    if target == "pipe":
        os.mkfifo(tmp_path / "in/MAN")
    else:
        (tmp_path / "in/MAN").symlink_to(target)
    (tmp_path / "in/seed-validator.toml").write_text(MANIFEST % "MAN")
    assert "the manifest MAN is not there" in run_cli(str(tmp_path / "in"))[1]


def test_a_row_of_a_manifest_that_is_none(tmp_path: Path) -> None:
    """The rows after it are read all the same."""
    keys = {"corpus": {"manifest": {"path": "list.csv", "digest-field": "", "algorithm": "md5"}}}
    write(tmp_path, {"a.txt": b"Text.\n", "b.txt": b"More.\n"})
    (tmp_path / "list.csv").write_text("path\n" + "x" * 200_000 + "\nb.txt\n")
    found = list(check_paths([str(tmp_path)], profile(keys)).diagnostics())
    told = [(one.code, one.location.row, one.message) for one in found if one.code == "COR020"]
    assert told == [
        ("COR020", 2, "the line is no row of CSV: field larger than field limit (131072)")
    ]
    assert not any(one.path.endswith("b.txt") and one.code == "COR022" for one in found)
    (tmp_path / "list.csv").write_text("x" * 200_000 + "\nb.txt\n")
    found = list(check_paths([str(tmp_path)], profile(keys)).diagnostics())
    assert "the line is no row of CSV" in found[-1].message


def killed_folder(tmp_path: Path) -> str:
    """What a run that is killed leaves behind."""
    words = (
        "import os; from validator.file.temporary import TemporaryFolder as T;"
        "one = T(); print(one.path, flush=True);"
        "open(one.path + '/a.txt', 'w').write('x'); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", words],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -9
    return done.stdout.strip()


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    return folder


def test_what_a_killed_run_leaves_is_swept(temporary: Path) -> None:
    left = killed_folder(temporary)
    assert sorted(os.listdir(left)) == [os.fsdecode(MARK), "a.txt"]
    with TemporaryFolder() as one:
        sweep()
        assert os.listdir(temporary) == [os.path.basename(one.path)]
        assert os.listdir(one.path) == [os.fsdecode(MARK)]
    assert os.listdir(temporary) == []


def test_the_next_check_sweeps(temporary: Path, tmp_path: Path) -> None:
    killed_folder(temporary)
    (tmp_path / "a.txt").write_bytes(b"Text.\n")
    assert run_cli(str(tmp_path / "a.txt"), isolated=True, profile="text")[0] == 0
    assert os.listdir(temporary) == []


def test_only_what_is_ours_is_swept(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkout that is called as our directories are, a link to one, one of another user."""
    write(temporary, {f"{PREFIX}main/README.md": b"Mine.\n", f"{PREFIX}file": b"Mine.\n"})
    outside = temporary.parent / "outside"
    write(outside, {os.fsdecode(MARK): b"", "a": b"Mine.\n"})
    (temporary / f"{PREFIX}link").symlink_to(outside)
    linked = temporary / f"{PREFIX}inner"
    linked.mkdir()
    (linked / os.fsdecode(MARK)).symlink_to(outside / "a")
    before = sorted(os.listdir(temporary))
    sweep()
    assert sorted(os.listdir(temporary)) == before
    assert len(os.listdir(outside)) == 2
    killed_folder(temporary)
    monkeypatch.setattr("os.geteuid", lambda: 12345)
    sweep()
    assert len(os.listdir(temporary)) == len(before) + 1


def test_no_place_for_temporary_files(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: str, mode: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.mkdir", full)
    with pytest.raises(UsageError, match=r"No space left on device.*TMPDIR"):
        TemporaryFolder()


@pytest.mark.parametrize("size", [1, 32767, 32768, 32769, SMALL - 1, SMALL, SMALL + 1])
def test_heads_are_whole_up_to_the_size_of_a_small_file(tmp_path: Path, size: int) -> None:
    data = bytes(at % 251 for at in range(size))
    (tmp_path / "a").write_bytes(data)
    assert read_heads(b"%b/" % os.fsencode(tmp_path), [b"a"], {}) == [data[:SMALL]]


def test_a_folder_that_is_not_needed_is_not_made(temporary: Path) -> None:
    with TemporaryFolder(later=True) as one:
        assert os.listdir(temporary) == []
        one.make()
        one.make()
        assert os.listdir(temporary) == [os.path.basename(one.path)]
        assert os.stat(one.path).st_mode & 0o777 == 0o700
    assert os.listdir(temporary) == []


def test_where_temporary_files_cannot_be_another_directory_is_found(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(temporary / "gone"))
    with TemporaryFolder() as one:
        assert os.path.dirname(one.path) == tempfile.gettempdir()


def test_standard_input_is_bounded(tmp_path: Path) -> None:
    class Endless:
        def read(self, size: int) -> bytes:
            return b"y\n" * (size // 2)

    with pytest.raises(UsageError, match=r"more than 1000000 bytes; --stdin-max-bytes"):
        spool(Endless(), str(tmp_path / "a"), 1_000_000)
    options = {"isolated": True, "profile": "text", "stdin": b"Text.\n"}
    assert run_cli("-", **options, stdin_max_bytes=6)[0] == 0
    assert run_cli("-", **options, stdin_max_bytes=0)[0] == 0
    with pytest.raises(UsageError, match="more than 5 bytes"):
        run_cli("-", **options, stdin_max_bytes=5)


@pytest.mark.parametrize("name", ["a/", "..", ".", "/", "a/..", "/etc/", os.fsdecode(MARK)])
def test_names_of_standard_input_that_are_none(name: str) -> None:
    with pytest.raises(UsageError, match="must end in the name of a file"):
        run_cli("-", isolated=True, profile="text", stdin_filename=name)


def test_a_long_name_of_standard_input() -> None:
    with pytest.raises(UsageError, match="a name of 300 bytes, where a file has 255 at most"):
        run_cli("-", isolated=True, profile="text", stdin_filename="é" * 150)
    code, _, _ = run_cli("-", isolated=True, profile="text", stdin_filename="é" * 127, stdin=b"x\n")
    assert code == 0


def test_a_read_of_standard_input_begins_when_there_is_something(tmp_path: Path) -> None:
    """A signal that came before a read that waits would be seen when the read ends, or never."""
    out, into = os.pipe()
    asked: list[bool] = []

    class Slow:
        def fileno(self) -> int:
            return out

        def read(self, size: int, /) -> bytes:
            raise AssertionError("it may wait for all of so many bytes")

        def read1(self, size: int, /) -> bytes:
            asked.append(bool(select([out], [], [], 0)[0]))
            return os.read(out, size)

    def later() -> None:
        for text in (b"one\n", b"two\n"):
            time.sleep(0.05)
            os.write(into, text)
        os.close(into)

    writer = threading.Thread(target=later)
    writer.start()
    spool(Slow(), str(tmp_path / "a"), 100)
    writer.join()
    os.close(out)
    assert asked == [True, True, True]
    assert (tmp_path / "a").read_bytes() == b"one\ntwo\n"
