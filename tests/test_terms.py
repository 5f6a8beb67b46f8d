"""Severities that hang on a field, and exemptions with a reason: one home, and all who use it."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from validator import check_paths
from validator.corpus.external_sort import Scratch
from validator.corpus.fact_store import Ledger
from validator.corpus.facts import Facts
from validator.model import Hit, Piece, Report, Severity, Totals
from validator.rules.catalog import catalog
from validator.settings.annotations import value_type
from validator.settings.exemptions import Exempt, Exemption
from validator.settings.severity import Case, Grade, severity_of
from validator.settings.terms import Terms

from .support import profile, run_cli, write

Tables = dict[str, dict[str, object]]

TODAY = date(2026, 3, 7)
WITHDRAWN = {"when": "status", "is": ["Withdrawn"], "then": "warning"}
OLD = {"documents": ["b"], "reason": "older than the rule"}


def exemptions(written: object) -> tuple[str | Exemption, ...]:
    """What `except` says."""
    found: tuple[str | Exemption, ...] = value_type(Exempt).read(written)
    return found


def grade(written: object) -> tuple[Severity | Case, ...]:
    """What `severity` says."""
    found: tuple[Severity | Case, ...] = value_type(Grade).read(written)
    return found


def test_terms() -> None:
    hit = Hit(0, 1, "what is wrong", notes=("more",))
    ours = Terms(message="our words", severity=grade("info")).apply(hit, b"", b"", TODAY)
    assert ours is not None
    assert (ours.message, ours.severity) == ("our words", Severity.INFO)
    assert ours.notes == ("what is wrong", "more")
    advised = Terms(help="our advice").apply(hit, b"", b"", TODAY)
    assert advised is not None
    assert (advised.message, advised.help, advised.notes) == (hit.message, "our advice", hit.notes)
    assert Terms().apply(hit, b"a.md", b"id", TODAY) == hit


@pytest.mark.parametrize(
    ("path", "name", "free"),
    [
        (b"drafts/a.md", b"", True),
        (b"docs/drafts/x/a.md", b"", True),
        (b"a.md", b"id-7", True),
        (b"a.md", b"b-17", True),
        (b"docs/2.md", b"", True),
        (b"a.md", b"id-77", False),
        (b"org/id-7", b"", True),
        (b"a.md", b"org/id-7", False),
        (b"a.md\xff", b"\xff", False),
        (b"", b"", False),
    ],
)
def test_who_is_exempt(path: bytes, name: bytes, free: bool) -> None:
    terms = Terms(exempt=exemptions(["drafts/*", "id-7", "b-*", "[12].md"]))
    assert (terms.apply(Hit(0, 1, "a"), path, name, TODAY) is None) is free


def test_an_exemption_that_has_ended_is_told() -> None:
    hit = Hit(0, 1, "a", notes=("more",))
    for until, free in ((TODAY, True), ("2026-03-07", True), (date(2026, 3, 6), False)):
        row = {"documents": ["a", "x"], "reason": "soon\x1b", "until": until}
        said = Terms(exempt=exemptions(row)).apply(hit, b"x", b"", TODAY)
        assert (said is None) is free
        if said:
            assert said.notes == ("more", "exempt until 2026-03-06 (soon␛); that day is over")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("a", "must be a list of texts or of tables, or a table"),
        ([""], 'must be text that is not empty, not ""'),
        ([3], "must be text that is not empty or a table, not 3"),
        ({"reason": "r"}, "must say with `documents` which"),
        ({"documents": ["a"], "document": "a", "reason": "r"}, "must say with `documents` which"),
        ({"documents": [], "reason": "r"}, "must be ids, paths or patterns, not an empty list"),
        ({"documents": [3.5], "reason": "r"}, "must be text that is not empty or a whole number"),
        ({"documents": ["a"]}, "needs the key `reason`: why they are exempt"),
        ({"documents": ["a"], "reason": " "}, "must say with `reason` why"),
        (
            {"documents": ["a"], "resaon": "r"},
            "has the unknown key `resaon`; did you mean `reason`?",
        ),
        (
            {"documents": ["a"], "reason": "r", "until": "soon"},
            'must be a day, written 2027-01-31, not "soon"',
        ),
        (
            {"documents": ["a"], "reason": "r", "until": "2027-02-30"},
            'must be a day, written 2027-01-31, not "2027-02-30"',
        ),
        ({"documents": ["a"], "reason": "r", "until": datetime(2027, 1, 1)}, "must be a day, "),
        ({"documents": ["a"], "reason": "r", "until": 20270101.5}, "must be a day, "),
    ],
)
def test_exemptions_that_are_wrong(written: object, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        exemptions(written)


@pytest.mark.parametrize(
    ("written", "value", "wanted"),
    [
        ("info", None, Severity.INFO),
        (WITHDRAWN, "Withdrawn", Severity.WARNING),
        (WITHDRAWN, "withdrawn", None),
        (WITHDRAWN, None, None),
        (WITHDRAWN, ["Draft", "Withdrawn"], Severity.WARNING),
        ([WITHDRAWN, "info"], "Draft", Severity.INFO),
        ({**WITHDRAWN, "is": [3]}, 3, Severity.WARNING),
        ({**WITHDRAWN, "is": 3}, "3", Severity.WARNING),
        ({**WITHDRAWN, "is": [True]}, True, Severity.WARNING),
        ({**WITHDRAWN, "is": [True]}, "true", Severity.WARNING),
        ({**WITHDRAWN, "is": ["None"]}, None, None),
        ({**WITHDRAWN, "is": ["None"]}, {}, None),
    ],
)
def test_a_severity_hangs_on_a_field(
    written: object, value: object, wanted: Severity | None
) -> None:
    found = pickle.loads(pickle.dumps(grade(written)))
    assert severity_of(found, {"status": value}.get) is wanted


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("fatal", 'must be one of "info", "warning", "error", not "fatal"'),
        ("eror", 'not "eror"; did you mean `error`?'),
        (3, "not 3"),
        ({**WITHDRAWN, "then": "bad"}, 'not "bad"'),
        ({**WITHDRAWN, "wehn": ""}, "has the unknown key `wehn`; did you mean `when`?"),
        ({"when": "a", "then": "info"}, "needs the key `is`"),
        ({**WITHDRAWN, "when": ""}, "must be text that is not empty"),
        ({**WITHDRAWN, "is": []}, "must be text or a number or true or false or a list of "),
        ({**WITHDRAWN, "is": {}}, "not a table"),
        ([[]], "not an empty list"),
    ],
)
def test_severities_that_are_wrong(written: object, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        grade(written)


def page(status: str, **more: object) -> bytes:
    lines = [f"status: {status}", *(f"{key}: {value}" for key, value in more.items())]
    return "\n".join(("---", *lines, "---", "Text.\n")).encode()


FIELDS: Tables = {
    "delimiters": {"block": "front-matter"},
    "metadata": {"id": "id"},
    "file": {"name": r"(?P<n>\d)\.md"},
}


@pytest.mark.parametrize(
    ("corpus", "code"),
    [
        ({"unique": {"fields": "slug"}}, "COR001"),
        ({"unique": {"fields": ["slug", "file.n"]}}, ""),
        ({"sequence": {"field": "file.n"}}, "COR003"),
        ({"sequence": {"field": "rank"}}, "COR002"),
        ({"agree": {"field": "lang"}}, "COR012"),
        ({"agree": {"field": "only", "what": "presence"}}, "COR013"),
        ({"references": {"field": "see", "to": "id"}}, "COR010"),
        ({"references": {"field": "link", "to": "file"}}, "COR010"),
        (
            {"references": {"field": "leads", "to": "id", "compare": {"field": "lang"}}},
            "COR011",
        ),
        ({"sidecar": {"of": "{stem}.md", "name": "{stem}.json"}}, "COR030"),
        ({"manifest": {"path": "manifest-md5.txt"}}, "COR023"),
    ],
)
@pytest.mark.parametrize("status", ["Withdrawn", "Draft"])
def test_every_table_of_the_corpus_asks_the_field(
    tmp_path: Path, corpus: dict[str, dict[str, object]], code: str, status: str
) -> None:
    write(
        tmp_path,
        {
            "1.md": page("Draft", id="a", slug="x", rank=1, lang="en"),
            "1.json": b"{}",
            "2.md": page("Draft", id="e", slug="y", rank=2, lang="en"),
            "2.json": b"{}",
            "4.md": page(
                status, id="b", slug="x", rank=1, lang="fr", see="z", leads="a", link="q.md", only=1
            ),
            "manifest-md5.txt": b"0" * 32 + b"  4.md\n",
        },
    )
    ((key, table),) = corpus.items()
    tables: Tables = {**FIELDS, "corpus": {key: {**table, "severity": WITHDRAWN}}}
    found = list(check_paths([str(tmp_path)], profile(tables)).diagnostics())
    ours = [one for one in found if one.code == code and one.path.endswith("4.md")]
    assert bool(ours) is bool(code)
    wanted = Severity.WARNING if status == "Withdrawn" else Severity.ERROR
    assert all(one.severity is wanted for one in ours)
    free = {**table, "severity": WITHDRAWN, "except": {**OLD, "until": "2199-12-31"}}
    tables = {**FIELDS, "corpus": {key: free}}
    left = list(check_paths([str(tmp_path)], profile(tables)).diagnostics())
    assert not any(one.code == code and one.path.endswith("4.md") for one in left)


def test_records_of_a_file_have_a_severity_each(tmp_path: Path) -> None:
    tables: Tables = {
        "delimiters": {"kind": "json-lines"},
        "corpus": {"unique": {"fields": "id", "severity": WITHDRAWN}},
    }
    lines = [b'{"id": 1, "status": "%b"}\n' % one for one in (b"", b"Withdrawn", b"Draft")]
    write(tmp_path, {"a.jsonl": b"".join(lines)})
    found = list(check_paths([str(tmp_path)], profile(tables)).diagnostics())
    assert [one.severity.value for one in found] == ["warning", "error"]


@pytest.mark.parametrize("kept", [1, 1 << 18])
@pytest.mark.parametrize("divided", [False, True])
def test_a_fact_is_found_wherever_it_is_kept(kept: int, divided: bool) -> None:
    ledger = Ledger(("status", "file.n", "id"), Scratch(), kept)
    counts = [2, 0, 1] if divided else [1, 0, 1]
    status = [b"s%d" % at for at in range(sum(counts))]
    ids = [b"i%d" % at for at in range(sum(counts))]
    columns = (status, [b"1", b"2", b"3"], ids)
    ledger.add(Piece(0, b"d/", (b"a", b"b", b"c"), Report(Totals(), (), columns, counts)))
    last = Report(Totals(), (), ([b"last"], [b"4"], [b"id"]), [1])
    ledger.add(Piece(0, b"e/", (b"f",), last))
    facts = Facts(ledger, divided=divided, id_field="id")
    members = [facts.member(("status",), number) for number in range(sum(counts) + 1)]
    assert [facts.fact(one, "status") for one in members] == [*status, b"last"]
    assert facts.fact(members[-2], "file.n") == b"3"
    assert facts.fact(members[0], "none") is None
    files = [facts.file(number) for number in range(4)]
    assert [facts.fact(one, "file.n") for one in files] == [b"1", b"2", b"3", b"4"]
    told = [None] * 4 if divided else [b"s0", None, b"s1", b"last"]
    assert [facts.fact(one, "status") for one in files] == told
    assert [facts.identity(one) for one in files] == (
        [b""] * 4 if divided else [b"i0", b"", b"i1", b"id"]
    )


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"sections": {"required": ["Abstract"]}}, "BOD020"),
        ({"forbid": [{"pattern": "Text", "message": "m"}]}, "BOD030"),
        ({"require": [{"pattern": "Test", "message": "m"}]}, "BOD031"),
        ({"require": [{"pattern": "[Tt]ext", "message": "m", "max": 0}]}, "BOD032"),
        (
            {
                "lines": {
                    "classes": {"a": "T.*"},
                    "check": [{"class": "a", "pattern": "Test", "message": "m"}],
                }
            },
            "BOD011",
        ),
        ({"lines": {"classes": {"a": "T.*"}, "check": [{"class": "a", "max": 0}]}}, "BOD012"),
    ],
)
def test_every_table_of_the_body_asks_the_field(
    tmp_path: Path, body: dict[str, Any], code: str
) -> None:
    write(
        tmp_path,
        {
            "1.md": page("Draft", id="a"),
            "2.md": page("Withdrawn", id="w"),
            "3.md": page("", id="b"),
        },
    )

    def said(table: dict[str, Any]) -> list[tuple[str, str, tuple[str, ...]]]:
        key, value = next(iter(body.items()))
        if key == "lines":
            ((check),) = value["check"]
            value = {**value, "check": [{**check, **table}]}
        else:
            value = [{**value[0], **table}] if isinstance(value, list) else {**value, **table}
        tables: Tables = {**FIELDS, "body": {key: value}}
        found = check_paths([str(tmp_path)], profile(tables)).diagnostics()
        return [(Path(one.path).stem, one.severity.value, one.notes) for one in found]

    free = {"severity": WITHDRAWN, "except": [OLD]}
    assert [one[:2] for one in said(free)] == [("1", "error"), ("2", "warning")]
    ended = {"except": {**OLD, "until": "1969-12-31"}}
    note = "exempt until 1969-12-31 (older than the rule); that day is over"
    assert [note in one[2] for one in said(ended)] == [False, False, True]


def test_the_day_of_the_run_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(
        tmp_path,
        {
            "seed-validator.toml": b"[profiles.a]\nfiles = ['*.txt']\ncorpus.content = 'unique'\n"
            b"file.name = '(?P<n>.).*'\n[profiles.a.corpus.sequence]\nfield = 'file.n'\n"
            b"except = { documents = ['3.txt'], reason = 'lost', until = 2020-01-01 }\n",
            "1.txt": b"One\n",
            "3.txt": b"Three\n",
        },
    )
    code, out, _ = run_cli(".", output_format="full")
    assert code == 1
    assert "exempt until 2020-01-01 (lost); that day is over" in out


@pytest.mark.parametrize("read", [exemptions, grade])
def test_hostile_values(read: Callable[[object], object]) -> None:
    values: list[object] = [b"\xff", [[[]]], {"": ""}, [None], {1: 2}, float("nan"), "\x1b[2J"]
    for value in values:
        with pytest.raises(ValueError, match=r"\A(must|has|needs)"):
            read(value)


def test_the_schema_of_the_configuration_knows_both() -> None:
    from jsonschema_rs import Draft7Validator

    for key, more in (("corpus.unique", {"fields": "a"}), ("corpus.agree", {"field": "a"})):
        valid = Draft7Validator(dict(catalog().options[key].schema)).is_valid
        assert valid({**more, "severity": WITHDRAWN, "except": [OLD, "a"]})
        assert valid({**more, "severity": [WITHDRAWN, "info"], "except": OLD})
        assert not valid({**more, "severity": {"when": "a"}})
        assert not valid({**more, "except": {"documents": ["a"]}})
