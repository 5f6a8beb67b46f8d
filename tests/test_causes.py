"""Findings of one cause are told together: the counts are exact, and memory does not grow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from validator import Severity, Summary, Totals
from validator.model import Diagnostic, Location
from validator.render import Look, renderer
from validator.render._causes import FIRST, MANY, MOST, OFTEN, Cause, Causes, causes_of, told
from validator.render._held import Held, held
from validator.render._rest import RULES
from validator.render._tally import Tally
from validator.render.full import BLOCKS
from validator.text.visible import width

from .hostile import findings
from .support import FIXTURES, run_cli, write

PLAIN = replace(
    next(findings("x")),
    path="a.txt",
    document_id="",
    divided=False,
    excerpt=(),
    related=(),
    notes=(),
    fix=None,
    data={},
    whole_file=False,
)
PEOPLE = ["full", "grouped"]


def found(message: str, path: str = "a.txt", row: int = 1, **more: object) -> Diagnostic:
    """A finding with these words at this place."""
    key = f"{hash((message, path, row)) & (1 << 128) - 1:032x}"
    return replace(
        PLAIN, message=message, path=path, location=Location(row, 1), fingerprint=key, **more
    )


def many(paths: int, rows: int, message: str = "a blank") -> Iterator[Diagnostic]:
    """Findings in so many files and rows."""
    for path in range(paths):
        for row in range(rows):
            yield found(message, f"docs/{'ab'[path % 2]}/{path:04}.txt", row + 1)


def shown(name: str, each: list[Diagnostic] | Iterator[Diagnostic], **look: object) -> str:
    """What a format makes of findings that are grouped."""
    options = {"group": True, "quiet": True, **look}
    return "".join(renderer(name)(each, lambda: Summary(Totals(), 0, {}), Look(**options)))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", PEOPLE)
def test_fewer_than_often_are_told_one_by_one(name: str) -> None:
    some = [found(f"{number} blanks", row=number) for number in range(1, OFTEN)]
    assert shown(name, some) == shown(name, some, group=False)
    more = [*some, found("9 blanks", row=9)]
    assert shown(name, more) != shown(name, more, group=False)


@pytest.mark.parametrize("name", PEOPLE)
def test_a_cause_is_counted_and_placed(name: str) -> None:
    out = shown(name, many(30, 40))
    assert out.count("docs/a/0000.txt:1:1") == 1
    assert "1197 more" in out
    assert "30 files" in out
    assert re.search(r"docs/(: |\n)", out)
    assert "0002.txt" not in out
    assert out.count("help: ") == 1
    assert out.count("\n") <= 6


def test_a_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(
        tmp_path,
        {
            f"{folder}/{n}.txt": b"Title\nText. \nMore.  \nEnd. \n"
            for folder in "ab"
            for n in (1, 2)
        },
    )
    out = run_cli(".", profile="seed", select=["TXT101"], no_group=False)[1]
    assert out == (
        "error[TXT101]: a blank at the end of the line\n"
        " --> a/1.txt:2:6, 4:5, a/2.txt:2:6 and 5 more, in 4 files\n"
        "2 | Text.·\n"
        "  |      ^\n"
        "help: remove what follows the last character that can be seen\n"
        "\n"
        "error[TXT101]: 2 blanks at the end of the line\n"
        " --> a/1.txt:3:6, a/2.txt:3:6, b/1.txt:3:6 and 1 more, in 4 files\n"
        "3 | More.··\n"
        "  |      ^^\n"
        "help: remove what follows the last character that can be seen\n"
        "\n"
        "`seed-validator rule CODE` tells more about a finding.\n"
        "Where many are told together, `--no-group` shows each.\n"
        "Found 12 errors.\n"
        "Checked 4 files, 4 documents (0 valid, 4 rejected), 108 bytes.\n"
    )


def test_what_varies_in_the_message_is_an_ellipsis_and_counted() -> None:
    each = [
        found(f"`{name}` has {number} fields of 7, not `{{}}`", row=number)
        for number, name in enumerate(["title"] * 6 + ["date"] * 3 + ["id", "url", "tag"])
    ]
    out = shown("full", each)
    assert "TXT001]: `…` has … fields of 7, not `{}`\n" in out
    assert " = `title` 6, `date` 3, `id` 1, and 2 others\n" in out


@pytest.mark.parametrize(
    ("messages", "told_once"),
    [
        (["U+200B", "U+200B (2 times)", "U+200B (and 3 more)", "U+200B, 4 times"], "U+200B"),
        (["bad", "bad, and 2 more in this line", "bad; 1 more word of this line", "bad"], "bad"),
        (
            [f"{n} lines end with CRLF: lines {', '.join('123456'[:n])} and 7" for n in (1, 2, 3)]
            + ["9 lines end with CRLF: lines 1, 2, 3, 4 and 5 more"],
            "… lines end with CRLF",
        ),
        (
            [
                "U+0008 BACKSPACE here",
                "U+200B here",
                "U+FB01 LATIN SMALL LIGATURE FI here",
                "U+16A0 RUNIC F here",
            ],
            "… here",
        ),
        ([f"a space ({n} bytes) here" for n in range(4)], "a space (… bytes) here"),
    ],
)
def test_repeats_at_one_place_make_no_cause(messages: list[str], told_once: str) -> None:
    out = shown("full", [found(message, row=row) for row, message in enumerate(messages)])
    assert f"TXT001]: {told_once}\n" in out


def test_characters_are_counted_as_what_is_quoted_is() -> None:
    names = ["U+0008 BACKSPACE"] * 3 + ["U+000C FORM FEED"]
    out = shown("full", [found(f"{name} in it", row=row) for row, name in enumerate(names)])
    assert " = U+0008 BACKSPACE 3, U+000C FORM FEED 1\n" in out


def test_help_that_differs_is_that_of_the_first() -> None:
    each = [found("bad", row=number, help=f"write {number}") for number in range(9)]
    assert "help: for the first, write 0\n" in shown("full", each)


def test_severities_and_rules_are_not_mixed() -> None:
    each = [
        found("bad", row=number, severity=severity, code=code)
        for severity in Severity
        for code in ("TXT001", "TXT002")
        for number in range(4)
    ]
    causes = causes_of(each)
    assert [(one.severity, one.code, one.count) for one in causes.worst()] == [
        (severity, code, 4) for severity in reversed(Severity) for code in ("TXT001", "TXT002")
    ]


def test_what_the_limit_left_out_is_counted_once_and_never_guessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"a.txt": b"Title\n" + b"x \n" * 80, "b.txt": b"Title\n" + b"x \ny  \n" * 40})
    options = {"profile": "seed", "select": ["TXT101"], "no_group": False, "output_format": "full"}
    out = run_cli(".", **options)[1]
    one, two = re.findall(r"and (\d+) more", out)
    assert (3 + int(one), 3 + int(two)) == (80 + 25, 25)
    assert "= 30 more of this rule are not shown (`--limit 0` shows all)\n" in out
    assert "Found 160 errors.\n" in out
    exact = run_cli(".", limit=0, **options)[1]
    assert [3 + int(number) for number in re.findall(r"and (\d+) more", exact)] == [120, 40]


def test_ten_causes_of_four_thousand_findings_fit_on_two_screens() -> None:
    causes = ["a blank", "a tab", "`x` is no field", "byte 0xE9", "no end", "U+200B ZERO WIDTH"]
    causes += ["CRLF", "`a` before `b`", "9 lines", "lost"]
    each = [
        found(message, f"docs/{path:03}.txt", row)
        for path in range(80)
        for row in range(5)
        for message in causes
    ]
    assert len(each) == 4000
    for name in PEOPLE:
        assert shown(name, each, quiet=False).count("\n") <= 60


def test_very_many_causes_fit_too_and_none_is_lost() -> None:
    words = [f"{chr(97 + one)}{chr(97 + two)} is odd" for one in range(10) for two in range(10)]
    each = [
        found(word, f"docs/{path}.txt", row, code=f"TXT{100 + number % 30}", severity=severity)
        for number, word in enumerate(words)
        for severity in (Severity.WARNING, Severity.ERROR)
        for path in range(number % 7)
        for row in range(1 + number % 5)
    ]
    each += [found("only once", "z.txt"), found("left out", "z.txt", data={"omitted": 7})]
    out = shown("full", each)
    assert out.count("\n") <= 100
    heads = re.findall(r"^(error|warning)\[.*\n +--> .* and (\d+) more", out, re.MULTILINE)
    assert [head for head, _ in heads] == ["error"] * BLOCKS
    total, causes = map(
        int, re.findall(r"^Besides there are (\d+) findings, of (\d+)", out, re.MULTILINE)[0]
    )
    assert sum(3 + int(more) for _, more in heads) + total == len(each) + 7
    assert BLOCKS + causes == len(list(causes_of(each)))
    table = out.partition("first\n")[2]
    rows = re.findall(r"^ *(\d+)  TXT\d+ .*  (?:error|warning) +(\d+) +\S+$", table, re.MULTILINE)
    assert len(rows) == RULES
    left = re.findall(r"^And (\d+) findings of (\d+) rules more\.$", out, re.MULTILINE)[0]
    assert sum(int(count) for count, _ in rows) + int(left[0]) == total
    for some in (each[:MANY], many(5, 50)):
        assert "Besides" not in shown("full", some)


def test_rare_causes_among_the_worst_are_told_finding_by_finding() -> None:
    each = [found("a warning", row=row, severity=Severity.WARNING) for row in range(200)]
    each += [
        found(f"{word} is wrong", "b.txt", row, severity=Severity.ERROR)
        for word in "abcdefghijkl"
        for row in (1, 2)
    ]
    out = shown("full", each)
    assert out.count("error[TXT001]: ") == 2 * BLOCKS
    assert "Besides there are 204 findings, of 3 causes:" in out


def test_a_list_of_quoted_words_is_one_of_a_cause() -> None:
    each = [
        found(
            f"fields are missing: {', '.join(f'`{name}`' for name in 'abcd'[:number])}", row=number
        )
        for number in (1, 2, 3, 4)
    ]
    out = shown("full", each)
    assert "fields are missing: `…`\n" in out
    assert "= `a` 1, `a`, `b` 1, `a`, `b`, `c` 1, and 1 other\n" in out


def test_a_place_is_named_once() -> None:
    each = [found(f"`{name}` is missing", row=row) for row in (7, 9) for name in "abcd"]
    assert "--> a.txt:7:1, 9:1 and 6 more\n" in shown("full", each)


def test_the_arrow_stands_before_the_first_path_however_long() -> None:
    each = [found("bad", f"{'long/' * 30}{letter}.txt") for letter in "abcd"]
    assert re.search(r"^ --> (long/){30}a.txt:1:1,$", shown("full", each), re.MULTILINE)


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(columns: int) -> None:
    each = [
        found(f"`{word * 12}` is odd, {word}" + f" {word * 9}" * 20, f"{word * 10}.txt")
        for word in ("ab", "世", "é", "x")
    ] * 9
    each += [found(f"{a}{b}: no", f"{a}{b}") for a in "abcdefghij" for b in "abcdefghij"]
    for name in ("full", "statistics"):
        for line in shown(name, each, width=columns).splitlines():
            if "```" not in line and " " in line.strip():
                assert width(line) <= columns, (name, line)


def test_memory_does_not_grow_with_findings_or_causes() -> None:
    causes = Causes()
    for number in range(5 * MOST):
        word = "".join(chr(ord("a") + int(digit)) for digit in str(number))
        causes.add(found(f"{word} is odd", f"{number}.txt"))
    every = list(causes)
    assert len(every) == MOST + 1
    assert sum(one.count for one in every) == 5 * MOST
    assert all(len(one.first) <= FIRST for one in every)
    assert every[-1].mixed
    assert every[-1].count == 4 * MOST


def test_many_different_values_are_not_kept() -> None:
    (cause,) = causes_of(found(f"`{number}` is odd", row=number) for number in range(10_000))
    assert cause.values is None
    assert cause.count == 10_000


def test_a_long_message_takes_no_longer_than_its_length() -> None:
    for text in ("世" * 20_000, "“" * 20_000, '"' * 20_001, "`" * 20_001, "a/" * 10_000):
        causes_of([found(text)] * 3)


TEXT = st.text(alphabet='ab12`"“”/ ,;:é\n', max_size=30)


@given(st.lists(st.tuples(TEXT, st.sampled_from(["a", "b/c", "b/d", "/e"])), max_size=40))
def test_nothing_is_lost(pairs: list[tuple[str, str]]) -> None:
    each = [found(text, path, row) for row, (text, path) in enumerate(pairs)]
    items = list(told(each)[0])
    assert sum(one.count if isinstance(one, Cause) else 1 for one in items) == len(each)
    for one in items:
        if isinstance(one, Cause):
            assert one.count >= OFTEN
            assert one.files <= one.count
            assert all(first.path.startswith(one.folder) for first in one.first)


def test_findings_are_held_as_they_are(tmp_path: Path) -> None:
    texts = ["x", "\udce9\udcff", "\ud800", "日本", "\0"]
    each = [one for text in texts for one in findings(text)]
    each += [replace(each[0], data={"number": 10**30})] * 3
    for few in (1, 7, 1000):
        kept = Held(few)
        assert list(kept.passing(each)) == each
        assert list(kept) == each == list(kept)
    assert held(kept) is kept


def test_many_held_findings_are_not_in_memory() -> None:
    kept = Held(few=10)
    for _ in kept.passing(many(10, 100)):
        assert len(kept._recent) < 10
    assert len(list(kept)) == 1000


@pytest.mark.parametrize("name", [*PEOPLE, "statistics"])
def test_statistics_take_the_place_of_findings(name: str) -> None:
    broken = str(FIXTURES / "seeds" / "broken")
    out = run_cli(broken, profile="seed", output_format=name, statistics=True)[1]
    assert out == run_cli(broken, profile="seed", output_format="statistics")[1]
    table, folders, causes, more, closing = out.split("\n\n")
    rows = [line.split() for line in table.split("\n")]
    assert rows[0] == ["count", "code", "name", "severity", "fix", "files"]
    assert rows[1] == ["3", "DEL001", "marker-in-body", "error", "-", "1"]
    assert sum(int(row[0]) for row in rows[1:]) == 23
    assert ["1", "TXT101", "trailing-blanks", "error", "all", "1"] in rows
    assert "DEL001 3, FIL102 1, FIL103 1 and 18 rules more" in folders
    assert causes.startswith("count  files  code    cause\n    1  1      FIL102  the file is empty")
    assert more == "And 3 causes more."
    assert closing.startswith("Found 23 errors.\n")


def test_statistics_count_what_the_limit_left_out(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": b"Title\n" + b"x \n" * 80})
    out = run_cli(str(tmp_path), profile="seed", select=["TXT101"], statistics=True)[1]
    assert "   80  TXT101  trailing-blanks  error     all  1\n" in out


def test_statistics_name_the_worst_directories() -> None:
    each = [found("bad", f"{n:03}/a.txt") for n in range(50)] + [found("bad", "049/b.txt")]
    out = shown("statistics", each)
    assert "    2  049/       TXT001 2\n    1  000/" in out
    assert "And 30 directories more.\n" in out


def test_a_tally_of_very_many_files_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validator.render._tally.MOST", 100)
    tally = Tally()
    for number in range(1000):
        for _ in range(1 + (number == 5)):
            tally.add(found("bad", f"{number}.txt"))
    assert len(tally.files()) <= 100
    assert tally.files()[0][0] == "5.txt"
    assert tally.rules()[0].count == 1001
