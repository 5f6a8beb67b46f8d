"""The metadata of PEPs, EIPs and MDN pages, as their own checkers know it."""

from __future__ import annotations

from typing import Any

import pytest

from .schemas import header, judged, marked, said

PERSON = {
    "x-steps": [
        {"not": {"pattern": "<.*<"}, "x-message": "`{value}` has more than one `<`"},
        {"not": {"pattern": ">.*>"}, "x-message": "`{value}` has more than one `>`"},
        {"not": {"pattern": "@.*@"}, "x-message": "`{value}` has more than one `@`"},
        {"pattern": r"^[\p{L}]", "x-message": "`{value}` does not begin with a name"},
        {
            "pattern": r"^[^<>]+( <[^<>]+>)?$",
            "x-message": "`{value}` is not written as a person",
            "x-help": "write `Name <name@example.org>`",
        },
        {"pattern": r"^[^<]+$|<[A-Za-z0-9._+-]+(@| at )[a-z0-9-]+(\.[a-z0-9-]+)+>$"},
    ],
    "x-form": "Name <name@example.org>",
}
DATE = {"x-date": "%d-%b-%Y", "x-not-before": "1990-01-01", "x-not-after": "now+14d"}
VERSION = {
    "x-steps": [
        {"pattern": r"^[^.]+(\.[^.]+){1,2}$", "x-message": "a version has two or three parts"},
        {"pattern": r"^[123]\.", "x-message": "the major part is 1, 2 or 3"},
        {"pattern": r"^.\.([0-9]+|x)(\.|$)", "x-message": "the minor part is a number or `x`"},
        {"pattern": r"^.\.(0|x|[1-9][0-9]*)(\.|$)", "x-message": "the minor part begins with 0"},
        {"not": {"pattern": r"^.\.x\."}, "x-message": "nothing follows `x`"},
        {"not": {"pattern": r"^.\.[^.]+\.0[0-9]"}, "x-message": "the micro part begins with 0"},
        {"pattern": r"^.\.[^.]+(\.[0-9]+)?$", "x-message": "the micro part is a number"},
    ]
}
PEP: dict[str, Any] = {
    "required": ["PEP", "Title", "Author", "Status", "Type", "Created"],
    "additionalProperties": False,
    "x-order": [
        *("PEP", "Title", "Author", "Status", "Type", "Topic", "Requires", "Created"),
        *("Python-Version", "Post-History", "Resolution"),
    ],
    "properties": {
        "PEP": {
            "x-steps": [
                {"not": {"pattern": "^0[0-9]"}, "x-message": "a PEP number has no leading zeros"},
                {"pattern": "^[0-9]+$", "x-message": "a PEP number is written in digits"},
            ],
            "x-coerce": "integer",
            "maximum": 9999,
            "x-equals": "{file.number:d}",
        },
        "Title": {"minLength": 1, "maxLength": 79},
        "Author": {"x-split": ", ", "minItems": 1, "items": {"$ref": "#/$defs/person"}},
        "Status": {"enum": ["Active", "Draft", "Final", "Provisional", "Withdrawn"]},
        "Type": {"enum": ["Standards Track", "Informational", "Process"]},
        "Topic": {
            "x-split": ", ",
            "uniqueItems": True,
            "x-sorted": "text",
            "items": {
                "x-steps": [
                    {"pattern": "^[A-Z]", "x-message": "`{value}` is not in title case"},
                    {"enum": ["Governance", "Packaging", "Release", "Typing"]},
                ]
            },
        },
        "Requires": {"x-split": ", ", "items": {"pattern": "^[1-9][0-9]*$", "x-form": "8"}},
        "Created": {"$ref": "#/$defs/date"},
        "Python-Version": {"x-split": ", ", "items": {"$ref": "#/$defs/version"}},
        "Post-History": {
            "x-split": ", ",
            "items": {
                "anyOf": [
                    {"$ref": "#/$defs/date"},
                    {"pattern": "^`.+ <https://.+>`__$", "x-form": "`07-Mar-2026 <https://…>`__"},
                ]
            },
        },
        "Resolution": {"format": "uri"},
    },
    "allOf": [
        {
            "if": {"properties": {"Status": {"const": "Provisional"}}, "required": ["Status"]},
            "then": {"properties": {"Type": {"const": "Standards Track"}}},
        }
    ],
    "$defs": {"person": PERSON, "date": DATE, "version": VERSION},
}
GOOD = {
    "PEP": "8",
    "Title": "Style Guide",
    "Author": "Guido van Rossum <guido@python.org>, Łukasz Langa <lukasz at python.org>",
    "Status": "Active",
    "Type": "Process",
    "Topic": "Governance, Packaging",
    "Requires": "1, 20",
    "Created": "05-Jul-2001",
    "Python-Version": "3.8, 3.x, 3.10.1",
    "Post-History": "05-Jul-2001, 01-Aug-2013",
}


def changed(**fields: str | None) -> dict[str, str]:
    """The good header with some fields changed, or gone."""
    new = {name.replace("_", "-"): value for name, value in fields.items()}
    values = {name: new.get(name, old) for name, old in GOOD.items()}
    values |= {name: value for name, value in new.items() if name not in GOOD}
    return {name: value for name, value in values.items() if value is not None}


def test_a_good_header_fits() -> None:
    assert judged(PEP, GOOD, header(GOOD, number="0008")) == []


@pytest.mark.parametrize(
    ("fields", "marks", "message"),
    [
        ({"PEP": "008"}, "008", "a PEP number has no leading zeros"),
        ({"PEP": "10000"}, "10000", "`PEP` is 10000; it must be at most 9999"),
        ({"Title": "T" * 80}, "T" * 80, "`Title` is 80 characters long; at most 79 are allowed"),
        ({"Author": "A <<a@b.c>"}, "A <<a@b.c>", "`A <<a@b.c>` has more than one `<`"),
        ({"Author": "A a@b@c"}, "A a@b@c", "`A a@b@c` has more than one `@`"),
        ({"Author": "A <a@b.c>, 1"}, "1", "`1` does not begin with a name"),
        ({"Author": "A <a@b.c>, B <b@c"}, "B <b@c", "`B <b@c` is not written as a person"),
        (
            {"Author": "A <a@b.c>, B <b!@c.d>"},
            "B <b!@c.d>",
            "item 2 of `Author` is `B <b!@c.d>`, which is not written as expected",
        ),
        (
            {"Author": "A <a@b.c>,B <b@c.d>"},
            "A <a@b.c>,B <b@c.d>",
            "item 1 of `Author` is `A <a@b.c>,B <b@c.d>`, which is more than one item",
        ),
        ({"Author": ""}, "", "`Author` has 0 items; at least 1 is needed"),
        (
            {"Status": "Fnal"},
            "Fnal",
            "`Status` is `Fnal`, which is not one of the values allowed; did you mean `Final`?",
        ),
        ({"Topic": "Typing, Release"}, "Release", None),
        ({"Topic": "Typing, Typing"}, "Typing", "`Topic` has `Typing` twice: it is item 1 already"),
        ({"Topic": "typing"}, "typing", "`typing` is not in title case"),
        ({"Requires": "1,  2"}, "2", "item 2 of `Requires` has blanks around it"),
        ({"Requires": "1, 02"}, "02", None),
        ({"Created": "5-Jul-2001"}, "5-Jul-2001", None),
        ({"Created": "31-Feb-2001"}, "31-Feb-2001", None),
        (
            {"Created": "05-Jul-1989"},
            "05-Jul-1989",
            "`Created` is `05-Jul-1989`, before 1990-01-01",
        ),
        ({"Created": "22-Mar-2026"}, "22-Mar-2026", "`Created` is `22-Mar-2026`, after 2026-03-21"),
        ({"Python_Version": "3"}, "3", "a version has two or three parts"),
        ({"Python_Version": "4.1"}, "4.1", "the major part is 1, 2 or 3"),
        ({"Python_Version": "3.a"}, "3.a", "the minor part is a number or `x`"),
        ({"Python_Version": "3.08"}, "3.08", "the minor part begins with 0"),
        ({"Python_Version": "3.x.1"}, "3.x.1", "nothing follows `x`"),
        ({"Python_Version": "3.8.01"}, "3.8.01", "the micro part begins with 0"),
        ({"Python_Version": "3.8, 3.8.a"}, "3.8.a", "the micro part is a number"),
        (
            {"Post_History": "`x`__"},
            "`x`__",
            "item 1 of `Post-History` is `` `x`__ ``, which has none of the 2 forms allowed",
        ),
        ({"Resolution": "no uri"}, "no uri", "`Resolution` is `no uri`, which is not a URI"),
        ({"Status": "Provisional"}, "Process", None),
    ],
)
def test_pep_header(fields: dict[str, str], marks: str, message: str | None) -> None:
    values = changed(**fields)
    found = judged(PEP, values, header(values))
    assert len(found) == 1, found
    document = header(values)
    assert document.data[found[0].start : found[0].end].decode() == marks
    if message and not message.startswith("item 1 of `Post"):
        assert found[0].message.startswith(message)
    assert "^" not in found[0].message + found[0].help


def test_pep_number_is_that_of_the_file() -> None:
    document = header(GOOD, number="0009")
    (found,) = judged(PEP, GOOD, document)
    assert found.cause == "value-mismatch"
    assert found.message == "`PEP` is `8`, but should be `9` (from `file.number`)"


def test_order_names_the_place() -> None:
    values = {name: GOOD[name] for name in ("Title", "PEP", *list(GOOD)[2:])}
    (found,) = judged(PEP, values)
    assert found.cause == "key-order"
    assert found.message == "`PEP` stands after `Title`; it belongs first"


def test_missing_and_misspelt() -> None:
    values = {**changed(Author=None), "Auther": "A <a@b.c>"}
    found = {one.cause: one for one in judged(PEP, values)}
    assert found["missing-field"].message == "the field `Author` is missing"
    assert found["missing-field"].help == "`Auther` is there: is it meant to be `Author`?"
    assert (found["missing-field"].start, found["missing-field"].end) == (0, len("PEP: 8"))
    assert found["unknown-field"].message.endswith("did you mean `Author`?")


def test_condition_is_named() -> None:
    schema = {
        "if": {"properties": {"status": {"const": "Last Call"}}, "required": ["status"]},
        "then": {"required": ["deadline"]},
        "else": {"properties": {"deadline": False}},
    }
    assert said(schema, {"status": "Last Call"}) == [
        "the field `deadline` is missing; it is required where `status` is `Last Call`"
    ]
    assert said(schema, {"status": "Draft", "deadline": "x"}) == [
        "`deadline` is not allowed here (where `status` is not `Last Call`)"
    ]


def test_eip_requires_ascending_numbers() -> None:
    schema = {
        "properties": {
            "requires": {
                "x-split": ", ",
                "x-sorted": "numeric",
                "minItems": 1,
                "items": {"x-coerce": "integer", "minimum": 1},
            }
        }
    }
    assert said(schema, {"requires": "2, 10"}) == []
    assert marked(schema, {"requires": "10, 2"}) == [("unsorted-list", "2")]
    assert marked(schema, {"requires": "2, x"}) == [("wrong-type", "x")]
    assert marked(schema, {"requires": "0, 2"}) == [("out-of-range", "0")]
    assert marked(schema, {"requires": "2, , 3"}) == [("malformed-value", ", ")]


def test_mdn_page_types_by_slug() -> None:
    schema = {
        "properties": {"status": {"type": "array", "uniqueItems": True}},
        "anyOf": [
            {
                "if": {"properties": {"slug": {"pattern": "^Web/API/"}}},
                "then": {"properties": {"page-type": {"enum": ["web-api-event", "guide"]}}},
            }
        ],
    }
    values = {"slug": "Web/API/x", "page-type": "gide", "status": ["a", "b", "a"]}
    found = {one.cause: one.message for one in judged(schema, values)}
    assert found["repeated-item"] == "`status` has `a` twice: it is item 1 already"
    assert "did you mean `guide`?" in found["value-not-allowed"]
