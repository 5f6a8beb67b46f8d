"""What a checker is to the harness: its documents, how to run it, which of our rules answer it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from validator.corpus.members import AGAIN

from .cases import Case
from .mutation import Mutators


class Remark(Struct, frozen=True):
    """What a checker says about a line. `kind` groups remarks of one check."""

    line: int
    kind: str
    text: str


class Verdict(Struct, frozen=True):
    """All that a checker says of a document.

    `crash` is how it died, if it did. `stopped` is the line at which it gave up, 0 if it did not.
    """

    remarks: tuple[Remark, ...] = ()
    crash: str = ""
    stopped: int = 0


class Deviation(Struct, frozen=True):
    """Where we mean to differ: a name for docs/parity.md, and how to know such a line.

    `applies` gets the line of the document, and what the one checker says that speaks of it.
    """

    name: str
    side: str
    applies: Callable[[bytes, Remark], bool]


class Anchor(Struct, frozen=True):
    """Our rules for what a kind of remark is about, and how many lines away ours may be; 0: any.

    Ours must have `says` in its words.
    """

    rules: tuple[str, ...]
    reach: int = 0
    says: str = ""


class Parts(Struct, frozen=True):
    """A checker that takes a document part by part, and leaves a part where it finds fault.

    `of` gets a document and gives the part that a line is in. `halts` are kinds of its remarks
    after which it leaves the part, with the stage it was at; `stages` are those of our rules: what
    they say of the part at a later stage does not count. Of our rules in `once` only the first
    remark in a part counts, and those on lines of which the other speaks.
    """

    of: Callable[[bytes], Callable[[int], int]]
    halts: Mapping[str, int] = field(default_factory=dict)
    stages: Mapping[str, int] = field(default_factory=dict)
    once: Collection[str] = ()


class Bench(Struct, frozen=True):
    """A repository's own checker beside a profile of ours.

    `select` are our rules that the comparison is about, without those in `ignore`: the checker has
    no opinion on the others.
    `outside` are kinds of its remarks that the profile does not express, with the reason.
    `anchors` are kinds of theirs whose line is not that of the fault (the first of the page, line
    0, the line above), with our rules for the same: they count as said on the line of ours.
    `aside` gets a document and both verdicts, theirs first, and names a reason to compare nothing
    of it but whether they find fault: a meant deviation that changes what the one makes of all its
    lines.
    Of remarks whose kind is in `once`, theirs or ours, only the first in a document counts, and
    those on lines of which the other speaks: one of the two speaks once of the file, the other of
    each line. Of those in `runs`, only the first of each run of lines counts.
    `in_place` are mutators of documents that keep lying beside each other.
    """

    profile: str
    globs: tuple[str, ...]
    past: tuple[str, ...]
    select: tuple[str, ...]
    mutators: Mutators
    run: Callable[[Sequence[Path], Path], list[Verdict]]
    outside: Mapping[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    once: Collection[str] = ()
    runs: Collection[str] = ()
    anchors: Mapping[str, Anchor] = field(default_factory=dict)
    parts: Parts | None = None
    deviations: tuple[Deviation, ...] = ()
    aside: Callable[[bytes, Verdict, Verdict], str] = lambda data, theirs, ours: ""
    lay_out: Callable[[Sequence[Case], Path], list[Path]] | None = None
    in_place: Mutators = field(default_factory=dict)


def lay_out(cases: Sequence[Case], folder: Path) -> list[Path]:
    """Write each document under its own name into a directory of its own."""
    paths = []
    for number, case in enumerate(cases):
        path = folder / f"{number:06}" / case.name
        path.parent.mkdir()
        path.write_bytes(case.data)
        paths.append(path)
    return paths


def converse(command: Sequence[str], paths: Sequence[Path], cwd: Path | None = None) -> list[str]:
    """What a program prints, line by line, that gets the paths on its standard input."""
    given = "".join(f"{path}\n" for path in paths)
    run = subprocess.run(
        command, input=given, stdout=subprocess.PIPE, text=True, check=True, cwd=cwd
    )
    return run.stdout.split("\n")[:-1]


def ours(bench: Bench, folder: Path, paths: Sequence[Path]) -> list[Verdict]:
    """Our verdicts, as a user gets them: through the command line, as JSON."""
    command = [sys.executable, "-m", "validator", "check", "--isolated", "--exit-zero", "--quiet"]
    command += ["--profile", bench.profile, "--output-format", "json", "--limit", "0"]
    command += ["--no-progress", *(word for rule in bench.select for word in ("--select", rule))]
    command += [word for rule in bench.ignore for word in ("--ignore", rule)]
    run = subprocess.run([*command, str(folder)], stdout=subprocess.PIPE, check=True)
    found: dict[Path, list[Remark]] = {path: [] for path in paths}
    for item in json.loads(run.stdout)["diagnostics"]:
        path = Path(item["path"]).absolute()
        words = item["message"] + (f" [{item['help']}]" if item["help"] else "")
        kind = f"{item['code']} {item['name']}"
        rows = [one["location"]["row"] for one in item["related"] if one["message"] == AGAIN]
        for row in (item["location"]["row"], *rows):
            found.setdefault(path, []).append(Remark(row, kind, words))
    return [Verdict(tuple(found[path])) for path in paths]
