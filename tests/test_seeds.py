"""The main job on the corpora that ship: one passes, the other tells each fault once."""

from __future__ import annotations

import pytest

from validator import check_bytes, check_paths, load_profile

from .support import FIXTURES, run_cli

CLEAN, BROKEN = FIXTURES / "seeds" / "clean", FIXTURES / "seeds" / "broken"

# Every fault that was planted: file (by its first characters), row, column, byte offset, code.
PLANTED = {
    ("003", 1, 1, 0, "COR003"),  # 002 was left out
    ("004", 1, 1, 0, "COR004"),  # a copy of 000
    ("005", 1, 1, 0, "COR001"),  # the id of 003
    ("006_2", 1, 1, 0, "COR002"),  # the number of 006_1
    ("007", 1, 1, 0, "FIL102"),
    ("008", 1, 1, 0, "FIL103"),
    ("009", 1, 1, 0, "BOD001"),
    ("010", 3, 8, 65, "ENC001"),
    ("011", 1, 1, 0, "ENC101"),
    ("012", 1, 1, 0, "ENC006"),
    ("013", 1, 24, 23, "ENC201"),
    ("014", 2, 25, 44, "ENC202"),
    ("015", 4, 19, 136, "TXT001"),
    ("015", 5, 1, 190, "TXT002"),
    ("016", 4, 1, 149, "TXT102"),
    ("016", 5, 73, 222, "TXT101"),
    ("017", 4, 1, 112, "DEL001"),
    ("017", 5, 1, 116, "DEL001"),
    ("017", 6, 1, 132, "DEL001"),
    ("017", 8, 19, 239, "TXT301"),
    ("018", 1, 4, 3, "ENC005"),
    ("019", 1, 1, 0, "MET001"),
    ("notes", 1, 1, 0, "FIL101"),
}


def test_clean_seeds_pass() -> None:
    code, out, _ = run_cli(str(CLEAN), profile="seed")
    assert code == 0
    assert out == "All checks passed! 8 files, 8 documents, 1.8 kB.\n"


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_planted_fault_is_named_once_and_nothing_else(jobs: int) -> None:
    run = check_paths([str(BROKEN)], load_profile("seed"), jobs=jobs)
    found = list(run.diagnostics())
    seen = {
        (prefix, one.location.row, one.location.column, one.byte_offset, one.code)
        for one in found
        for prefix, *_ in PLANTED
        if one.path.rpartition("/")[2].startswith(prefix)
    }
    assert seen == PLANTED
    assert len(found) == len(PLANTED)
    assert all(one.help for one in found if one.code != "ENC203")
    totals = run.summary.totals
    assert (totals.files, totals.documents, totals.rejected) == (21, 21, 18)
    assert totals.bytes == sum(path.stat().st_size for path in BROKEN.iterdir())


def test_output_is_the_same_for_any_number_of_jobs() -> None:
    outputs = {run_cli(str(BROKEN), profile="seed", jobs=jobs)[1] for jobs in (1, 2, 3)}
    assert len(outputs) == 1


def test_a_document_in_memory() -> None:
    profile = load_profile("seed")
    assert not check_bytes(b"Title\nText.\n", profile)
    (found,) = check_bytes(b"Title\nText. \n", profile, name="000_5d41402abc4b2a76.txt")
    assert (found.code, found.byte_offset, found.location.row) == ("TXT101", 11, 2)
    (found,) = check_bytes(b"Title\nText.\n", profile, name="x.txt")
    assert found.code == "FIL101"
