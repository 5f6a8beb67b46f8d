"""What raises in the middle of a file costs a rule, or a stage: the rest is found and counted."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from validator import Diagnostic, Totals, check_bytes, check_paths
from validator.errors import UsageError

from .support import codes, profile, write

KEYS: dict[str, dict[str, object]] = {
    "delimiters": {"block": "front-matter"},
    "metadata": {"id": "id", "schema": {"required": ["title"]}},
    "text": {"trailing-blanks": "forbid"},
    "corpus": {"unique": ["id"]},
}
PAIR = b"\xed\xa0\xbd\xed\xb8\x80"  # in place of U+1F600
TEXT = "---\nid: a\n---\nText, é è ê. \n".encode()
DIVIDED: dict[str, dict[str, object]] = {
    **KEYS,
    "delimiters": {"kind": "json-lines"},
}


def fails(*_: object, **__: object) -> NoReturn:
    """Something that nobody was ready for."""
    raise ValueError("a defect")


def found(
    folder: Path, files: dict[str, bytes], keys: dict[str, dict[str, object]]
) -> tuple[list[Diagnostic], Totals]:
    """The findings in files, and the figures."""
    write(folder, files)
    run = check_paths([str(folder)], profile(keys))
    return list(run.diagnostics()), run.summary.totals


def test_a_rule_that_raises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validator.rules.encoding.surrogate_utf8.character_name", fails)
    odd = TEXT + PAIR + b"\nMore. \xff\n"
    diagnostics, totals = found(tmp_path, {"a.md": odd, "b.md": TEXT}, KEYS)
    of_first = [one for one in diagnostics if one.path.endswith("a.md")]
    assert codes(of_first) == ["FIL005", "TXT101", "ENC001"]
    assert "ValueError in test_salvage.py:" in of_first[0].message
    assert "while it looked for `surrogate-utf8`" in of_first[0].message
    assert (totals.files, totals.bytes, totals.unread) == (2, len(odd) + len(TEXT), 1)
    data = check_bytes(odd, profile(KEYS))
    assert codes(data) == ["FIL005", "TXT101", "ENC001"]


def test_a_rule_about_documents_that_raises(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("validator.body.search.missing", fails)
    body: dict[str, object] = {
        "require": [{"pattern": "^Licence: ", "message": "no line names the licence"}]
    }
    diagnostics, totals = found(tmp_path, {"a.md": TEXT}, {**KEYS, "body": body})
    assert codes(diagnostics) == ["FIL005", "MET100", "TXT101"]
    assert "while it looked for `missing-text`" in diagnostics[0].message
    assert (totals.documents, totals.rejected, totals.bytes) == (1, 1, len(TEXT))


def test_a_stage_that_raises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can be said of the documents; what rules say of bytes is said."""
    monkeypatch.setattr("validator.check.documents.Documents._document", fails)
    diagnostics, totals = found(tmp_path, {"a.md": TEXT}, KEYS)
    assert codes(diagnostics) == ["FIL005", "TXT101"]
    assert "ValueError in test_salvage.py:" in diagnostics[0].message
    assert (totals.bytes, totals.unread, totals.errors) == (len(TEXT), 1, 2)
    monkeypatch.setattr("validator.check.documents.Documents._run", fails)
    data = b'{"id": "a", "title": "x"}\n{"id": "a"} \n'
    diagnostics, totals = found(tmp_path / "records", {"a.jsonl": data}, DIVIDED)
    assert codes(diagnostics) == ["FIL005", "TXT101"]
    assert (totals.bytes, totals.unread, totals.outside) == (len(data), 1, 0)


def test_a_file_of_which_nothing_can_be_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("validator.check.traversal.Traversal._watched", fails)
    large = b"A line of text. \n" * 20_000
    diagnostics, totals = found(tmp_path, {"a.md": TEXT, "b.md": large}, KEYS)
    assert codes(diagnostics) == ["FIL005", "FIL005"]
    assert (totals.files, totals.bytes, totals.unread) == (2, len(TEXT) + len(large), 2)


def test_the_quick_way_that_raises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"a.md": TEXT, "b.md": TEXT.replace(b"a", b"b").replace(b" \n", b"\n")}
    before = found(tmp_path, files, KEYS)
    for name in ("surveyor.Surveyor.surveys", "stages.portions"):
        monkeypatch.setattr(f"validator.check.{name}", fails)
        assert found(tmp_path, files, KEYS) == before


def test_too_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> NoReturn:
        raise MemoryError

    monkeypatch.setattr("validator.check.documents.Documents._document", full)
    diagnostics, totals = found(tmp_path, {"a.md": TEXT}, KEYS)
    assert codes(diagnostics) == ["FIL005"]
    assert diagnostics[0].message.endswith("there was not enough memory")
    assert "more memory" in diagnostics[0].help
    assert totals.bytes == len(TEXT)


def test_what_the_user_can_mend_ends_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> NoReturn:
        raise UsageError("no room")

    monkeypatch.setattr("validator.check.documents.Documents._document", full)
    with pytest.raises(UsageError, match="no room"):
        found(tmp_path, {"a.md": TEXT}, KEYS)


def test_a_rule_about_the_corpus_that_raises(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("validator.corpus.facts.Facts.twins", fails)
    good = TEXT.replace(b". \n", b".\n").replace(b"id: a", b"id: a\ntitle: x")
    diagnostics, totals = found(tmp_path, {"a.md": good, "b.md": good}, KEYS)
    assert codes(diagnostics)[0] == "FIL005"
    assert "all documents together broke off: ValueError in test_salvage.py:" in (
        diagnostics[0].message
    )
    assert (totals.files, totals.bytes) == (2, 2 * len(good))
