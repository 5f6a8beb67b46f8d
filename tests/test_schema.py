"""The engine: keywords one by one, severity, exemptions, spans, hostile values, laws."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.metadata.schema.dates import Bound, DateFormat
from validator.metadata.schema.engine import Schema, compiled
from validator.metadata.schema.loading import schema_of
from validator.metadata.schema.spots import locate
from validator.metadata.schema.templates import Template
from validator.metadata.schema.violation import CAUSES, Context
from validator.model import Severity
from validator.settings.exemptions import Exemption, FieldExemption

from .schemas import TODAY, header, judged, marked, said, tree
from .test_schema_pep import PEP


def test_positions_are_asked_for_only_when_something_fails() -> None:
    schema = Schema(schema_of({"required": ["a"]}, "."))
    assert list(schema.violations({"a": 1}, pytest.fail, Context())) == []


def test_own_message_stands_for_every_keyword_or_for_one() -> None:
    one = {"properties": {"a": {"minLength": 2, "pattern": "^a", "x-message": "no: {value}"}}}
    assert set(said(one, {"a": "b"})) == {"no: b"}
    table = {**one["properties"]["a"], "x-message": {"pattern": "`{key}` begins with a"}}
    assert said({"properties": {"a": table}}, {"a": "b"}) == [
        "`a` is 1 character long; at least 2 are needed",
        "`a` begins with a",
    ]


def test_own_message_reaches_through_references_and_choices() -> None:
    schema = {
        "properties": {"a": {"$ref": "#/$defs/p", "x-message": "write it well", "x-help": "so"}},
        "$defs": {"p": {"allOf": [{"pattern": "^a"}]}},
    }
    (found,) = judged(schema, {"a": "b"})
    assert (found.message, found.help) == ("write it well", "so")


def test_message_of_a_list_is_not_that_of_its_items() -> None:
    schema = {"properties": {"a": {"x-split": ",", "items": {"pattern": "x"}, "x-message": "list"}}}
    assert said(schema, {"a": "y"}) == ["item 1 of `a` is `y`, which is not written as expected"]
    assert said(schema, {"a": "x,,x"}) == ["list"]


def test_the_value_is_told_to_machines() -> None:
    wanted = {"a": {"maxLength": 1}, "b": {"x-date": "%Y-%m-%d"}}
    found = judged({"properties": wanted}, {"a": "xy", "b": "z"})
    assert [one.data["value"] for one in found] == ["xy", "z"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a, b, c", ""),
        ("a,b, c", "item 1 of `a` is `a,b`, which is more than one item"),
        ("a,, b", "item 1 of `a` is `a,`, which is more than one item"),
        (" a, b", "item 1 of `a` has blanks around it"),
    ],
)
def test_parts_of_a_text_are_parted_as_is_said(text: str, message: str) -> None:
    assert "".join(said({"properties": {"a": {"x-split": ", "}}}, {"a": text})) == message


def test_message_for_a_missing_field() -> None:
    schema = {
        "required": ["a", "b"],
        "properties": {"a": {"x-message": {"required": "say `a`"}}, "b": {"x-message": "b is odd"}},
    }
    assert said(schema, {}) == ["say `a`", "the field `b` is missing"]


@pytest.mark.parametrize(
    ("status", "wanted"), [("Draft", None), ("Withdrawn", Severity.WARNING), ("3", Severity.INFO)]
)
def test_severity_hangs_on_a_field(status: str, wanted: Severity | None) -> None:
    cases = [
        {"when": "status", "is": ["Stagnant", "Withdrawn"], "then": "warning"},
        {"when": "status", "is": [3], "then": "info"},
    ]
    schema = {"required": ["a"], "x-severity": cases}
    (found,) = judged(schema, {"status": status})
    assert found.severity is wanted


def test_the_nearest_severity_counts() -> None:
    schema = {
        "required": ["a", "b"],
        "x-severity": "warning",
        "properties": {"a": {"x-severity": "info"}, "c": {"minLength": 3}},
    }
    found = {one.path[-1]: one.severity for one in judged(schema, {"c": "x"})}
    assert found == {"a": Severity.INFO, "b": Severity.WARNING, "c": Severity.WARNING}


def test_exempt_documents() -> None:
    schema = {
        "properties": {
            "a": {
                "minLength": 3,
                "x-except": [
                    {"document": [5069, "b-*"], "reason": "older than the rule"},
                    {"document": "7", "reason": "soon", "until": TODAY.isoformat()},
                    {"document": "8", "reason": "soon", "until": "2026-03-06"},
                ],
            },
            "b": {"minLength": 3},
        }
    }
    values = {"a": "x", "b": "y"}
    for name in ("5069", "b-1", "7"):
        assert [one.path for one in judged(schema, values, name=name)] == [("b",)]
    for name in ("", "506", "1-b-1"):
        assert [one.path for one in judged(schema, values, name=name)] == [("a",), ("b",)]
    ended = judged(schema, values, name="8")[0]
    assert ended.notes == ("exempt until 2026-03-06 (soon); that day is over",)


def test_exemptions_of_the_profile() -> None:
    schema = {"required": ["a", "b"]}
    some = (FieldExemption(documents=("x",), reason="old", field=("a",)),)
    assert [one.path for one in judged(schema, {}, name="x", exempt=some)] == [("b",)]
    everything = (Exemption(documents=("docs/*",), reason="old"),)
    assert judged(schema, {}, name="docs/a.md", exempt=everything) == []


def test_missing_fields_together_or_one_by_one() -> None:
    schema = {"required": ["a", "b", "c"]}
    assert len(judged(schema, {"c": 1})) == 2
    (found,) = judged({**schema, "x-group": "all"}, {"c": 1})
    assert found.message == "2 fields are missing: `a`, `b`"
    assert found.data["fields"] == ["a", "b"]


def test_other_names_of_a_field() -> None:
    schema = {
        "required": ["author"],
        "additionalProperties": False,
        "properties": {"author": {"x-alias": ["authors"]}, "old": {"deprecated": True}},
    }
    assert marked(schema, {"authors": "Ann"}) == [("deprecated-field", "authors")]
    assert marked(schema, {"author": "Ann", "old": 1}) == [("deprecated-field", "old")]


def test_the_value_under_another_name_is_judged() -> None:
    schema = {"properties": {"a/b~c%": {"x-alias": ["old"], "x-split": ",", "maxItems": 1}}}
    found = marked(schema, {"old": "1,2"})
    assert sorted(found) == [("deprecated-field", "old"), ("out-of-range", "1,2")]


def test_other_names_within_a_step() -> None:
    step = {"properties": {"b": {"x-alias": ["c"], "maxLength": 1}}}
    schema = {"properties": {"a": {"x-steps": [step]}, "z": {"$ref": "#/properties/a/x-steps/0"}}}
    assert judged(schema, {"a": {"b": "x"}, "z": {"b": "x"}}) == []
    assert len(judged(schema, {"a": {"c": "x"}, "z": {"c": "xx"}})) == 3


def test_bounds_alone_mean_a_date() -> None:
    schema = {"properties": {"a": {"x-not-after": "now"}}}
    assert judged(schema, {"a": "2026-03-07"}) == []
    assert [one.cause for one in judged(schema, {"a": "7.3.2026"})] == ["bad-date"]


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ({"x-date": "%Y-%m-%d"}, "`a` is empty, not a date as it is written here"),
        ({"pattern": "a"}, "`a` is empty, which is not written as expected"),
        ({"enum": ["a"]}, "`a` is empty, which is not one of the values allowed"),
        ({"minLength": 1}, "`a` is empty"),
    ],
)
def test_an_empty_value_is_called_empty(schema: dict[str, Any], message: str) -> None:
    assert said({"properties": {"a": schema}}, {"a": ""}) == [message]
    assert said({"properties": {"a": {"type": "string"}}}, {"a": None}) == [
        "`a` is empty (null), not text"
    ]


@pytest.mark.parametrize(
    "written",
    [
        ["b", "old-*"],
        {"documents": ["b"], "reason": "old"},
        {"document": "b", "reason": "old"},
        ["x", {"documents": ["b"], "reason": "old"}],
    ],
)
def test_exemptions_are_written_as_everywhere(written: object) -> None:
    schema = schema_of({"properties": {"a": {"minLength": 3, "x-except": written}}}, ".")
    assert [judged(schema, {"a": "x"}, name=name) == [] for name in ("b", "c")] == [True, False]


@pytest.mark.parametrize("written", [["abc", "cde"], {"words": ["abc", "cde"]}])
def test_a_vocabulary_is_a_list_of_words(written: object) -> None:
    schema = schema_of({"properties": {"a": {"x-vocabulary": written}}}, ".")
    assert said(schema, {"a": "abc"}) == []
    assert said(schema, {"a": "abd"}) == [
        "`a` is `abd`, which is none of the 2 words that are allowed; did you mean `abc`?"
    ]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (2011, "`a` is `2011`, a whole number, and must be text"),
        (True, "`a` is `true`, a truth value, and must be text"),
        (["no"], "`a` is a list, and must be text"),
        ("no", "no x here"),
    ],
)
def test_what_must_not_match_must_be_text(value: object, message: str) -> None:
    """`not` of a `pattern` refuses all that is no text: what the profile says is not true of it."""
    schema = {"properties": {"a": {"not": {"pattern": "no"}, "x-message": "no x here"}}}
    assert said(schema, {"a": value}) == [message]


def test_keywords_of_ours_count_in_definitions_too() -> None:
    for word in ("definitions", "$defs"):
        with pytest.raises(ValueError, match="did you mean `x-date`"):
            schema_of({"$ref": f"#/{word}/a", word: {"a": {"x-dat": "%Y"}}}, ".")


def test_many_unknown_fields_and_words_are_no_trouble() -> None:
    values = {f"field{number}": number for number in range(5000)}
    schema = {"additionalProperties": False, "properties": {"field": {}, "w": {}}}
    assert len(judged(schema, values)) == 5000
    words = [f"word{number}" for number in range(100_000)]
    schema = {"properties": {"w": {"x-vocabulary": {"words": words}}}}
    assert said(schema, {"w": "ward77"})[0].startswith(
        "`w` is `ward77`, which is none of the 100000"
    )


def test_digests() -> None:
    document = header({"a": "x"}, b"The body.\n")
    digest = hashlib.sha256(b"The body.\n").hexdigest()
    schema = {"properties": {"a": {"x-hash": "sha256:body"}}}
    for value in (digest, digest.upper(), digest[:8], f"sha256:{digest}"):
        assert judged(schema, {"a": value}, document) == []
    for value in (digest[:7], digest[::-1], "", digest + "0", "x" * 64):
        (found,) = judged(schema, {"a": value}, document)
        assert found.cause == "value-mismatch"
        assert digest[:8] in found.help
    whole = hashlib.sha256(document.data).hexdigest()
    assert judged({"properties": {"a": {"x-hash": "sha256:file"}}}, {"a": whole}, document) == []


LISTED = {
    "properties": {"a": {"x-listed": {"pattern": "(?i)RFC-([0-9]+)", "in": "b", "split": ","}}}
}


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("RFC-1 and rfc-2", "1, 2", []),
        ("RFC-1 and rfc-2, rfc-2", " 1 ,3", ["rfc-2"]),
        ("é RFC-1 RFC-2", ["2", 7], ["RFC-1"]),
        ("RFC-7", ["2", 7], []),
        ("RFC-7", 7, []),
        ("RFC-7", 77, ["RFC-7"]),
        ("RFC-7", None, ["RFC-7"]),
        ("RFC-7", {"7": 7}, ["RFC-7"]),
        ("RFC-x", None, []),
        (["RFC-7"], None, []),
    ],
)
def test_what_is_named_is_listed(text: Any, other: Any, expected: list[str]) -> None:
    values = {"a": text} if other is None else {"a": text, "b": other}
    assert marked(LISTED, values) == [("value-mismatch", words) for words in expected]


@pytest.mark.parametrize(("text", "at"), [("RFC-11 RFC-1 RFC-1", 7), ("é RFC-1, RFC-11", 3)])
def test_what_is_not_listed_is_marked_where_it_is_named_first(text: str, at: int) -> None:
    (one,) = judged(LISTED, {"a": text, "b": 11})
    assert (one.start, one.end) == (len(b"a: ") + at, len(b"a: ") + at + len(b"RFC-1"))


def test_what_is_not_listed_is_told() -> None:
    (one,) = judged(LISTED, {"a": "RFC-1 \u202e RFC-2", "b": "1"})
    assert one.message == "`a` names `RFC-2`, which `b` does not list"
    assert one.help == "add `2` to `b`, or do not name it here"
    assert one.data["item"] == "2"


def test_equals_is_not_judged_without_its_fields() -> None:
    schema = {"properties": {"a": {"x-equals": "{file.id}-{b}"}}}
    assert judged(schema, {"a": "1-2"}, header({}, b"", id="1")) == []
    assert judged(schema, {"a": "1-2", "b": 2}, header({}, b"", id="1")) == []
    assert len(judged(schema, {"a": "1-3", "b": 2}, header({}, b"", id="1"))) == 1
    assert (
        judged({"properties": {"a": {"x-equals": "{file.id}"}}}, {"a": 7}, header({}, id="007"))
        == []
    )


def test_template() -> None:
    template = Template("{{{a:04d}}} {b.c:upper}-{b.d:lower}{e:d}")
    values = {"a": "12", "b": {"c": "x", "d": "Y"}, "e": "007"}
    assert template.fill(Context(values).field) == "{0012} X-y7"
    assert template.fill(Context({**values, "e": "seven"}).field) is None
    assert template.fields == ("a", "b.c", "b.d", "e")


@pytest.mark.parametrize("format_", ["spdx", "bcp47"])
@pytest.mark.parametrize("text", ["", "(" * 900, "x" * 100_000, "\ud800", "MIT AND", "a-", "é"])
def test_formats_survive_what_is_none(format_: str, text: str) -> None:
    assert len(judged({"properties": {"a": {"format": format_}}}, {"a": text})) == 1


@pytest.mark.parametrize(
    ("format_", "good", "bad"),
    [
        ("spdx", "GPL-2.0-only WITH Classpath-exception-2.0", "GPL"),
        ("spdx", "LicenseRef-Mine", "MIT and"),
        ("bcp47", "zh-Hant-TW", "english"),
        ("bcp47", "de-1996", "de_1996"),
        ("uri", "https://example.org/a?b", "example.org"),
        ("email", "a@example.org", "a at example.org"),
    ],
)
def test_formats(format_: str, good: str, bad: str) -> None:
    schema = {"properties": {"a": {"format": format_}}}
    assert judged(schema, {"a": good}) == []
    (found,) = judged(schema, {"a": bad})
    assert found.help.startswith("write it as in `")


@pytest.mark.parametrize(
    ("value", "schema"),
    [
        ("\ud800", {"maxLength": 0}),
        ("a" * 100_000, {"maxLength": 10}),
        ("\x1b[31m\u202e", {"enum": ["a"]}),
        (10**400, {"maximum": 3}),
        (float("nan"), {"type": "string"}),
        (None, {"type": "string"}),
        ([["a"]] * 100, {"uniqueItems": True}),
        ("9" * 10_000, {"x-coerce": "integer"}),
        ("1e999", {"x-coerce": "integer"}),
        ("x" * 10_000, {"x-date": "%Y-%m-%d"}),
        ("1, " * 10_000, {"x-split": ", ", "x-sorted": "numeric"}),
    ],
)
def test_hostile_values(value: object, schema: dict[str, Any]) -> None:
    for one in judged({"properties": {"a": schema}}, {"a": value}):
        assert len(one.message) < 400
        assert one.message.isprintable()


def test_keys_that_are_no_text_and_deep_metadata() -> None:
    keys: Any = {1: "a"}
    assert said({"required": ["1"]}, keys) == []
    deep: dict[str, Any] = {}
    inner = deep
    for _ in range(150):
        inner["a"] = inner = {}
    assert len(judged({"required": ["b"]}, deep)) == 1


def test_coerced_numbers() -> None:
    schema = {"properties": {"a": {"x-coerce": "number", "minimum": 0.5}}}
    assert said(schema, {"a": "0.5"}) == []
    assert said(schema, {"a": "0.25"}) == ["`a` is 0.25; it must be at least 0.5"]
    assert said(schema, {"a": "1,5"}) == ["`a` is `1,5`, not a number"]
    assert said(schema, {"a": 0.25}) == ["`a` is 0.25; it must be at least 0.5"]
    assert said({"properties": {"a": {"x-coerce": "boolean"}}}, {"a": "yes"}) == [
        "`a` is `yes`, not `true` or `false`"
    ]


def test_a_list_within_a_list() -> None:
    feature = {"x-split": "=", "minItems": 2, "maxItems": 2}
    schema = {"properties": {"feats": {"x-split": "|", "items": feature}}}
    assert judged(schema, {"feats": "A=1|B=2"}) == []
    assert marked(schema, {"feats": "A=1|B"}) == [("out-of-range", "B")]


def test_a_split_within_a_step_is_judged() -> None:
    step = {"x-split": ",", "items": {"enum": ["a"]}, "x-message": {"enum": "only a"}}
    schema = {"properties": {"v": {"x-steps": [{"minLength": 1}, step]}}}
    assert judged(schema, {"v": "a,a"}) == []
    assert marked(schema, {"v": "a,b"}) == [("value-not-allowed", "b")]


def test_the_branch_that_comes_nearest_is_reported() -> None:
    place = {"type": "object", "required": ["city"], "properties": {"city": {"minLength": 2}}}
    schema = {"properties": {"at": {"anyOf": [{"type": "string"}, place]}}}
    assert said(schema, {"at": {"city": "X"}}) == [
        "`at.city` is 1 character long; at least 2 are needed"
    ]
    assert said(schema, {"at": {}}) == ["the field `city` is missing in `at`"]
    assert said(schema, {"at": 3}) == [
        "`at` is `3`, which has none of the 2 forms that are allowed"
    ]


def test_parts_are_found_in_folded_and_quoted_text() -> None:
    raw = b'"Ann <a@b>,\r\n        Bob  Ott,\n\tCy"'
    parts = ["Ann <a@b>", "Bob Ott", "Cy"]
    found = [raw[start:end] for start, end in locate(raw, parts, ", ")]
    assert found == [b"Ann <a@b>", b"Bob  Ott", b"Cy"]


@given(st.lists(st.text('ab é,|\n"\\', max_size=5), max_size=6), st.sampled_from([", ", "|"]))
def test_parts_stay_within_the_text_and_in_order(parts: list[str], separator: str) -> None:
    raw = separator.join(parts).encode()
    last = 0
    for start, end in locate(raw, parts, separator):
        assert last <= start <= end <= len(raw)
        last = start


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_dates_have_one_spelling(day: date) -> None:
    for source in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y 00:00"):
        form = DateFormat(source)
        text = day.strftime(source.replace("%Y", f"{day.year:04}"))
        assert form.parse(text) == day
        assert form.parse(text.replace("0", "", 1)) != day or "0" not in text
    assert DateFormat("%d-%b-%Y").parse(f"{day.day:02}-Foo-{day.year}") is None


@pytest.mark.parametrize(
    "text", ["2026-3-07", "2026-03-7", " 2026-03-07", "2026-03-07\n", "٢٠٢٦-03-07", "2026-02-29"]
)
def test_dates_are_strict(text: str) -> None:
    assert DateFormat("%Y-%m-%d").parse(text) is None


def test_bounds() -> None:
    assert Bound("now").day(TODAY) == TODAY
    assert Bound("now+2w").day(TODAY) == date(2026, 3, 21)
    assert Bound("now-3d").day(TODAY) == date(2026, 3, 4)
    assert Bound("1990-01-01").day(TODAY) == date(1990, 1, 1)
    assert Bound("now+99999w").day(date(9999, 1, 1)) is None
    for wrong in ("now+", "now+3y", "1990", "1990-02-30", "{}", ""):
        with pytest.raises(ValueError, match="must be"):
            Bound(wrong)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats()
    | st.text("aB1,-: é<@", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner),
    max_leaves=6,
)
FIELDS = st.sampled_from([*PEP["properties"], "Auther", "x"])
EVERYTHING: dict[str, Any] = {
    **PEP,
    "properties": {
        **PEP["properties"],
        "x": {
            "anyOf": [{"type": "integer", "minimum": 3}, {"x-vocabulary": {"words": ["a", "B"]}}],
            "not": {"const": 4},
            "x-unique": "casefold",
            "x-hash": "md5:body",
        },
    },
    "propertyNames": {"maxLength": 12},
    "dependentRequired": {"x": ["Topic"]},
}


CHECKED = schema_of(EVERYTHING, ".")


@given(st.dictionaries(FIELDS, VALUES, max_size=6))
def test_what_does_not_fit_is_explained(values: dict[str, Any]) -> None:
    """`check` and `violations` agree, whatever the values are."""
    schema = compiled(CHECKED)
    document = header(values)
    context = Context(values, document)
    found = list(schema.violations(values, lambda: tree(document, values), context))
    assert schema.check(values, context) == (not found)
    for one in found:
        assert one.cause in CAUSES
        assert 0 <= one.start <= one.end <= len(document.data)
        assert one.message.isprintable()
        assert "^" not in one.message


@given(st.lists(st.dictionaries(FIELDS, VALUES, max_size=3), max_size=3))
def test_many_records_are_clean_when_each_is(records: list[dict[str, Any]]) -> None:
    properties = {name: one for name, one in PEP["properties"].items() if name != "PEP"}
    declared = {**PEP, "required": [], "properties": properties}
    schema = Schema(schema_of(declared, "."))
    each = [schema.check(record, Context(record, header(record))) for record in records]
    assert schema.check_all(records, header({}).place) == all(each)


@pytest.mark.parametrize(
    ("schema", "together"),
    [
        ({"x-date": "%Y", "x-not-after": "now"}, True),
        ({"x-equals": "{file.id}"}, True),
        ({"x-equals": "{title}"}, False),
        ({"x-not-after": "{updated}"}, False),
        ({"x-hash": "sha256:body"}, False),
        ({"x-listed": {"pattern": "a", "in": "b"}}, False),
    ],
)
def test_only_what_needs_no_other_field_is_said_of_many(
    schema: dict[str, Any], together: bool
) -> None:
    if "x-date" in schema:
        schema = {**schema, "x-date": "%Y-%m-%d"}
    compiled_schema = Schema(schema_of({"properties": {"a": schema}}, "."))
    assert compiled_schema.check_all([{}, {"b": 1}], header({}).place) == together


@pytest.mark.parametrize(
    ("order", "good", "bad"),
    [
        ("numeric-text", "1:b|2:a|2:b|2.1:a|10:a", "2:b|2:a"),
        ("numeric-text", "2:a|2.1:a|3:a", "2.1:a|2:a"),
        ({"by": "=(.*)"}, "z=a|y=b|x=c", "a=b|b=a"),
        ({"by": "=(.*)", "order": "numeric"}, "z=2|y=10", "a=10|b=2"),
        ({"by": "=(.*)", "order": "casefold"}, "a|b=B|a=c", "a=c|b=B"),
    ],
)
def test_items_in_order(order: object, good: str, bad: str) -> None:
    schema = {"properties": {"list": {"x-split": "|", "x-sorted": order}}}
    assert said(schema, {"list": good}) == []
    last = bad.rpartition("|")[2]
    assert marked(schema, {"list": bad}) == [("unsorted-list", last)]


@pytest.mark.parametrize("order", ["numerical", {"order": "text"}, {"by": ""}, {"by": "("}])
def test_an_order_that_is_none(order: object) -> None:
    with pytest.raises(ValueError, match="x-sorted"):
        schema_of({"properties": {"list": {"x-sorted": order}}}, ".")
