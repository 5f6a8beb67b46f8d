"""What a person types who does not know the words yet: lists, origins, completion."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from validator.profile.toml_file import built_in_names
from validator.rules.catalog import catalog
from validator.rules.index import FAMILIES

from .support import ROOT, write

CONFIG = b"""fail-on = "warning"
[profiles.base]
extends = "text"
text.trailing-blanks = "forbid"
[profiles.notes]
extends = "base"
files = ["*.txt"]
severity.TXT101 = "info"
[profiles.notes.encoding]
newline = "lf"
"""


def typed(*words: str, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "validator", *words],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
        check=False,
    )


def test_rules_list_themselves(tmp_path: Path) -> None:
    done = typed("rule", cwd=tmp_path)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    for rule in catalog().rules.values():
        assert sum(line.startswith(f"  {rule.code} {rule.name} ") for line in lines) == 1
    assert sum(line[:3] in FAMILIES for line in lines) == len(FAMILIES)
    assert max(map(len, lines)) <= 100


def test_profiles_list_themselves(tmp_path: Path) -> None:
    write(tmp_path, {"seed-validator.toml": CONFIG})
    lines = typed("profile", cwd=tmp_path).stdout.splitlines()
    assert lines[0] == "In seed-validator.toml:"
    assert lines[1].split()[0] == "base"
    own = [line.split()[0] for line in lines if line.startswith("  ")]
    assert own == ["base", "notes", *built_in_names()]


def test_a_profile_shows_itself_as_it_is_written(tmp_path: Path) -> None:
    write(tmp_path, {"seed-validator.toml": CONFIG})
    assert 'extends = "base"' in typed("profile", "notes", cwd=tmp_path).stdout
    text = typed("profile", "jsonl", cwd=tmp_path).stdout
    assert text == (ROOT / "validator" / "profiles" / "jsonl.toml").read_text("utf-8")
    done = typed("profile", "jsnol", cwd=tmp_path)
    assert done.returncode == 2
    assert "did you mean `jsonl`?" in done.stderr


def test_each_value_says_where_it_comes_from(tmp_path: Path) -> None:
    write(tmp_path, {"seed-validator.toml": CONFIG})
    lines = typed("config", "notes", "--origin", cwd=tmp_path).stdout.splitlines()
    assert 'files = ["*.txt"]  # seed-validator.toml:7:1' in lines
    assert 'text.trailing-blanks = "forbid"  # seed-validator.toml:4:6' in lines
    assert 'encoding.newline = "lf"  # seed-validator.toml:10:1' in lines
    assert 'severity.TXT101 = "info"  # seed-validator.toml:8:10' in lines
    assert 'file.empty = "forbid"  # default' in lines
    top = typed("config", "--origin", cwd=tmp_path).stdout.splitlines()
    assert 'fail-on = "warning"  # seed-validator.toml:1:1' in top
    assert "respect-gitignore = true  # default" in top
    told = json.loads(
        typed("config", "jsonl", "--origin", "--output-format", "json", cwd=tmp_path).stdout
    )
    assert told["delimiters.kind"] == {
        "value": "json-lines",
        "origin": "built-in profile `jsonl`",
    }


def test_a_value_of_a_configuration_above_says_so(tmp_path: Path) -> None:
    inner = 'extends = "../seed-validator.toml"\nexclude = ["drafts/"]\n'
    write(tmp_path, {"seed-validator.toml": CONFIG, "in/seed-validator.toml": inner.encode()})
    lines = typed("config", "--origin", cwd=tmp_path / "in").stdout.splitlines()
    assert f'fail-on = "warning"  # {tmp_path / "seed-validator.toml"}:1:1' in lines
    assert 'exclude = ["drafts/"]  # seed-validator.toml:2:1' in lines
    assert 'extends = "../seed-validator.toml"  # seed-validator.toml:1:1' in lines


ASKED = "_SEED_VALIDATOR_COMPLETE"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("seed-validator che", ["check"]),
        ("seed-validator rule ENC00", sorted(c for c in catalog().rules if c.startswith("ENC00"))),
        ("seed-validator rule trailing-b", ["trailing-blanks"]),
        ("seed-validator check --profile mark", ["markdown"]),
        ("seed-validator check --output-format jso", ["json", "json-lines"]),
        ("seed-validator check --select TXT101,trailing-b", ["TXT101,trailing-blanks"]),
        ("seed-validator config conllu-", ["conllu-sentences", "conllu-ud"]),
    ],
)
@pytest.mark.parametrize("shell", ["bash", "fish", "powershell", "zsh"])
def test_completion(line: str, found: list[str], shell: str, tmp_path: Path) -> None:
    words = line.split(" ")
    cword = str(len(words) - 1) if shell in ("bash", "zsh") else words[-1]
    asked = {ASKED: f"{shell}_complete", "COMP_WORDS": line, "COMP_CWORD": cword}
    lines = typed(cwd=tmp_path, **asked).stdout.splitlines()
    if shell == "zsh":  # three lines each: type, value, help
        lines = lines[1::3]
    else:
        lines = [one.split("\t")[0].removeprefix("plain,") for one in lines]
    assert lines == found


def test_own_profiles_complete(tmp_path: Path) -> None:
    write(tmp_path, {"seed-validator.toml": CONFIG})
    line = "seed-validator check --profile not"
    asked = {ASKED: "bash_complete", "COMP_WORDS": line, "COMP_CWORD": "3"}
    assert typed(cwd=tmp_path, **asked).stdout == "plain,notes\n"
    write(tmp_path, {"seed-validator.toml": b"wrong ="})
    assert typed(cwd=tmp_path, **asked).stdout.strip() == ""


@pytest.mark.parametrize("shell", ["bash", "fish", "powershell", "zsh"])
def test_the_script_of_a_shell(shell: str, tmp_path: Path) -> None:
    done = typed("completion", shell, cwd=tmp_path)
    assert done.returncode == 0
    assert f"{ASKED}" in done.stdout
    assert f"{shell}_complete" in done.stdout
    program = shutil.which(shell)
    if program and shell != "powershell":
        subprocess.run([program, "-n", "-c", done.stdout], check=True, cwd=tmp_path)
    assert typed("completion", "csh", cwd=tmp_path).returncode == 2
