"""What build services and hooks get: each of it is run, as far as a shell can do that."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from junitparser import JUnitXml

from . import dockerfile
from .support import ROOT, write

ACTION: Final = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
GITLAB: Final = yaml.safe_load((ROOT / "templates" / "gitlab.yml").read_text("utf-8"))
HOOKS: Final = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
CLEAN: Final = {
    key: os.environ[key] for key in ("PATH", "HOME", "LANG", "TMPDIR") if key in os.environ
}
BAD, GOOD = b"# Title\n\nA caf\xe9 and a na\xefve one.\n", b"# Title\n\nText.\n"


@pytest.fixture(scope="session")
def images(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dockerfile.Stage]:
    """The stages of the Dockerfile; the first has wheels of all that is needed, by pip's index."""
    folder = tmp_path_factory.mktemp("docker")
    try:
        return dockerfile.build(ROOT, folder, {**os.environ, "PIP_COMPILE": "0"})
    except subprocess.CalledProcessError as error:
        pytest.skip(f"pip cannot make the wheels, which takes an index: {error}")


@pytest.fixture(scope="session")
def offline(images: dict[str, dockerfile.Stage]) -> dict[str, str]:
    """An environment in which pip installs us without an index."""
    wheels = images["wheels"].at("/wheels")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--wheel-dir", str(wheels)]
    subprocess.run([*pip, "hatchling>=1.27,<2"], check=True)
    return {
        **CLEAN,
        "PIP_COMPILE": "0",  # what is started compiles what it imports
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheels),
        "PIP_CONFIG_FILE": os.devnull,
    }


@pytest.fixture(scope="session")
def runner(offline: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A runner of GitHub's on which the action has installed the program."""
    environ = {**offline, "RUNNER_TEMP": str(tmp_path_factory.mktemp("runner"))}
    done = run_step(ACTION["runs"]["steps"][0], {}, environ, ROOT)
    assert done.returncode == 0, done.stderr
    return environ


def run_step(
    step: Mapping[str, Any], inputs: Mapping[str, str], environ: Mapping[str, str], where: Path
) -> subprocess.CompletedProcess[str]:
    """A step of the action as GitHub runs it: expressions put in, then the shell."""
    given = {name: one.get("default", "") for name, one in ACTION["inputs"].items()}
    known = {f"inputs.{name}": value for name, value in {**given, **inputs}.items()}
    known["github.action_path"] = str(ROOT)
    values = {
        key: re.sub(r"\$\{\{ (\S+) \}\}", lambda match: known[match.group(1)], value)
        for key, value in step["env"].items()
    }
    assert step["shell"] == "bash"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=where,
        env={**environ, **values},
        capture_output=True,
        text=True,
        check=False,
    )


def check(
    runner: Mapping[str, str], where: Path, **inputs: str
) -> tuple[subprocess.CompletedProcess[str], str, str]:
    """The step that checks: what it did, its outputs, the summary of the step."""
    files = Path(runner["RUNNER_TEMP"])
    outputs, summary = files / "outputs", files / "summary"
    outputs.write_text("")
    summary.write_text("")
    environ = {
        **runner,
        "GITHUB_ACTIONS": "true",
        "GITHUB_OUTPUT": str(outputs),
        "GITHUB_STEP_SUMMARY": str(summary),
    }
    named = {name.replace("_", "-"): value for name, value in inputs.items()}
    done = run_step(ACTION["runs"]["steps"][1], named, environ, where)
    return done, outputs.read_text("utf-8"), summary.read_text("utf-8")


def test_the_action_finds_and_annotates(runner: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path, {"docs/a b.md": BAD, "other/c.md": BAD, "d.md": GOOD})
    done, outputs, summary = check(runner, tmp_path, paths="docs\nd.md", sarif_file="out/a.sarif")
    assert done.returncode == 1, done.stderr
    assert "\n::error title=seed-validator (ENC" in done.stdout
    assert "file=docs/a b.md,line=3" in done.stdout
    assert "other" not in done.stdout
    assert outputs == "exit-code=1\nsarif-file=out/a.sarif\n"
    assert summary.startswith("## seed-validator\n")
    assert json.loads((tmp_path / "out/a.sarif").read_bytes())["runs"][0]["results"]


def test_the_action_passes_what_is_clean(runner: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path, {"a.md": GOOD})
    done, outputs, summary = check(runner, tmp_path)
    assert (done.returncode, outputs, summary) == (0, "exit-code=0\n", "")
    assert done.stdout.startswith("All checks passed! 1 file")


def test_the_action_takes_what_it_is_given(runner: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": BAD, "b.txt": GOOD})
    options = {"profile": "text", "args": "--output-format\nconcise\n\n--ignore\nENC,TXT"}
    assert check(runner, tmp_path, **options)[0].returncode == 0
    done = check(runner, tmp_path, profile="text", fail_on="never")[0]
    assert (done.returncode, "ENC" in done.stdout) == (0, True)
    done, outputs, _ = check(runner, tmp_path, config="gone.toml")
    assert (done.returncode, outputs) == (2, "exit-code=2\n")


HOSTILE: Final = (
    "$(touch pwned)", "`touch pwned`", '"; touch pwned; "', "'; touch pwned; '", "|touch pwned",
    "a\nexit-code=0\n", "x]}; touch pwned", "$HOME", "*", "--output-file=pwned",
)  # fmt: skip


@pytest.mark.parametrize("name", sorted(ACTION["inputs"]))
def test_no_input_of_the_action_is_a_command(
    runner: dict[str, str], tmp_path: Path, name: str
) -> None:
    write(tmp_path, {"a.md": GOOD})
    for text in HOSTILE:
        if name == "args" and text.startswith("--"):
            continue  # an argument is what it asks for
        done, outputs, _ = check(runner, tmp_path, **{name.replace("-", "_"): text})
        assert not (tmp_path / "pwned").exists(), text
        keys = [line.partition("=")[0] for line in outputs.splitlines()]
        assert keys in (["exit-code"], ["exit-code", "sarif-file"])
        assert outputs.startswith(f"exit-code={done.returncode}\n")


def test_no_expression_stands_in_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert "uses" not in step
    asked = {value for step in ACTION["runs"]["steps"] for value in step["env"].values()}
    assert {f"${{{{ inputs.{name} }}}}" for name in ACTION["inputs"]} < asked


def test_zizmor_finds_nothing(tmp_path: Path) -> None:
    flows = tmp_path / ".github" / "workflows"
    flows.mkdir(parents=True)
    page = (ROOT / "docs" / "ci.md").read_text("utf-8")
    blocks = re.findall(r"(?s)```yaml\n(# \.github/workflows.*?)```", page)
    assert blocks
    for number, block in enumerate(blocks):
        (flows / f"{number}.yml").write_text(block, "utf-8")
    program = shutil.which("zizmor", path=str(Path(sys.executable).parent))
    assert program, "zizmor comes with the extra `dev`"
    words = [program, "--offline", "--no-progress", "--persona=pedantic", "--format=plain"]
    done = subprocess.run(
        [*words, str(ROOT / "action.yml"), str(flows)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_job_for_gitlab(runner: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path, {"docs/a b.md": BAD, "c.md": GOOD})
    installed = f"{runner['RUNNER_TEMP']}/seed-validator"
    job = GITLAB["seed-validator"]
    lines = [line.replace("/tmp/seed-validator", installed) for line in job["script"]]
    environ = {**runner, **GITLAB["variables"], "SEED_VALIDATOR_PACKAGE": str(ROOT)}
    for paths, code in ((".", 1), ("c.md", 0), ("docs\nc.md", 1), ("$(touch pwned)", 2)):
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", "\n".join(lines)],
            cwd=tmp_path,
            env={**environ, "GITLAB_CI": "true", "SEED_VALIDATOR_PATHS": paths},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stderr
        assert not (tmp_path / "pwned").exists()
        lines = lines[-1:]  # it is installed
        if code < 2:
            reports = {name: tmp_path / path for name, path in job["artifacts"]["reports"].items()}
            issues = json.loads(reports["codequality"].read_bytes())
            failed = sum(suite.failures for suite in JUnitXml.fromfile(str(reports["junit"])))
            assert bool(issues) == bool(failed) == bool(code)
            assert {one["location"]["path"] for one in issues} <= {"docs/a b.md"}


def test_the_image(images: dict[str, dockerfile.Stage], tmp_path: Path) -> None:
    image = images[""]
    assert image.user == "65534:65534"
    assert image.folder == image.at("/data")
    program, *words = image.words["ENTRYPOINT"]
    write(tmp_path, {"a.md": BAD})

    def run(*more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [image.bin / program, *words, *(more or image.words["CMD"])],
            cwd=tmp_path,
            env=CLEAN,
            capture_output=True,
            text=True,
            check=False,
        )

    assert run().returncode == 1
    assert run("check", "--exit-zero").returncode == 0
    from validator import __version__

    assert run("version").stdout == f"seed-validator {__version__}\n"


def test_hooks_are_of_commands_and_types_that_there_are() -> None:
    from validator.cli.commands import cli

    assert len({hook["id"] for hook in HOOKS}) == len(HOOKS)
    for hook in HOOKS:
        program, command, *options = hook["entry"].split()
        assert (program, hook["language"]) == ("seed-validator", "python")
        known = {name for one in cli.commands[command].params for name in one.opts}
        assert {word for word in options if word.startswith("-")} <= known
        assert hook.get("types", ["file"]) == ["file"]


def test_pre_commit(offline: dict[str, str], tmp_path: Path) -> None:
    hooks, work = tmp_path / "hooks", tmp_path / "work"
    hooks.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, hooks)
    shutil.copytree(
        ROOT / "validator", hooks / "validator", ignore=shutil.ignore_patterns("__pycache__")
    )
    (tmp_path / ".gitconfig").write_text(
        "[user]\nname = A\nemail = a@example.org\n[protocol.file]\nallow = always\n", "utf-8"
    )
    environ = {
        **offline,
        "HOME": str(tmp_path),
        "PRE_COMMIT_HOME": str(tmp_path / "cache"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{offline['PATH']}",
    }

    def run(*words: str, where: Path = work) -> tuple[int, str]:
        done = subprocess.run(
            words, cwd=where, env=environ, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    for folder in (hooks, work):
        folder.mkdir(exist_ok=True)
        assert run("git", "init", "-q", where=folder)[0] == 0
    assert run("git", "add", ".", where=hooks)[0] == 0
    assert run("git", "commit", "-qm", "hooks", where=hooks)[0] == 0

    # what is refused is not committed, what is mended is, and so is what is not ours
    write(work, {"docs/a b.md": BAD, "image.png": b"\x89PNG\r\n\x1a\n"})
    revision = run("git", "rev-parse", "HEAD", where=hooks)[1].strip()
    config = {
        "repos": [
            {"repo": str(hooks), "rev": revision, "hooks": [{"id": one["id"]} for one in HOOKS]}
        ]
    }
    (work / ".pre-commit-config.yaml").write_text(json.dumps(config), "utf-8")
    assert run("git", "add", ".")[0] == 0
    assert run("pre-commit", "install")[0] == 0
    code, out = run("git", "commit", "-qm", "bad")
    assert code == 1, out
    assert "docs/a b.md:3:6" in out
    assert "image.png" not in out
    write(work, {"docs/a b.md": GOOD})
    run("git", "add", ".")
    code, out = run("git", "commit", "-qm", "good")
    assert code == 0, out
    write(work, {"image.png": b"\x89PNG\r\n\x1a\n\0"})
    run("git", "add", ".")
    code, out = run("git", "commit", "-qm", "none of ours")
    assert code == 0, out
    assert out.count("Passed") == len(HOOKS)
