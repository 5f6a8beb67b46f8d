"""Whole processes, side by side, on one checkout: how long each takes to check all of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

LEVELS = {"conllu": "1", "conllu-ud": "2"}
"""Levels of the validator of Universal Dependencies by our profile."""


def measure(profile: str, checkout: Path, checker: Path, rounds: int) -> None:
    """Run both in turn, `rounds` times each, and print the best and the middle of the times."""
    commands = {"theirs": _theirs(profile, checkout, checker), **_ours(profile, checkout)}
    times: dict[str, list[float]] = {name: [] for name in commands}
    environ = {key: os.environ[key] for key in os.environ if key != "PYTHONDONTWRITEBYTECODE"}
    quiet = subprocess.DEVNULL
    for _ in range(rounds):
        for name, command in commands.items():
            started = time.perf_counter()
            subprocess.run(command, stdout=quiet, stderr=quiet, check=False, env=environ)
            times[name].append(time.perf_counter() - started)
    base = min(times["theirs"])
    for name, taken in times.items():
        best, middle = min(taken), sorted(taken)[len(taken) // 2]
        sys.stdout.write(f"{name:16}{best:8.3f} s best{middle:8.3f} s middle{base / best:8.2f} x\n")


def _theirs(profile: str, checkout: Path, checker: Path) -> Sequence[str]:
    if profile == "pep":
        return [sys.executable, str(checkout / "check-peps.py")]
    if profile == "tldr":
        return ["node", str(checker / "lib" / "tldr-lint-cli.js"), str(checkout / "pages")]
    if profile in LEVELS:
        python = os.environ.get("ORACLE_PYTHON", sys.executable)
        command = [python, str(checker / "validate.py"), "--quiet", "--lang", "ud"]
        return [*command, "--level", LEVELS[profile], *_same_files(profile, checkout)]
    raise SystemExit(f"no figures are kept for the profile {profile}")


def _ours(profile: str, checkout: Path) -> Mapping[str, Sequence[str]]:
    check = [sys.executable, "-m", "validator", "check", "--isolated", "--profile", profile]
    paths = _same_files(profile, checkout)
    return {
        name: [*check, *more, *paths]
        for name, more in {
            "ours": (),
            "ours, --jobs 1": ("--jobs", "1"),
            "ours, --jobs 2": ("--jobs", "2"),
        }.items()
    }


def _same_files(profile: str, checkout: Path) -> Sequence[str]:
    """What the checker looks at: check-peps at the numbered PEPs, not at what lies beside them."""
    if profile in LEVELS:
        return sorted(map(str, checkout.glob("*.conllu")))
    if profile == "pep":
        return sorted(map(str, (checkout / "peps").glob("pep-????.rst")))
    return [str(checkout / "pages")]
