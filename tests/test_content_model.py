"""Content models over line classes: what is clean, what is found, what a profile may say."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.body.automaton import Automaton
from validator.body.classes import LINES, Lines
from validator.body.content_model import parse
from validator.body.explain import Sides, _pairs, _Words, explain
from validator.body.fulfil import miscounted, unfit
from validator.body.quick import plain
from validator.document import Document
from validator.model import Hit
from validator.settings.options import Settings
from validator.text.lines import Window

from .support import refused

CLASSES: Mapping[str, Any] = {
    "title": {"pattern": "# .+", "form": "# Title"},
    "note": {"pattern": "> Note:.*", "form": "> Note: text"},
    "quote": {"pattern": "> .+", "form": "> Text"},
    "bullet": {"pattern": "- .+", "form": "- Step"},
    "code": {"pattern": "`[^`]+`", "form": "`code`"},
    "text": {"pattern": r"(?s)\s*\S.*", "form": "text"},
}
CRUMBS = [
    "# T",
    "#T",
    "> Note: x",
    "> Note:",
    "> No",
    "> ",
    "> N.",
    "> q",
    "> q.",
    "- b",
    "- B:",
    "`c`",
    "`c d`",
    "``",
    "word",
    ".",
]
ENDS = ["\n", "\n", "\n", "\r\n", "\r"]
PATTERNS = [".", r"\.$", r"^. \p{Lu}", "^-", "x", "[^a]$", r"\s", "[bB]", "^$", r"`\w", ":"]

names = st.sampled_from(["title", "note", "quote", "bullet", "code", "text", "blank", "other"])
bodies = st.lists(
    st.tuples(st.sampled_from([*CRUMBS, "", "", " \t", "é", "\udcff"]), st.sampled_from(ENDS)),
    max_size=10,
).map(lambda rows: "".join(map("".join, rows)).encode("utf-8", "surrogateescape"))


def models() -> st.SearchStrategy[str]:
    """Content models of all shapes."""
    return st.recursive(
        names,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=4).map(lambda parts: f"({' '.join(parts)})"),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' | '.join(parts)})"),
            st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{1,3}", "{2,}"])).map(
                lambda pair: f"({pair[0]}){pair[1]}"
            ),
        ),
        max_leaves=6,
    )


def document(body: bytes) -> Document:
    """A file that is all body."""
    return Document(Window(body), (0, len(body)))


def lines_of(**table: Any) -> Lines:
    """`body.lines` with the classes of this test."""
    return LINES.read({**table, "classes": {**CLASSES, **table.get("classes", {})}})


def found(lines: Lines, body: bytes) -> list[Hit]:
    """What is said of the order of lines."""
    return list(explain(document(body), lines))


@given(models(), st.permutations(list(CLASSES)), bodies)
def test_the_program_is_never_wrong_about_clean(model: str, order: list[str], body: bytes) -> None:
    lines = LINES.read({"classes": {name: CLASSES[name] for name in order}, "model": model})
    walked = lines.fits(lines.read(document(body)))
    screen = lines.screens.model
    if screen is not None and screen(plain(body)):
        assert walked
    assert walked == (not found(lines, body))


@given(st.sampled_from(["title blank (bullet blank code)+", "(quote | code | blank)*"]), bodies)
def test_the_program_knows_all_that_is_clean_where_classes_are_apart(
    model: str, body: bytes
) -> None:
    classes = {name: CLASSES[name] for name in ("title", "quote", "bullet", "code")}
    lines = LINES.read({"classes": classes, "model": model})
    screen = lines.screens.model
    assert screen is not None
    assert screen(plain(body)) == lines.fits(lines.read(document(body)))


@given(models(), st.lists(st.integers(0, 7), max_size=8))
def test_the_automaton_says_what_a_regular_expression_says(model: str, kinds: list[int]) -> None:
    import re

    order = ["blank", *CLASSES, "other"]
    letters = model
    for number, name in enumerate(order):
        letters = letters.replace(name, str(number))
    automaton = Automaton(parse(model, order))
    expected = re.fullmatch(letters.replace(" ", ""), "".join(map(str, kinds)))
    assert automaton.accepts(kinds) == (expected is not None)


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(
            st.lists(
                st.sampled_from(
                    ["title", "quote", "quote", "note", "bullet", "code", "text", "blank", "other"]
                ),
                min_size=1,
                max_size=3,
            ),
            st.sampled_from(PATTERNS),
            st.booleans(),
        ),
        min_size=1,
        max_size=4,
    ),
    bodies,
)
def test_the_screen_of_checks_never_misses(
    rows: list[tuple[list[str], str, bool]], body: bytes
) -> None:
    checks = [
        {"class": kind, "not-pattern" if forbid else "pattern": pattern, "message": "no"}
        for kind, pattern, forbid in rows
    ]
    lines = lines_of(check=checks)
    if lines.screens.needs(plain(body)):
        assert not list(unfit(document(body), Settings({}), lines))


@given(
    st.lists(
        st.sampled_from(["title", "note", "quote", "bullet", "text", "blank"]),
        min_size=1,
        max_size=2,
    ),
    st.integers(0, 3),
    st.integers(1, 4),
    bodies,
)
def test_the_screen_of_counts_never_misses(
    kinds: list[str], least: int, more: int, body: bytes
) -> None:
    lines = lines_of(check=[{"class": kinds, "min": least, "max": least + more}])
    if lines.screens.counts(plain(body)):
        assert not list(miscounted(document(body), Settings({}), lines))


PAGE = b"# tar\n\n> Archives.\n\n- Create:\n\n`tar cf`\n\n- Extract:\n\n`tar xf`\n"
MODEL = "title blank (note | quote)+ (blank bullet blank code)+"


def messages(body: bytes, **table: Any) -> list[str]:
    """What is said of a body that should be like PAGE."""
    return [hit.message for hit in found(lines_of(model=MODEL, **table), body)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (b"", b"", []),
        (
            b"# tar\n\n",
            b"# tar\n",
            ["expected a blank line after `# tar`, found `> Archives.`"],
        ),
        (
            b"- Create",
            b"Create",
            ["expected a line like `- Step` after the blank line, found `Create:`"],
        ),
        (b"# tar\n\n", b"# tar\n\n\n", ["a blank line too many after the blank line"]),
        (
            b"\n\n`tar xf`\n",
            b"",
            ['the body ends after `- Extract:`; expected a blank line, then a line like "`code`"'],
        ),
        (
            PAGE,
            b"",
            [
                (
                    "the body is empty; expected a line like `# Title`, then a blank line, "
                    "then a line like `> Note: text`, then a blank line, then 3 more lines"
                )
            ],
        ),
        (
            b"# tar",
            b"#\x1b[31mtar",
            ["expected a line like `# Title` at the start of the body, found `#␛[31mtar`"],
        ),
    ],
)
def test_messages(old: bytes, new: bytes, expected: list[str]) -> None:
    assert messages(PAGE.replace(old, new) if old else PAGE) == expected


def test_every_departure_is_found_and_none_twice() -> None:
    tight = PAGE.replace(b"\n\n", b"\n")
    said = found(lines_of(model=MODEL), tight)
    assert len(said) == 5
    assert all(before.start < after.start for before, after in pairwise(said))


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_fixes_mend_blank_lines(end: bytes) -> None:
    from validator.check.edits import with_line_ends
    from validator.model import apply_edits

    body = PAGE.replace(b"# tar\n\n", b"\n# tar\n").replace(b"`\n\n-", b"`\n-").replace(b"\n", end)
    fixes = [with_line_ends(hit.fix, lambda: end) for hit in found(lines_of(model=MODEL), body)]
    edits = [edit for fix in fixes if fix for edit in fix.edits]
    assert apply_edits(body, edits) == PAGE.replace(b"\n", end)


def test_a_class_has_its_own_words() -> None:
    quote = {"pattern": "> .+", "form": "> Text", "message": "no description", "help": "write one"}
    lines = LINES.read({"classes": {"title": "# .+", "quote": quote}, "model": "title quote"})
    (hit,) = found(lines, b"# T\nText\n")
    assert (hit.message, hit.help) == ("no description", "write one")
    assert hit.notes == ("expected a line like `> Text` after `# T`, found `Text`",)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"A\nC\nB\n", "`C` is in the wrong order: expected after `B`"),
        (b"B\nA\nC\n", "`B` is in the wrong order: expected after `A`"),
        (b"C\nA\nB\n", "`C` is in the wrong order: expected after `B`"),
        (b"B\nC\nA\n", "`A` is in the wrong order: expected at the start of the body"),
        (
            b"A\nB\nB2\nC\n",
            (
                "expected a line like `C` after `B`, found `B2`, "
                "such a line a second time (line 2 is one)"
            ),
        ),
    ],
)
def test_lines_in_the_wrong_order_are_one_finding(body: bytes, expected: str) -> None:
    classes = {one: {"pattern": f"{one}[0-9]?", "form": one} for one in "ABC"}
    lines = LINES.read({"classes": classes, "model": "A B C"})
    assert [hit.message for hit in found(lines, body)] == [expected]


def test_what_is_nowhere_is_missing_of_all() -> None:
    lines = lines_of(check=[{"class": "quote", "min": 1}])
    body = b"\n# T\n\n- a\n\n- b\n"
    (hit,) = miscounted(document(body), Settings({}), lines)
    assert body[hit.start : hit.end] == b"# T"
    (hit,) = miscounted(
        document(b"> a\n- b\n"), Settings({}), lines_of(check=[{"class": "quote", "min": 2}])
    )
    assert (hit.start, hit.end) == (0, 3)


def test_a_preface_is_no_group() -> None:
    from validator.body.records.options import Columns
    from validator.body.records.sheet import Sheet

    table = {
        "between": "place",
        "classes": {"place": "### .+", "town": "- .+"},
    }
    lines = LINES.read(table)

    def groups(body: bytes) -> list[list[int]]:
        return [[*group] for group in Sheet(document(body), lines, Columns(names=("a",))).groups]

    assert groups(b"A preface.\n\n### A\n- a\n### B\n- b\n") == [[3], [5]]
    assert groups(b"- none\n### A\n- a\n") == [[0], [2]]
    assert groups(b"A preface.\n") == []


def test_hopeless_bodies_end_soon() -> None:
    lines = lines_of(model="(title (quote | text){3,40} (bullet code?)+ blank{1,30})+ code{50}")
    (hit,) = found(lines, b"- x\n`y`\n\nz\n" * 5000)
    assert hit.message == "expected a line like `# Title` at the start of the body, found `- x`"
    assert hit.notes


def test_a_table_of_lines_travels() -> None:
    lines = lines_of(model=MODEL)
    assert lines.screens.model
    copy = pickle.loads(pickle.dumps(lines))
    assert copy == lines
    assert not found(copy, PAGE)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"modle": "x"}, "has the unknown key `modle`; did you mean `model`?"),
        ({"model": "titel"}, "`body.lines.model` names the class `titel`, which is not "),
        ({"model": "title ("}, "`body.lines.model` has nothing after `(`"),
        ({"model": "(title"}, "`body.lines.model` has a `(` that nothing closes"),
        ({"model": "title)"}, "`body.lines.model` has a `)` that nothing opened"),
        ({"model": "+ title"}, "`body.lines.model` has `+` with nothing before it to repeat"),
        ({"model": "title | "}, "`body.lines.model` has nothing after `|`"),
        ({"model": "title{3,1}"}, "`body.lines.model` has the count `{3,1}`, which no lines"),
        ({"model": "title{1,2000}{9}"}, "`body.lines.model` comes to more than 2000 lines"),
        ({"model": "title, blank"}, "`body.lines.model` has `,` where a class name, "),
        ({"model": " "}, "`body.lines.model` is empty where a class name must stand"),
        ({"model": 3}, "`body.lines.model` must be text, not 3"),
        ({"model": "(" * 60 + "title" + ")" * 60}, "`body.lines.model` has parentheses in"),
        ({"classes": {"x": "("}}, "`body.lines.classes.x` is not a pattern that RE2 accepts"),
        (
            {"classes": {"x": 3}},
            "`body.lines.classes.x` must be a pattern in quotes or a table, not 3",
        ),
        ({"classes": {"other": "x"}}, "`body.lines.classes.other` must have another name"),
        ({"classes": {"a b": "x"}}, "`body.lines.classes.a b` must have a name of letters"),
        ({"classes": {"x": {"form": "y"}}}, "`body.lines.classes.x` needs the key `pattern`"),
        ({"check": {}}, "`body.lines.check` must be an array of tables, not a table"),
        (
            {"check": [{"class": "titel", "max": 1}]},
            (
                "`body.lines.check[1].class` names the class `titel`, which is not declared; did "
                "you mean `title`?"
            ),
        ),
        (
            {"check": [{"class": [], "max": 1}]},
            "`body.lines.check[1].class` must be the name of a class or a list of them, not ",
        ),
        (
            {"check": [{"class": ["title", "quot"], "max": 1}]},
            "`body.lines.check[1].class` names the class `quot`, which is not declared; did you ",
        ),
        ({"between": "blnk"}, "`body.lines.between` names the class `blnk`, which is not "),
        ({"check": [{"class": "title"}]}, "`body.lines.check[1]` needs one of `pattern`"),
        (
            {"check": [{"class": "title", "pattern": "x"}]},
            "`body.lines.check[1]` needs a `message`: nobody should have to read the pattern",
        ),
        (
            {"check": [{"class": "title", "max": 1, "severity": "fatal"}]},
            "`body.lines.check[1].severity` must be one of",
        ),
        (
            {"check": [{"class": "title", "max": True}]},
            "`body.lines.check[1].max` must be a whole number from 0 on, not true",
        ),
    ],
)
def test_what_is_wrong_in_the_profile(table: dict[str, Any], words: str) -> None:
    classes = {**CLASSES, **table.get("classes", {})}
    assert words in refused("body.lines", {**table, "classes": classes})


def test_a_check_may_be_of_several_classes() -> None:
    kinds = ["quote", "bullet"]
    lines = lines_of(
        check=[
            {"class": kinds, "pattern": "[.]$", "message": "no full stop"},
            {"class": kinds, "max": 2},
        ]
    )
    body = b"> a.\n- b\n# c\n> d.\n"
    (stop,) = unfit(document(body), Settings({}), lines)
    assert (stop.start, stop.end) == (5, 8)
    (many,) = miscounted(document(body), Settings({}), lines)
    assert body[many.start : many.end] == b"> d."
    assert many.message == (
        "a line like `> Text` or a line like `- Step` may stand at most twice; "
        "this is number 3 of 3"
    )


def test_what_no_beginning_tells_is_asked_of_lines_of_the_class_only() -> None:
    lines = LINES.read(
        {
            "classes": {"blank": r"\s*"},
            "check": [{"class": "blank", "not-pattern": r"\s", "message": "x"}],
        }
    )
    assert lines.screens.needs(b"a line with blanks\n\n")
    assert not lines.screens.needs(b"a line\n \n")


@pytest.mark.parametrize(("pattern", "span"), [("z*", (8, 15)), ("t", (10, 11))])
def test_what_must_not_be_found_is_marked_and_where_it_is_empty_its_line(
    pattern: str, span: tuple[int, int]
) -> None:
    lines = lines_of(check=[{"class": "title", "not-pattern": pattern, "message": "no"}])
    (one,) = unfit(document(b"> quote\n# title\n"), Settings({}), lines)
    assert (one.start, one.end) == span


def test_checks_may_name_groups_alike() -> None:
    checks = [
        {"class": "quote", "pattern": f"(?P<n>{letter})", "message": letter} for letter in "ab"
    ]
    lines = lines_of(check=checks)
    for body, said in ((b"> ab\n", []), (b"> a\n", ["b"]), (b"> x\n", ["a", "b"])):
        hits = list(unfit(document(body), Settings({}), lines))
        assert [hit.message for hit in hits] == said
        assert not (hits and lines.screens.needs(body))


def test_great_models_and_counts_are_walked() -> None:
    wide = {"title": r"# \pL{1,90}", "quote": r"> \pL{1,90}"}
    lines = LINES.read(
        {
            "classes": wide,
            "model": "title{1,300} quote{1,300}",
            "check": [{"class": "quote", "min": 99}],
        }
    )
    assert lines.screens.model is None
    assert not lines.screens.counts(b"> a\n")
    assert not found(lines, b"# a\n> b\n")


def test_a_blank_line_of_ones_own_is_not_inserted() -> None:
    lines = LINES.read({"classes": {"blank": "--", "text": r"\w+"}, "model": "text blank text"})
    (hit,) = found(lines, b"a\nb\n")
    assert hit.message == "expected a line of class `blank` after `a`, found `b`"
    assert hit.fix is None


def one_by_one(sides: Sequence[Sides | None]) -> dict[int, int]:
    """What `_pairs` is, by looking at each group behind each."""
    found: dict[int, int] = {}
    for at, one in enumerate(sides):
        for other, candidate in enumerate(sides):
            taken = {*found, *found.values()}
            free = at not in taken and other not in taken and other > at
            if free and one is not None and candidate is not None and candidate[0] == one[1]:
                found[at] = other
    return found


@given(
    st.lists(st.none() | st.tuples(*(st.sampled_from("abc") for _ in range(2))), max_size=12),
)
def test_groups_are_paired_as_if_each_were_held_against_each(sides: list[Sides | None]) -> None:
    assert _pairs(sides) == one_by_one(sides)


@given(models(), bodies)
def test_the_line_above_that_is_alike_is_the_nearest(model: str, body: bytes) -> None:
    wanted = lines_of(model=model)
    lines = wanted.read(document(body))
    kinds = [line.kind for line in lines]
    above = _Words(document(body), wanted, lines)._alike_above
    assert [*above] == [
        max((n for n in range(at) if kinds[n] == kind), default=-1) for at, kind in enumerate(kinds)
    ]
