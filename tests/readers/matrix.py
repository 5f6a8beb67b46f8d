"""Runs readers on cases, each reader in a process of its own, and holds the rows to the promise."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from validator import Severity, check_paths, load_profile
from validator.profile.toml_file import built_in_names

from .canonical import Cell, Outcome, compare
from .case import Case
from .roster import READERS
from .worker import LIMIT

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(__file__).with_name("not_kept.txt")  # where the promise is not kept yet
NOT_KEPT = frozenset(LIST.read_text("utf-8").split())


class Finding(NamedTuple):
    """What seed-validator says of a file."""

    code: str
    name: str
    failing: bool


class Row(NamedTuple):
    """One case: what each reader made of it, and what we say; None where there is no profile.

    `documents` is how many we count in the file, -1 where that is not known.
    """

    case: Case
    cells: Mapping[str, Cell]
    findings: tuple[Finding, ...] | None
    documents: int = -1

    @property
    def passes(self) -> bool:
        """Whether `seed-validator check` exits with 0."""
        return self.findings is not None and not any(one.failing for one in self.findings)


def write(folder: Path, case: Case) -> Path:
    """The file of one case, in a folder of its own: some readers are given folders."""
    path = folder / case.key / case.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(case.data)
    return path


def run(command: Sequence[str], paths: Sequence[Path], work: Path) -> dict[Path, Outcome]:
    """What a reader makes of these files. One that dies or hangs is started again after that file.

    `command` is given two more words: a file with a path a line, and where to put its answers.
    """
    outcomes: dict[Path, Outcome] = {}
    todo = [str(path) for path in paths]
    listed, results = work / "list", work / "results"
    while todo:
        listed.write_text("\n".join(todo), "utf-8")
        results.write_text("")
        ended = _start([*command, str(listed), str(results)], LIMIT * len(todo), work)
        for line in results.read_text("utf-8").split("\n")[:-1]:
            path, documents, error = json.loads(line, object_hook=_number)
            outcomes[Path(path)] = Outcome(documents, error)
            todo.remove(path)
        if todo:
            outcomes[Path(todo.pop(0))] = Outcome(None, ended)
    return outcomes


def _start(command: Sequence[str], seconds: float, work: Path) -> str:
    """Run a process; how it ended."""
    environ = {**os.environ, "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(ROOT)}
    with (work / "log").open("ab") as log:
        try:
            done = subprocess.run(
                command, stdout=log, stderr=log, timeout=seconds, env=environ, check=False
            )
        except subprocess.TimeoutExpired:
            return "hangs"
    return "hangs" if done.returncode == -14 else f"dies ({done.returncode})"


def _number(value: dict[str, Any]) -> Any:
    """JSON proper has no word for NaN: a script writes it as an object."""
    return float(value["$number"]) if value.keys() == {"$number"} else value


def command_of(name: str, python: str, modules: str = "") -> list[str]:
    """How a reader is started: `python` has the readers, `modules` is what npm installed."""
    if READERS[name].read is not None:
        return [python, "-m", "tests.readers.worker", name]
    suffix = READERS[name].suffix
    script = str(Path(__file__).with_name(f"worker.{suffix}"))
    if suffix == "rb":
        return ["ruby", script, name]
    if suffix == "go":  # the module txtar is a package of Debian
        return ["env", "GO111MODULE=off", "GOPATH=/usr/share/gocode", "go", "run", script, name]
    return ["env", f"NODE_PATH={modules}", "node", script, name]


def judged(case: Case, path: Path, cells: Mapping[str, Cell]) -> Row:
    """The row of a case: the rules that our check of its file names, without repetition."""
    if case.profile not in built_in_names():
        return Row(case, cells, None)
    run = check_paths([str(path)], load_profile(case.profile))
    found = {
        Finding(one.code, one.name, one.severity is Severity.ERROR) for one in run.diagnostics()
    }
    return Row(case, cells, tuple(sorted(found)), run.summary.totals.documents)


def broken(rows: Iterable[Row]) -> dict[str, str]:
    """Where the promise does not hold: the key of the file, and a sentence.

    A fault that every reader bears with, or refuses, may have a name of ours or none.
    """
    said = ((row.case, _breach(row)) for row in rows)
    return {case.key: f"{case.what}: {breach}" for case, breach in said if breach}


def news(rows: Sequence[Row]) -> list[str]:
    """What differs from the list of breaches that we know: new ones, and those that are mended."""
    said = broken(rows)
    found = [f"{key}: {sentence}" for key, sentence in said.items() if key not in NOT_KEPT]
    kept = (row.case.key for row in rows if row.case.key in NOT_KEPT and row.case.key not in said)
    return found + [
        f"{key}: the promise is kept now, --accept takes it off the list" for key in kept
    ]


def _breach(row: Row) -> str:
    if row.findings is None:
        return "there is no profile to check it under"
    if row.passes:
        apart = [name for name in row.cells if not agrees(row, name)]
        read = ", ".join(f"{name} {row.cells[name].text}" for name in apart)
        if read:
            return f"passes, yet readers differ: {read}"
        meant = len(row.case.meant)
        miscounted = row.documents >= 0 and row.documents != meant
        return f"passes, yet we count {row.documents} documents of {meant}" if miscounted else ""
    failing = ", ".join(sorted({one.name for one in row.findings if one.failing}))
    if not row.case.rules:
        return f"is right, yet we find {failing}"
    if differ(row) and not {one.name for one in row.findings} & {*row.case.rules}:
        return f"should be named as {' or '.join(row.case.rules)}, not as {failing}"
    return ""


def agrees(row: Row, name: str) -> bool:
    """Whether a reader returned what was meant; one that guesses, when it is told the types."""
    cell, told = row.cells[name], row.cells.get(f"{name}-typed")
    if READERS[name].guesses and told:
        return "same" in {cell.kind, told.kind}
    return cell.kind == "same" or (READERS[name].guesses and cell.kind == "type")


def differ(row: Row) -> bool:
    """Whether readers do not agree, or agree on something that nobody meant."""
    kinds = {"same" if agrees(row, name) else cell.kind for name, cell in row.cells.items()}
    return kinds not in ({"same"}, {"error"})


def rows_of(cases: Sequence[Case], folder: Path, python: str, modules: str) -> list[Row]:
    """Run every reader of the formats of these cases."""
    files = {case.key: write(folder / "files", case) for case in cases}
    cells: dict[str, dict[str, Cell]] = {case.key: {} for case in cases}
    for name, reader in READERS.items():
        own = [case for case in cases if reader.in_cases and case.format == reader.format]
        if not own:
            continue
        outcomes = run(command_of(name, python, modules), [files[case.key] for case in own], folder)
        for case in own:
            cells[case.key][name] = compare(case.meant, outcomes[files[case.key]], reader.traits)
    return [judged(case, files[case.key], cells[case.key]) for case in cases]
