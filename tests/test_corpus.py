"""The stage of the corpus: the same findings however the facts came and wherever they were kept."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator import check_paths
from validator.check.corpus_stage import CorpusStage
from validator.check.plan import Bound, Part, Plan
from validator.corpus.agreement import sequences
from validator.corpus.external_sort import Scratch, Shuffle
from validator.corpus.fact_store import Ledger
from validator.corpus.facts import Facts
from validator.corpus.members import Member, items_of
from validator.corpus.references import dangling
from validator.errors import Nearest
from validator.model import Diagnostic, Location, Piece, Report, Totals
from validator.rules.catalog import catalog
from validator.run.cutting import parts_of

from .support import codes, profile, write

SOME_KEYS = st.sampled_from([b"a", b"b", b"c", b"a,b", b"7", b"8", b"9", b"", None])


@given(st.lists(st.binary(min_size=3, max_size=3)), st.integers(1, 20), st.integers(1, 7))
def test_records_come_in_order(records: list[bytes], most: int, size: int) -> None:
    scratch = Scratch()
    shuffle = Shuffle(3, scratch, most)
    for start in range(0, len(records), size):
        shuffle.add(records[start : start + size])
    for _ in range(2):
        assert list(shuffle) == sorted(records)
    scratch.close()


def record(key: int, number: int) -> bytes:
    """A record whose digest begins with the two bytes of a key."""
    return key.to_bytes(2, "big").ljust(16, b"\0") + number.to_bytes(8, "big")


NUMBERS = st.lists(st.sampled_from([0, 1, 2, 5, 254, 255, 256, 257, 510, 511, 65280, 65535]))


@given(NUMBERS, NUMBERS, st.integers(1, 12), st.sampled_from([1, 3, 1 << 19]), st.booleans())
def test_candidates_are_those_that_a_table_finds(
    keys: list[int], others: list[int], most: int, at_once: int, held: bool
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("validator.corpus.partitions.AT_ONCE", at_once)
        patch.setattr("validator.corpus.partitions.HELD", (1 << 23) * held)
        scratch = Scratch()
        records = [record(key, number) for number, key in enumerate(keys)]
        shuffle, targets = Shuffle(24, scratch, most), Shuffle(24, scratch, most)
        for at in range(0, len(records), 2):
            shuffle.add(records[at : at + 2])
        targets.add(record(key, 7) for key in others)
        counts = Counter(keys)
        several = [one for one, key in zip(records, keys, strict=True) if counts[key] > 1]
        lost = [one for one, key in zip(records, keys, strict=True) if key not in others]
        for _ in range(2):
            assert list(shuffle.repeated()) == sorted(several)
            assert list(shuffle.without(targets)) == sorted(lost)
        scratch.close()


Files = list[tuple[bytes, list[tuple[bytes | None, bytes | None]]]]
"""Name of a file, and of each of its documents the values of two fields."""

FILES = st.lists(st.lists(st.tuples(SOME_KEYS, SOME_KEYS), max_size=9), max_size=9).map(
    lambda files: [(b"%03d.x" % at, documents) for at, documents in enumerate(files)]
)


def parts_with(files: Files, sizes: Sequence[int]) -> Iterator[tuple[Part, Report]]:
    """Reports of so many files each, as workers would send them."""
    at = 0
    for size in [*sizes, len(files)]:
        chosen = files[at : at + size]
        at += size
        if not chosen:
            continue
        rows = [row for _, documents in chosen for row in documents]
        columns = ([row[0] for row in rows], [row[1] for row in rows])
        counts = [len(documents) for _, documents in chosen]
        part = Part(0, b"gone/", tuple(name for name, _ in chosen))
        yield part, pickle.loads(pickle.dumps(Report(Totals(), (), columns, counts)))


def facts_of(files: Files, sizes: Sequence[int], kept: int, most: int) -> Facts:
    """The facts `one` and `two` of these files."""
    scratch = Scratch()
    ledger = Ledger(("one", "two"), scratch, kept, longest=max(1, most // 4))
    for part, report in parts_with(files, sizes):
        ledger.add(Piece(0, part.folder, part.names, report))
    return Facts(ledger, divided=True, most=most)


FEW = st.sampled_from([1, 2, 5, 12, 30, 1 << 20])
WAYS = st.tuples(st.lists(st.integers(1, 4), max_size=4), FEW, FEW)


@given(FILES, WAYS)
def test_facts_are_what_they_were(files: Files, way: tuple[list[int], int, int]) -> None:
    facts = facts_of(files, *way)
    documents = [
        (b"gone/" + name, index, row) for name, rows in files for index, row in enumerate(rows, 1)
    ]
    assert facts.documents == len(documents)
    assert facts.files == len(files)
    for number, (path, index, row) in enumerate(documents):
        member = facts.member(("two", "one"), number)
        assert (member.path, member.index) == (path, index)
        assert member.values == (row[1] or b"", row[0] or b"")


@given(FILES, WAYS, st.sampled_from([("one",), ("one", "two")]))
def test_twins_are_those_that_a_table_finds(
    files: Files, way: tuple[list[int], int, int], fields: tuple[str, ...]
) -> None:
    firsts: dict[object, tuple[bytes, int]] = {}
    expected = set()
    for name, rows in files:
        for index, row in enumerate(rows, 1):
            key = row[: len(fields)]
            if None not in key:
                here = (b"gone/" + name, index)
                first = firsts.setdefault(key, here)
                if first != here:
                    expected.add((first, here))
    found = [
        ((first.path, first.index), (other.path, other.index))
        for first, other in facts_of(files, *way).twins(fields)
    ]
    assert len(found) == len(expected)
    assert set(found) == expected


@given(FILES, WAYS, st.sampled_from([("one",), ("one", "two")]))
def test_keys_are_compared_in_full(
    files: Files, way: tuple[list[int], int, int], fields: tuple[str, ...]
) -> None:
    def twins() -> set[tuple[Member, Member]]:
        return set(facts_of(files, *way).twins(fields))

    expected = twins()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("validator.corpus.facts.xxh3_128_digest", lambda key: bytes(16))
        assert twins() == expected


@given(FILES, WAYS)
def test_dangling_are_those_that_a_table_finds(
    files: Files, way: tuple[list[int], int, int]
) -> None:
    known = {row[1] for _, rows in files for row in rows}
    expected = Counter(
        (b"gone/" + name, index, item)
        for name, rows in files
        for index, row in enumerate(rows, 1)
        for item in items_of(row[0] or b"", ",")
        if item not in known
    )
    facts = facts_of(files, *way)
    found = dangling(facts, "one", ",", facts, "two")
    assert Counter((member.path, member.index, item) for member, item in found) == expected


@given(FILES, WAYS, st.sampled_from(["corpus", "directory", "file"]))
def test_numbers_come_in_order(files: Files, way: tuple[list[int], int, int], within: str) -> None:
    scopes: dict[bytes, list[int]] = {}
    for name, rows in files:
        numbers = [int(row[0]) for row in rows if row[0] and row[0].isdigit()]
        scopes.setdefault(name if within == "file" else b"", []).extend(numbers)
    expected = sorted(
        sorted(numbers)
        for numbers in scopes.values()
        if numbers and sorted(numbers) != list(range(min(numbers), max(numbers) + 1))
    )
    found = sequences(facts_of(files, *way), "one", within, None)
    assert sorted([number for number, _ in scope] for scope in found) == expected


def stage_findings(files: Files, way: tuple[list[int], int, int]) -> list[Diagnostic]:
    """What the stage says of facts whose files are not there."""
    chosen = profile(
        {
            "delimiters": {"kind": "json-lines"},
            "corpus": {
                "unique": ["one", ["one", "two"]],
                "sequence": [{"field": "one", "within": "file"}],
                "references": [{"field": "two", "to": "one", "split": ","}],
                "agree": ["two", {"field": "one", "what": "presence"}],
                "documents": 3,
            },
        }
    )
    rules = {rule.code: rule.severity for rule in catalog().rules.values() if rule.family == "COR"}
    plan = Plan((Bound("test", chosen.settings, rules),), limit=3)
    stage = CorpusStage(plan, *way[1:])
    for part, report in parts_with(files, way[0]):
        columns = (*report.columns, *[[None] * len(part.names)])
        stage.add(part, Report(Totals(), (), columns, report.counts))
    return list(stage.resolve())


@given(FILES, WAYS)
def test_findings_do_not_depend_on_the_way(files: Files, way: tuple[list[int], int, int]) -> None:
    assert stage_findings(files, way) == stage_findings(files, ([], 1 << 20, 1 << 20))


Tables = dict[str, dict[str, object]]

KEYS: Tables = {
    "delimiters": {"kind": "json-lines"},
    "metadata": {"id": "id"},
    "corpus": {"unique": ["id"], "content": "unique"},
}


def lines(*records: object) -> bytes:
    """A JSON line for each record."""
    return b"".join(json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records)


@pytest.mark.parametrize("field", ["content", "file", "size", "md5", "sha1", "sha256", "sha512"])
def test_a_field_may_be_called_as_what_is_known_of_its_file(tmp_path: Path, field: str) -> None:
    keys = {"unique": [field], "content": "unique"}
    write(tmp_path, {"a.jsonl": lines({field: "x", "n": 1}, {field: "x", "n": 2})})
    run = check_paths([str(tmp_path)], profile({**KEYS, "corpus": keys}))
    assert codes([*run.diagnostics()]) == ["COR001"]


def test_a_field_of_the_body_is_compared_where_nothing_else_is_asked(tmp_path: Path) -> None:
    tables: Tables = {
        "body": {"fields": {"number": {"pattern": "No ([0-9]+)"}}},
        "corpus": {"unique": ["body.number"]},
    }
    write(tmp_path, {"a.txt": b"No 5\n", "b.txt": b"It is No 5.\n", "c.txt": b"No 6\n"})
    (one,) = check_paths([str(tmp_path)], profile(tables)).diagnostics()
    assert one.code == "COR001"
    assert one.path.endswith("b.txt")


@pytest.mark.parametrize("batch", [1, 2, 256])
@pytest.mark.parametrize("kept", [1, 5, 1 << 20])
def test_a_run_says_the_same_with_any_batch_and_threshold(
    batch: int, kept: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        "validator.check.corpus_stage.CorpusStage", partial(CorpusStage, kept=kept, most=kept)
    )
    monkeypatch.setattr("validator.corpus.fact_rows.MANY", kept)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path.parent))
    monkeypatch.setattr("validator.run.request.parts_of", partial(parts_of, files=batch))
    ids = [f"é{number}" for number in range(20)]
    write(
        tmp_path,
        {
            f"{name}.jsonl": lines(*({"text": "…", "id": one} for one in [*ids[at:], name]))
            for at, name in enumerate("abc", 15)
        },
    )
    run = check_paths(["."], profile(KEYS))
    told = [
        f"{one.path}:{one.location.row}:{one.location.column} {one.message} {one.document_id} "
        f"{one.related[0].path}:{one.related[0].location}"
        for one in run.diagnostics()
    ]
    assert len(told) == 7
    assert told[0] == (
        "b.jsonl:1:21 `id` é16 is already used by record 2 of a.jsonl é16 "
        "a.jsonl:Location(row=2, column=21)"
    )
    totals = run.summary.totals
    assert (totals.documents, totals.rejected, totals.errors) == (15, 7, 7)
    assert not list(tmp_path.parent.glob("seed-validator-*"))


def test_a_file_of_very_many_records_in_worker_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spools = tmp_path / "spools"
    spools.mkdir()
    monkeypatch.setenv("TMPDIR", str(spools))
    keys: Tables = {
        "delimiters": {"kind": "json-lines"},
        "corpus": {"unique": ["id"], "documents": 60_001, "files": 3},
    }
    write(
        tmp_path / "corpus",
        {
            "a.jsonl": b'{"id": "first"}\n',
            "b.jsonl": b"".join(b'{"id": "%d"}\n' % number for number in range(59_999)),
            "c.jsonl": b'{"id": "44444"}\n',
        },
    )
    run = check_paths([str(tmp_path / "corpus")], profile(keys), jobs=2)
    (found,) = run.diagnostics()
    assert found.path.endswith("c.jsonl")
    assert found.related[0].location == Location(44445, 8)
    assert not list(spools.iterdir())


def test_findings_of_one_file_are_capped_and_counted(tmp_path: Path) -> None:
    write(tmp_path, {"a.jsonl": lines(*({"id": "x", "n": number} for number in range(9)))})
    run = check_paths([str(tmp_path)], profile(KEYS), limit=3)
    found = list(run.diagnostics())
    assert codes(found) == ["COR001"] * 3
    assert "5 more of these" in found[-1].notes[0]
    totals = run.summary.totals
    assert (totals.errors, totals.omitted, totals.rejected) == (8, 5, 8)


def test_a_document_is_rejected_once_however_many_findings_are_shown(tmp_path: Path) -> None:
    keys: Tables = {**KEYS, "text": {"trailing-blanks": "forbid"}}
    write(tmp_path, {"a.jsonl": b'{"id": "x"} \n' * 9})
    run = check_paths([str(tmp_path)], profile(keys), limit=2)
    list(run.diagnostics())
    assert run.summary.totals.rejected == run.summary.totals.documents == 9


def test_places_in_another_encoding_are_those_of_the_file(tmp_path: Path) -> None:
    keys: Tables = {
        "encoding": {"charset": "windows-1252"},
        "delimiters": {"kind": "whole", "block": "front-matter"},
        "corpus": {"unique": ["title"]},
    }
    text = "---\nby: Zoë\ntitle: Über\n---\nTéxt.\n".encode("cp1252")
    write(tmp_path, {"a.md": text, "b.md": text + b"More.\n"})
    (found,) = check_paths([str(tmp_path)], profile(keys)).diagnostics()
    assert (found.location.row, found.location.column) == (3, 8)
    assert found.byte_offset == text.index(b"\xdcber")
    assert found.related[0].location == found.location


def test_a_file_that_is_gone_is_named_as_a_whole(tmp_path: Path) -> None:
    files: Files = [(b"a.jsonl", [(b"x", None)]), (b"b.jsonl", [(b"x", None)])]
    found = [one for one in stage_findings(files, ([], 1, 1)) if one.code == "COR001"]
    assert [one.whole_file for one in found] == [True]


def test_a_name_is_of_the_file_and_not_of_each_document(tmp_path: Path) -> None:
    keys: Tables = {
        "file": {"name": r"(?P<n>\d+)_(?P<lang>..)[.]jsonl"},
        "delimiters": {"kind": "json-lines"},
        "corpus": {"unique": ["file.n", ["file.lang", "id"]], "sequence": ["file.n"]},
    }
    write(
        tmp_path,
        {
            "1_en.jsonl": lines({"id": "a"}, {"id": "b"}),
            "2_fr.jsonl": lines({"id": "a"}, {"id": "b"}),
            "3_fr.jsonl": lines({"id": "b"}),
            "4_de.jsonl": b"",
            "5_de.jsonl": lines({"id": "b"}),
        },
    )
    found = list(check_paths([str(tmp_path)], profile(keys)).diagnostics())
    assert codes(found) == ["FIL001", "COR001"] or codes(found)[1:] == ["COR001"]
    assert "`file.lang` fr with `id` b is already used" in found[-1].message


def test_a_sequence_may_have_to_begin_at_a_number(tmp_path: Path) -> None:
    keys: Tables = {
        "delimiters": {"kind": "json-lines"},
        "corpus": {"sequence": [{"field": "n", "within": "file", "first": 1}]},
    }
    write(
        tmp_path,
        {"a.jsonl": lines({"n": 3}, {"n": 4}), "b.jsonl": lines({"n": 2}, {"n": 1}, {"n": 1})},
    )
    found = list(check_paths([str(tmp_path)], profile(keys)).diagnostics())
    assert [(one.code, one.message) for one in found] == [
        ("COR003", "ordinals 1 to 2 (2) are missing before this record, which is the first"),
        ("COR002", "ordinal 1 is already used by record 2"),
    ]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("1 2 3", []),
        ("3 1 2", []),
        ("10 9 11 8", []),
        ("1 1 3", ["COR002", "COR003"]),
        ("3 1 1", ["COR002", "COR003"]),
        ("5 5", ["COR002"]),
        ("1 3", ["COR003"]),
        ("1 x 2", []),
        ("-1 1 +2 2 3_0", []),
        ("1 999999999999999999999999999999", ["COR003"]),
    ],
)
def test_gaps_and_twins(numbers: str, expected: list[str], tmp_path: Path) -> None:
    keys: Tables = {"delimiters": {"kind": "json-lines"}, "corpus": {"sequence": ["n"]}}
    write(tmp_path, {"a.jsonl": lines(*({"n": number} for number in numbers.split()))})
    found = check_paths([str(tmp_path)], profile(keys)).diagnostics()
    assert sorted(codes(list(found))) == expected


HUGE = b"9" * 60


def test_a_number_of_sixty_digits_is_no_number(tmp_path: Path) -> None:
    keys: Tables = {"delimiters": {"kind": "json-lines"}, "corpus": {"sequence": ["n"]}}
    write(tmp_path, {"a.jsonl": b'{"n": "1"}\n{"n": "%s"}\n{"n": "2"}\n' % HUGE})
    assert not list(check_paths([str(tmp_path)], profile(keys)).diagnostics())


def test_the_scratch_file_is_gone_when_the_run_is_broken_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    plan = Plan(
        (Bound("test", profile(KEYS).settings, {"COR001": catalog().rules["COR001"].severity}),)
    )
    stage = CorpusStage(plan, kept=1, most=1)
    for part, report in parts_with([(b"a", [(b"x", b"y")] * 5)], []):
        stage.add(part, Report(Totals(), (), report.columns[:1], report.counts))
    findings = stage.resolve()
    next(findings)
    findings.close()  # type: ignore[attr-defined]
    assert not list(tmp_path.iterdir())
    stage.close()


def test_suggestions_end() -> None:
    near, known = Nearest(), [f"id-{number:04}" for number in range(1000)]
    told = [near("id-500", known) for _ in range(101)]
    assert told[0] == "; did you mean `id-0500`?"
    assert told[-1] == ""


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@pytest.mark.parametrize("size", [1, 4090, 9000])
def test_an_entry_may_be_long(form: str, size: int, tmp_path: Path) -> None:
    note = "é" * size
    entries = [("a.md", 2), ("c.md", 2), ("b.md", 7)]
    columns = ("path", "sha256", "size", "note")
    files = {path: path[:1].encode() + b"\n" for path, _ in entries}
    sums = {path: sha256(data).hexdigest() for path, data in files.items()}
    rows = [(path, sums[path], number, note) for path, number in entries]
    written = [",".join(columns), *(",".join(map(str, row)) for row in rows)]
    if form == "jsonl":
        written = [json.dumps(dict(zip(columns, row, strict=True))) for row in rows]
    write(tmp_path, {**files, f"files.{form}": "\n".join(written).encode() + b"\n"})
    keys = {"path": f"files.{form}", "size-field": "size"}
    chosen = profile({"corpus": {"manifest": keys}})
    run = check_paths([str(tmp_path / name) for name in files], chosen, select=["COR"])
    (found,) = run.diagnostics()
    (place,) = [one.location for one in found.related]
    assert place is not None
    assert (found.path.rpartition("/")[2], place.row) == ("b.md", 4 if form == "csv" else 3)
