"""Readers agree on what we pass: the ones that are light enough to run with every test.

All of them, and the page of the docs: `python -m tests.readers --update`.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from validator.profile.toml_file import built_in_names
from validator.rules.catalog import catalog

from .readers.canonical import ABSENT_IS_NULL, Cell, Outcome, compare
from .readers.case import Case
from .readers.cases import CASES
from .readers.matrix import NOT_KEPT, Finding, Row, broken, judged, news, run, write
from .readers.page import TITLES, page
from .readers.roster import READERS
from .readers.worker import outcome_of
from .support import ROOT

LIGHT = ["json", "orjson", "msgspec", "python-frontmatter", "mailbox", "warcio"]
SMALL = [case for case in CASES if len(case.data) < 2**20]


def row(folder: Path, case: Case) -> Row:
    """What the light readers make of a case, and what we say."""
    path, cells = write(folder, case), {}
    for name in LIGHT:
        reader = READERS[name]
        if reader.format == case.format and reader.read:
            outcome = Outcome(*outcome_of(reader.read, str(path)))
            cells[name] = compare(case.meant, outcome, reader.traits)
    return judged(case, path, cells)


@pytest.mark.parametrize("name", TITLES)
def test_right_files_are_read_as_meant(name: str, tmp_path: Path) -> None:
    for case in SMALL:
        if case.format == name and not case.rules:
            cells = row(tmp_path, case).cells
            assert {cell.kind for cell in cells.values()} == {"same"}, (case.name, cells)


@pytest.mark.parametrize("name", TITLES)
def test_the_promise_holds(name: str, tmp_path: Path) -> None:
    there = {*built_in_names()}
    cases = [case for case in SMALL if case.format == name and case.profile in there]
    found = broken([row(tmp_path, case) for case in cases])
    new = [f"{key}: {sentence}" for key, sentence in found.items() if key not in NOT_KEPT]
    assert not new, "\n".join(new)


def test_the_page_shows_exactly_these_cases() -> None:
    text = (ROOT / "docs" / "reader-cases.md").read_text("utf-8")
    for name, title in TITLES.items():
        chapter = text.partition(f"\n## {title}: ")[2].partition("\n## ")[0]
        chapter = chapter.partition("\n### Told")[0]
        shown = re.findall(r"^\| `([^`]+)`: ", chapter, re.MULTILINE)
        wanted = [case for case in CASES if case.format == name]
        right = [case.name for case in wanted if not case.rules]
        wrong = [case.name for case in wanted if case.rules]
        assert shown == right + wrong


def test_cases_name_rules_that_there_are() -> None:
    known = {rule.name for rule in catalog().rules.values()}
    assert not {(case.key, name) for case in CASES for name in case.rules if name not in known}


def test_names_of_cases_are_unique() -> None:
    assert len({case.key for case in CASES}) == len(CASES)


TABLE, PLAIN = frozenset({ABSENT_IS_NULL}), frozenset[str]()


@pytest.mark.parametrize(
    ("meant", "read", "traits", "kind", "text"),
    [
        ({"n": 1}, {"n": 1}, PLAIN, "same", "1"),
        ({"n": 1, "m": 2}, {"m": 2, "n": 1}, PLAIN, "same", "1"),
        ({"n": 1}, {"n": 1.0}, PLAIN, "same", "1"),
        ({"n": 1}, {"n": True}, PLAIN, "other", "≠ `n`"),
        ({"n": 2**64 + 1}, {"n": float(2**64)}, PLAIN, "other", "≠ `n`"),
        ({"n": "001"}, {"n": 1}, PLAIN, "type", "~ `n`"),
        ({"n": "no"}, {"n": False}, PLAIN, "other", "≠ `n`"),
        ({"d": "2024-01-31"}, {"d": {"$date": "2024-01-31 00:00:00"}}, TABLE, "type", "~ `d`"),
        ({"d": "2024-02-31"}, {"d": {"$date": "2024-03-02"}}, TABLE, "other", "≠ `d`"),
        ({"n": 1}, {"n": 1, "m": None}, TABLE, "same", "1"),
        ({"n": 1}, {"n": 1, "m": None}, PLAIN, "other", "≠ `m`"),
        ({"n": 1}, {"n": 1, "m": float("nan")}, TABLE, "same", "1"),
        ({"t": "a\ud83d"}, {"t": "a"}, PLAIN, "other", "≠ `t`"),
        ({"metadata": {"x": "1"}}, {"metadata": {"x": 1}}, PLAIN, "type", "~ `x`"),
        ({"a|`b": 1}, {"a|`b": 2}, PLAIN, "other", "≠ `a\\x7c\\x60b`"),
    ],
)
def test_comparison(
    meant: object, read: object, traits: frozenset[str], kind: str, text: str
) -> None:
    cell = compare([meant], Outcome([read]), traits)
    assert (cell.kind, cell.text) == (kind, text)


def test_a_lost_document_and_an_error_are_told_apart() -> None:
    assert compare([1, 2], Outcome([1]), PLAIN).text == "≠ 1 of 2"
    assert compare([1, 2], Outcome(None, "ValueError"), PLAIN).kind == "error"


def test_a_reader_that_dies_does_not_end_the_run(tmp_path: Path) -> None:
    script = """
import json, os, sys
for path in open(sys.argv[1]).read().split("\\n"):
    if path.endswith("b"):
        os.abort()
    with open(sys.argv[2], "a") as out:
        out.write(json.dumps([path, [{"$number": "Infinity"}], ""]) + "\\n")
"""
    paths = [tmp_path / name for name in "abcb"[:3]]
    outcomes = run([sys.executable, "-c", script], paths, tmp_path)
    assert [outcomes[path].documents for path in paths] == [[float("inf")], None, [float("inf")]]
    assert outcomes[paths[1]].error.startswith("dies")


def test_a_reader_that_guesses_is_held_to_what_it_does_when_told() -> None:
    case = Case("jsonl", "x", "a file", b"", ["001"])
    same, guess = compare(["001"], Outcome(["001"]), TABLE), compare(["001"], Outcome([1]), TABLE)
    lost = compare(["001"], Outcome([]), TABLE)
    assert not broken([Row(case, {"pandas": lost, "pandas-typed": same}, ())])
    assert broken([Row(case, {"pandas": guess, "pandas-typed": guess}, ())])
    assert not broken([Row(case, {"datasets": guess}, ())])
    assert broken([Row(case, {"datasets": lost}, ())])


def said(case: Case, cell: Cell, found: tuple[Finding, ...] | None) -> str:
    return broken([Row(case, {"json": cell}, found)])[case.key]


def test_a_breach_of_the_promise_is_told() -> None:
    right = Case("jsonl", "x", "a file", b"", [1])
    wrong = right._replace(rules=("duplicate-key",))
    same, other = compare([1], Outcome([1]), PLAIN), compare([1], Outcome([2]), PLAIN)
    found = (Finding("ENC001", "invalid-utf8", failing=True),)
    assert not broken([Row(right, {"json": same}, ())])
    assert broken([Row(right, {"json": other}, ())]) == {
        "jsonl/x": "a file: passes, yet readers differ: json ≠ document"
    }
    assert said(right, same, found).endswith("yet we find invalid-utf8")
    assert not broken([Row(wrong, {"json": same}, ())])
    assert "passes, yet" in said(wrong, other, ())
    assert "named as duplicate-key, not as" in said(wrong, other, found)
    assert broken([Row(right, {"json": same}, (), 2)])["jsonl/x"].endswith("2 documents of 1")
    assert "no profile" in said(right, same, None)
    assert news([Row(right, {"json": other}, ())])
    assert "| — |" in page([Row(right, {"json": same}, None)])


def test_the_list_of_what_is_not_kept_is_of_cases() -> None:
    assert {case.key for case in CASES} >= NOT_KEPT
