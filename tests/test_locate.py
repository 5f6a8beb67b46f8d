"""Where fields and their items stand, of documents that are read again for what the corpus says."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator import check_paths

from .support import profile, write

Tables = dict[str, dict[str, object]]


@pytest.mark.parametrize(
    ("written", "column", "text"),
    [
        (b"10, 1", 15, b"1"),
        (b"x1, 1x, 1", 19, b"1"),
        (b"[10, 1]", 16, b"1"),
        (b"['10', '1']", 18, b"'1'"),
        (b'"10, 1"', 16, b"1"),
        (b"1", 11, b"1"),
        ("é1, 1".encode(), 15, b"1"),
        (b"\n  - '10'\n  - '1'", 5, b"'1'"),
    ],
)
def test_an_item_is_marked_and_not_one_that_it_is_a_part_of(
    tmp_path: Path, written: bytes, column: int, text: bytes
) -> None:
    data = b"---\nid: a\nrequires: " + written + b"\n---\n"
    others = [b"---\nid: '%b'\n---\n" % one for one in (b"10", b"x1", b"1x", "é1".encode())]
    write(tmp_path, {"a.md": data, **{f"{at}.md": one for at, one in enumerate(others)}})
    reference = {"field": "requires", "to": "id", "split": ","}
    tables: Tables = {
        "delimiters": {"block": "front-matter"},
        "corpus": {"references": [reference]},
    }
    (one,) = check_paths([str(tmp_path)], profile(tables)).diagnostics()
    assert one.code == "COR010"
    assert data[one.byte_offset : one.byte_offset + one.byte_length] == text
    assert one.location.column == column
