"""Fields that the name of a file captures."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator import check_paths
from validator.file.name_fields import capture, captures
from validator.settings.options import Settings

from .support import codes, profile, write

Tables = dict[str, dict[str, object]]

NAME = r"(?P<id>[a-z]+)(?:_(?P<part>[0-9]*))?\.txt"


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        (b"ab_1.txt", {"file.id": "ab", "file.part": "1"}),
        (b"ab_.txt", {"file.id": "ab", "file.part": ""}),
        (b"ab.txt", {"file.id": "ab"}),
        (b"ab_1.txt.gz", {"file.id": "ab", "file.part": "1"}),
        (b"1.txt", {}),
    ],
)
def test_a_field_is_where_the_name_has_it(name: bytes, fields: dict[str, str]) -> None:
    settings = Settings({"file.name": NAME})
    assert captures(name, settings) == fields
    for field in ("file.id", "file.part", "file.other", "id"):
        value = capture(name, field, settings)
        assert (None if value is None else value.decode()) == fields.get(field)


def test_without_a_pattern_a_name_has_no_fields() -> None:
    assert captures(b"a.txt", Settings({})) == {}
    assert capture(b"a.txt", "file.id", Settings({})) is None


def test_an_id_at_the_start_of_a_name_is_one(tmp_path: Path) -> None:
    tables: Tables = {
        "file": {"name": NAME},
        "metadata": {"id": "file.id"},
        "corpus": {"unique": ["file.id"]},
        "text": {"trailing-blanks": "forbid"},
    }
    write(tmp_path, {"ab_1.txt": b"One. \n", "ab_2.txt": b"Two. \n"})
    found = [*check_paths([str(tmp_path)], profile(tables)).diagnostics()]
    assert codes(found) == ["TXT101", "TXT101", "COR001"]
    assert [one.document_id for one in found[:2]] == ["ab", "ab"]
