"""What people type, and what they get: an answer, an exit code, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from validator import __version__
from validator.cli.commands import cli
from validator.rules.catalog import catalog

from .support import FIXTURES

CLEAN, BROKEN = str(FIXTURES / "seeds" / "clean"), str(FIXTURES / "seeds" / "broken")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Away from any configuration, and with no build service in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR", "SEED_VALIDATOR_OUTPUT_FORMAT"):
        monkeypatch.delenv(name, raising=False)


def call(*words: str, **environ: str) -> Result:
    """The command in this process."""
    return CliRunner().invoke(cli, list(words), env=environ)


def process(*words: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    """The command as a user runs it."""
    command = [sys.executable, "-m", "validator", *words]
    environ = {**os.environ, "PYTHONPATH": str(FIXTURES.parent)}
    return subprocess.run(command, capture_output=True, check=False, env=environ, **options)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "Usage:"),
        (("-h",), 0, "Check documents and corpora"),
        (("--help",), 0, "Commands:"),
        (("--version",), 0, __version__),
        (("version",), 0, f"seed-validator {__version__}"),
        (("chekc",), 2, "Did you mean 'check'"),
        ((".",), 2, "did you mean `seed-validator check .`?"),
        (("-",), 2, "did you mean `seed-validator check -`?"),
        (("check", "--profil", "seed"), 2, "--profile"),
        (
            ("check", "--profile", "sead", "."),
            2,
            "there is no profile `sead`; did you mean `seed`?",
        ),
        (
            ("check", "--select", "ENC01X", "."),
            2,
            "unknown rule `ENC01X` in --select; did you mean",
        ),
        (("check", "--ignore", "invalid-utf", "."), 2, "did you mean `invalid-utf8`?"),
        (
            ("check", "--output-format", "jsn", "."),
            2,
            "there is no format `jsn`; did you mean `json`?",
        ),
        (("check", "nowhere"), 2, "`nowhere` is not there"),
        (("check", "ftp://b/a"), 2, "is not there; of URLs those are read that begin with"),
        (("check", "--profile", "seed", "."), 2, "no file matched in `.`: there are no files"),
        (("check", "--config", "no.toml", "."), 2, "the configuration `no.toml` is not there"),
        (("rule",), 0, "FIL001 unreadable-file"),
        (("rule", "ENC"), 2, "there is no rule `ENC`"),
        (("rule", "invalid-uft8"), 2, "did you mean `invalid-utf8`?"),
        (("rule", "enc001"), 0, "# ENC001 invalid-utf8"),
        (("rule", "--all"), 0, "| FIL101 | unexpected-name | profile | error |"),
        (("schema", "config"), 0, "draft-07"),
        (("config",), 0, "built-in profiles only"),
        (("config", "seed"), 0, 'newline = "lf"'),
    ],
)
def test_first_words(words: tuple[str, ...], code: int, said: str) -> None:
    result = call(*words)
    assert said in result.output
    assert result.exit_code == code
    assert "Traceback" not in result.output


def test_exit_codes() -> None:
    assert call("check", "--profile", "seed", CLEAN).exit_code == 0
    assert call("check", "--profile", "seed", BROKEN).exit_code == 1
    assert call("check", "--profile", "seed", BROKEN, "--exit-zero").exit_code == 0
    assert call("check", "--profile", "seed", BROKEN, "--fail-on", "never").exit_code == 0


def test_a_file_next_to_a_missing_one_is_not_checked_silently() -> None:
    result = call("check", "--profile", "seed", CLEAN, CLEAN + "-not")
    assert result.exit_code == 2
    assert "did you mean `clean`?" in result.output


def test_select_and_ignore() -> None:
    only = call(
        "check", "--profile", "seed", BROKEN, "--select", "COR", "--output-format", "concise"
    )
    assert {line.split()[1] for line in only.output.splitlines() if ": COR" in line} == {
        "COR001",
        "COR002",
        "COR003",
        "COR004",
    }
    assert "TXT" not in only.output
    less = call(
        "check",
        "--profile",
        "seed",
        BROKEN,
        "--ignore",
        "COR,nul-byte",
        "--output-format",
        "concise",
    )
    assert "COR" not in less.output
    assert "TXT001" not in less.output
    assert "TXT002" in less.output


def test_what_a_switched_off_rule_blocks_is_not_passed_in_silence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeffTitle\nText.\n".encode("utf-16-le"))
    only = call("check", "--profile", "seed", str(tmp_path), "--select", "TXT001")
    assert "Not checked to the end: 1 file." in only.output


def test_standard_input() -> None:
    good = process("check", "--profile", "seed", "-", input=b"Title\nText.\n")
    assert good.returncode == 0
    bad = process(
        "check", "--profile", "seed", "-", "--output-format", "concise", input=b"Title\n\0\n"
    )
    assert bad.returncode == 1
    assert bad.stdout.startswith(b"-:2:1: TXT001")
    named = process(
        "check", "--profile", "seed", "-", "--stdin-filename", "dir/x.txt", input=b"T\nT\n"
    )
    assert b"dir/x.txt" in named.stdout
    assert b"FIL101" in named.stdout
    alone = process("check", "--profile", "seed", "-", "x.txt", input=b"")
    assert alone.returncode == 2


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is full is needed")
@pytest.mark.parametrize(
    "words", [("version",), ("check", "--profile", "seed", "."), ("rule", "--all")]
)
def test_a_full_disk_is_told(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Title\n\0\n")
    environ = {**os.environ, "PYTHONPATH": str(FIXTURES.parent)}
    command = [sys.executable, "-m", "validator", *words]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, check=False, env=environ, cwd=tmp_path
        )
    assert done.returncode == 2
    told = b"seed-validator: error: the output cannot be written: No space left on device\n"
    assert done.stderr.endswith(told)


def test_a_closed_pipe_is_not_a_traceback(tmp_path: Path) -> None:
    for number in range(3000):
        (tmp_path / f"{number}.txt").write_bytes(b"Title\n\0\n")
    command = f"{sys.executable} -m validator check --profile seed {tmp_path} | head -1"
    environ = {**os.environ, "PYTHONPATH": str(FIXTURES.parent)}
    done = subprocess.run(command, shell=True, capture_output=True, check=False, env=environ)
    assert b"Traceback" not in done.stderr
    assert b"Broken pipe" not in done.stderr
    assert done.stdout.count(b"\n") == 1


def test_a_console_that_knows_no_unicode(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Title\n\0 日本\n".encode())
    environ = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONPATH": str(FIXTURES.parent)}
    command = [sys.executable, "-m", "validator", "check", "--profile", "seed", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, check=False, env=environ)
    assert done.returncode == 1
    assert b"TXT001" in done.stdout
    assert b"\\u65e5" in done.stdout


def test_output_file(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "report.json"
    result = call("check", "--profile", "seed", BROKEN, "--output-format", "json", "-o", str(path))
    assert result.exit_code == 1
    assert result.output == ""
    assert json.loads(path.read_bytes())["summary"]["findings"]["error"] == 23


def test_quiet_and_silent() -> None:
    quiet = call("check", "--profile", "seed", BROKEN, "-q", "--output-format", "concise")
    assert len(quiet.output.splitlines()) == 23
    assert call("check", "--profile", "seed", BROKEN, "-s").output == ""
    assert call("check", "--profile", "seed", CLEAN, "-q").output == ""


def test_color() -> None:
    words = ("check", "--profile", "seed", BROKEN)
    assert "\x1b[" not in call(*words).output
    runner = CliRunner()
    always = runner.invoke(cli, [*words, "--color", "always"], color=True)
    assert "\x1b[1;31merror[FIL102]\x1b[0m" in always.output
    forced = runner.invoke(cli, list(words), env={"FORCE_COLOR": "1"}, color=True)
    assert "\x1b[" in forced.output
    both = runner.invoke(cli, list(words), env={"FORCE_COLOR": "1", "NO_COLOR": "1"}, color=True)
    assert "\x1b[" not in both.output


def test_github_annotations_stand_beside_the_text() -> None:
    words = ("check", "--profile", "seed", BROKEN)
    both = call(*words, GITHUB_ACTIONS="true").output
    assert "error[TXT001]: a NUL byte in the text" in both
    assert both.count("\n::error title=seed-validator") == 10
    assert "::error" not in call(*words, "--output-format", "concise", GITHUB_ACTIONS="true").output
    beside = call(*words, "--output-format", "github").output
    assert beside.count("\n::error title=seed-validator") == 10
    assert beside.count(": TXT") == 5  # each finding is in the log


def test_rule_as_json() -> None:
    one = json.loads(call("rule", "sequence-gap", "--output-format", "json").output)
    assert one["code"] == "COR003"
    every = json.loads(call("rule", "--all", "--output-format", "json").output)
    assert [rule["code"] for rule in every] == list(catalog().rules)


def test_limit(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Title\n" + b"one two three four \0 five\n" * 120)
    words = ("check", "--profile", "seed", str(tmp_path), "--select", "TXT001")
    short = call(*words, "--output-format", "json")
    summary = json.loads(short.output)["summary"]["findings"]
    assert (summary["error"], summary["omitted"]) == (120, 70)
    assert " and 117 more\n" in call(*words).output
    assert "70 more of these in this file are not shown" in call(*words, "--no-group").output
    whole = json.loads(call(*words, "--limit", "0", "--output-format", "json").output)
    assert len(whole["diagnostics"]) == 120
