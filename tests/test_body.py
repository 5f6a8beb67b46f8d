"""Body rules in the whole: files with metadata, files of several documents, configurations."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator import apply_edits, check_paths
from validator.errors import ConfigError
from validator.profile.configuration import configuration

from .support import profile, run_cli

PAGE = {
    "model": "title blank text+",
    "classes": {"title": {"pattern": "# .+", "form": "# Title"}, "text": r"\w.*"},
}


def test_severity_and_scope_by_the_metadata(tmp_path: Path) -> None:
    chosen = profile(
        {
            "delimiters": {"block": "front-matter"},
            "body": {
                "forbid": [
                    {
                        "pattern": "<!--",
                        "message": "a comment",
                        "severity": {"when": "status", "is": ["Withdrawn"], "then": "warning"},
                        "except": ["3"],
                    },
                    {"pattern": "(?i)standard", "message": "praise", "scope": "field:title"},
                ]
            },
            "metadata": {"id": "number"},
        }
    )
    for number, status in enumerate(["Draft", "Withdrawn", "Draft"], 1):
        (tmp_path / f"{number}.md").write_text(
            f"---\nnumber: {number}\ntitle: A standard\nstatus: {status}\n---\nText <!-- x -->\n",
            encoding="utf-8",
        )
    found = list(check_paths([str(tmp_path)], chosen).diagnostics())
    said = [(Path(one.path).name, one.message, one.severity.value) for one in found]
    assert said == [
        ("1.md", "praise", "error"),
        ("1.md", "a comment", "error"),
        ("2.md", "praise", "error"),
        ("2.md", "a comment", "warning"),
        ("3.md", "praise", "error"),
    ]
    assert [one.location.row for one in found] == [3, 6, 3, 6, 3]


def test_each_document_of_a_file_has_its_body(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.txt"
    good = b"# One\n\ntext\n"
    bad = b"# Two\ntext\n"
    bundle.write_bytes(b"%%\n" + good + b"%%\n" + bad + b"%%\n" + bad)
    chosen = profile({"delimiters": {"kind": "marked", "begin": "%%"}, "body": {"lines": PAGE}})
    report = check_paths([str(bundle)], chosen)
    found = list(report.diagnostics())
    assert [(one.location.row, one.document_index) for one in found] == [(7, 2), (10, 3)]
    edits = [edit for one in found if one.fix for edit in one.fix.edits]
    mended = apply_edits(bundle.read_bytes(), edits)
    assert mended == b"%%\n" + good + (b"%%\n" + bad.replace(b"Two\n", b"Two\n\n")) * 2


def test_a_mistake_in_a_table_has_a_place(tmp_path: Path) -> None:
    config = tmp_path / "seed-validator.toml"
    config.write_text(
        "[profiles.pages.body.lines]\nmodel = 'title txt'\n"
        "[profiles.pages.body.lines.classes]\ntitle = '# .*'\ntext = '.+'\n",
        encoding="utf-8",
    )
    (tmp_path / "a.md").write_text("# T\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        configuration(".", str(config))
    words = str(caught.value)
    assert "seed-validator.toml:2:1: " in words
    assert (
        "`body.lines.model` names the class `txt`, which is not declared; did you mean `text`?"
    ) in words


def test_the_configuration_is_shown_as_written(tmp_path: Path) -> None:
    from validator.cli.effective import effective

    config = tmp_path / "seed-validator.toml"
    config.write_text("[profiles.p.body.lines.classes]\ntitle = '# .*'\n", encoding="utf-8")
    shown = effective(configuration(".", str(config)), "p")
    assert shown["body"]["lines"] == {"classes": {"title": "# .*"}}
    assert shown["body"]["forbid"] == []


def test_json_says_what_was_expected(tmp_path: Path) -> None:
    import json

    config = tmp_path / "seed-validator.toml"
    config.write_text(
        "[profiles.p.body.lines]\nmodel = 'title text'\n"
        "[profiles.p.body.lines.classes]\ntitle = '# .*'\ntext = '[a-z].*'\n",
        encoding="utf-8",
    )
    (tmp_path / "a.md").write_text("# T\n- x\n", encoding="utf-8")
    code, out, _ = run_cli(str(tmp_path / "a.md"), config=str(config), output_format="json")
    assert code == 1
    (one,) = json.loads(out)["diagnostics"]
    assert one["data"] == {"expected": ["text"], "found": "other"}
