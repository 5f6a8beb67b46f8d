"""The library does what the command does, in words of its own."""

from __future__ import annotations

import inspect
import io
import json
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

import validator
from validator import (
    ArgumentError,
    ConfigError,
    NoFilesError,
    Severity,
    Totals,
    UsageError,
    ValidatorError,
    check_paths,
    list_files,
    load_profile,
    parse_profile,
)
from validator.render._schema import report_schema

from .support import FIXTURES, codes, run_cli, write

BLANK = b"A title\nA blank at the end \n"
TREE = {
    "seed-validator.toml": b"""
exclude = ["vendor/"]
severity.trailing-blanks = "warning"
fail-on = "warning"

[profiles.notes]
files = ["*.txt", ".meta/*.txt"]
text.trailing-blanks = "forbid"
""",
    "a.txt": BLANK,
    "b.png": b"\x89PNG",
    ".meta/c.txt": BLANK,
    ".other/c.txt": BLANK,
    "vendor/d.txt": BLANK,
    "inner/seed-validator.toml": b"""
extends = "../seed-validator.toml"
severity.trailing-blanks = "info"
""",
    "inner/e.txt": BLANK,
    "alone/seed-validator.toml": b"ignore = ['TXT']\n",
    "alone/f.txt": BLANK,
    "alone/g.md": b"---\ntitle: A\n",
    ".gitignore": b"ignored.txt\n",
    "ignored.txt": BLANK,
}


ALONE = "alone/seed-validator.toml"
CHECK: Any = check_paths
"""Without its types, for what they would not let through."""


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with nested configurations, in which we are."""
    write(tmp_path, TREE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("paths", "library", "command"),
    [
        (["."], {}, {}),
        (["alone", "inner"], {}, {}),
        (["a.txt", "vendor/d.txt"], {}, {}),
        (["."], {"profile": "text"}, {"profile": "text"}),
        (["."], {"profile": "notes"}, {"profile": "notes"}),
        (["."], {"config": Path(ALONE)}, {"config": ALONE}),
        (["."], {"isolated": True}, {"isolated": True}),
        (["."], {"select": "TXT"}, {"select": ["TXT"]}),
        (["."], {"extend_select": ["BOD"]}, {"extend_select": ["BOD"]}),
        (["."], {"ignore": ["TXT101"]}, {"ignore": ["TXT101"]}),
        (["."], {"exclude": ["inner/"]}, {"exclude": ["inner/"]}),
        (["."], {"fail_on": "error"}, {"fail_on": "error"}),
        (["."], {"options": {"text.max-line": 5}}, {"set": ["text.max-line=5"]}),
        (["."], {"limit": 1, "jobs": 2}, {"limit": 1, "jobs": 2}),
    ],
)
def test_a_run_is_that_of_the_command(
    tree: Path, paths: list[str], library: dict[str, Any], command: dict[str, Any]
) -> None:
    code, out, _ = run_cli(*paths, output_format="json", **command)
    results = check_paths(paths, **library).results()
    assert json.loads(json.dumps(results.to_dict())) == json.loads(out)
    assert results.ok == (code == 0)
    told = run_cli(*paths, show_files=True, **{k: v for k, v in command.items() if k in SHOWN})[1]
    shown = {k: v for k, v in library.items() if k in SHOWN}
    choices = list_files(paths, **shown)
    assert told == "".join(
        f"{one.path}: {one.profile or '- ' + one.passed_by}\n" for one in choices
    )


SHOWN = {"profile", "config", "isolated", "exclude"}


def test_patterns_count_from_their_configuration(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = load_profile("notes", config=tree / "seed-validator.toml")
    monkeypatch.chdir("/")
    found = check_paths([tree], chosen).results()
    assert {Path(one.path).name for one in found} == {"a.txt", "c.txt", "d.txt", "e.txt", "f.txt"}
    assert len(check_paths(tree).results()) == 4


def test_a_profile_alone_is_all_that_counts(tree: Path) -> None:
    forbid = {"text.trailing-blanks": "forbid"}
    found = check_paths("vendor", load_profile("text"), options=forbid)
    assert codes([*found.diagnostics()]) == ["TXT101"]  # neither excluded nor a warning
    assert found.failed


def test_findings_can_be_gone_over_again(tree: Path) -> None:
    run = check_paths(".")
    first, totals, failed = [*run.diagnostics()], run.summary, run.failed
    assert first
    assert ([*run.diagnostics()], run.summary, run.failed) == (first, totals, failed)
    Path("a.txt").write_bytes(b"A title\nText.\n")
    assert len([*run.diagnostics()]) == len(first) - 1
    assert run.results() is run.results()
    assert run.results().fail_on == "warning"  # that of one of the configurations
    assert check_paths("alone").results().fail_on == "error"
    assert check_paths(".", fail_on="never").results().fail_on == "never"
    assert [*run.results()] == [*run.results().diagnostics]


def test_a_run_that_was_left_begins_anew(tree: Path) -> None:
    run = check_paths(".")
    next(run.diagnostics())
    whole = [*run.diagnostics()]
    assert whole == [*check_paths(".").diagnostics()]
    assert run.summary == check_paths(".").results().summary


def test_no_file_is_an_error(tree: Path) -> None:
    for paths, profile in (("vendor", None), ("b.png", None)):
        with pytest.raises(NoFilesError) as caught:
            check_paths(paths, profile)
        assert isinstance(caught.value, UsageError)
        assert "no file matched" in str(caught.value)
        assert "--" not in str(caught.value)
        with pytest.raises(UsageError):
            run_cli(paths)
    run = check_paths("a.txt")
    Path("a.txt").unlink()
    assert [*run.diagnostics()]  # it was there when the run was made
    with pytest.raises(ValidatorError):
        check_paths("a.txt")


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (lambda: CHECK(3), "`paths` must be a path, or several in a list, not int"),
        (lambda: CHECK(["a.txt", 3]), "`paths[1]` must be a str or a Path, not int"),
        (lambda: CHECK([]), "`paths` is empty"),
        (lambda: CHECK(".", 3), "`profile` must be a Profile, or the name"),
        (lambda: CHECK(".", fail_on="errors"), "`fail_on` must be one of never, info"),
        (lambda: CHECK(".", jobs="2"), "`jobs` must be an int, not str"),
        (lambda: CHECK(".", jobs=-1), "`jobs` must be 0 or more, not -1"),
        (lambda: CHECK(".", timeout=3), "`timeout` is for worker processes: give `jobs`"),
        (lambda: CHECK(".", timeout=0, jobs=2), "`timeout` must be more than 0 seconds"),
        (lambda: CHECK(".", timeout="3", jobs=2), "`timeout` must be a number of seconds"),
        (lambda: CHECK(".", options=["a=b"]), "`options` must be a dict of options by key"),
        (lambda: CHECK(".", exclude=[3]), "`exclude` must be a list of str, not int"),
        (lambda: CHECK(".", config=3), "`config` must be a str or a Path, not int"),
        (lambda: CHECK(".", progress=3), "`progress` must be a function, not int"),
        (lambda: CHECK(".", today="2026-01-01"), "`today` must be a date, not str"),
        (lambda: load_profile(3), "`name` must be the name of a profile, not int"),  # type: ignore[arg-type]
        (load_profile, "`name` must say which profile; there are `conllu`,"),
        (lambda: parse_profile(3), "`source` must be a dict, or TOML text, not int"),  # type: ignore[arg-type]
    ],
)
def test_arguments_are_refused_in_words(tree: Path, work: Callable[[], object], words: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        work()
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (lambda: check_paths("a.tx"), "`a.tx` is not there; did you mean `a.txt`?"),
        (lambda: check_paths(".", "nots"), "there is no profile `nots`; did you mean `notes`?"),
        (lambda: check_paths(".", ignore=["TXD"]), "unknown rule `TXD` in `ignore`"),
        (lambda: check_paths(".", options={"text.tabz": 1}), "`options`: there is no option `te"),
        (lambda: check_paths(".", options={"text.tabs": 1}), "`options`: `text.tabs` "),
        (lambda: check_paths(".", config="x.toml"), "the configuration `x.toml` is not there"),
        (lambda: check_paths("b.png"), "name a profile with `profile`"),
    ],
)  # fmt: skip
def test_messages_speak_of_arguments(tree: Path, work: Callable[[], object], words: str) -> None:
    with pytest.raises(UsageError) as caught:
        work()
    assert words in str(caught.value)
    assert "--" not in str(caught.value)


def test_paths_come_in_all_their_kinds(tree: Path) -> None:
    whole = [*check_paths(".").diagnostics()]
    for kind in (["."], Path("."), [Path(".")], (".",), b".", iter(["."])):
        assert [*check_paths(kind).diagnostics()] == whole  # type: ignore[arg-type]


def test_the_profile_that_a_configuration_chooses(tree: Path) -> None:
    assert load_profile(config="seed-validator.toml").name == "notes"  # it has no other
    Path("x.toml").write_text('profile = "b"\n[profiles.a]\n[profiles.b]\n', "utf-8")
    assert load_profile(config="x.toml").name == "b"


def test_progress_is_told(tree: Path) -> None:
    told: list[tuple[int, str]] = []

    def progress(totals: Totals, path: str) -> None:
        told.append((totals.files, path))

    run = check_paths(".", progress=progress)
    [*run.diagnostics()]
    assert told[-1][0] == run.summary.totals.files
    assert [path for _, path in told] == sorted(path for _, path in told)


def test_a_silent_worker_is_given_up(tree: Path) -> None:
    run = check_paths("a.txt", jobs=2, timeout=0.000_001)
    found = codes([*run.diagnostics()])
    assert "FIL005" in found or found == codes([*check_paths("a.txt").diagnostics()])


# --- profiles from tables and text


def test_a_profile_from_a_table_is_that_from_text(tmp_path: Path) -> None:
    table = {
        "extends": "text",
        "files": ("*.txt",),
        "text": {"trailing-blanks": "forbid"},
        "body": {"forbid": [{"pattern": "(?i)lorem", "message": "placeholder"}]},
    }
    text = """
extends = "text"
files = ["*.txt"]
text.trailing-blanks = "forbid"
[[body.forbid]]
pattern = '(?i)lorem'
message = "placeholder"
"""
    found = [
        [*validator.Checker(parse_profile(one, name="x")).check(b"Lorem \n").diagnostics]
        for one in (table, text)
    ]
    assert found[0] == found[1]
    assert codes(found[0]) == ["BOD030", "TXT101"]


def test_patterns_of_a_parsed_profile_count_from_its_base(tmp_path: Path) -> None:
    write(tmp_path, {"in/a.txt": BLANK, "out/a.txt": BLANK})
    chosen = parse_profile({"files": ["/in/"]}, base=tmp_path)
    assert check_paths(tmp_path, chosen).results().summary.matched == 1


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('x = 1\n[text]\ntabs = "forbid"\n', "profile `custom`:1:1: unknown key `x`"),
        ('\n[text]\ntabz = "forbid"\n', "profile `custom`:3:1: unknown key `text.tabz`; did"),
        ({"text": {"tabs": "forbit"}}, "profile `custom`: `text.tabs` "),
        ({"text": None}, "profile `custom`: `text` "),
        ("[text", "profile `custom`:1:6: is not TOML: `]` is expected"),
        ("[profiles.a]\n", "this is a configuration, which may hold many profiles"),
        ({"extends": "nobody"}, "there is no profile `nobody`"),
        ({"extends": "custom"}, "`extends` goes in a circle"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_profile_is_told(source: Any, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_profile(source)
    assert words in str(caught.value)


# --- plain data


def test_findings_are_plain_data() -> None:
    results = check_paths(FIXTURES / "seeds" / "broken", "seed").results()
    told = json.loads(json.dumps(results.to_dict()))
    jsonschema_rs.validate(report_schema(), told)
    assert told["diagnostics"] == [found.to_dict() for found in results]
    assert told["summary"]["exit_code"] == 1
    rows = results.rows()
    assert [row["code"] for row in rows] == codes([*results])
    assert all(not isinstance(value, dict | list | tuple) for row in rows for value in row.values())
    assert sum(map(len, results.by_path().values())) == len(results)


def test_a_result_is_plain_data() -> None:
    result = validator.Checker("text").check(b"a\0b\n", name="caf\udce9.txt")
    told = json.loads(json.dumps(result.to_dict()))
    assert (told["path"], told["ok"]) == ("caf\ufffd.txt", False)
    assert told["path_bytes"]
    assert len(told["diagnostics"]) == len(result.rows()) == 2
    assert told["findings"]["error"] == told["findings"]["warning"] == 1


def test_rows_become_a_table_of_arrow() -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is an extra: pip install '.[arrow]'")
    results = check_paths(FIXTURES / "seeds" / "broken", "seed").results()
    table = results.to_arrow()
    assert table.to_pylist() == results.rows()
    empty = validator.to_arrow(iter(()))
    assert empty.schema == table.schema
    assert empty.num_rows == 0
    assert table.schema.field("byte_offset").type == pyarrow.int64()
    assert table.schema.field("whole_file").type == pyarrow.bool_()


def test_a_table_of_arrow_needs_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"seed-validator\[arrow\]"):
        validator.to_arrow([])


def test_a_severity_is_ordered_and_is_its_name() -> None:
    error, warning, info = Severity.ERROR, Severity.WARNING, Severity.INFO
    assert error == "error"
    assert {"error": 1}[error] == 1
    assert info < warning < error
    assert info < "warning" <= warning
    assert error >= "warning"
    assert error > "info"
    assert max([warning, error, info]) is error
    assert f"{warning}" == "warning"
    assert pickle.loads(pickle.dumps(error)) is error
    with pytest.raises(ValueError, match="grave"):
        assert error > "grave"


# --- at the prompt


def test_dir_shows_the_public_names() -> None:
    assert dir(validator) == sorted(validator.__all__)
    for name in validator.__all__:
        assert getattr(validator, name) is not None
    with pytest.raises(AttributeError, match="chek_bytes"):
        validator.chek_bytes  # type: ignore[attr-defined] # noqa: B018


@pytest.mark.parametrize("name", sorted({*validator.__all__} - {"__version__"}))
def test_public_names_say_what_they_are(name: str) -> None:
    thing = getattr(validator, name)
    assert thing.__doc__
    assert not thing.__doc__.startswith(f"{name}(")  # what is made up for a record
    if inspect.isclass(thing):
        for attribute, value in vars(thing).items():
            if not attribute.startswith("_") and (
                inspect.isfunction(value) or isinstance(value, property)
            ):
                assert inspect.getdoc(getattr(thing, attribute)), f"{name}.{attribute}"


def shown(tree: Path) -> Iterator[object]:
    """What a notebook may show."""
    run = check_paths(".")
    yield run
    yield from run.results()
    yield from (
        run,
        run.results(),
        load_profile("text"),
        load_profile("notes", "seed-validator.toml"),
    )
    yield validator.Checker("text")
    yield validator.Checker("text").check(b"a\x00b", name="\x1b[31m\u202e.txt")
    yield from validator.Checker("text").check(b"a\x00b", name="\x1b[31m\u202e.txt").diagnostics


def test_what_a_notebook_shows_is_a_line_and_harmless(tree: Path) -> None:
    for thing in shown(tree):
        text = repr(thing)
        assert text.isprintable(), text
        assert 10 < len(text) < 400
        assert type(thing).__name__ in text or text.startswith(("<error", "<warning", "<info"))


def test_the_library_prints_nothing(tree: Path, capfd: pytest.CaptureFixture[str]) -> None:
    [*check_paths(".", jobs=2).diagnostics()]
    assert capfd.readouterr() == ("", "")


# --- types, as a user's project sees them


USER = """
from pathlib import Path
import validator
from validator import Checker, Result, Severity

run = validator.check_paths(Path("."), jobs=2, progress=lambda totals, path: print(totals.files))
for found in run.diagnostics():
    if found.severity >= Severity.WARNING and found.severity != "error":
        print(found.location.row + 1, found.to_dict()["code"])
rows: list[validator.Row] = run.results().rows()
checker = Checker(validator.parse_profile({"extends": "text"}), ignore=["TXT"])
good: list[Result] = [one for one in checker.check_many([b"a", "b", ("c", memoryview(b"d"))])]
print(run.results().to_arrow().num_rows, rows[0]["path"].upper())
"""
MISTAKES = {
    "validator.chek_bytes(b'')": "attr-defined",
    "validator.check_paths(3)": "arg-type",
    "validator.check_paths('.', selct=['A'])": "call-arg",
    "Checker('text').check(3)": "arg-type",
    "Checker('text').check(Path('a'))": "arg-type",
    "rows[0]['pth']": "typeddict-item",
    "good[0].diagnostics[0].fix.edits": "union-attr",
    "run.results().summary.totals.file": "attr-defined",
    "validator.Checker('text', limit='3')": "arg-type",
    "validator.list_files('.').profile": "attr-defined",
}


def test_a_user_s_project_is_typed(tmp_path: Path) -> None:
    from mypy import api

    wrong = USER + "".join(f"{mistake}\n" for mistake in MISTAKES)
    (tmp_path / "user.py").write_text(wrong, "utf-8")
    environ = os.environ.copy()
    out, err, _ = api.run(
        ["--strict", "--config-file", "", "--cache-dir", str(tmp_path), str(tmp_path / "user.py")]
    )
    assert os.environ == environ
    assert not err
    first = USER.count("\n") + 1
    told = {
        int(line.split(":")[1]): line.rpartition("[")[2].rstrip("]")
        for line in io.StringIO(out)
        if ": error:" in line.replace("\n", "")
    }
    told = {line: kind.strip().rstrip("]") for line, kind in told.items()}
    assert told == dict(enumerate(MISTAKES.values(), first)), out


def test_many_runs_in_threads_end_and_leave_nothing_behind(tree: Path) -> None:
    def whole(_: int) -> list[str]:
        return codes([*check_paths(".", jobs=2).diagnostics()])

    with ThreadPoolExecutor(3) as pool:
        found = [*pool.map(whole, range(3))]
    assert found == [codes([*check_paths(".").diagnostics()])] * 3


def test_runs_may_take_turns(tree: Path) -> None:
    runs = [check_paths(".", jobs=2), check_paths(".")]
    first, second = zip(*zip(*(run.diagnostics() for run in runs), strict=True), strict=True)
    assert first == second
