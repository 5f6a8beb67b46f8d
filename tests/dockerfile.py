"""Runs the stages of a Dockerfile by hand, in directories of this machine: there is no engine.

Only what our own Dockerfile needs. A path from the root is one below the stage's directory, and
`pip` is that of an environment of its own.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


class Stage:
    """A stage that has been run: its directory, and what it says of running it."""

    def __init__(self, root: Path, bin_folder: Path) -> None:
        self.root = root
        self.bin = bin_folder
        self.folder = root
        self.user = "0:0"
        self.words: dict[str, list[str]] = {"ENTRYPOINT": [], "CMD": []}

    def at(self, path: str) -> Path:
        """Where a path of the image is."""
        return self.root / path.lstrip("/") if path.startswith("/") else self.folder / path


def instructions(text: str) -> list[tuple[str, str]]:
    """Each instruction with its words, lines joined."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [
        (head, rest) for head, _, rest in (one.partition(" ") for one in joined.split("\n")) if head
    ]


def build(context: Path, folder: Path, environ: Mapping[str, str]) -> dict[str, Stage]:
    """Run all stages, by name; the last is `""`, too."""
    stages: dict[str, Stage] = {}
    stage = Stage(folder, folder)
    for head, rest in instructions((context / "Dockerfile").read_text("utf-8")):
        if head == "FROM":
            name = rest.partition(" AS ")[2]
            root = folder / f"stage{len(stages)}"
            root.mkdir()
            python = [sys.executable, "-m", "virtualenv", "--quiet", str(root / "python")]
            subprocess.run(python, check=True)  # pre-commit brings it; three times as fast as venv
            stages[name] = stages[""] = stage = Stage(root, root / "python" / "bin")
        elif head == "WORKDIR":
            stage.folder = stage.at(rest)
            stage.folder.mkdir(parents=True, exist_ok=True)
        elif head == "COPY":
            *sources, target = rest.split()
            for source in sources:
                _copy(context / source, stage.at(target), target == "./")
        elif head == "RUN":
            _run(rest, stage, stages, environ)
        elif head == "USER":
            stage.user = rest
        elif head in stage.words:
            stage.words[head] = json.loads(rest)
        else:
            raise AssertionError(f"{head} is not known here")
    return stages


def _copy(source: Path, target: Path, into: bool) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target / source.name if into else target)


def _run(line: str, stage: Stage, stages: Mapping[str, Stage], environ: Mapping[str, str]) -> None:
    places: dict[str, Path] = {}
    words = shlex.split(line)
    while words[0].startswith("--mount="):
        keys = dict(pair.split("=") for pair in words.pop(0)[len("--mount=") :].split(","))
        places[keys["target"]] = stages[keys["from"]].at(keys["source"])
    words = [str(places.get(word, stage.at(word))) if word[:1] == "/" else word for word in words]
    path = f"{stage.bin}{os.pathsep}{environ['PATH']}"
    subprocess.run(words, cwd=stage.folder, check=True, env={**environ, "PATH": path})
