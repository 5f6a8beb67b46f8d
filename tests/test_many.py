"""Files that are asked together get the answers that each gets alone."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator import load_profile
from validator.check.plan import Part, Plan
from validator.check.worker import Engine
from validator.document import Document
from validator.file.passed_by import PassedBy
from validator.file.reading import SMALL
from validator.file.walk import Walk, roots_of
from validator.model import Report, Totals
from validator.rules.catalog import catalog
from validator.rules.rule import Each, Rule
from validator.run.assemble import bind
from validator.text.lines import Window

from .support import profile, write

ASKED_TOGETHER = [
    rule
    for rule in catalog().rules.values()
    if isinstance(rule.check, Each) and rule.check.clean_many
]
LINES = {
    "model": "title? (step | other | blank)*",
    "classes": {"title": {"pattern": "# .*"}, "step": {"pattern": "-.*"}},
    "check": [
        {"class": "step", "pattern": "[.]$", "message": "m"},
        {"class": "step", "not-pattern": "^-[^ ]|x", "message": "m"},
        {"class": "title", "not-pattern": "^..A", "message": "m"},
        {"class": "step", "max": 2, "message": "m"},
    ],
}
ROWS = (r"\Aend", r"^end$", r"[.]\z", r"\n\n-", "(?-m)^- a", "(?-m)[.]$", "field:a", r"\bend\b")
bodies = st.lists(
    st.lists(
        st.sampled_from(["# A", "# B", "- a.", "- x.", "-a", "end", "", "..A", "Ax", "é", "\udcff"])
    ).map(lambda rows: "\n".join(rows).encode("utf-8", "surrogateescape")),
    min_size=1,
    max_size=4,
)


def forbidding(row: str) -> dict[str, str]:
    """An entry of `body.forbid`."""
    if row.startswith("field:"):
        return {"pattern": "x", "scope": row, "message": "m"}
    return {"pattern": row, "message": "m"}


@pytest.mark.parametrize("rule", ASKED_TOGETHER, ids=lambda rule: rule.name)
@given(bodies, st.lists(st.sampled_from(ROWS), min_size=1, max_size=2), st.sampled_from("\n\r"))
def test_what_is_clean_together_is_clean_alone(
    rule: Rule, texts: list[bytes], rows: list[str], end: str
) -> None:
    settings = profile({"body": {"lines": LINES, "forbid": [*map(forbidding, rows)]}}).settings
    texts = [text.replace(b"\n", end.encode()) for text in texts]
    documents = [Document(Window(text), (0, len(text)), size=len(text)) for text in texts]
    assert isinstance(rule.check, Each)
    assert rule.check.clean_many
    if rule.check.clean_many(documents, settings):
        assert all(rule.check.clean(document, settings) for document in documents)
        assert not [hit for one in documents for hit in rule.check.diagnose(one, settings)]


def reported(engine: Engine, folder: Path, *names: str) -> Report:
    """The report of these files as one part."""
    return engine(Part(0, os.fsencode(folder) + b"/", tuple(map(os.fsencode, names)), {}))


@pytest.mark.parametrize("name", ["text", "tldr", "pep", "markdown"])
def test_a_file_is_judged_as_alone_whatever_its_neighbours(name: str, tmp_path: Path) -> None:
    page = b"# a\n\n> A.\n> More information: <https://example.org>.\n\n- Do:\n\n`a`\n"
    files = {
        "clean.md": page,
        "empty.md": b"",
        "large.md": page + b"\n- Do:\n\n`a`\n" * (SMALL // 12),
        "large-and-bad.md": b"\0" + page * (SMALL // 40),
        "Name?.md": page,
        "stray.md": page + b"text \xff\n",
        "regex.md": page.replace(b"`a`", b"`a --regex b`"),
        "unclean.md": page.replace(b"A.", b"a"),
        "other.md": page,
    }
    write(tmp_path, files)
    engine = Engine(Plan((bind(load_profile(name), []),), 50, date(2026, 1, 1)))
    together = reported(engine, tmp_path, *files)
    alone = [reported(engine, tmp_path, one) for one in files]
    assert together.diagnostics == tuple(hit for one in alone for hit in one.diagnostics)
    assert together.totals == sum((one.totals for one in alone), Totals())
    assert together.columns == tuple(
        [key for keys in columns for key in keys]
        for columns in zip(*(one.columns for one in alone), strict=True)
    )


def test_files_named_one_by_one_are_read_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, dict.fromkeys(["a/1", "a/2", "a/b/3", "a/c", "d", "e/f"], b"x"))
    listings = list(Walk(roots_of(["d", "e", "a/c", "a/2", "a/b/3", "a/1"]), PassedBy()))
    assert [(one.path, one.names) for one in listings] == [
        (b"a/", [b"1", b"2"]),
        (b"a/b/", [b"3"]),
        (b"a/", [b"c"]),
        (b"", [b"d"]),
        (b"e/", [b"f"]),
    ]
