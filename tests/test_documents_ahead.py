"""Helpers look at the documents of a large file of any division: nothing that is said changes."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from validator import load_profile, parse_profile
from validator.check import documents_ahead
from validator.check.documents import Documents
from validator.check.plan import Part
from validator.run import cutting

from .support import in_every_format
from .test_look_ahead import Coming
from .test_stretches import engine_of, small

BUNDLE = """
readers = []
metadata.types = "one"
metadata.schema.properties.n.type = ["integer", "string"]
metadata.schema.required = ["id"]
corpus.unique = ["id"]
encoding.newline = "lf"
text.trailing-blanks = "forbid"

[delimiters]
kind = "marked"
block = "front-matter"

[delimiters.begin]
pattern = '== BEGIN (?P<n>[0-9]+) =='
form = "== BEGIN N =="

[delimiters.end]
pattern = '== END (?P<n>[0-9]+) =='
form = "== END N =="
"""

PROFILES: dict[str, Any] = {
    "bundle": parse_profile(BUNDLE),
    "mbox": load_profile("mbox"),
    "conllu": load_profile("conllu-sentences"),
    "wet": load_profile("wet"),
    "separated": parse_profile(
        'readers = []\ndelimiters.kind = "marked"\ndelimiters.separator = "%%%"'
    ),
}

HEAD = "== BEGIN %d ==\n---\nid: 'a%d'\nn: %d\n---\n"
TOKEN = "1\tI\tI\tPRON\t_\t_\t0\troot\t_\t_\n"
CLEAN = {
    "bundle": HEAD + "A text of a document.\nIt is é.\n== END %d ==\n",
    "mbox": "From a@b.c Mon Jan  5 10:00:00 2026\nFrom: a@b.c\nSubject: %d\n\nText é.\n\n",
    "conllu": "# sent_id = s%d\n# text = I\n" + TOKEN + "\n",
    "wet": "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:uuid:%d>\r\n"
    "WARC-Date: 2026-01-05T10:00:00Z\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n"
    "Text.\r\n\r\n",
    "separated": "Text %d é.\nMore of it.\n%%%%%%\n",
}
ODD = {
    "bundle": [
        "== BEGIN %d ==\n---\nid: 'a1'\nn: x\n---\nThe same id, and a text in `n`.\n== END %d ==\n",
        "== BEGIN %d ==\n---\nn: no\n---\nNo id.\n== END %d ==\n",
        "== BEGIN %d ==\n---\nid: [\n---\n",
        "== BEGIN %d ==\n",
        "== END %d ==\n",
        "== BEGIN  %d ==\n",
        "Outside.\n",
        HEAD + "Blanks at the end.  \n== END %d ==\n",
        HEAD + "caf\udce9\n== END %d ==\n",
        HEAD + "a\u200bb\x01 <<<<<<< ours\n== END %d ==\n",
        HEAD + "<!-- seed-validator: ignore trailing-blanks -- a table -->\n  x  \n== END %d ==\n",
        HEAD + "a lone\rCR\n== END %d ==\n",
        HEAD + "== END 7 ==\n",
        HEAD + "It has no end.\n",
    ],
    "mbox": ["From a@b.c\n", ">From x\n", "From: %d\nX\n\n", "\udce9 \n", "Subject: \x00%d\n\n"],
    "conllu": [
        "1\tI\n",
        "\n",
        "# text = %d\n",
        " \n",
        TOKEN * 2,
        "# sent_id = s1\n" + TOKEN + "\n",
    ],
    "wet": ["WARC/1.0\r\n\r\n", "x%d\r\n", "Content-Length: 9\r\n\r\n", "\r\n", "\udce9"],
    "separated": ["%%%%%%\n", "%%%%%%%% \n", "\n", "\udce9%d\n", "a  \n"],
}


@st.composite
def files(draw: st.DrawFn) -> tuple[str, bytes]:
    """A division, and a file of it with stretches of clean documents between odd ones."""
    name = draw(st.sampled_from([*PROFILES]))
    parts: list[str] = []
    number = 0
    for _ in range(draw(st.integers(1, 5))):
        for _ in range(draw(st.integers(0, 10))):
            number += 1
            parts.append(_numbered(CLEAN[name], number))
        for odd in draw(st.lists(st.sampled_from(ODD[name]), max_size=3)):
            number += 1
            parts.append(_numbered(odd, number))
    text = "".join(parts)
    cut = draw(st.sampled_from([0, 0, 0, 1, 7]))
    return name, text[: len(text) - cut].encode("utf-8", "surrogateescape")


def _numbered(form: str, number: int) -> str:
    return form.replace("%%", "\0").replace("%d", str(number)).replace("\0", "%")


@contextmanager
def tiny(window: int, size: int, waiting: int, often: int) -> Iterator[None]:
    """Windows and batches of so many bytes; how many batches wait, and when helpers are asked."""
    with small(window, 300), pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents_ahead, "SIZE", size)
        patch.setattr(documents_ahead, "_WAITING", waiting)
        patch.setattr(documents_ahead, "_OFTEN", often)
        yield


def both(profile: object, limit: int, path: Path, mortals: list[int]) -> list[int]:
    """Hold what is said of a file with such helpers against the file alone; what they had."""
    part = Part(0, os.fsencode(path.parent) + b"/", (os.fsencode(path.name),))
    helpers = Coming(engine_of(profile, limit), mortals)
    assert helpers.engine(part.assisted(helpers)) == helpers.engine(part)
    return helpers.log


@effort(max_examples=120)
@given(
    file=files(),
    window=st.sampled_from([40, 100, 300, 2000]),
    size=st.sampled_from([1, 60, 300]),
    waiting=st.sampled_from([1, 2, 16]),
    often=st.sampled_from([1, 3]),
    mortals=st.lists(st.sampled_from([0, 1, 3, 1000]), min_size=1, max_size=3),
    limit=st.sampled_from([0, 2, 50]),
    packed=st.booleans(),
)
@example(
    ("bundle", _numbered(HEAD + "a \n== END %d ==\n" + CLEAN["bundle"] * 9, 3).encode()),
    100, 60, 2, 1, [1000], 2, True,
)  # fmt: skip
@example(
    ("bundle", "".join(_numbered(HEAD + "Text.\n" + ("" if at % 5 else "== END %d ==\n"), at)
                       for at in range(1, 40)).encode()),
    2000, 1, 16, 1, [1000], 2, False,
)  # fmt: skip
def test_a_file_with_helpers_is_the_file(
    tmp_path_factory: pytest.TempPathFactory,
    file: tuple[str, bytes],
    window: int,
    size: int,
    waiting: int,
    often: int,
    mortals: list[int],
    limit: int,
    packed: bool,
) -> None:
    name, data = file
    path = tmp_path_factory.mktemp("law") / ("a.txt.gz" if packed else "a.txt")
    path.write_bytes(gzip.compress(data) if packed else data)
    with tiny(window, size, waiting, often):
        both(PROFILES[name], limit, path, mortals)


@pytest.mark.parametrize("name", PROFILES)
def test_helpers_see_most_of_a_clean_file(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("".join(_numbered(CLEAN[name], at) for at in range(200)), newline="")
    known: list[bool] = []
    take = Documents._is_taken

    def counted(self: Documents, *more: Any) -> bool:
        known.append(take(self, *more))
        return known[-1]

    monkeypatch.setattr(Documents, "_is_taken", counted)
    with tiny(400, 300, 4, 1):
        log = both(PROFILES[name], 50, path, [1000, 1000])
    assert sum(known) > 100
    assert sum(log) > 100


def test_what_is_told_of_bytes_comes_when_all_documents_before_are_done(tmp_path: Path) -> None:
    """Of a rule there is room for one finding: that in a text with escapes, which comes first."""
    escaped = '== BEGIN 1 ==\n{\n"id": "a", "t": "x\\u200by"\n}\n== END 1 ==\n'
    clean = '== BEGIN 2 ==\n{\n"id": "b%d"\n}\n== END 2 ==\n' * 9
    odd = '== BEGIN 3 ==\n{\n"id": "c"\n}\na\u200bb\n== END 3 ==\n'
    path = tmp_path / "a.txt"
    path.write_text(_numbered(clean + escaped + clean + odd + clean, 0))
    part = Part(0, os.fsencode(tmp_path) + b"/", (b"a.txt",))
    with tiny(100, 9000, 16, 1):  # all documents wait, if nothing has them taken in
        both(PROFILES["bundle"], 1, path, [1000])
        found = engine_of(PROFILES["bundle"], 1)(part).diagnostics
    assert [one.location.row for one in found if one.name == "invisible-character"] == [48]


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with a bundle that counts as large."""
    monkeypatch.setattr(cutting, "LARGE", 1 << 16)
    monkeypatch.setattr(cutting, "LARGE_PACKED", 1 << 10)
    monkeypatch.setattr(cutting, "BYTES", 1 << 12)
    monkeypatch.setattr(documents_ahead, "SIZE", 1 << 12)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.toml").write_text("[profiles.b]\nfiles = ['*']\n" + _under_profile(BUNDLE))
    (tmp_path / "data").mkdir()
    clean = "".join(_numbered(CLEAN["bundle"], at) for at in range(900))
    odd = "".join(_numbered(text, at) for at, text in enumerate(ODD["bundle"]))
    data = (clean + odd + clean).encode("utf-8", "surrogateescape")
    (tmp_path / "data/a.txt").write_bytes(data)
    (tmp_path / "data/b.txt.gz").write_bytes(gzip.compress(data))
    return tmp_path


def _under_profile(text: str) -> str:
    lines = text.replace("[delimiters", "[profiles.b.delimiters").splitlines()
    return "\n".join(lines)


@pytest.mark.skipif(sys.platform != "linux", reason="what is patched goes to workers by fork")
def test_every_format_says_the_same_of_a_bundle(large: Path) -> None:
    first, second = (
        in_every_format("data", jobs=jobs, config="p.toml", no_group=False) for jobs in (1, 3)
    )
    assert b"MET040" in first["json"]
    assert second == first
