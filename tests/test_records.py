"""Lines as records: columns, numbers that count, references, groups; by laws, and under attack."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator import Diagnostic, check_bytes, load_profile
from validator.body.classes import LINES
from validator.body.records.columns import unfit
from validator.body.records.judge import judge
from validator.body.records.options import COLUMNS
from validator.body.records.sheet import Sheet
from validator.document import Document, Node
from validator.errors import ConfigError
from validator.metadata.schema.spots import locate, root
from validator.profile.configuration import configuration
from validator.settings.options import Settings
from validator.text.lines import Window

from .support import linear, profile

NUMBERED: dict[str, Any] = {
    "lines": {"classes": {"span": "[0-9]+-.*", "extra": r"[0-9]+\..*", "word": "[0-9].*"}},
    "columns": {"classes": ["word", "span", "extra"], "names": ["id", "head"], "min": 1},
    "numbering": [
        {"classes": "word", "column": "id", "ranges": "span", "inserted": "extra"},
    ],
}


def found(text: str | bytes, body: dict[str, Any], *rules: str) -> list[Diagnostic]:
    """What rules of bodies say of a text under these keys."""
    data = text.encode() if isinstance(text, str) else text
    encoding = {"newline": "any", "final-newline": "allow"}
    said = check_bytes(data, profile({"body": body, "encoding": encoding}), name="a.txt")
    kept = [one for one in said if one.code.startswith("BOD")]
    return [one for one in kept if not rules or one.name in rules]


def messages(text: str | bytes, body: dict[str, Any]) -> list[str]:
    """Row, bytes and message of each finding."""
    return [f"{one.location.row} {one.name} {one.message}" for one in found(text, body)]


# Columns

SCHEMA: dict[str, Any] = {
    "properties": {
        "a": {"x-split": "|", "items": {"pattern": "^[a-zé]+$"}, "x-sorted": "text"},
        "b": {"enum": ["x", "y"]},
        "c": {"minLength": 1},
    }
}
TOGETHER = {**SCHEMA, "if": {"properties": {"b": {"const": "x"}}}, "then": {"required": ["c"]}}
cell = st.sampled_from(["", "x", "y", "a|b", "b|a", "é|é", "a||b", "|", " x", "X"])
rows = st.lists(st.lists(cell, min_size=2, max_size=3), max_size=5)


def sheet_of(table: Sequence[Sequence[str]], schema: dict[str, Any], end: str = "\n") -> Sheet:
    """The lines of a table as a sheet."""
    data = "".join("\t".join(row) + end for row in table).encode()
    columns = COLUMNS.read({"names": ["a", "b", "c"], "min": 2, "schema": schema})
    lines = Settings({})[LINES]
    return Sheet(Document(Window(data), (0, len(data))), lines, columns)


@given(rows, st.sampled_from([SCHEMA, TOGETHER]), st.sampled_from(["\n", "\r\n", "\r"]))
def test_the_quick_answer_is_the_exact_one(
    table: list[list[str]], schema: dict[str, Any], end: str
) -> None:
    made = sheet_of(table, schema, end)
    judged = judge(made.columns)
    hits = list(unfit(made, Settings({})))
    assert judged.clean(made) == (not hits)
    assert judged.clean(made) == (not list(judged.unfit(made)))  # also of what is known by now


@given(rows, st.sampled_from(["\n", "\r\n", "\r"]))
def test_findings_stand_at_their_cell(table: list[list[str]], end: str) -> None:
    made = sheet_of(table, SCHEMA, end)
    for hit in unfit(made, Settings({})):
        line = made.at(hit.start)
        start, stop = made.cell_span(line, str(hit.data["column"]))
        assert start <= hit.start <= hit.end <= stop
        text = made.document.data[start:stop].decode()
        assert text == made.cell(line, str(hit.data["column"]))


@given(st.lists(st.text("ab é", min_size=1, max_size=4), min_size=1, max_size=6))
def test_parts_stand_where_they_are_sought(parts: list[str]) -> None:
    raw = "|".join(parts).encode()
    spots = root(Node("", 0, len(raw)), raw).split(parts, "|")
    assert [(one.start, one.end) for one in spots.parts] == locate(raw, parts, "|")


def test_a_column_that_must_be_there_is_missed_at_its_line() -> None:
    made = sheet_of([["a", "y"], ["a", "x"]], TOGETHER)
    (hit,) = unfit(made, Settings({}))
    assert (hit.start, hit.end) == (4, 7)
    assert hit.message == "the field `c` is missing; it is required where `b` is `x`"


def test_the_line_as_a_whole_is_called_the_line() -> None:
    schema = {"not": {"required": ["c"]}, "x-help": "leave it out"}
    (hit,) = unfit(sheet_of([["a", "y", "z"]], schema), Settings({}))
    assert hit.message == "the line must not have `c`"


def test_a_severity_hangs_on_another_column() -> None:
    schema = {
        "properties": {"c": {"const": "z"}},
        "x-severity": {"when": "b", "is": ["y"], "then": "warning"},
    }
    hits = list(unfit(sheet_of([["a", "y", "q"], ["a", "x", "q"]], schema), Settings({})))
    assert [hit.severity and hit.severity.value for hit in hits] == ["warning", None]


def test_what_hangs_on_the_file_is_asked_of_each_file() -> None:
    columns: dict[str, Any] = {
        "names": ["a"],
        "schema": {"properties": {"a": {"x-equals": "{file.id}"}}},
    }
    for name, rows in (("x.txt", 0), ("y.txt", 1)):
        keys: dict[str, Any] = {"file": {"name": r"(?P<id>\w+)\.txt"}, "body": {"columns": columns}}
        said = check_bytes(b"x\n", profile(keys), name=name)
        assert len([one for one in said if one.name == "unfit-cell"]) == rows


def test_the_cell_that_is_too_many_is_named() -> None:
    columns = {
        "names": ["id", "kind", "count"],
        "schema": {
            "properties": {
                "id": {"pattern": "^[a-z]+$"},
                "kind": {"enum": ["x", "y"]},
                "count": {"pattern": "^[0-9]+$"},
            }
        },
    }
    for row, words in (
        ("?\ta\tx\t1", "`?` (column 1) is too many"),
        ("a\t?\tx\t1", "`?` (column 2) is too many"),
        ("a\tx\t?\t1", "`?` (column 3) is too many"),
        ("a\tx\t1\t?", "`?` (column 4) is too many"),
        ("a\tx\t1\ty", "`y` (column 4) is too many"),
    ):
        assert messages(row + "\n", {"columns": columns}) == [
            f"1 wrong-column-count the line has 4 columns, 3 are expected: {words}"
        ]
    (one,) = messages("a\tx\t1\t2\n", {"columns": columns})
    assert one.endswith("3 are expected")  # each of the last two may be the one


# Numbers

numbers = st.integers(1, 12)


def text_of(ids: Sequence[object]) -> str:
    """Lines with these numbers."""
    return "".join(f"{one}\tx\n" for one in ids)


@given(st.lists(st.integers(0, 6), max_size=8))
def test_numbers_count_or_are_reported(ids: list[int]) -> None:
    said = found(text_of(ids), NUMBERED, "broken-numbering")
    assert (not said) == (ids == list(range(1, len(ids) + 1)))


@given(numbers, st.data())
def test_one_change_is_one_finding(count: int, data: st.DataObject) -> None:
    ids = list(range(1, count + 1))
    at = data.draw(st.integers(0, count - 1))
    kind = data.draw(st.sampled_from(["lost", "twice", "other"]))
    if kind == "lost":
        del ids[at]
    elif kind == "twice":
        ids.insert(at, ids[at])
    else:
        ids[at] = 99
    said = found(text_of(ids), NUMBERED)
    assert len(said) == (0 if kind == "lost" and at == count - 1 else 1)
    assert all(one.location.column == 1 for one in said)


@given(numbers, numbers, numbers)
def test_ranges_stand_before_their_lines(count: int, first: int, last: int) -> None:
    lines: list[object] = list(range(1, count + 1))
    lines.insert(first - 1, f"{first}-{last}")
    right = first <= last <= count
    assert (not found(text_of(lines), NUMBERED)) == right


def test_a_group_that_is_not_built_as_agreed_is_not_asked() -> None:
    body = {**NUMBERED, "lines": {**NUMBERED["lines"], "model": "(word+ blank)*"}}
    (one,) = found("1\tx\nhello\n5\tx\n\n1\tx\n3\tx\n\n", body, "broken-numbering")
    assert one.location.row == 6
    (one,) = found("1\tx\ty\n5\tx\n\n1\tx\n3\tx\n\n", NUMBERED, "broken-numbering")
    assert one.location.row == 5


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_and_bytes_are_those_of_the_file(end: str) -> None:
    text = f"1\té{end}2\tx{end}2\tx{end}"
    (one,) = found(text, NUMBERED)
    assert (one.location.row, one.byte_offset, one.byte_length) == (
        3,
        len(f"1\té{end}2\tx{end}".encode()),
        1,
    )
    assert one.notes == ("`2` stands on line 2",)


def test_numbers_may_count_through_the_body_from_anywhere() -> None:
    table = {
        **NUMBERED,
        "numbering": [{"classes": "word", "column": "id", "within": "body", "first": 5}],
    }
    assert not found("5\tx\n\n6\tx\n", table)
    (one,) = found("5\tx\n\n5\tx\n", table)
    assert one.message == "expected 6 after `5`, found `5`"


def marked(text: str, body: dict[str, Any]) -> list[tuple[int, str]]:
    """First byte and text of each finding."""
    spans = [(one.byte_offset, one.byte_offset + one.byte_length) for one in found(text, body)]
    return [(start, text.encode()[start:end].decode()) for start, end in spans]


def test_a_number_is_marked_where_the_pattern_has_it() -> None:
    numbering = {"classes": "other", "pattern": "[0-9]-([0-9]+)", "within": "body"}
    assert marked("1-1\n3-3\n", {"numbering": [numbering]}) == [(6, "3")]


def test_a_label_is_marked_where_the_pattern_has_it() -> None:
    group = {"class": "other", "unique": "^([a-z]+) "}
    assert marked("é\nab x\nab é ab\n", {"groups": [group]}) == [(8, "ab")]


# References

TREE: dict[str, Any] = {
    "columns": {"names": ["id", "head"]},
    "references": [
        {
            "classes": "other",
            "column": "head",
            "to": "id",
            "root": "0",
            "roots": 1,
            "shape": "tree",
        }
    ],
}


def linked(heads: Sequence[int]) -> str:
    """Lines 1, 2, 3 … that refer to these."""
    return "".join(f"{at}\t{head}\n" for at, head in enumerate(heads, 1))


def reaches(heads: Sequence[int], start: int) -> bool:
    """Whether the root is reached from a line, the slow way."""
    for _ in range(len(heads) + 1):
        if start == 0:
            return True
        start = heads[start - 1]
    return False


heads = st.integers(1, 7).flatmap(lambda n: st.lists(st.integers(0, n), min_size=n, max_size=n))


@given(heads)
def test_a_tree_is_a_tree(wanted: list[int]) -> None:
    count = len(wanted)
    tree = wanted.count(0) == 1 and all(reaches(wanted, at) for at in range(1, count + 1))
    assert (not found(linked(wanted), TREE)) == tree


@given(heads)
def test_every_circle_is_named_once(wanted: list[int]) -> None:
    table = {**TREE, "references": [{**TREE["references"][0], "roots": wanted.count(0)}]}
    lost = [at for at in range(1, len(wanted) + 1) if not reaches(wanted, at)]
    circles = set()
    for start in lost:
        trail = [start]
        for _ in range(2 * len(wanted)):
            trail.append(wanted[trail[-1] - 1])
        circles.add(frozenset(trail[len(wanted) :]))
    said = found(linked(wanted), table)
    selves = [at for at in range(1, len(wanted) + 1) if wanted[at - 1] == at]
    assert len(said) == (len(selves) if selves else len(circles))


@given(heads)
def test_what_is_connected_is_reached(wanted: list[int]) -> None:
    row = {**TREE["references"][0], "shape": "connected"}
    del row["roots"]
    said = found(linked(wanted), {**TREE, "references": [row]}, "unreached-line")
    selves = any(head == at for at, head in enumerate(wanted, 1))
    lost = [at for at in range(1, len(wanted) + 1) if not reaches(wanted, at)]
    assert bool(said) == (bool(lost) and not selves)
    assert not said or said[0].data["lines"] == len(lost)


def test_a_reference_is_marked_where_the_pattern_has_it() -> None:
    row = {"classes": "other", "column": "head", "to": "id", "root": "0"}
    row |= {"pattern": "[^:]+:([0-9]+)", "split": "||"}
    text = "1\t8:8||é7:7||0:0||?||1:1\n2\t8:1||9:9\n"
    said = marked(text, {**TREE, "references": [row]})
    assert said == [(4, "8"), (11, "7"), (24, "1"), (35, "9")]


def test_references_without_a_shape_may_go_anywhere() -> None:
    row = {key: TREE["references"][0][key] for key in ("classes", "column", "to", "root")}
    assert not found(linked([2, 1, 0]), {**TREE, "references": [row]})
    for shape, name in (("tree", "circular-reference"), ("connected", "unreached-line")):
        (one,) = found(linked([2, 1, 0]), {**TREE, "references": [{**row, "shape": shape}]})
        assert one.name == name


# Attacks

CONLLU = load_profile("conllu-ud")
TOKEN = "1\tx\tx\tX\t_\t_\t0\troot\t_\t_\n"
BEGIN = "# sent_id = a\n# text = x\n"


def quick(text: str | bytes) -> list[Diagnostic]:
    """What is said of an attack, which must not take long."""
    data = text.encode() if isinstance(text, str) else text
    with linear():
        return list(check_bytes(data, CONLLU, name="a.conllu"))


def test_a_circle_of_ten_thousand_lines() -> None:
    count = 10_000
    heads = [at + 1 if at <= count else 2 for at in range(2, count + 2)]
    lines = [f"{at}\tx\tx\tX\t_\t_\t{head}\tdep\t_\t_\n" for at, head in enumerate(heads, 2)]
    said = quick(BEGIN + TOKEN + "".join(lines) + "\n")
    assert [one.name for one in said] == ["circular-reference"]
    assert "… (10000 lines)" in said[0].message


def test_ten_thousand_tabs() -> None:
    said = quick(BEGIN + TOKEN + "2" + "\t" * 10_000 + "\n\n")
    assert [one.name for one in said] == ["wrong-column-count"]
    assert said[0].message == "the line has 10001 columns, 10 are expected"


def test_a_line_of_a_megabyte() -> None:
    long = "x" * (1 << 20)
    said = quick(BEGIN + TOKEN.replace("\tx\t", f"\t{long}\t") + "\n")
    assert not said
    said = quick(BEGIN + TOKEN.replace("\tX\t", f"\t{long}\t") + "\n")
    assert [one.name for one in said] == ["unfit-cell"]
    assert len(said[0].message) < 200
    said = quick(BEGIN + TOKEN.replace("X\t_\t_", "X\t_\t" + "A=b|" * 50_000) + "\n")
    assert {one.name for one in said} == {"unfit-cell", "disputed-cell"}
    said = quick(BEGIN + TOKEN.replace("root\t_", "root\t" + "9:dep|" * 5_000 + "0:root") + "\n")
    assert "unknown-reference" in {one.name for one in said}


def test_numbers_of_four_hundred_digits() -> None:
    huge = "9" * 400
    said = quick(
        BEGIN
        + TOKEN.replace("\t0\t", f"\t{huge}\t").replace("1", f"1-{huge}", 1).replace("root", "_")
        + TOKEN.replace("\t0\t", f"\t{huge}\t")
        + f"1.{huge}\tx\tx\tX\t_\t_\t_\t_\t{huge}:dep\t_\n\n"
    )
    names = {one.name for one in said}
    assert {"wrong-range", "wrong-insertion"} <= names
    assert all(len(one.message) < 300 for one in said)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\n\n\n",
        b"\r",
        b"no columns\n",
        b"1\n",
        b"\xff\t\xfe\n",
        b"1\t\xff\n\n",
        b"\t\t\t\t\t\t\t\t\t\n",
        b"\0\n",
        "1\t\u2028\t\u0085\n\n".encode(),
        b"1-\n-1\n.1\n1.\n",
    ],
)
def test_nothing_makes_it_stumble(data: bytes) -> None:
    quick(data)
    for _ in found(data, NUMBERED):
        pass
    for _ in found(data, TREE):
        pass


# Profiles


def test_the_options_travel() -> None:
    import pickle

    chosen = load_profile("conllu-ud")
    again = pickle.loads(pickle.dumps(chosen))
    text = (BEGIN + TOKEN + "\n").encode()
    assert not list(check_bytes(text, again, name="a.conllu"))


WRONG = [
    ("columns = 3", "`body.columns` must be a table, not 3"),
    ("columns = {}", "`body.columns` needs the key `names`"),
    ("columns.names = ['a', 'a']", "`body.columns.names` names `a` twice"),
    ("columns = { names = ['a'], seperator = ';' }", "has the unknown key `seperator`; did you "),
    ("columns = { names = ['a'], separator = '' }", "`body.columns.separator` must be text "),
    ("columns = { names = ['a'], min = 2 }", "`body.columns.min` must be a number from 1 to 1"),
    ("columns = { names = ['a'], classes = 'wrd' }", "names the class `wrd`, which is not declar"),
    ("columns = { names = ['a'], by-class.wrd = {} }", "names the class `wrd`, which is not decl"),
    ("columns = { names = ['a'], by-class.blank = {} }", "has a schema for the class `blank`, "),
    (
        "columns = { names = ['abc'], schema.properties.abd = {} }",
        "`body.columns.schema.properties` names the column `abd`, which is not declared; did ",
    ),
    (
        "columns = { names = ['a'], schema.properties.a.x-splt = 'x' }",
        "`body.columns.schema` has an unknown keyword `x-splt` in `properties.a`; did you mean",
    ),
    (
        "columns = { names = ['a'], schema.properties.a.pattern = '(' }",
        "has a wrong `pattern`: ",
    ),
    ("columns = { names = ['a'], schema = 'no.json' }", "names `no.json`, which cannot be read"),
    ("columns = { names = ['a'], by-class.other = 3 }", "must be a table, a JSON Schema, or "),
    ("numbering = [{ classes = 'other' }]", "`body.numbering[1]` needs one of "),
    ("numbering = [{ classes = 'oter', pattern = 'x' }]", "names the class `oter`, which is not "),
    ("numbering = [{ classes = 'other', column = 'x' }]", "is about a column, but the profile has"),
    (
        "numbering = [{ classes = 'other', pattern = '(' }]",
        "`body.numbering[1].pattern` is not a pattern ",
    ),
    ("numbering = [{ pattern = 'x' }]", "`body.numbering[1]` needs the key `classes`"),
    ("numbering = {}", "must be an array of tables, not a table"),
    ("numbering = [{ classes = 'other', pattern = 'x', within = 'file' }]", 'one of "group", "bo'),
    (
        "references = [{ classes = 'other', column = 'x' }]",
        "`body.references[1]` needs the key `to`",
    ),
    (
        "references = [{ classes = 'other', column = 'x', to = 'y', roots = 1 }]",
        "`body.references[1].roots` is about the `root`, which is not there: say how it is written",
    ),
    (
        "references = [{ classes = 'other', column = 'x', to = 'y', shape = 'ring' }]",
        '`body.references[1].shape` must be one of "any", "tree", "connected", not "ring"',
    ),
    ("groups = [{ class = 'other' }]", "needs one of `min`, `max` and `unique`"),
    ("groups = [{ class = 'other', min = 3, max = 2 }]", "asks for at least 3 and at most 2"),
    ("groups = [{ class = 'othr', min = 3 }]", "names the class `othr`, which is not declared; "),
    ("groups = [{ class = 'other', max = 1, severity = 'bad' }]", "`body.groups[1].severity` must"),
]


@pytest.mark.parametrize(("written", "words"), WRONG)
def test_what_is_wrong_in_a_profile_is_named(written: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "seed-validator.toml"
    path.write_text(f"[profiles.p]\nbody.{written}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        configuration(str(tmp_path), str(path))
    assert words in str(caught.value)
    assert "seed-validator.toml:" in str(caught.value)


def test_columns_that_do_not_meet_are_named(tmp_path: Path) -> None:
    path = tmp_path / "seed-validator.toml"
    for row, words in (
        ("classes = 'other', column = 'z', to = 'a'", "names the column `z`, which is not decl"),
        (
            "classes = 'blank', column = 'a', to = 'b'",
            "of the class `blank`, whose lines",
        ),
    ):
        path.write_text(
            "[profiles.p.body.columns]\nnames = ['a', 'b']\n"
            f"[[profiles.p.body.references]]\n{row.replace(', ', chr(10))}\n",
            encoding="utf-8",
        )
        with pytest.raises(ConfigError) as caught:
            configuration(str(tmp_path), str(path))
        assert words in str(caught.value)


def test_a_schema_may_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "row.json").write_text('{"properties": {"a": {"enum": ["x"]}}}', encoding="utf-8")
    path = tmp_path / "seed-validator.toml"
    path.write_text(
        "[profiles.p.body.columns]\nnames = ['a']\nschema = 'row.json'\n", encoding="utf-8"
    )
    chosen = configuration(str(tmp_path), str(path)).profiles[0]
    (one,) = check_bytes(b"x\ny\n", chosen, name="a.txt")
    assert (one.name, one.location.row) == ("unfit-cell", 2)
