"""The line that shows how far a run is: true, as wide as the terminal, and on nothing else."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from validator.check.plan import Part
from validator.cli import progress as module
from validator.cli.check import progress_on
from validator.cli.progress import Progress, Upcoming, line
from validator.model import Totals
from validator.text.visible import width

from .support import ROOT, write

MANY = Totals(
    files=51_200, documents=51_200, bytes=2_100_000_000, rejected=3, errors=20, warnings=11
)
PATH = "articles/2024/11/a-long-name-that-says-what-it-is-about.md"

KNOWN = {
    140: "checked 51200 of 120000 files (43 %), 27 s left, 2100 MB, 2560 files/s, 31 findings  "
    "icles/2024/11/a-long-name-that-says-what-it-is-about.md",
    80: "checked 51200 of 120000 files (43 %), 27 s left, 2100 MB, 31 findings",
    60: "checked 51200 of 120000 files (43 %), 27 s left, 31 findings",
    50: "checked 51200 of 120000 files (43 %), 27 s left",
    40: "checked 51200 of 120000 files (43 %)",
    20: "checked 51200 of 120",
}
UNKNOWN = {
    140: "checked 51200 files, 2100 MB, 2560 files/s, 31 findings  "
    "articles/2024/11/a-long-name-that-says-what-it-is-about.md",
    80: "checked 51200 files, 2100 MB, 2560 files/s, 31 findings  ays-what-it-is-about.md",
    60: "checked 51200 files, 2100 MB, 2560 files/s, 31 findings",
}


@pytest.mark.parametrize(("total", "lines"), [(120_000, KNOWN), (None, UNKNOWN)])
def test_it_fits(total: int | None, lines: dict[int, str]) -> None:
    assert {room: line(MANY, PATH, 20.0, total, room) for room in lines} == lines


def test_wide_names_fit() -> None:
    for room in range(60, 141):
        assert width(line(MANY, "文章/" * 40, 20.0, 120_000, room)) <= room


@pytest.mark.parametrize(
    ("files", "seconds", "share", "left"),
    [
        (1, 1.0, 0, ""),  # too early to be sure
        (500, 1.0, 50, "1 s left"),
        (20, 10.0, 2, "9 min left"),
        (100, 9.0, 10, "81 s left"),
        (100, 10.0, 10, "2 min left"),
        (20, 3600.0, 2, "49 h 0 min left"),
        (1000, 10.0, 100, ""),
        (1001, 10.0, 100, ""),  # a file came while the others were checked
    ],
)
def test_time_left(files: int, seconds: float, share: int, left: str) -> None:
    words = line(Totals(files, files), "", seconds, 1000, 200).split(", ")
    assert words[0] == f"checked {files} of 1000 files ({share} %)"
    assert [word for word in words if word.endswith("left")] == [left] * bool(left)


def parts(*counts: int) -> list[Part]:
    return [Part(0, b"", tuple(b"%d" % at for at in range(count))) for count in counts]


def test_the_total_is_known_when_the_walk_has_ended() -> None:
    upcoming = Upcoming(parts(3, 4))
    assert (len(next(upcoming).names), upcoming.total) == (3, None)
    upcoming.look_ahead(60.0)
    assert upcoming.total == 7
    assert [len(part.names) for part in upcoming] == [4]
    assert upcoming.total == 7


def test_no_more_is_held_than_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_AHEAD", 5)
    source = iter(parts(3, 3, 3, 3))
    upcoming = Upcoming(source)
    upcoming.look_ahead(60.0)
    assert len(list(source)) == 2  # two parts of three files are held
    assert upcoming.total is None
    assert [len(part.names) for part in upcoming] == [3, 3]
    assert upcoming.total == 6


class Terminal(io.StringIO):
    """A stream that says it is one."""

    def isatty(self) -> bool:
        """See io.IOBase."""
        return True


@pytest.mark.parametrize(
    ("stream", "environ", "first", "second"),
    [
        (io.StringIO, {}, "checked 3 of 7 files", "\nchecked 7 of 7 files (100 %)"),
        (Terminal, {"TERM": "dumb"}, "checked 3 of 7 files", "\nchecked 7 of 7 files (100 %)"),
        (Terminal, {"TERM": "xterm"}, "\r\x1b[Kchecked 3", "\r\x1b[Kchecked 7"),
    ],
)
def test_only_a_terminal_erases_it(
    stream: type[io.StringIO], environ: dict[str, str], first: str, second: str
) -> None:
    written = stream()
    progress = progress_on(written, environ)
    list(progress.watch(parts(3, 4)))
    progress._next = 0.0
    progress(Totals(3, 3), "a.txt")
    progress(Totals(5, 5), "a.txt")  # too soon
    progress._next = 0.0
    progress(Totals(7, 7), "a.txt")
    progress.clear()
    told = written.getvalue()
    assert told.startswith(first)
    assert second in told
    assert "checked 5" not in told
    assert told.endswith("\r\x1b[K" if "\r" in first else " findings\n")


def test_a_log_of_a_short_run_has_no_line_of_it() -> None:
    written = io.StringIO()
    progress = progress_on(written, {})
    progress._started -= 59.0
    progress._next -= 59.0
    progress(Totals(1, 1), "a.txt")
    assert written.getvalue() == ""


def test_it_tells_of_what_it_watches_and_goes_away() -> None:
    stream = Terminal()
    progress = Progress(stream, lambda: 80)
    progress(Totals(1, 1), "a.txt")
    assert stream.getvalue() == ""  # a run of less than a second shows nothing
    progress._next = 0.0
    rest = iter(progress.watch(parts(3, 4)))
    next(rest)
    progress(Totals(3, 3), "a.txt")
    assert "checked 3 of 7 files (43 %)" in stream.getvalue()
    assert sum(len(part.names) for part in rest) == 4
    progress.clear()
    progress.clear()
    assert stream.getvalue().count("\r\x1b[K") == 2


SLOW = """\
import sys
from validator.cli import progress
progress.FIRST_AFTER = progress.EVERY = 0.0
from validator.cli.main import main
sys.argv[1:] = ["check", "--jobs", "1", "--isolated", "--profile", "text", "."]
main()
"""


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_a_real_terminal(columns: int, tmp_path: Path) -> None:
    """What a command writes to a terminal of this width, to which nothing else is written."""
    fcntl, pty, termios = map(pytest.importorskip, ("fcntl", "pty", "termios"))  # not on Windows
    write(tmp_path / "c", {f"{at:04}.txt": b"Text.\n" for at in range(1200)})
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with subprocess.Popen(
        [sys.executable, "-c", SLOW],
        cwd=tmp_path / "c",
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=theirs,
    ) as process:
        out = process.communicate(timeout=120)[0]
        shown = os.read(ours, 1 << 16).decode()
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 0
    assert out == b"All checks passed! 1200 files, 1200 documents, 7.2 kB.\n"
    lines = shown.split("\r\x1b[K")
    assert lines[0] == lines[-1] == ""
    assert any(" of 1200 files (" in text for text in lines)
    assert max(map(len, lines)) < columns
