"""Any number of runs at once, in threads, in processes: all end, and nothing is left of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from validator.run import workers

from .support import ROOT

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="descriptors and processes are counted in /proc"
)

BEGIN = """
import os, sys, threading, time
import validator

profile = validator.load_profile("seed")

def run():
    return validator.check_paths([sys.argv[1]], profile, ignore=["COR"], jobs=2)

def check():
    found = run()
    assert [one.code for one in found.diagnostics()] == ["TXT101"], found
    assert found.summary.totals.files == 600, found.summary

def descriptors():
    return len(os.listdir("/proc/self/fd"))

def childless():
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False
"""
"""What all programs of a user begin with here."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """600 seeds, of which one has a fault: three tasks."""
    folder = tmp_path_factory.mktemp("corpus")
    for number in range(600):
        (folder / f"{number:03d}_{number:016x}.txt").write_bytes(b"Title\nText.\n")
    (folder / f"300_{300:016x}.txt").write_bytes(b"Title\nText. \n")
    return folder


def program(text: str, corpus: Path, mark: str = "") -> subprocess.CompletedProcess[str]:
    """Run a program of a user. One that hangs is ended, and the test fails.

    All processes that it begins have the `mark` in their environment.
    """
    return subprocess.run(
        [sys.executable, "-c", BEGIN + text, str(corpus)],
        cwd=ROOT,
        env={**os.environ, "MARK": mark},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def succeeds(text: str, corpus: Path) -> None:
    """What a program says of a failure is ours, too."""
    done = program(text, corpus)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_many_runs_in_many_threads(corpus: Path) -> None:
    succeeds(
        """
check()
before = descriptors()
threads = [threading.Thread(target=lambda: [check(), check()]) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert childless()
assert descriptors() == before
""",
        corpus,
    )


def test_runs_that_take_turns_in_one_thread(corpus: Path) -> None:
    """The workers of the second have inherited what the first holds of its own."""
    succeeds(
        """
before = descriptors()
first, second = run().diagnostics(), run().diagnostics()
next(first), next(second)
first.close()
assert list(second) == []
third = run().diagnostics()
next(third)
del third
assert childless()
assert descriptors() == before
""",
        corpus,
    )


def test_no_lock_of_another_thread_is_copied(corpus: Path) -> None:
    succeeds(
        """
lock, locked, done = threading.Lock(), threading.Event(), threading.Event()

def hold():
    with lock:
        locked.set()
        done.wait()

def check_with_lock(fn):  # what any library may do in a worker
    with lock:
        sys.exit("forked beside a thread")

threading.Thread(target=hold, daemon=True).start()
locked.wait()
import validator.run.executors.starting as starting
starting.forked = check_with_lock
check()
assert childless()
done.set()
""",
        corpus,
    )


def test_one_thread_may_fork() -> None:
    words = "from validator.run.executors.starting import may_fork; assert may_fork()"
    subprocess.run([sys.executable, "-c", words], cwd=ROOT, check=True)


def test_a_thread_that_nobody_waits_for(corpus: Path) -> None:
    """The program ends in the middle of its run; its workers do so, too."""
    done = program(
        """
begun = threading.Event()

def loop():
    while True:
        for one in run().diagnostics():
            begun.set()

threading.Thread(target=loop, daemon=True).start()
begun.wait()
os._exit(0)
""",
        corpus,
        mark="left-by-a-thread",
    )
    assert done.returncode == 0, done.stderr
    until(lambda: not marked("left-by-a-thread"))


def test_a_run_in_a_forked_process(corpus: Path) -> None:
    succeeds(
        """
paused = run().diagnostics()
next(paused)
child = os.fork()
if not child:
    check()
    assert childless()
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
paused.close()
assert childless()
""",
        corpus,
    )


def test_a_process_that_has_inherited_our_descriptors(corpus: Path) -> None:
    """It holds both ends of what joins us to our workers; they are let go all the same."""
    succeeds(
        """
import signal
paused = run().diagnostics()
next(paused)
child = os.fork()
if not child:
    time.sleep(300)
    os._exit(0)
assert list(paused) == []
check()
os.kill(child, signal.SIGKILL)
os.waitpid(child, 0)
assert childless()
""",
        corpus,
    )


def test_workers_see_that_their_supervisor_is_gone(corpus: Path) -> None:
    """Though another process holds its end of what joins them."""
    done = program(
        """
paused = run().diagnostics()
next(paused)
child = os.fork()
if not child:
    os.closerange(0, 3)
    time.sleep(300)
    os._exit(0)
print(child, flush=True)
os.kill(os.getpid(), 9)
""",
        corpus,
        mark="left-by-a-process",
    )
    holder = int(done.stdout)
    try:
        until(lambda: marked("left-by-a-process") == {holder})
    finally:
        os.kill(holder, signal.SIGKILL)


def until(holds: Callable[[], bool]) -> None:
    """Wait for something that happens some day; that is not to be timed."""
    for _ in range(6000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("it did not happen")


def marked(mark: str) -> set[int]:
    """The processes that live and have a mark in their environment."""
    found = set()
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            environ = Path("/proc", name, "environ").read_bytes()
        except OSError:
            continue
        if f"MARK={mark}\0".encode() in environ:
            found.add(int(name))
    return found


def test_processors_of_a_container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = len(os.sched_getaffinity(0))
    for text, found in (
        ("max 100000\n", many),
        ("50000 100000\n", 1),
        ("100000 100000\n", 1),
        ("10000000000 100000\n", many),
        ("what else\n", many),
    ):
        (tmp_path / "cpu.max").write_text(text)
        monkeypatch.setattr(workers, "_QUOTA", str(tmp_path / "cpu.max"))
        workers.usable.cache_clear()
        assert workers.usable() == found
    workers.usable.cache_clear()


def test_processors_that_others_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for text, free in (
        ("0.00 0.01 0.05 1/812 4711\n", True),
        (f"0.00 0.01 0.05 {os.cpu_count()}/812 4711\n", False),
        ("nobody tells\n", True),
    ):
        (tmp_path / "loadavg").write_text(text)
        monkeypatch.setattr(workers, "_LOAD", str(tmp_path / "loadavg"))
        assert workers.one_is_free() == free
