"""Nothing from a document, a name, a configuration or a command line steers what shows it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from validator import check_paths, load_profile
from validator.cli.commands import cli
from validator.cli.fixes import FixWishes
from validator.cli.progress import Progress
from validator.model import (
    Totals,
)
from validator.profile.toml_file import built_in_names
from validator.render import Look, formats, renderer
from validator.text.harmless import harmless, harmless_lines
from validator.text.visible import escaped, visible, visible_parts

from .hostile import (
    BYTES,
    COMMANDS,
    OWN,
    STEERS,
    STOPPED,
    SUMMARY,
    TEXTS,
    documents,
    findings,
    harm,
    names,
)
from .support import ROOT, in_every_format, run_cli

LOOKS = [Look(group=True), Look(width=30), Look(color=True, width=61)]


@pytest.mark.parametrize("name", formats())
def test_no_field_of_a_finding_steers_a_format(name: str) -> None:
    for text in [*TEXTS, *(data.decode("utf-8", "surrogateescape") for data in BYTES)]:
        for look in LOOKS if len(text) < 500 else LOOKS[:1]:
            pieces = renderer(name)(findings(text), lambda: STOPPED, look)
            out = "".join(pieces).encode("utf-8")
            assert not harm(out, OWN.get(name), look.color), text


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of hostile documents, and of hostile names as far as the file system takes them."""
    folder = tmp_path_factory.mktemp("hostile")
    for file, data in documents():
        (folder / file).write_bytes(data)
    for number, name in enumerate(names()):
        try:
            place = os.fsencode(folder) + b"/" + name
            if number % 2:
                os.mkdir(place)
                place += b"/" + name[:200] + b".txt"
            with open(place, "wb") as odd:
                odd.write(b"Title\n::error::x \0\n##[a]\xff\n")
        except OSError:
            continue  # macOS refuses names that are not UTF-8, Windows many more
    return folder


@pytest.mark.parametrize(("number", "profile"), [*enumerate(built_in_names())])
def test_no_document_steers_a_format(number: int, profile: str, tmp_path: Path) -> None:
    """Under every built-in profile, in every format."""
    for file, data in documents(number % 5, 5):
        (tmp_path / file).write_bytes(data)
    run = check_paths([str(tmp_path)], load_profile(profile), select=["ALL"], limit=5)
    found = list(run.diagnostics())
    assert len(found) > 20
    for shift, name in enumerate(formats()):
        look = LOOKS[(number + shift) % len(LOOKS)]
        out = "".join(renderer(name)(found, lambda: run.summary, look)).encode("utf-8")
        assert not harm(out, OWN.get(name), look.color), name


def test_no_document_steers_the_command(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, out in in_every_format(str(corpus), profile="text").items():
        assert not harm(out, OWN.get(name)), name


def test_annotations_beside_the_text(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(corpus)
    out = run_cli(".", profile="seed", environ={"GITHUB_ACTIONS": "true"})[1]
    assert "\n::error title=seed-validator" in out
    assert not harm(out.encode("utf-8"), OWN["github"])
    assert harm(out.encode("utf-8"))  # the scan sees the annotations, if they are not known as ours


def call(*words: str | bytes, **environ: str) -> tuple[int, bytes]:
    """Exit code and all output of the command in this process."""
    texts = [word if isinstance(word, str) else os.fsdecode(word) for word in words]
    result = CliRunner().invoke(cli, texts, env=environ, color=True)
    return result.exit_code, result.output_bytes


HOSTILE_WORDS = [
    *("r\x1b[31mred", "a\n::error::pwned", "a\n##[error]pwned", "\u202e", "::error::x", "\ue000"),
    *("--- x", "\udce9", "##vso[task.x]y", "-\x1b[31m", "--\n::error::x", "a\u2800\u0600"),
]


def openings() -> Iterator[tuple[str, ...]]:
    """The beginnings of command lines that want one word more: every command, every option."""
    yield ()
    yield ("nonsense",)
    yield ("check", "-", "--stdin-filename")
    yield ("check", "--profile", "seed", "-", "--stdin-filename")
    for name, command in cli.commands.items():
        yield (name,)
        for one in command.params:
            if isinstance(one, click.Option) and not one.is_flag:
                yield (name, one.opts[0])


@pytest.mark.parametrize("words", [*openings()], ids=" ".join)
def test_no_word_of_the_command_line_steers_its_errors(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("validator.demo.corpus.corpus", lambda: ([], []))
    for word in HOSTILE_WORDS:
        for exists in (False, True):
            if exists:
                try:
                    Path(word).write_bytes(b"Title\n\0\n")
                except OSError:
                    break  # a name that this file system does not take, or that of a directory
            code, out = call(*words, word)
            assert code in (0, 1, 2)
            assert not harm(out), word


def test_no_variable_of_the_environment_steers_an_error() -> None:
    code, out = call("check", SEED_VALIDATOR_OUTPUT_FORMAT="a\n::error::x\x1b[31m")
    assert code == 2
    assert b"there is no format" in out
    assert not harm(out)


def quoted(text: str) -> str:
    """A string of TOML."""
    return json.dumps(text.encode("utf-8", "replace").decode()).replace("\\ud8", "\\\\ud8")


CONFIGS = [
    "{0} = 1",
    "profile = {0}",
    "[profiles.{0}]\nfiles = [{0}]\nsummary = {0}",
    "[profiles.{0}]\nextends = {0}",
    "[profiles.a]\nselect = [{0}]",
    "[profiles.a]\nseverity = {{ {0} = {0} }}",
    "[profiles.a]\nfiles = [{0}]\nencoding = {{ charset = {0} }}",
    "[profiles.a.{0}]\n{0} = {0}",
    "[profiles.a.text]\n{0} = {0}",
    "[profiles.a.file]\nname = {0}\nname-form = {0}",
    "[[profiles.a.body.forbid]]\npattern = {0}\nmessage = {0}\nhelp = {0}",
    "[profiles.a.metadata.schema]\nproperties.{0} = {{ enum = [{0}], x-form = {0} }}\n{0} = 1",
    "[profiles.a]\nx = {1}",
    "# {1}\n{1}",
]


@pytest.mark.parametrize("config", CONFIGS, ids=range(len(CONFIGS)))
def test_no_configuration_steers_what_shows_it(
    config: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_bytes(b"Title\n::error::x\n##[error]y\x1b[31m\n")
    path = Path("seed-validator.toml")
    for text in TEXTS[:: 1 + 2 * (config != CONFIGS[0])]:
        path.write_text(config.format(quoted(text), text), "utf-8", "replace")
        for words in (("config",), ("config", "--output-format", "json"), ("check", ".")):
            code, out = call(*words)
            assert code in (0, 1, 2)
            assert not harm(out), out


@pytest.mark.parametrize(
    "words",
    [
        ("encodings",),
        ("encodings", "--output-format", "json"),
        ("check", "--show-files"),
        ("check", "--show-files", "--profile", "text"),
        ("check", "--statistics", "--profile", "text", "--output", "json-lines:-"),
        ("check", "--limit", "1", "--jobs", "2", "--profile", "text"),
    ],
    ids=" ".join,
)
def test_no_name_steers_a_list(
    words: tuple[str, ...], corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(corpus)
    code, out = call(*words)
    assert code in (0, 1)
    assert len(out) > 1000
    assert not harm(out)


@pytest.mark.parametrize("environ", [{"TF_BUILD": "True"}, {"GITHUB_ACTIONS": "true"}])
def test_no_patch_steers_a_log(environ: dict[str, str], tmp_path: Path) -> None:
    """What `--diff` prints, where nothing takes it but a log; where a program does, it is exact."""
    lines = [text.encode("utf-8", "surrogatepass").replace(b"\n", b" ") for text in TEXTS]
    for number, line in enumerate([*lines, *BYTES]):
        head, end = b"Title\n%b\n" % line, b"\n%b\n::error::x\n" % line
        (tmp_path / f"{number}.txt").write_bytes(head + b"Blank. \n%b " % line + end)
    asked = {"profile": "text", "set": ["text.trailing-blanks=forbid"], "select": ["TXT101"]}
    fixes = FixWishes(diff=True)
    code, out, err = run_cli(str(tmp_path), environ=environ, fixes=fixes, **asked)
    assert code == 1
    assert out.count("\n@@ ") > 50
    assert not [found for found in harm(out.encode()) if not found.startswith(("--- a", "+++ b"))]
    assert "The patch does not apply as it is shown" in err
    exact, said = run_cli(str(tmp_path), fixes=fixes, **asked)[1:]
    assert harm(exact.encode("utf-8", "replace"))
    assert "as it is shown" not in said


def test_no_list_of_files_steers_its_errors(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(corpus)
    for name in names():
        for listed in (name, name + b" gone", b'"' + name + b'"', name + b"\0x\n"):
            for words in ((), ("-0",)):
                result = CliRunner().invoke(
                    cli, ["check", "--files-from", "-", *words], input=listed, color=True
                )
                assert result.exit_code in (0, 1, 2)
                assert not harm(result.output_bytes), listed


@pytest.mark.parametrize("name", formats())
def test_no_saved_run_steers_what_it_is_written_as(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A saved run may come from anywhere: each of its texts is replaced, escaped and raw."""
    monkeypatch.chdir(tmp_path)
    lines = "".join(renderer("json-lines")(findings("TEXT"), lambda: SUMMARY, Look()))
    for text in TEXTS:
        inner = json.dumps(text)[1:-1]
        for shown in (inner, text) if name == "full" else (inner,):  # it is read in one way
            saved = lines.replace("TEXT", shown).encode("utf-8", "surrogatepass")
            Path("run.jsonl").write_bytes(saved)
            code, out = call("report", "run.jsonl", "--to", name)
            assert code in (0, 2)
            assert code == 0 or shown != inner or "\ud800" in text  # no text of JSON
            assert not harm(out, OWN.get(name)), text


def test_manuals_are_shown_as_they_are() -> None:
    for words in (("rule", "--all"), ("schema", "config"), ("schema", "json"), ("--help",)):
        assert not harm(call(*words)[1])
    from validator.cli.rule_pages import page
    from validator.rules.catalog import catalog

    for rule in catalog().rules.values():
        assert harmless(page(rule)) == page(rule)


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_no_name_steers_the_progress(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    for columns in (40, 79, 200):
        progress = Progress(stream, partial(int, columns))
        progress._next = 0.0
        progress(Totals(3, 3), text * 3)
        progress.clear()
    shown = stream.getvalue().replace("\r\x1b[K", "\n")
    assert "checked 3 files" in shown
    assert not harm(shown.encode("utf-8"))


def test_the_way_from_the_shell(tmp_path: Path) -> None:
    """Once as a process, byte for byte: names that are not UTF-8, and both streams."""
    name = b"b\n::error::pwned \x1b[31m\xe9"
    try:
        with open(os.fsencode(tmp_path) + b"/" + name, "wb") as file:
            file.write(b"Title\nx ::stop-commands::t\n\xff\0")
    except OSError:
        pytest.skip("the file system does not take such a name")
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "SEED_VALIDATOR_TRACEBACK": "1"}
    for words in (
        [name],
        [b"check", name],
        [b"check", b"--profile", b"seed", b"."],
        [b"config", name],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "validator", *words],
            capture_output=True,
            check=False,
            env=environ,
            cwd=tmp_path,
        )
        assert done.stdout + done.stderr
        assert not harm(done.stdout + done.stderr)


@pytest.mark.parametrize("words", [("--collect-only",), ("-vv", "-rA")], ids=" ".join)
def test_no_document_steers_pytest(words: tuple[str, ...], tmp_path: Path) -> None:
    """The plugin: names of files, which pytest prints as they are, and what is found in them."""
    for name in names():
        try:
            with open(os.fsencode(tmp_path) + b"/" + name + b".md", "wb") as file:
                file.write(b"Title\n::error::x \0\n##[a]\xff\n")
        except OSError:
            continue
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist"]
    command += ["--assert=plain"]
    if not any(one.value == "validator.pytest_plugin" for one in entry_points(group="pytest11")):
        command += ["-p", "validator.pytest_plugin"]
    done = subprocess.run(
        [*command, "--seed-validator", "--color=no", *words, "."],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        cwd=tmp_path,
    )
    assert done.stdout.count(b".md") > 50
    assert not harm(done.stdout + done.stderr)


def test_what_all_of_unicode_hides_is_visible() -> None:
    for character in STEERS:
        assert visible(character) != character, f"U+{ord(character):04X}"
        assert visible(f"\U0001f600{character}") != f"\U0001f600{character}"


def test_letters_are_left_alone() -> None:
    for text in ("日本語", "עברית", "e\u0301", "a\u00a0b", "🎉", "## [a](b)", "a::b", "``x``"):
        assert visible(text) == text


def test_a_command_over_the_edges_of_parts_is_none() -> None:
    for command in (b"##[error]", b"##vso[x]", b"a ##[b] ##[c]"):
        for start in range(len(command)):
            for end in range(start, len(command)):
                parts = visible_parts(command[:start], command[start:end], command[end:])
                assert not harm("".join(parts).encode("utf-8"))


def test_complete_lines_are_judged() -> None:
    pieces = ["a #", "#[error]x\nb", "\n:", ":error::y\n", " ::: p\n", "--- "]
    assert "".join(harmless_lines(pieces)) == (
        "a #<U+0023>[error]x\nb\n<U+003A>:error::y\n ::: p\n<U+002D>-- "
    )
    red = "\x1b[1;31merror\x1b[0m: x\n"
    assert harmless(red, color=True) == red
    assert harmless(red) == red.replace("\x1b", "␛")
    assert harmless("\x1b[1;31m::z::\x1b[0m\x1b[2J\n", color=True) == "<U+003A>:z::␛[2J\n"


def test_what_is_escaped_reads_as_the_same() -> None:
    import tomllib

    for text in TEXTS:
        clean = text.encode("utf-8", "replace").decode()
        shown = escaped(f"a = {json.dumps(clean, ensure_ascii=False)}\n".replace("\x7f", "\\u007F"))
        assert tomllib.loads(shown) == {"a": clean}
        assert not harm(shown.encode("utf-8"))


@given(st.lists(st.one_of(st.text(max_size=9), st.sampled_from(COMMANDS)), max_size=9))
def test_no_pieces_make_a_command(pieces: list[str]) -> None:
    out = "".join(harmless_lines(pieces))
    assert not harm(out.encode("utf-8"))
    assert "".join(harmless_lines([out])) == out
