"""The stage of documents: who is held against what, when something before it went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from validator import Checker, check_bytes, check_paths, load_profile

from .support import codes, profile

Tables = Mapping[str, Mapping[str, object]]

SIDECAR: Tables = {
    "delimiters": {"block": "entire", "formats": ["json"]},
    "metadata": {"schema": {"required": ["id"], "properties": {"id": {"type": "string"}}}},
}
ARTICLES: Tables = {
    "delimiters": {"block": "front-matter"},
    "metadata": {"schema": {"required": ["id"]}},
    "body": {"forbid": [{"pattern": "TODO", "message": "not done"}]},
}
BUNDLE: Tables = {
    "delimiters": {
        "kind": "marked",
        "begin": {"pattern": "<doc (?P<id>[a-z])>", "form": "<doc ID>"},
        "end": "</doc>",
    },
    "metadata": {"id": "id"},
    "corpus": {"unique": ["id"]},
}


DAMAGED = "<doc a>\nà é?\n</doc>\n<doc b>\nè ü ö.\n</doc>\n".encode().replace(b"\xc3\xa9", b"\xe9")


def test_a_file_may_be_metadata_as_a_whole() -> None:
    assert not check_bytes(b'{"id": "a"}\n', profile(SIDECAR))
    (found,) = check_bytes(b'{\n "id": 7}\n', profile(SIDECAR))
    assert (found.code, found.location.row, found.location.column) == ("MET102", 2, 8)


def test_a_block_without_an_end_is_not_held_against_the_schema() -> None:
    assert codes(check_bytes(b"---\ntitle: A\n\nText.\n", profile(ARTICLES))) == ["DEL031"]


def test_metadata_that_cannot_be_read_leave_the_body_to_be_checked() -> None:
    data = b"---\ntitle: A: b\n---\nTODO\n"
    assert codes(check_bytes(data, profile(ARTICLES))) == ["MET010", "BOD030"]


def test_what_was_not_checked_and_not_said_is_counted(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"---\ntitle: A: b\n---\nText.\n")
    run = check_paths([str(tmp_path)], profile(ARTICLES), ignore=["MET010"])
    assert not list(run.diagnostics())
    assert run.summary.totals.unread == 1


def test_a_document_without_an_end_makes_no_other_a_duplicate(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"<doc a>\n<doc a>\nText.\n</doc>\n<doc b>\nText.\n</doc>\n")
    run = check_paths([str(tmp_path)], profile(BUNDLE))
    assert codes(list(run.diagnostics())) == ["DEL010"]
    assert (run.summary.totals.documents, run.summary.totals.rejected) == (3, 1)


def test_a_bad_byte_rejects_its_document_alone() -> None:
    found = check_bytes(DAMAGED, profile(BUNDLE))
    assert [(one.code, one.document_index, one.document_id) for one in found] == [
        ("ENC001", 1, "a")
    ]


def test_of_a_file_in_another_encoding_no_document_is_rejected_that_was_not_counted() -> None:
    result = Checker(load_profile("jsonl")).check(b"+BBIEQQRCBEAENQRHBDA", name="a.jsonl")
    assert [one.code for one in result.diagnostics] == ["ENC011"]
    assert (result.totals.documents, result.totals.rejected) == (0, 0)
