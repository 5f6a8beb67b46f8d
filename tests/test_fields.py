"""Fields of the body: read from a profile, found in texts, told to the corpus, linked at first."""

from __future__ import annotations

import pickle
from functools import partialmethod
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from validator import check_bytes, check_paths
from validator.body.mentions import mentions, places_of, values
from validator.body.text_fields import FIELDS, Field
from validator.check import corpus_stage
from validator.cli.commands import cli
from validator.document import Document
from validator.model import Diagnostic
from validator.settings.options import Settings
from validator.text.lines import Window

from .support import codes, profile, refused, write

Tables = dict[str, dict[str, object]]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([], "must be a table, not an empty list"),
        ({"a b": {"pattern": "x"}}, "`body.fields.a b` must be named by letters, digits"),
        ({"a": "x"}, '`body.fields.a` must be a table, not "x"'),
        ({"a": {}}, "`body.fields.a` needs the key `pattern`"),
        ({"a": {"patern": "x"}}, "unknown key `patern`; did you mean `pattern`?"),
        ({"a": {"pattern": "(?=x)"}}, "`body.fields.a.pattern` is not a pattern that RE2"),
        ({"a": {"pattern": ""}}, "`body.fields.a.pattern` must be a pattern in quotes"),
        ({"a": {"pattern": "x", "scope": "link"}}, 'not "link"; did you mean `links`?'),
        ({"a": {"pattern": "x", "scope": "links:y"}}, "`body.fields.a.scope` must be one of"),
        ({"a": {"pattern": "x", "form": "EIP-"}}, "`body.fields.a.form` must have one `{}`"),
        ({"a": {"pattern": "x", "form": "{}{}"}}, "`body.fields.a.form` must have one `{}`"),
        ({"a": {"pattern": "x", "first": "link"}}, 'it needs `scope = "text"`'),
        (
            {"a": {"pattern": "x", "scope": "text", "first": "lnk"}},
            '`body.fields.a.first` must be "link", not "lnk"; did you mean `link`?',
        ),
        ({"a": {"pattern": "x", "scope": "text", "first": {}}}, "needs the key `must-be`"),
        (
            {"a": {"pattern": "x", "scope": "text", "first": {"must-be": "link", "self": "a"}}},
            "`body.fields.a.first` has the unknown key `self`",
        ),
        (
            {
                "a": {
                    "pattern": "x",
                    "scope": "text",
                    "first": {"must-be": "link", "help": "{valu}"},
                }
            },
            "`body.fields.a.first.help` has the unknown `{valu}`; did you mean `value`?",
        ),
    ],
)
def test_what_is_wrong_is_said(value: object, words: str) -> None:
    assert words in refused("body.fields", value)


def test_a_field_that_is_not_declared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"a.md": b"Text.\n"})
    text = "[profiles.a]\nbody.fields.links.scope = 'links'\n"
    for table in ("references = [{ field = 'body.link', to = 'id' }]", "unique = 'body.link'"):
        Path("seed-validator.toml").write_text(f"{text}corpus.{table}\n")
        result = CliRunner().invoke(cli, ["check", "."])
        assert result.exit_code == 2
        assert (
            "names `body.link`, which `body.fields` does not declare; did you mean" in result.output
        )
        assert "seed-validator.toml:3" in result.output


def one(text: bytes, **keys: object) -> tuple[Document, Settings, Field]:
    """A document, settings and the field `body.a` of these keys."""
    fields = FIELDS.read({"a": keys})
    document = Document(Window(text), (0, len(text)))
    return document, Settings({FIELDS.key: fields}), fields["body.a"]


TEXT = b"EIP-1 `EIP-2` [EIP-3](eip-4.md) EIP-1\n\n## Part\n\nEIP-5 <b id='EIP-6'>\n\n    EIP-7\n"


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("body", "1 2 3 5 6 7"),
        ("prose", "1 3 5 6"),
        ("text", "1 3 5"),
        ("section:Part", "5 6 7"),
        ("section:Parts", ""),
        ("field:title", ""),
    ],
)
def test_scopes(scope: str, expected: str) -> None:
    found = values(*one(TEXT, pattern="EIP-([0-9]+)", scope=scope))
    assert [value.decode() for value in found] == expected.split()


def test_links() -> None:
    text = b"[a](eip-4.md) [b](x\\_y.md) <https://e.org> `[c](d.md)`\n\n[r]: eip-4.md#p\n"
    every = values(*one(text, scope="links"))
    assert every == [b"eip-4.md", b"x_y.md", b"https://e.org", b"eip-4.md#p"]
    numbers = one(text, scope="links", pattern=r"^eip-([0-9]+)\.md$")
    assert values(*numbers) == [b"4"]
    assert places_of(*numbers, b"4") == [(4, 12)]
    assert values(*one(text, scope="links", pattern="x_y")) == [b"x_y"]
    assert values(*one(b"No link: a.md\n", scope="links")) == []


def test_the_first_group_that_takes_part_is_the_value() -> None:
    text = b"EIP-20 ERC-7 x"
    assert values(*one(text, pattern=r"EIP-([0-9]+)|ERC-([0-9]+)|x|(q)?")) == [b"20", b"7", b"x"]
    (first, *_) = mentions(*one(text, pattern="EIP-([0-9]+)"))
    assert (first.start, first.end, first.value) == (0, 6, b"20")


def test_a_value_with_a_nul_is_none() -> None:
    assert values(*one(b"a\0b ab", pattern=r"a\x00?b")) == [b"ab"]


@given(st.lists(st.sampled_from(["EIP-1", "eip-22", " ", "\n", "[", "](", ")", "`", "é", "<"])))
def test_the_screen_never_misses(parts: list[str]) -> None:
    text = "".join(parts).encode()
    for scope in ("body", "prose", "text", "links"):
        document, settings, field = one(text, pattern="(?i)EIP-([0-9]+)", scope=scope)
        found = mentions(document, settings, field)
        for mention in found:
            said = text[mention.start : mention.end].lower()
            assert mention.value in said
            assert scope == "links" or said == b"eip-" + mention.value
        if field.in_body(text) is None:
            blind = Field(field.pattern, field.scope, "b{}")
            blind.__dict__["in_body"] = lambda text: True
            blindly = Settings({**settings.values, FIELDS.key: {"body.b": blind}})
            assert not mentions(document, blindly, blind)


FIRST: Tables = {
    "delimiters": {"block": "front-matter", "block-presence": "allow"},
    "body": {
        "fields": {
            "rfcs": {
                "pattern": "RFC ([0-9]+)",
                "scope": "text",
                "first": {
                    "must-be": "link",
                    "itself": "number",
                    "message": "{text} is not linked",
                    "help": "write `[{text}](rfc-{value}.md)`",
                },
            }
        }
    },
}


def said(text: bytes, tables: Tables = FIRST) -> list[Diagnostic]:
    """What is found in a text."""
    return list(check_bytes(text, profile(tables), name="a.md"))


def test_the_first_mention_is_a_link() -> None:
    (found,) = said(
        b"---\nnumber: 8\n---\n\xc3\xa9 RFC 8, RFC 7, [RFC 7](a.md), RFC 7 and [RFC 9](b)\n"
    )
    assert (found.name, found.message) == ("unlinked-mention", "RFC 7 is not linked")
    assert found.help == "write `[RFC 7](rfc-7.md)`"
    assert (found.byte_offset, found.byte_length) == (28, 5)
    assert not said(b"[RFC 7](a.md), RFC 7\n")
    assert not said(b"[the *famous* RFC 7][a], RFC 7\n\n[a]: a.md\n")
    assert [one.message for one in said(b"RFC 1 RFC 2 RFC 1\n")] == [
        "RFC 1 is not linked",
        "RFC 2 is not linked",
    ]


def test_a_hostile_mention_is_harmless() -> None:
    keys = {"a": {"pattern": "(?s)R.*C", "scope": "text", "first": "link"}}
    tables: Tables = {"text": {"bidi-controls": "allow"}, "body": {"fields": keys}}
    (found,) = [
        item
        for item in said("R\u202e\x1b[31m{text}".encode() + b"x" * 100 + b"C\n", tables)
        if item.code == "BOD042"
    ]
    assert "\u202e" not in found.message
    assert "\x1b" not in found.message
    assert len(found.message) < 140


def test_fields_survive_pickling_after_use() -> None:
    document, settings, field = one(TEXT, pattern="EIP-([0-9]+)")
    assert values(document, settings, field)
    again = pickle.loads(pickle.dumps(settings))[FIELDS]["body.a"]
    assert values(Document(document.window, document.body), settings, again) == values(
        document, settings, field
    )


NAMED: Tables = {
    "delimiters": {"block": "front-matter"},
    "body": {"fields": {"rfcs": {"pattern": r"RFC ([0-9]+)", "scope": "text", "form": "RFC {}"}}},
}


def test_references_from_the_text(tmp_path: Path) -> None:
    check = {"field": "body.rfcs", "to": "rfc", "help": "there is no RFC {}"}
    tables: Tables = {**NAMED, "corpus": {"references": [check]}}
    write(
        tmp_path,
        {
            "1.md": b"---\nrfc: 1\n---\nRFC 2, RFC 3\n\nRFC 3 `RFC 4`\nRFC 3\n",
            "2.md": b"---\nrfc: 2\n---\nRFC 1 and RFC 2\n",
        },
    )
    (found,) = check_paths([str(tmp_path)], profile(tables)).diagnostics()
    assert found.message == "the text names `RFC 3`, but no document has that `rfc`"
    assert found.help == "there is no RFC 3"
    assert (found.byte_offset, found.byte_length) == (22, 5)
    rows = [one.location.row for one in found.related if one.location]
    assert rows == [6, 7]
    assert {one.message for one in found.related} == {"here, too"}


@pytest.mark.parametrize("divided", [False, True])
def test_all_facts_of_many_documents(divided: bool, tmp_path: Path) -> None:
    check = {"field": "body.rfcs", "to": "rfc"}
    tables: Tables = {
        "delimiters": {"kind": "json-lines"} if divided else {"block": "front-matter"},
        "body": {"fields": {"rfcs": {"pattern": r"RFC ([0-9]+)", "scope": "field:text"}}},
        "corpus": {"references": [check]},
    }
    if divided:
        lines = [b'{"rfc": %d, "text": "RFC %d"}\n' % (n, n + 1) for n in range(300)]
        write(tmp_path, {"a.jsonl": b"".join(lines)})
    else:
        write(
            tmp_path,
            {f"{n}.md": b"---\nrfc: %d\ntext: RFC %d\n---\n" % (n, n + 1) for n in range(300)},
        )
    (found,) = check_paths([str(tmp_path)], profile(tables)).diagnostics()
    assert found.message == "`text` names `300`, but no document has that `rfc`"


def test_other_questions_of_the_corpus(tmp_path: Path) -> None:
    tables: Tables = {**NAMED, "corpus": {"unique": "body.rfcs", "agree": "body.rfcs"}}
    text = b"---\nrfc: 1\n---\n\xc3\xa9 RFC 7, RFC 7\n"
    write(tmp_path, {"1.md": text, "2.md": text, "3.md": b"---\nrfc: 3\n---\nText.\n"})
    (found,) = check_paths([str(tmp_path)], profile(tables)).diagnostics()
    assert (found.code, Path(found.path).name) == ("COR001", "2.md")
    assert (found.byte_offset, found.byte_length) == (18, 5)
    assert [Path(one.path).name for one in found.related] == ["1.md"]


def test_what_is_missing_is_told_once(tmp_path: Path) -> None:
    fields = {
        **NAMED["body"]["fields"],  # type: ignore[dict-item]
        "linked": {"pattern": r"rfc-([0-9]+)\.md$", "scope": "links", "form": "rfc-{}.md"},
    }
    checks = [{"field": f"body.{name}", "to": "rfc", "file": "rfc-{}.md"} for name in fields]
    tables: Tables = {**NAMED, "body": {"fields": fields}, "corpus": {"references": checks}}
    text = b"---\nrfc: 1\n---\n[this](rfc-3.md), [RFC 2](rfc-2.md)\n\n[that](rfc-2.md)\n"
    write(tmp_path, {"rfc-1.md": text})
    found = list(check_paths([str(tmp_path)], profile(tables)).diagnostics())
    assert [(one.location.row, one.message) for one in found] == [
        (4, "the text links to `rfc-3.md`, but rfc-3.md is not there"),
        (4, "the text names `RFC 2`, but rfc-2.md is not there"),
    ]
    assert [one.location.row for one in found[1].related if one.location] == [6]


@pytest.mark.parametrize(
    ("compare", "to_itself", "expected"),
    [
        ({"is": "A"}, True, ["1:2 whose `kind` is B", "2:3 which has no `kind`", "2:2 whose"]),
        ({"is": ["A", "B"]}, True, ["2:3 which has no `kind`"]),
        ({"is-not": "B"}, True, ["1:2 whose `kind` is B", "2:2 whose `kind` is B"]),
        ({"is-not": "B"}, False, ["1:2 whose `kind` is B"]),
        ({"is-not": ["C", 7, True]}, True, []),
    ],
)
def test_compare_with_values(
    compare: dict[str, object],
    to_itself: bool,
    expected: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    check = {"field": "body.rfcs", "to": "rfc", "to-itself": to_itself}
    check["compare"] = {"field": "kind", "help": "RFC {}", **compare}
    tables: Tables = {**NAMED, "corpus": {"references": [check]}}
    write(
        tmp_path,
        {
            "1.md": b"---\nrfc: 1\nkind: A\n---\nRFC 2 and RFC 1\n",
            "2.md": b"---\nrfc: 2\nkind: B\n---\nRFC 3, RFC 2\n",
            "3.md": b"---\nrfc: 3\n---\nText.\n",
        },
    )
    found = list(check_paths([str(tmp_path)], profile(tables)).diagnostics())
    start = corpus_stage.CorpusStage.__init__
    monkeypatch.setattr(corpus_stage.CorpusStage, "__init__", partialmethod(start, kept=1, most=2))
    assert list(check_paths([str(tmp_path)], profile(tables)).diagnostics()) == found
    assert codes(found) == ["COR011"] * len(expected)
    for item, words in zip(found, expected, strict=True):
        where, _, rest = words.partition(" ")
        file, number = where.split(":")
        assert Path(item.path).name == f"{file}.md"
        assert item.message.startswith(f"the text names `RFC {number}`, {rest}")
        assert item.help == f"RFC {number}"


def test_only_the_document_that_lies_there_is_compared(tmp_path: Path) -> None:
    check = {"field": "body.rfcs", "to": "rfc", "file": "rfc-{}.md"}
    check_kind = {**check, "compare": {"field": "kind", "is-not": "B"}}
    tables: Tables = {**NAMED, "corpus": {"references": [check_kind]}}
    write(
        tmp_path,
        {
            "a/rfc-1.md": b"---\nrfc: 1\n---\nRFC 2\n",
            "b/rfc-2.md": b"---\nrfc: 2\nkind: B\n---\nRFC 3\n",
            "b/rfc-3.md": b"---\nrfc: 3\nkind: B\n---\nText.\n",
        },
    )
    found = list(check_paths([str(tmp_path)], profile(tables)).diagnostics())
    assert [(one.code, Path(one.path).name) for one in found] == [
        ("COR010", "rfc-1.md"),
        ("COR011", "rfc-2.md"),
    ]
