"""The formats: what they promise to programs, and that no document steers a terminal or a log."""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path

import jsonschema_rs
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from validator import Severity, Summary, Totals
from validator.cli.commands import cli
from validator.model import Applicability, FindingKind
from validator.render import DEFAULT, Format, Look, format_named, formats, renderer
from validator.render._json import SCHEMA_VERSION
from validator.render._schema import report_schema
from validator.text.visible import character_name, visible, visible_path, width

from .support import FIXTURES, run_cli

BROKEN = str(FIXTURES / "seeds" / "broken")


def report(**options: object) -> str:
    return run_cli(BROKEN, profile="seed", **options)[1]


@pytest.mark.parametrize("name", formats())
def test_a_format_declares_itself(name: str) -> None:
    module = importlib.import_module(f"validator.render.{name.replace('-', '_')}")
    found = getattr(module, "FORMAT", None)
    assert isinstance(found, Format), (
        f"{module.__file__} must end in `FORMAT = Format(name, summary, render)`"
    )
    assert found.name == name, f"the format of {module.__file__} must be called `{name}`"
    assert found.summary
    assert not found.summary.endswith(".")
    assert format_named(name) is found


@pytest.mark.parametrize("name", formats())
def test_help_tells_of_each_format(name: str) -> None:
    text = CliRunner().invoke(cli, ["check", "--help"], terminal_width=100).output
    (line,) = re.findall(rf"(?m)^  {name} +(.*(?:\n {{4,}}.*)*)$", text.partition("Formats:")[2])
    told = " ".join(line.split())
    assert told == format_named(name).summary + " (default)" * (name == DEFAULT)


@pytest.mark.parametrize("name", formats())
def test_a_format_says_each_finding(name: str) -> None:
    out = report(output_format=name)
    clean = run_cli(str(FIXTURES / "seeds" / "clean"), profile="seed", output_format=name)[1]
    for code in ("ENC001", "COR002"):
        assert code in out
        assert code not in clean


def test_json_fits_its_schema() -> None:
    envelope = json.loads(report(output_format="json"))
    jsonschema_rs.validator_for(report_schema()).validate(envelope)
    documents = envelope["summary"]["documents"]
    assert documents["seen"] == documents["valid"] + documents["rejected"]
    assert len(envelope["diagnostics"]) == envelope["summary"]["findings"]["error"]
    fingerprints = [one["fingerprint"] for one in envelope["diagnostics"]]
    assert len(set(fingerprints)) == len(fingerprints)


def test_the_schema_has_the_words_of_the_records() -> None:
    schema = report_schema()
    of_finding = schema["$defs"]["diagnostic"]["properties"]
    of_summary = schema["properties"]["summary"]["properties"]
    severities = [*Severity]
    assert schema["properties"]["schema_version"] == {"const": SCHEMA_VERSION}
    assert f"version {SCHEMA_VERSION}" in schema["title"]
    assert of_finding["severity"]["enum"] == severities
    assert of_finding["kind"]["enum"] == [*FindingKind]
    assert of_finding["fix"]["properties"]["applicability"]["enum"] == [*Applicability]
    assert of_summary["findings"]["required"] == [*severities, "omitted"]
    assert of_summary["fail_on"]["enum"] == [*severities, "never"]


def test_json_lines_are_the_same_findings() -> None:
    lines = [json.loads(line) for line in report(output_format="json-lines").split("\n") if line]
    envelope = json.loads(report(output_format="json"))
    assert [{"type": "diagnostic", **one} for one in envelope["diagnostics"]] == lines[:-1]
    assert lines[-1]["type"] == "summary"
    assert lines[-1]["documents"] == envelope["summary"]["documents"]


def test_order_is_path_offset_code_and_the_corpus_last() -> None:
    found = json.loads(report(output_format="json"))["diagnostics"]
    keys = [
        (one["code"].startswith("COR"), one["path"], one["byte_offset"], one["code"])
        for one in found
    ]
    assert keys == sorted(keys)


def test_a_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_bytes("Été\nLe café ".encode() + b"ferm\xe9.\nEnd.\n")
    out = run_cli("a.txt", profile="seed", select=["ENC001"], quiet=True)[1]
    assert out.startswith(
        "error[ENC001]: byte 0xE9 is not valid UTF-8: it opens a sequence of 3 bytes, but 0x2E "
        "follows\n"
        " --> a.txt:2:13  byte 19 (0x13)\n"
        "  |\n"
        "1 | Été\n"
        "2 | Le café ferm<E9>.\n"
        "  |             ^^^^\n"
        "3 | End.\n"
        "  |\n"
    )


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_no_line_is_wider_than_the_terminal(columns: int) -> None:
    from validator import check_paths, load_profile

    run = check_paths([BROKEN], load_profile("seed"))
    text = "".join(renderer("full")(run.diagnostics(), lambda: run.summary, Look(width=columns)))
    code_lines = [line for line in text.split("\n") if re.match(r" *\d* \|", line)]
    assert code_lines
    assert max(map(width, code_lines)) <= columns


def test_github_escapes_to_the_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("we,ird%0A:name.txt").write_bytes(b"Title\nText.\n")
    out = run_cli(".", profile="seed", select=["FIL101"], output_format="github", quiet=True)[1]
    plain, command, _ = out.split("\n")
    assert plain.startswith("we,ird%0A:name.txt:1:1: FIL101 the file name `we,ird%0A:name.txt`")
    assert command.startswith(
        "::error title=seed-validator (FIL101 unexpected-name),"
        "file=we%2Cird%250A%3Aname.txt,line=1,endLine=1::"
        "the file name `we,ird%250A:name.txt` is not of the form"
    )


@given(st.text())
def test_visible_is_harmless(text: str) -> None:
    shown = visible(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]", shown)


def test_names_of_characters() -> None:
    assert character_name(0x202E) == "U+202E RIGHT-TO-LEFT OVERRIDE"
    assert character_name(0x1B) == "U+001B ESCAPE"
    assert visible("a\x1b\u202eb\udce9") == "a␛<U+202E>b<E9>"
    assert visible_path("::stop") == "./::stop"
    assert width("日本a") == 5
    assert width("\N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}!") == 3
    assert width("e\N{COMBINING ACUTE ACCENT}") == 1


def test_nothing_found_says_what_was_checked() -> None:
    lines = renderer("concise")(iter(()), lambda: Summary(Totals(), 0, {}), Look())
    assert "".join(lines) == "There was nothing to check: 0 files, 0 documents, 0 bytes.\n"
