"""Several outputs of one run, files that are complete or not there, and runs that are saved."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from validator import UsageError
from validator.cli import outputs
from validator.cli.outputs import Streams
from validator.cli.saved_run import ReportRequest, report
from validator.render import Look, format_named, formats, renderer
from validator.render.github import ANNOTATIONS
from validator.render.markdown import ROOM

from .hostile import OWN, SUMMARY, findings, harm, names
from .support import FIXTURES, ROOT, run_cli, write

BROKEN = str(FIXTURES / "seeds" / "broken")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of its own, with two bad files below `docs`."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"docs/a.txt": b"Title\n\0\n", "docs/b.txt": b"Title\nx \n"})
    return tmp_path


def rendered(path: str, **options: object) -> tuple[int, str]:
    """Exit code and standard output of `report`."""
    out = io.StringIO()
    options.setdefault("no_group", True)
    request = ReportRequest(run=path, **options)  # type: ignore[arg-type]
    return report(request, Streams(out, io.StringIO(), {})), out.getvalue()


def left() -> set[str]:
    """All files below the directory."""
    return {path.as_posix() for path in Path().rglob("*") if path.is_file()}


def test_several_outputs_are_each_what_one_would_be() -> None:
    each = [f"{name}:out/{name}" for name in formats()]
    code, out, _ = run_cli("docs", profile="seed", output=each)
    assert code == 1
    assert out == run_cli("docs", profile="seed")[1]
    for name in formats():
        alone = run_cli("docs", profile="seed", output_format=name)[1]
        assert Path("out", name).read_text("utf-8") == alone


def test_standard_output_is_one_of_them() -> None:
    out = run_cli("docs", profile="seed", output=["json:-", "sarif:out.sarif"])[1]
    assert json.loads(out)["summary"]["findings"]["error"] == 4
    assert json.loads(Path("out.sarif").read_bytes())["version"] == "2.1.0"
    both = run_cli("docs", profile="seed", output_format="grouped", output=["sarif:out.sarif"])[1]
    assert both.startswith("docs/a.txt:\n")
    to_file = run_cli("docs", profile="seed", output_file="full.txt", output=["concise:-"])[1]
    assert to_file.startswith("docs/a.txt:1:1: FIL101")
    assert Path("full.txt").read_text("utf-8").startswith("error[FIL101]")


@pytest.mark.parametrize("name", [one for one in formats() if not format_named(one).for_people])
def test_statistics_stand_beside_a_format_for_programs(name: str) -> None:
    plain = run_cli("docs", profile="seed", output_format=name)
    code, out, err = run_cli("docs", profile="seed", output_format=name, statistics=True)
    assert (code, out) == plain[:2]
    assert err == run_cli("docs", profile="seed", statistics=True)[1]
    assert err.startswith("count  code")
    assert run_cli("docs", profile="seed", output=[f"{name}:a"], silent=True, statistics=True)[
        1:
    ] == ("", "")


def test_on_github_statistics_are_not_put_into_the_output() -> None:
    options = {"profile": "seed", "statistics": True, "environ": ON_GITHUB}
    assert json.loads(run_cli("docs", output=["json:-"], **options)[1])["summary"]


def test_silence_is_of_standard_output() -> None:
    assert run_cli("docs", profile="seed", silent=True, output=["json:a", "full:-"])[1] == ""
    assert json.loads(Path("a").read_bytes())["summary"]["findings"]["error"] == 4
    assert not Path("-").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"output": ["json"]}, "--output `json` is not of the form FORMAT:PATH"),
        ({"output": ["json:"]}, "--output `json:` has no path; write it like `sarif:report.sarif`"),
        ({"output": ["jsn:a"]}, "there is no format `jsn`; did you mean `json`?"),
        ({"output": ["json:a", "sarif:./a"]}, "two outputs go to `./a`"),
        ({"output": ["json:-", "sarif:-"]}, "two outputs go to standard output"),
        ({"output_format": "full", "output": ["sarif:-"]}, "two outputs go to standard output"),
        ({"output_file": "a", "output": ["sarif:a"]}, "two outputs go to `a`"),
        ({"output": ["json:a", "sarif:link"]}, "two outputs go to `link`"),
    ],
)
def test_what_cannot_be_is_told(options: dict[str, object], said: str) -> None:
    Path("link").symlink_to("a")
    before = left()
    with pytest.raises(UsageError) as caught:
        run_cli("docs", profile="seed", **options)
    assert said in str(caught.value)
    assert left() == before


@pytest.mark.parametrize("paths", [["docs/a.txt"], ["docs"], ["."], ["docs/b.txt", "docs"]])
@pytest.mark.parametrize("output", ["docs/a.txt", "./docs/../docs/a.txt", "link"])
def test_an_input_is_never_an_output(paths: list[str], output: str) -> None:
    Path("link").symlink_to("docs/a.txt")
    for options in ({"output_file": output}, {"output": ["sarif:new", f"json:{output}"]}):
        with pytest.raises(UsageError, match="is one of the files to be checked"):
            run_cli(*paths, profile="seed", **options)
    assert Path("docs/a.txt").read_bytes() == b"Title\n\0\n"
    assert left() == {"docs/a.txt", "docs/b.txt", "link"}


def test_the_configuration_is_an_input() -> None:
    Path("seed-validator.toml").write_text('[profiles.t]\nextends = "text"\nfiles = ["*.txt"]\n')
    with pytest.raises(UsageError, match="is the configuration; write to another one"):
        run_cli("docs", output=["json:seed-validator.toml"])


def test_a_new_file_may_lie_beside_the_inputs() -> None:
    for _ in range(2):
        run_cli("docs", profile="text", output=["json:docs/.report.json"])
    assert json.loads(Path("docs/.report.json").read_bytes())["summary"]["files"]["matched"] == 2


def test_a_file_is_replaced_when_it_is_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("report").write_bytes(b"old")
    os.chmod("report", 0o640)
    Path("link").symlink_to("report")
    monkeypatch.setattr(outputs, "renderer", lambda name: _breaks)
    with pytest.raises(KeyboardInterrupt):
        run_cli("docs", profile="seed", output_file="link")
    assert Path("report").read_bytes() == b"old"
    assert left() == {"docs/a.txt", "docs/b.txt", "report", "link"}
    monkeypatch.setattr(outputs, "renderer", renderer)
    run_cli("docs", profile="seed", output_file="link")
    assert Path("link").is_symlink()
    assert Path("report").read_bytes().startswith(b"error[")
    assert stat.S_IMODE(os.stat("report").st_mode) == 0o640


def _breaks(*_: object) -> object:
    yield "half\n"
    raise KeyboardInterrupt


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is full is needed")
def test_a_device_is_written_to() -> None:
    assert run_cli("docs", profile="seed", output_file=os.devnull)[0] == 1
    with pytest.raises(UsageError, match="No space left on device"):
        run_cli("docs", profile="seed", output_file="/dev/full")


def test_a_file_that_cannot_be_written_is_told() -> None:
    with pytest.raises(UsageError, match=r"`docs/a\.txt/x` cannot be written"):
        run_cli("docs/b.txt", profile="seed", output_file="docs/a.txt/x")
    with pytest.raises(UsageError, match="`docs` cannot be written"):
        run_cli("docs/b.txt", profile="seed", output_file="docs")


@pytest.mark.parametrize("name", formats())
def test_a_saved_run_is_rendered_as_the_run_was(name: str) -> None:
    paths, kinds = (BROKEN, "docs"), ("json", "json-lines")
    for how in ({"fail_on": "info"}, {"exit_zero": True}):
        saved = [f"{kind}:{kind}" for kind in kinds]
        run_cli(*paths, profile="seed", output=saved, silent=True, **how)
        for options in ({}, {"no_group": False}, {"quiet": True, "no_group": False}):
            direct = run_cli(*paths, profile="seed", output_format=name, **options, **how)[1]
            for kind in kinds:
                code, out = rendered(kind, output_format=name, **options)
                assert code == 0
                assert _told(out, name) == _told(direct, name)


def _told(out: str, name: str) -> str:
    """What both can know: a page has pictures of the files themselves where they are at hand."""
    return out[out.index('<section aria-labelledby="causes">') :] if name == "html" else out


@pytest.mark.parametrize("name", formats())
def test_a_saved_run_keeps_what_is_hostile(name: str) -> None:
    for number, each in enumerate(names()):
        try:
            with open(os.fsencode(f"docs/{number}") + each[:200], "wb") as file:
                file.write(b"Title\n::error::x \\ud800 \xff\n" + each[:99] + b"\n\0\xe2\x80\xae\n")
        except OSError:
            continue
    run_cli("docs", profile="text", output=["json:one", "json-lines:lines"], silent=True)
    direct = run_cli("docs", profile="text", output_format=name)[1]
    for path in ("one", "lines"):
        out = rendered(path, output_format=name)[1]
        assert _told(out, name) == _told(direct, name)
        assert not harm(out.encode(), OWN.get(name))


@pytest.mark.parametrize("name", formats())
def test_every_field_of_a_finding_is_saved(name: str) -> None:
    for text in ("x", "\udce9 \udcff", "a\n::error::\x1b[31m", "日本 <a> | ` \\"):
        each = list(findings(text))
        for kind in ("json", "json-lines"):
            made = "".join(renderer(kind)(each, lambda: SUMMARY, Look()))
            Path("run").write_text(made, "utf-8")
            assert rendered("run", output_format=name)[1] == "".join(
                renderer(name)(each, lambda: SUMMARY, Look(about=outputs.about))
            )


def test_a_saved_run_goes_to_files_too() -> None:
    run_cli("docs", profile="seed", output_format="json", output_file="run.json")
    assert rendered("run.json", output_format="grouped", output=["sarif:a", "junit:b"])[
        1
    ].startswith("docs/")
    assert json.loads(Path("a").read_bytes())["version"] == "2.1.0"
    assert b"<testsuites" in Path("b").read_bytes()
    assert rendered("run.json", statistics=True)[1].startswith("count  code")
    with pytest.raises(UsageError, match="is the saved run; write to another one"):
        rendered("run.json", output_format="json", output_file="run.json")


def test_a_run_comes_in_by_a_pipe() -> None:
    run = subprocess.run(
        f"{sys.executable} -m validator check --profile seed docs --output-format json-lines "
        f"| {sys.executable} -m validator report - --to concise",
        shell=True,
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert run.stdout.startswith(b"docs/a.txt:1:1: FIL101")
    assert run.stderr == b""


BAD_RUNS = {
    b"": "is not what `--output-format json` or `json-lines` saves",
    b"{": "is not what",
    b"[]": "Expected `object`, got `array`",
    b"\xff": "is not what",
    b'{"schema_version": 1}': "missing required field",
    b'{"type": "diagnostic"}\n': "ends without a summary: the run broke off",
    b'{"type": "summary"}\n': "missing required field `files`",
    b'{"type": "nonsense"}\n': "is not what",
    b'{"summary": {}, "path": ["a"], "path_bytes": [["%"]]}': "missing required field",
    b'{"path": "a", "path_bytes": "%"}': "`%` in a saved run is not base64",
    b'{"a":' * 2000 + b"1" + b"}" * 2000: "is not what",
}


@pytest.mark.parametrize(("data", "said"), BAD_RUNS.items(), ids=lambda one: ascii(one[:40]))
def test_what_is_no_saved_run_is_told(data: bytes, said: str) -> None:
    Path("run").write_bytes(data)
    with pytest.raises(UsageError) as caught:
        rendered("run")
    assert said in str(caught.value)
    assert "`run" in str(caught.value) or "base64" in said


def test_a_saved_run_that_was_changed_is_told() -> None:
    run_cli("docs", profile="seed", output_format="json-lines", output_file="run")
    lines = Path("run").read_text("utf-8").split("\n")
    for old, new, said in (
        ('"byte_offset":6', '"byte_offset":"\\u202e"', "`run:2` is not what"),
        ('"fail_on":"error"', '"fail_on":"\\u202e"', "Invalid enum value '\\u202e'"),
        ('"schema_version":1', '"schema_version":2', "version 2 of the schema, and this is 1"),
        ('"severity":"error"', '"severity":"grave"', "`run:1` is not what"),
    ):
        changed = "\n".join(lines).replace(old, new)
        assert changed != "\n".join(lines)
        Path("run").write_text(changed, "utf-8")
        with pytest.raises(UsageError) as caught:
            rendered("run")
        assert said in str(caught.value)


def test_a_saved_run_that_is_not_there_is_told() -> None:
    with pytest.raises(UsageError, match="`nowhere` cannot be read: No such file"):
        rendered("nowhere")
    with pytest.raises(UsageError, match="`docs` cannot be read: it is a directory"):
        rendered("docs")


ON_GITHUB = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": "summary.md"}


def test_github_gets_ten_annotations_of_a_severity_worst_first() -> None:
    lines = b"".join(b"%d words of %s\n" % (n, b"a" * n) for n in range(3))
    write(Path(), {f"docs/{n}.txt": b"Title\n" + b"\x0b\n" * n + lines for n in range(20)})
    Path("seed-validator.toml").write_text(
        '[profiles.t]\nextends = "seed"\nfiles = ["*.txt"]\n'
        'severity.control-character = "warning"\n'
    )
    for options in ({"environ": ON_GITHUB}, {"output_format": "github"}):
        out = run_cli("docs", no_group=False, **options)[1]
        commands = [line for line in out.split("\n") if line.startswith("::")]
        for severity in ("error", "warning", "notice"):
            assert sum(line.startswith(f"::{severity} ") for line in commands) <= ANNOTATIONS
        assert commands[0].startswith("::error title=seed-validator (FIL101")
        assert "%0Aand 21 more of these in 22 files%0A" in commands[0]
        (warning,) = [line for line in commands if line.startswith("::warning ")]
        assert "(TXT002 control-character)" in warning
        assert commands[-1] == warning
        assert "%0Aand 189 more of these in 19 files%0A" in warning


def test_the_rest_is_in_the_log_and_in_the_summary_of_the_step() -> None:
    Path("summary.md").write_text("before\n")
    out = run_cli("docs", profile="seed", environ=ON_GITHUB)[1]
    assert out.startswith("error[FIL101]")
    text = Path("summary.md").read_text("utf-8")
    before, tables = text.split("\n", 1)
    assert before == "before"
    assert tables == run_cli("docs", profile="seed", output_format="markdown")[1]
    run_cli("docs", profile="seed", output_format="github", environ=ON_GITHUB)
    assert Path("summary.md").read_text("utf-8") == text + tables


def test_the_summary_of_a_step_is_left_alone() -> None:
    """Where nothing was found, it cannot be written, is full, or another format was asked for."""
    Path("summary.md").write_text("")
    write(Path(), {"good/000_5d41402abc4b2a76.txt": b"Title\nText.\n"})
    run_cli("good", profile="seed", environ=ON_GITHUB)
    run_cli("docs", profile="seed", output_format="concise", environ=ON_GITHUB)
    run_cli("docs", profile="seed", silent=True, environ=ON_GITHUB)
    assert Path("summary.md").read_text() == ""
    for path in ("docs", "nowhere/summary.md", ""):
        out = run_cli("docs", profile="seed", environ={**ON_GITHUB, "GITHUB_STEP_SUMMARY": path})
        assert "\n::error title=" in out[1]
    Path("summary.md").write_bytes(b"x" * (ROOM - 100))
    run_cli("docs", profile="seed", environ=ON_GITHUB)
    assert Path("summary.md").stat().st_size == ROOM - 100
