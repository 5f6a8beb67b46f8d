"""A checker says of a document what a run says of the file, at the cost of a document in a run."""

from __future__ import annotations

import gzip
import os
import pickle
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from validator import (
    ArgumentError,
    Checker,
    Diagnostic,
    Result,
    Severity,
    UsageError,
    ValidatorError,
    check_bytes,
    check_paths,
    load_profile,
)
from validator.check.worker import FLOCK
from validator.file.reading import SMALL
from validator.rules.catalog import catalog
from validator.rules.rule import Corpus, Rule

from .support import codes, profile, write

RULES = [rule for rule in catalog().rules.values() if not isinstance(rule.check, Corpus)]
OF_PATHS = {"FIL112", "FIL113"}
"""Rules about a path beside others, which only a run can know."""
CLEAN = b"A title\nSome words that are clean.\n"
DIRTY = b"A title\nA blank at the end \xe2\x80\x8b\n"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_it_says_what_a_run_says(
    rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for number, example in enumerate(rule.examples):
        folder = Path(str(number))
        folder.mkdir()
        write(folder, example.files)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        chosen = profile(example.profile)
        checker = Checker(chosen)
        names = [path.as_posix() for path in files]
        if not names:
            continue
        run = check_paths(names, chosen)
        wanted = {name: list[Diagnostic]() for name in names}
        for found in run.diagnostics():
            if found.code not in OF_PATHS and (found.of or found.path) in wanted:
                wanted[found.of or found.path].append(found)
        for name, path in zip(names, files, strict=True):
            if path.is_symlink():
                continue
            own = [one for one in wanted[name] if not one.code.startswith("COR")]
            assert [*checker.check_path(path).diagnostics] == own
            assert [*checker.check(path.read_bytes(), name=path).diagnostics] == own


def test_many_are_judged_as_one_is(tmp_path: Path) -> None:
    texts = [CLEAN, DIRTY, b"", b"caf\xe9\n", CLEAN * (SMALL // len(CLEAN) + 1), b"\0", DIRTY]
    documents = [("a?.txt" if at % 5 == 4 else f"{at}.txt", texts[at % 7]) for at in range(100)]
    checker = Checker("text")
    together = [*checker.check_many(documents)]
    assert together == [checker.check(data, name=name) for name, data in documents]
    unnamed = [*checker.check_many(data for _, data in documents)]
    assert unnamed == [checker.check(data) for _, data in documents]
    assert {one.path for one in unnamed} == {"-"}


def test_documents_of_one_name_are_told_apart() -> None:
    results = [*Checker("text").check_many([("a.txt", CLEAN), ("a.txt", DIRTY)])]
    assert [one.ok for one in results] == [True, False]


def test_no_more_are_taken_than_are_looked_at_together() -> None:
    taken = []

    def source(size: int) -> Iterator[bytes]:
        while True:
            taken.append(size)
            yield b"a" * size + b"\n"

    assert next(Checker("text").check_many(source(10))).ok
    assert len(taken) == FLOCK
    taken.clear()
    next(Checker("text").check_many(source(SMALL // 2)))
    assert len(taken) == 2  # neither are megabytes held


def calls_for(work: Any) -> int:
    """Python calls within the package that the work takes."""
    package, count = os.path.dirname(sys.modules["validator"].__file__ or ""), 0

    def watch(frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        count += event == "call" and frame.f_code.co_filename.startswith(package)

    sys.setprofile(watch)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def test_a_clean_document_costs_what_it_does_in_a_run(tmp_path: Path) -> None:
    checker = Checker("text")
    [*checker.check_many([CLEAN] * FLOCK)]
    checker.check(CLEAN)
    assert calls_for(lambda: checker.check(CLEAN)) <= 45  # of `Engine`, for a file alone: 31
    assert calls_for(lambda: [*checker.check_many([CLEAN] * 10 * FLOCK)]) <= 10 * FLOCK * 10
    chosen = load_profile("text")
    check_bytes(CLEAN, chosen, today=date(2026, 1, 1))
    assert calls_for(lambda: check_bytes(CLEAN, chosen, today=date(2026, 1, 1))) <= 50


def test_a_result_counts(tmp_path: Path) -> None:
    checker = Checker("jsonl")
    found = checker.check(b'{"a": 1}\n{"a": 2,}\n{"b": 1}\n', name="a.jsonl")
    totals = found.totals
    assert (totals.files, totals.documents, totals.rejected) == (1, 3, 1)
    assert (found.ok, found.severity) == (False, Severity.ERROR)
    clean = checker.check(b'{"a": 1}\n{"a": 2}\n')
    assert (clean.ok, clean.severity, clean.totals.documents) == (True, None, 2)
    assert clean.totals.bytes == 18


def test_rules_are_chosen(tmp_path: Path) -> None:
    text = b"A title \nwords\r\n"
    assert Checker("text").check(text).diagnostics
    assert codes(Checker("text", select=["ENC"]).check(text).diagnostics) == ["ENC202"]
    assert codes(Checker("text", ignore="ENC,TXT").check(text).diagnostics) == []
    many = Checker("text", limit=1).check("\u200b\n\u200b\n\u200b\n")
    assert (len(many.diagnostics), many.totals.warnings + many.totals.errors) == (1, 3)


def test_the_corpus_is_not_asked(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": b"---\nid: a\n---\n", "b.md": b"---\nid: a\n---\n"})
    chosen = profile(
        {
            "delimiters": {"block": "front-matter"},
            "corpus": {"unique": ["id"], "documents": 5},
        }
    )
    assert len([*check_paths([str(tmp_path)], chosen).diagnostics()]) > 0
    assert Checker(chosen).check_path(tmp_path / "a.md").diagnostics == ()


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview, lambda data: data.decode()])
def test_bytes_come_in_all_their_kinds(kind: Any) -> None:
    checker = Checker("text")
    assert checker.check(kind(DIRTY)) == checker.check(DIRTY)
    assert [*checker.check_many([kind(DIRTY)])] == [checker.check(DIRTY)]
    assert check_bytes(kind(DIRTY), checker.profile) == checker.check(DIRTY).diagnostics


def test_a_text_that_is_no_unicode_is_a_finding() -> None:
    assert not Checker("text").check("a\ud800b\n").ok


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (lambda: Checker("text").check(3), "`data` must be bytes, bytearray, memoryview or str, "),  # type: ignore[arg-type]
        (lambda: Checker("text").check(Path("a")), "not a path; `check_path` checks a file"),  # type: ignore[arg-type]
        (lambda: Checker("text").check(b"", name=3), "`name` must be a str or a Path, not int"),  # type: ignore[arg-type]
        (lambda: Checker("text").check(b"", name="\ud800"), "cannot be the name of a file"),
        (lambda: [*Checker("text").check_many([b"", None])], "`documents[1]` must be bytes"),  # type: ignore[list-item]
        (lambda: Checker("text").check_path("."), "is a directory; `check_paths` checks what"),
        (lambda: Checker(3), "`profile` must be a Profile, or the name of a built-in one"),  # type: ignore[arg-type]
        (lambda: Checker("text", limit="3"), "`limit` must be an int, not str"),  # type: ignore[arg-type]
        (lambda: Checker("text", limit=-1), "`limit` must be 0 or more, not -1"),
        (lambda: Checker("text", ignore=[3]), "`ignore` must be a list of str, not int"),  # type: ignore[list-item]
        (lambda: Checker("text", ignore=3), "`ignore` must be a list of str, not int"),  # type: ignore[arg-type]
    ],
)
def test_arguments_are_refused_in_words(work: Any, words: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        work()
    assert words in str(caught.value)
    assert isinstance(caught.value, TypeError)
    assert isinstance(caught.value, ValidatorError)


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (lambda: Checker("markdwon"), "there is no profile `markdwon`; did you mean `markdown`?"),
        (lambda: Checker("text", select=["TXT9"]), "unknown rule `TXT9` in `select`"),
        (
            lambda: Checker("text", extend_select=["bda-title"]),
            "unknown rule `bda-title` in `extend_select`",
        ),
        (lambda: Checker("text").check_path("nowhere.txt"), "`nowhere.txt` is not there"),
    ],
)
def test_what_is_not_there_is_told_without_options_of_the_command(work: Any, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        work()
    assert words in str(caught.value)
    assert "--" not in str(caught.value)


def test_what_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    checker = Checker("text")
    (tmp_path / "broken.txt").symlink_to("nothing")
    assert codes(checker.check_path(tmp_path / "broken.txt").diagnostics) == ["FIL002"]
    os.mkfifo(tmp_path / "pipe.txt")
    found = checker.check_path(tmp_path / "pipe.txt")
    assert (found.ok, found.totals.unread) == (False, 1)


def test_a_compressed_document(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(DIRTY, mtime=0))
    checker = Checker("text")
    told = codes(checker.check(DIRTY).diagnostics)
    assert codes(checker.check_path(path).diagnostics) == told
    assert codes(checker.check(path.read_bytes(), name=path).diagnostics) == told
    assert checker.check(gzip.compress(CLEAN), name="a.txt.gz").ok


def test_it_pickles() -> None:
    checker = Checker("text", ignore=["TXT"])
    again = pickle.loads(pickle.dumps(checker))
    assert isinstance(again, Checker)
    assert again.check(DIRTY) == checker.check(DIRTY)
    assert isinstance(pickle.loads(pickle.dumps(checker.check(DIRTY))), Result)


def test_threads_may_share_it() -> None:
    checker = Checker("markdown")
    texts = [b"---\ntitle: %d\n---\n\nText%s\n" % (at, b" \xff" * (at % 3)) for at in range(60)]
    alone = [checker.check(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        together = [*pool.map(checker.check, texts * 5)]
    assert together == alone * 5


BOOK = (
    b"A book.\n\n*** START OF THE PROJECT GUTENBERG EBOOK A ***\nText.\n"
    b"*** END OF THE PROJECT GUTENBERG EBOOK A ***\n\nThe licence.\n"
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("gutenberg", BOOK),
        ("jsonl", b'{"a": 1}\n{"a": 2}\n'),
        ("markdown", b"---\ntitle: A\n---\n\nText.\n"),
        ("text", CLEAN),
    ],
)
def test_clean_documents_are_counted_as_in_a_run(name: str, text: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text)
    run = check_paths(path, load_profile(name)).results()
    assert run.ok
    checker = Checker(name)
    assert checker.check(text).totals == checker.check_path(path).totals == run.summary.totals


def test_facts_of_the_corpus_cost_nothing() -> None:
    block = {"block": "front-matter"}
    keys = {"unique": ["id"], "content": "unique"}
    text = b"---\nid: a\n---\nText.\n"

    def cost(checker: Checker) -> int:
        for _ in range(3):  # what is made once is made
            [*checker.check_many([text] * 64)]
        return calls_for(lambda: [*checker.check_many([text] * 64)])

    plain = cost(Checker(profile({"delimiters": block})))
    # one more call in a hundred documents would be seen
    assert abs(cost(Checker(profile({"delimiters": block, "corpus": keys}))) - plain) < 32
