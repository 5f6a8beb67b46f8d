"""What the system around a run may do to it: mounts, clocks, limits, files that are swapped."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from validator import check_paths, load_profile

from .support import ROOT, run_cli, write

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mounts and limits are Linux's")

CHECK = f"{sys.executable} -m validator check --isolated --no-progress --profile text"


def shell(script: str, folder: Path, *before: str) -> subprocess.CompletedProcess[str]:
    """What a script has done, in which CHECK is the command; `before` is what runs the shell."""
    return subprocess.run(
        [*before, "bash", "-c", script.replace("CHECK", CHECK)],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A directory with two documents, beside one that is none of it."""
    files = {"in/a.txt": b"Text.\n", "in/sub/b.txt": b"Te\0xt.\n", "out/secret.txt": b"Se\0cret.\n"}
    write(tmp_path, files)
    for name in ("loop", "disk", "other"):
        (tmp_path / "in" / name).mkdir()
    return tmp_path / "in"


MOUNTS = """
mount --bind . loop && mount -t tmpfs none disk && mount --bind ../out other || exit 77
printf "On a\\\\0 disk.\\\\n" > disk/c.txt
ln -s disk/c.txt link.txt; ln -s disk linked; ln -s ../out/secret.txt led.txt
CHECK --select TXT001,FIL --output-format concise .
"""


def test_mounts_within_the_corpus(corpus: Path) -> None:
    """A mount is a directory as any other; one that holds itself has an end."""
    done = shell(MOUNTS, corpus, "unshare", "--mount", "--map-root-user")
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("nothing may be mounted here")
    told = {line.split(" ")[0] for line in done.stdout.splitlines() if ": " in line}
    assert {"disk/c.txt:1:5:", "link.txt:1:5:", "sub/b.txt:1:3:", "other/secret.txt:1:3:"} <= told
    assert "led.txt:1:1:" in told  # a link that leads out, which is not followed
    assert not any(name.startswith(("linked/", "loop/loop/")) for name in told)
    assert (done.returncode, done.stderr) == (1, "")


def test_clocks_that_jump(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in a run hangs on the time of day, nor on when a file was changed."""
    monkeypatch.chdir(tmp_path)
    hours = itertools.cycle([0.0, 4e9, 1.0, -1e9])
    monkeypatch.setattr(time, "time", lambda: next(hours))
    monkeypatch.setattr(time, "time_ns", lambda: int(next(hours) * 1e9))
    moments = [0, -(10**18), 2**33 * 10**9, 10**18]
    for number, moment in enumerate(moments):
        Path(f"{number}.txt").write_bytes(b"Te\0xt.\n" if number % 2 else b"Text.\n")
        os.utime(f"{number}.txt", ns=(moment, moment))
    Path("store").mkdir()
    asked = {"isolated": True, "profile": "text", "output_format": "concise", "store": "store"}
    runs = [run_cli("0.txt", "1.txt", "2.txt", "3.txt", jobs=jobs, **asked) for jobs in (1, 2, 1)]
    assert len({out for _, out, _ in runs}) == 1
    assert runs[0][1].count("TXT001") == 2
    Path("0.txt").write_bytes(b"Te\0x.\n")  # as large as before, and changed at the same time
    os.utime("0.txt", ns=(0, 0))
    assert run_cli("0.txt", "1.txt", "2.txt", "3.txt", jobs=1, **asked)[1].count("TXT001") == 3


def unprivileged() -> list[str]:
    """What runs a program as somebody who is held to limits; root is not."""
    if os.geteuid() != 0:
        return []
    words = "--inh-caps +dac_read_search --ambient-caps +dac_read_search --clear-groups"
    found = [shutil.which("setpriv") or "", "--reuid=65534", "--regid=65534", *words.split()]
    if not found[0] or subprocess.run([*found, "true"], check=False).returncode:
        pytest.skip("root is held to no limit, and cannot be somebody else here")
    return found


def test_no_process_may_be_started(tmp_path: Path) -> None:
    write(tmp_path, {f"{number}.txt": b"Text.\n" for number in range(600)})
    before = unprivileged()
    for words, code in (("", 0), ("--jobs 1", 0), ("--jobs 2", 2)):
        done = shell(f"ulimit -u 1; exec CHECK {words} .", tmp_path, *before)
        assert done.returncode == code, done.stderr
        if code:
            assert done.stderr.count("\n") == 1
            assert "no worker process can be started" in done.stderr
            assert "check with --jobs 1" in done.stderr
        else:
            assert "All checks passed! 600 files" in done.stdout


@contextmanager
def swapping(path: Path) -> Iterator[None]:
    """As long as it lasts, a path is by turns a file, a pipe, a device, a directory, nothing."""
    over, beside = threading.Event(), path.parent.with_name("beside")

    def swap() -> None:
        ways: list[Callable[[], object]] = [
            lambda: beside.write_bytes(b"Text.\n"),
            lambda: os.mkfifo(beside),
            lambda: beside.symlink_to("/dev/zero"),
            lambda: path.unlink(missing_ok=True),
        ]
        turns = itertools.cycle(ways)
        while not over.is_set():
            with suppress(FileNotFoundError):
                next(turns)()
                beside.replace(path)

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def test_a_file_that_is_swapped_while_the_run_goes_on(tmp_path: Path) -> None:
    """Between its listing and its opening it may become anything: nothing is waited for."""
    write(tmp_path, {"a/right.txt": b"Te\0xt.\n"})
    profile, seen = load_profile("text"), set[str]()
    with swapping(tmp_path / "a/odd.txt"):
        for _ in range(100):
            run = check_paths([str(tmp_path / "a/right.txt"), str(tmp_path / "a")], profile)
            found = [one.code for one in run.diagnostics()]
            seen |= {*found}
            assert "TXT001" in found
            assert "FIL005" not in found
            assert run.summary.totals.files in (1, 2)
            assert run.summary.totals.bytes <= 7 + 6
    assert seen <= {"TXT001", "FIL001", "FIL002", "FIL003", "FIL004", "FIL102"}


SPARSE = """
truncate -s 48M large.txt
CHECK --output-format concise large.txt
"""
PEAK = "import resource; print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"


def test_a_sparse_file_takes_no_memory(tmp_path: Path) -> None:
    """It takes no room on the disk, and so anybody can bring one."""
    script = SPARSE.replace("CHECK", CHECK)
    program = f"import subprocess; subprocess.run(['bash', '-c', {script!r}]); {PEAK}"
    done = shell(f'{sys.executable} -c "$PROGRAM"', tmp_path, "env", f"PROGRAM={program}")
    *told, peak = done.stdout.splitlines()
    assert "FIL106 the file is filled with NUL bytes, 50331648 of them" in told[0]
    assert int(peak) < 100 * 1024  # kB
