"""Kinds of findings: what is a fault of reading, what an opinion about text, and who asks which."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click import Command, Context, Option
from click.testing import CliRunner

from validator import Checker, FindingKind, check_paths
from validator.cli.commands import cli
from validator.cli.completed import complete_kinds
from validator.diagnostic import USUAL_KINDS
from validator.errors import ConfigError, UsageError
from validator.profile.selection import Selection, above, enabled_rules
from validator.rules.catalog import catalog
from validator.rules.index import FAMILIES

from .support import run_cli, write

FORM_FEED = b'{"id":"a","text":"a\\fb"}\n'
BOTH = b'{"id":"a","text":"a\\fb","n":[null]}\n'


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def codes(*paths: str, **options: object) -> list[str]:
    """The codes of what is found."""
    out = run_cli(*paths, output_format="json", **options)[1]
    return [one["code"] for one in json.loads(out)["diagnostics"]]


def test_every_family_has_a_usual_kind() -> None:
    assert FAMILIES.keys() <= USUAL_KINDS.keys()
    assert {key[:3] for key in USUAL_KINDS} == FAMILIES.keys()


def test_the_index_knows_the_kind_of_each_rule() -> None:
    rules = catalog().rules
    assert all(one.kind is rules[code].kind for code, one in catalog().entries.items())
    assert {one.kind for one in rules.values()} == {*FindingKind}


def test_what_asks_the_readers_of_a_profile_is_about_readers() -> None:
    asking = {code for code, one in catalog().entries.items() if "readers" in one.options}
    told = {code for code in asking if catalog().entries[code].kind is not FindingKind.READER}
    assert asking > told == {"MET049"}  # all readers read that number alike


def test_a_form_feed_in_a_record_is_no_fault_of_reading() -> None:
    write(Path(), {"a.jsonl": FORM_FEED})
    assert codes("a.jsonl") == ["TXT002"]
    assert codes("a.jsonl", kinds=["reader"]) == []
    assert codes("a.jsonl", kinds=["text"]) == ["TXT002"]
    found = check_paths("a.jsonl").results().diagnostics[0]
    assert (found.kind, found.severity) == ("text", "warning")


def test_findings_say_their_kind() -> None:
    write(Path(), {"a.jsonl": BOTH})
    for kind, code in (("reader", "MET051"), ("text", "TXT002")):
        found = json.loads(run_cli("a.jsonl", output_format="json", kinds=[kind])[1])
        assert [(one["code"], one["kind"]) for one in found["diagnostics"]] == [(code, kind)]
        run = json.loads(run_cli("a.jsonl", output_format="sarif", kinds=[kind])[1])["runs"][0]
        assert [one["properties"]["kind"] for one in run["tool"]["driver"]["rules"]] == [kind]
        assert [one["kind"] for one in check_paths("a.jsonl", kinds=kind).results().rows()] == [
            kind
        ]


def test_a_saved_run_keeps_kinds_and_an_older_one_has_the_usual_ones() -> None:
    write(Path(), {"a.jsonl": BOTH})
    Path("now.json").write_text(saved := run_cli("a.jsonl", output_format="json")[1])
    Path("then.json").write_text(
        saved.replace('"kind":"reader",', "").replace('"kind":"text",', "")
    )
    assert '"kind"' in saved
    assert '"kind"' not in Path("then.json").read_text()
    for name in ("now.json", "then.json"):
        shown = CliRunner().invoke(cli, ["report", name, "--to", "json"])
        found = json.loads(shown.stdout)["diagnostics"]
        assert {one["code"]: one["kind"] for one in found} == {"MET051": "reader", "TXT002": "text"}


def test_the_command_line_takes_kinds_with_commas_and_again() -> None:
    write(Path(), {"a.jsonl": BOTH})
    asked = ["check", "--isolated", "a.jsonl", "--output-format", "concise", "--kind"]
    assert "TXT002" not in CliRunner().invoke(cli, [*asked, "reader"]).stdout
    for more in (["reader,text"], ["reader", "--kind", "text"]):
        out = CliRunner().invoke(cli, [*asked, *more]).stdout
        assert "TXT002" in out
        assert "MET051" in out


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("readers", "unknown kind of findings `readers`; did you mean `reader`?"),
        ("xyz", "unknown kind of findings `xyz`; they are reader, text, profile, corpus, run"),
    ],
)
def test_a_kind_that_is_not_known(word: str, said: str) -> None:
    write(Path(), {"a.jsonl": BOTH})
    done = CliRunner().invoke(cli, ["check", "a.jsonl", "--kind", word])
    assert done.exit_code == 2
    assert said in done.stderr
    with pytest.raises(UsageError, match=said.partition("`")[0]):
        Checker("jsonl", kinds=[word])


def test_a_configuration_names_kinds() -> None:
    text = b'kinds = ["reader"]\n[profiles.p]\nextends = "jsonl"\nfiles = ["*.jsonl"]\n'
    write(Path(), {"a.jsonl": BOTH, "seed-validator.toml": text})
    assert codes("a.jsonl") == ["MET051"]
    assert codes("a.jsonl", kinds=["text"]) == ["TXT002"]
    write(Path(), {"seed-validator.toml": text + b'kinds = ["text"]\n'})
    assert codes("a.jsonl") == ["TXT002"]
    write(Path(), {"seed-validator.toml": text + b'kinds = ["style"]\n'})
    with pytest.raises(ConfigError, match=r"^seed-validator.toml:5:1: `profiles.p.kinds"):
        run_cli("a.jsonl")


def test_in_memory_the_kinds_count_too() -> None:
    assert not Checker("jsonl", kinds=["reader"]).check(FORM_FEED).diagnostics
    assert Checker("jsonl", kinds=["text"]).check(FORM_FEED).diagnostics


def test_layers_of_kinds() -> None:
    readers = Selection(kinds=("reader",))
    chosen = enabled_rules([readers])
    assert {catalog().entries[code].kind for code in chosen} == {FindingKind.READER}
    assert {catalog().entries[code].family for code in chosen} >= {"FIL", "ENC", "DEL", "MET"}
    both = enabled_rules([readers, Selection(kinds=("text",))])
    assert {catalog().entries[code].kind for code in both} == {FindingKind.TEXT}
    assert [*enabled_rules([readers, Selection(select=("TXT101", "ENC001"))])] == [
        "ENC001",
        "TXT101",
    ]
    assert "TXT101" in enabled_rules([readers, Selection(extend=("TXT101",))])
    assert "TXT101" not in enabled_rules([Selection(extend=("TXT101",), kinds=("reader",))])
    assert above(readers, Selection()).kinds == ("reader",)
    assert above(readers, Selection(kinds=())).kinds == ()


def test_a_wish_for_kinds_is_completed() -> None:
    (found,) = complete_kinds(Context(Command("check")), Option(["--kind"]), "reader,t")
    assert (found.value, found.help) == ("reader,text", FindingKind.TEXT.meaning)
