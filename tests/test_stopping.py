"""Signals and closed pipes: what was found is told, the exit code is true, nothing is left."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from validator.cli.check import check
from validator.cli.check_request import request_of
from validator.cli.outputs import Streams
from validator.cli.stopping import Stop, Stopped

from .support import ROOT, run_cli, write
from .test_progress import Terminal
from .test_workers import marked, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")

SIGNALS = [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
PROGRAM = [sys.executable, "-m", "validator"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """3,000 documents with a fault each, in three directories: more than a pipe holds."""
    folder = tmp_path_factory.mktemp("corpus")
    files = {f"{at // 1000}/{at:04}.txt": b"Text, and a blank. \n" for at in range(3000)}
    files["seed-validator.toml"] = b"[profiles.a]\ntext.trailing-blanks = 'forbid'\n"
    files["clean/a.txt"] = b"Text.\n"
    write(folder, files)
    return folder


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """Where the command under test has its temporary files, and nobody else."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


def listening() -> None:
    """Signals as a terminal has them: whoever runs the tests in the background ignores some."""
    for number, _ in SIGNALS:
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def begun(
    corpus: Path, words: Sequence[str], temporary: Path, stdin: int = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[bytes]]:
    """The command, as a user begins it; at the end of a test it is ended, too."""
    environ = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(temporary),
        "MARK": str(temporary),
    }
    environ.pop("GITHUB_ACTIONS", None)
    with subprocess.Popen(
        [*PROGRAM, "check", "--no-progress", *words],
        cwd=corpus,
        env=environ,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=listening,  # noqa: PLW1509 - there is one thread
        bufsize=0,  # what is read ahead of a line would be lost to `communicate`
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_what_was_found_is_told(
    number: signal.Signals, code: int, jobs: str, corpus: Path, temporary: Path
) -> None:
    words = ["--jobs", jobs, "--output-format", "concise", "--no-group"]
    with begun(corpus, words, temporary) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(number)
        out, err = process.communicate(timeout=120)
    assert process.returncode == code
    assert err.decode() in (
        "seed-validator: interrupted\n",
        "seed-validator: terminated\n",
        "seed-validator: hung up on\n",
    )
    lines = (first + out).decode().split("\n")
    told = [line for line in lines if "TXT101" in line]
    last = told[-1].partition(":")[0]
    assert 0 < len(told) < 3000
    count, size = len(told), f"{len(told) * 20 / 1000:.1f} kB"
    assert lines[count:] == [
        f"Found {count} errors.",
        f"Not checked: what comes after {last}, and whether the documents agree with each other.",
        f"Checked {count} files, {count} documents (0 valid, {count} rejected), {size}.",
        "",
    ]
    until(lambda: not marked(str(temporary)))
    assert os.listdir(temporary) == []


@pytest.mark.parametrize("name", ["full", "concise", "grouped", "sarif", "statistics"])
def test_what_was_held_is_told(
    name: str, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Findings that wait for others of their cause, or for another output."""
    stop, out, err = Stop(), io.StringIO(), Terminal()  # which alone has progress

    def come(*_: object) -> None:
        stop.number = signal.SIGTERM

    monkeypatch.chdir(corpus)
    monkeypatch.setattr("validator.cli.progress.Progress.__call__", come)
    words = request_of(["."], jobs=1, output_format=name, output=[f"json:{tmp_path / 'run'}"])
    assert check(words, Streams(out, err, {}, stop=stop)) == 143
    saved = json.loads((tmp_path / "run").read_bytes())["summary"]
    assert saved["unfinished"]["all_files"] is False
    assert (saved["exit_code"], saved["findings"]["error"]) == (143, 256)
    assert "256" in out.getvalue() or name == "sarif"
    assert "ot checked: what comes after 0/0255.txt" in out.getvalue()


def test_json_is_whole(corpus: Path, temporary: Path) -> None:
    with begun(corpus, ["--jobs", "1", "--output-format", "json"], temporary) as process:
        assert process.stdout is not None
        first = b""
        while first.count(b"TXT101") < 3:
            first += process.stdout.read(1000)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=120)
    report = json.loads(first + out)
    assert report["summary"]["unfinished"] == {
        "after": report["diagnostics"][-1]["path"],
        "all_files": False,
    }
    assert report["summary"]["findings"]["error"] == len(report["diagnostics"]) < 3000


@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_standard_input_that_does_not_end(
    number: signal.Signals, code: int, corpus: Path, temporary: Path
) -> None:
    with begun(corpus, ["-"], temporary, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(b"Text.\n" * 10_000)
        until(lambda: any(name.startswith("seed-") for name in os.listdir(temporary)))
        process.send_signal(number)
        process.wait(timeout=120)
    assert process.returncode == code
    assert os.listdir(temporary) == []


def test_nobody_reads_what_we_write(corpus: Path, temporary: Path) -> None:
    """The pipe is full; the run ends all the same."""
    words = ["--jobs", "2", "--output-format", "concise", "--limit", "0", "--no-group"]
    with begun(corpus, words, temporary) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=120) == 143
    until(lambda: not marked(str(temporary)))
    assert os.listdir(temporary) == []


def test_a_signal_that_is_to_be_ignored(corpus: Path, temporary: Path) -> None:
    """As `nohup` and shells want it for what runs in the background."""
    words = f"trap '' INT HUP; exec {' '.join(PROGRAM)} check --no-progress --output-format concise"
    words += " --no-group"
    with subprocess.Popen(
        ["/bin/sh", "-c", words], cwd=corpus, stdout=subprocess.PIPE, bufsize=0,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGHUP)
        out, _ = process.communicate(timeout=120)
    assert process.returncode == 1
    assert out.count(b"TXT101") == 2999


def test_signals_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    left: list[int] = []
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    monkeypatch.setattr("os._exit", left.append)
    monkeypatch.setattr("signal.setitimer", lambda *_: None)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    stop = Stop()
    with pytest.raises(Stopped):
        stop._come(signal.SIGTERM, None)
    stop._come(signal.SIGTERM, None)  # that of the group, which is the same one
    assert (left, stop.code) == ([], 143)
    clock[0] += 1
    stop._come(signal.SIGINT, None)
    assert left == [143]


def test_a_search_that_is_broken_off() -> None:
    stop = Stop()
    done = []

    def search() -> Iterator[int]:
        try:
            yield 1
            stop.number = signal.SIGINT
            raise Stopped
        finally:
            done.append(True)

    assert list(stop.until_then(search())) == [1]
    assert done == [True]


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(
    ("words", "reader", "code"),
    [
        ("", "head -n 1", 1),
        ("", "grep -q TXT101", 1),
        ("", "true", 1),
        ("--output-format json", "head -c 100", 1),
        ("--fail-on never", "head -n 1", 0),
        ("--exit-zero", "true", 0),
        ("--config warn.toml", "head -n 1", 1),  # nobody knows what would have come
        ("clean", "true", 0),
    ],
)
def test_a_closed_pipe_makes_nothing_right(
    words: str, reader: str, code: int, jobs: str, corpus: Path, temporary: Path
) -> None:
    (corpus / "warn.toml").write_text(
        "[profiles.a]\ntext.trailing-blanks = 'forbid'\nseverity.TXT101 = 'warning'\n"
    )
    options = f"--no-progress --no-group --jobs {jobs} --limit 0"
    command = f"{' '.join(PROGRAM)} check {options} {words} | {reader}"
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)}
    environ.pop("GITHUB_ACTIONS", None)
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=corpus, env=environ, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (code, b"")
    assert os.listdir(temporary) == []


def shell(words: str, folder: Path, temporary: Path) -> tuple[int, str, str]:
    """Exit code and output of the command, with what a shell does to its streams."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)}
    done = subprocess.run(
        ["bash", "-c", words.replace("CHECK", f"{' '.join(PROGRAM)} check --isolated")],
        cwd=folder, env=environ, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        ("CHECK --profile text clean >&-", 2, "error: the output cannot be written: it is closed"),
        ("CHECK --profile text -s clean >&-", 0, ""),
        ("CHECK --profile text -o /dev/null clean >&-", 0, ""),
        ("CHECK --profile text clean 2>&-", 0, ""),
        ("CHECK --profile text -s clean <&- >&- 2>&-", 0, ""),
        ("CHECK --profile text - <&-", 2, "error: standard input is closed"),
        ("CHECK --profile text clean >/dev/full", 2, "cannot be written: No space left on device"),
        (
            "mkdir g; cd g; rmdir ../g; CHECK --profile text .",
            2,
            "error: the working directory is not there any more",
        ),
        ("ulimit -v 30000; CHECK --profile text clean", 2, "error: there is not enough memory"),
    ],
)
def test_surroundings_that_are_not_as_they_should_be(
    words: str, code: int, error: str, corpus: Path, temporary: Path
) -> None:
    done, _, said = shell(words, corpus, temporary)
    assert (done, said.count("\n")) == (code, int(bool(error)))
    assert error in said


def test_a_name_that_steers_a_terminal(tmp_path: Path, temporary: Path) -> None:
    """Where click complains of it."""
    for name in ("r\x1b[31mred", "a\n::error::pwned"):
        (tmp_path / name).write_bytes(b"Text.\n")
        done = subprocess.run(
            [*PROGRAM, name], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 2
        assert "is a path, not a command" in done.stderr
        assert "\x1b" not in done.stderr
        assert "\n::" not in done.stderr


def test_no_room_for_temporary_files(corpus: Path, tmp_path: Path, temporary: Path) -> None:
    """It is the user's to mend, not a document's fault."""
    records = b"".join(b'{"id": "%d"}\n' % at for at in range(60_000))
    keys = b"[profiles.a]\nfiles = ['*.jsonl']\ncorpus.unique = ['id']\n"
    keys += b"delimiters.kind = 'json-lines'\n"
    write(tmp_path, {"a.jsonl": records, "seed-validator.toml": keys})
    for jobs in (1, 2):
        words = f"ulimit -f 50; {' '.join(PROGRAM)} check --jobs {jobs} a.jsonl"
        code, out, err = shell(words, tmp_path, temporary)
        assert code == 2
        assert "temporary files cannot be kept in" in err
        assert "TMPDIR" in err
        assert "FIL005" not in out
    assert os.listdir(temporary) == []


def test_runs_at_once_over_one_tree(tmp_path: Path, temporary: Path) -> None:
    """They share the files, and the place for temporary ones."""
    records = b"".join(b'{"id": "%d"}\n' % (at % 39_990) for at in range(40_000))
    keys = b"[profiles.a]\nfiles = ['*.jsonl']\ncorpus.unique = ['id']\n"
    keys += b"delimiters.kind = 'json-lines'\n"
    write(tmp_path, {"a.jsonl": records, "b.jsonl": b'{"id": "x"}\n', "seed-validator.toml": keys})
    with ExitStack() as stack:
        words = ["--jobs", "2", "--output-format", "concise", "--no-group", "a.jsonl", "b.jsonl"]
        runs = [stack.enter_context(begun(tmp_path, words, temporary)) for _ in range(3)]
        told = {one.communicate(timeout=120) for one in runs}
    assert [one.returncode for one in runs] == [1, 1, 1]
    ((out, err),) = told
    assert out.count(b"COR001") == 10
    assert err == b""
    assert os.listdir(temporary) == []


def test_the_output_file_is_no_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from validator.errors import UsageError

    monkeypatch.chdir(tmp_path)
    write(
        tmp_path,
        {
            "docs/a.txt": b"Text.\n",
            "docs/.hidden/b.txt": b"Text.\n",
            ".git/config": b"",
            ".gitignore": b"report.txt\n",
            "docs/report.txt": b"",
            "seed-validator.toml": b"[profiles.a]\nfiles = ['*.txt']\n",
        },
    )
    Path("link.txt").symlink_to("docs/a.txt")
    for words, output in (
        (("docs",), "docs/a.txt"),
        (("docs/a.txt",), "link.txt"),
        ((".",), str(tmp_path / "docs/a.txt")),
    ):
        with pytest.raises(UsageError, match="the output file, is one of the files to be checked"):
            run_cli(*words, output_file=output)
    assert Path("docs/a.txt").read_bytes() == b"Text.\n"
    for output in ("docs/report.txt", "docs/.hidden/b.txt", "docs/z.json", "docs/new.txt"):
        code, _, _ = run_cli("docs", output_file=output)
        assert (code, "1 file," in Path(output).read_text()) == (0, True)


def test_the_output_file_is_not_read_while_it_is_written(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": b"Text.\n", "sub/b.txt": b"Text.\n"})
    output = str(tmp_path / "sub/c.txt")
    code, _, _ = run_cli(str(tmp_path), isolated=True, profile="text", output_file=output)
    assert (code, "2 files" in Path(output).read_text()) == (0, True)


INTERRUPTED_AT = """
import os, signal, sys
sys.argv[1:] = {words!r}
signal.signal(signal.SIGINT, signal.default_int_handler)
calls = 0
def traced(frame, event, argument):
    global calls
    calls += frame.f_globals.get("__name__", "").startswith(("validator", "importlib", "_frozen"))
    if calls == {at}:
        calls += 1
        sys.setprofile(None)
        os.kill(os.getpid(), signal.SIGINT)
leave, os._exit = os._exit, lambda code: (sys.setprofile(None), leave(code))
from validator.__main__ import main
sys.setprofile(traced)
main()
"""
"""The command, to which Ctrl-C comes at one of the calls that it makes."""


@pytest.mark.parametrize(
    "words", [["check", "--isolated", "--profile", "text"], ["rule", "TXT101"]]
)
def test_an_interrupt_at_any_moment_is_one_line(words: list[str], corpus: Path) -> None:
    words = [*words, str(corpus / "clean")] if words[0] == "check" else words
    done = []
    for at in (*range(2, 40, 3), *(int(40 * 1.6**power) for power in range(25))):
        program = INTERRUPTED_AT.format(words=words, at=at)
        one = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, check=False, timeout=120,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        if one.returncode == 0:  # it had ended by then
            break
        done.append(at)
        assert (one.returncode, one.stderr) == (130, b"seed-validator: interrupted\n"), at
    assert max(done) > 5000


WHILE_AN_OBJECT_GOES = """
import os, signal, sys, time
from validator.cli.stopping import Stop, Stopped
class Odd:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0)
class Wrong:
    def __del__(self):
        raise ValueError("told as ever")
signal.signal(signal.SIGINT, signal.default_int_handler)
stop = Stop()
stop.listen()
Wrong()
try:
    Odd()
    time.sleep(100)
except Stopped:
    sys.exit(stop.code)
"""


def test_a_signal_where_nothing_can_be_raised_is_not_lost() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WHILE_AN_OBJECT_GOES], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 130
    assert b"told as ever" in done.stderr
    assert b"Stopped" not in done.stderr
