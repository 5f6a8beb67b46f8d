"""Blocks of code with data in them: found, read and judged, and every byte finds its way back."""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from validator import check_bytes
from validator.body.code import Block
from validator.body.code_options import CODE
from validator.body.fences import blocks
from validator.document import Document
from validator.errors import ConfigError
from validator.model import Diagnostic
from validator.profile.configuration import configuration
from validator.text.lines import Window

from .support import profile, refused, run_cli, write

Tables = dict[str, dict[str, Any]]

WORDS = ("data", "more")


def of(text: bytes, syntax: str = "markdown", at: int = 0) -> list[Block]:
    """The blocks of a body that begins at this byte of the document."""
    data = b"#" * at + text
    return blocks(Document(Window(data), (at, len(data))), syntax, WORDS)


def kept(data: bytes, block: Block) -> bool:
    """Whether every byte of a block leads to the same byte of the document.

    But for line ends, and for blanks that stand for the rest of a tab.
    """
    added = {line.at + blank for line in block.lines for blank in range(line.blanks)}
    return all(
        data[block.origin(at) : block.origin(at) + 1] == block.text[at : at + 1]
        for at in range(len(block.text))
        if at not in added and block.text[at] != 0x0A
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (b"```data\na\nb\n```\n", [b"a\nb\n"]),
        (b"~~~~ data x=y\na\n~~~\n~~~~\n", [b"a\n~~~\n"]),
        (b"```data\na", [b"a\n"]),
        (b"```data\n```\n", [b""]),
        (b"```data\r\na\r\n\r\nb\r\n```\r\n", [b"a\n\nb\n"]),
        (b"```data\ra\r```\r", [b"a\n"]),
        (b"- ```data\n  a\n   b\n  ```\n", [b"a\n b\n"]),
        (b"> > ```data\n> > a\n>> b\n> > ```\n", [b"a\nb\n"]),
        (b"1. x\n\n\t```data\n\ta\n\t  b\n\t```\n", [b"a\n  b\n"]),
        (b"-\t```data\n\ta\n\t```\n", [b"a\n"]),
        (b"   ```data\n   a\n  b\n c\n   ```\n", [b"a\nb\nc\n"]),
        (b"```other\n```data\na\n```\n", []),
        (b"    ```data\n    a\n    ```\n", []),
        (b"```dataset\na\n```\n```\ndata\n```\n", []),
        (b"<div>\n```data\na\n```\n</div>\n", []),
        (b"```data\na\n```\n> ```more\n> b\n", [b"a\n", b"b\n"]),
        (
            b"[^1]:\n    ```data\n    a\n      b\n    ```\n\n```more\nc\n```\n",
            [b"a\n  b\n", b"c\n"],
        ),
        (b"[^n]: Text.\n\n\t```data\n\ta\n\t```\n", [b"a\n"]),
        (b"[^n]: x\n\n    > ```data\n    > a\n    > ```\nb\n", [b"a\n"]),
        (b"```\n[^1]:\n    ```data\n    a\n    ```\n", []),
        ("> ```data\n> é\n> ```\n".encode(), ["é\n".encode()]),
    ],
)
@pytest.mark.parametrize("at", [0, 7])
def test_blocks_of_markdown(text: bytes, wanted: list[bytes], at: int) -> None:
    found = of(text, at=at)
    assert [block.text for block in found] == wanted
    assert all(kept(b"#" * at + text, block) for block in found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (b".. code-block:: data\n\n   a\n     b\n\n   c\n\nText.\n", [b"a\n  b\n\nc\n"]),
        (b".. code:: data\n   :number-lines: 3\n   :name: x\n\n   a\n", [b"a\n"]),
        (b".. sourcecode:: data\n\n\ta\n\t b\n", [b"a\n b\n"]),
        (
            b"- x\n\n  .. code-block:: more\n\n     a\n\n  .. code:: data\n\n    b\n",
            [b"a\n", b"b\n"],
        ),
        (b".. code-block:: data\n\n.. code-block:: data\n\n  b\n", [b"", b"b\n"]),
        (b".. code-block:: rst\n\n   .. code-block:: data\n\n      a\n", []),
        (b"So::\n\n   .. code-block:: data\n\n      a\n", []),
        (b".. A comment\n\n   .. code-block:: data\n\n      a\n", []),
        (b".. note::\n\n   .. code-block:: data\r\n\r\n      a\r\n", [b"a\n"]),
        (b".. code-block:: python\n\n   data\n", []),
    ],
)
def test_blocks_of_restructuredtext(text: bytes, wanted: list[bytes]) -> None:
    found = of(text, "rst")
    assert [block.text for block in found] == wanted
    assert all(kept(text, block) for block in found)


PIECES = st.sampled_from(
    "```data|~~~ more|```|~~~|> |>|- |1. |  |    |\t|\n|\r\n|\r|a: 1|é|x|[^1]:|\0|# |.. code:: data"
    "|::|   ".split("|")
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (b"```data\na\n b\n```\n", [(8, 0), (10, 0)]),
        (b" ```data\n  a\n ```\n", [(10, 0)]),
        (b"- ```data\n  a\n   b\n  ```\n", [(12, 0), (16, 0)]),
        (b"- ```data\n\ta: 1\n  ```\n", [(11, 2)]),
    ],
)
def test_where_lines_of_a_block_begin(text: bytes, wanted: list[tuple[int, int]]) -> None:
    """And how many blanks stand before them for the rest of a tab."""
    (block,) = of(text)
    assert [(line.start, line.blanks) for line in block.lines] == wanted


@given(st.lists(PIECES, max_size=30), st.sampled_from(["markdown", "rst"]), st.integers(0, 3))
@example(["```data", "\n", "x"], "markdown", 0)
@example([".. code:: data", "\n", "\n", "   ", "x"], "rst", 1)
def test_every_byte_finds_its_way_back(parts: list[str], syntax: str, at: int) -> None:
    text = "".join(parts).encode()
    data = b"#" * at + text
    for block in of(text, syntax, at):
        assert kept(data, block)
        starts = [line.start for line in block.lines]
        assert starts == sorted(starts)
        for start in range(len(block.text) + 1):
            first, last = block.spanning(start, len(block.text))
            assert at <= first <= last <= len(data)


def code(**keys: Any) -> Tables:
    return {"body": {"code": [{"language": "data", "syntax": "json", **keys}]}}


def said(text: bytes, tables: Tables, name: str = "a.md") -> list[Diagnostic]:
    return list(check_bytes(text, profile(tables), name=name))


@pytest.mark.parametrize(
    ("syntax", "text", "wanted"),
    [
        ("json", b'{"a": 1}', []),
        ("json", b"[1, [2]]", []),
        ("json", b'"text"', []),
        ("json", b"{}", []),
        ("json", b"", [("BOD040", b"")]),
        ("json", b'{"a": 1,}', [("BOD040", b",")]),
        ("json", b'[{"a": 1, "a": 2}]', [("BOD040", b'"a"')]),
        ("json", b"[1] [2]", [("BOD040", b"[")]),
        ("json", b"{'a': 1}", [("BOD040", b"'")]),
        ("yaml", b"a: 1", []),
        ("yaml", b"- a\n- b", []),
        ("yaml", b"a: no", [("BOD040", b"no")]),
        ("yaml", b"a: [1", [("BOD040", b"")]),
        ("toml", b"a = 1\na = 2", [("BOD040", b"a")]),
        ("toml", b"", []),
    ],
)
@pytest.mark.parametrize("ahead", ["", "> ", "  "])
def test_blocks_must_be_readable(
    syntax: str, text: bytes, wanted: list[tuple[str, bytes]], ahead: str
) -> None:
    lines = ["```data", *text.decode().split("\n"), "```", ""] if text else ["```data", "```", ""]
    data = "\n".join(ahead + line for line in lines).encode()
    found = said(data, code(syntax=syntax))
    assert [one.code for one in found] == [code for code, _ in wanted]
    for one, (_, marked) in zip(found, wanted, strict=True):
        assert marked in data[one.byte_offset : one.byte_offset + one.byte_length]
        assert one.related[-1].message == "in the block of `data` that begins here"
        assert one.data["language"] == "data"


POINT = {"type": "object", "required": ["x"], "properties": {"x": {"type": "integer"}}}


def test_what_does_not_fit_is_at_its_bytes() -> None:
    data = b'---\nid: 7\n---\n\n- > ```data\n  > {"x": "1",\n  >  "y": 2}\n'
    tables = {**code(schema={**POINT, "additionalProperties": False})}
    tables["delimiters"] = {"block": "front-matter"}
    found = said(data, tables)
    marked = [data[one.byte_offset : one.byte_offset + one.byte_length] for one in found]
    assert [(one.code, one.location.row) for one in found] == [("BOD041", 6), ("BOD041", 7)]
    assert marked == [b'"1"', b'"y"']


@pytest.mark.parametrize(
    ("syntax", "text", "wanted"),
    [
        ("json", b"null", [("BOD041", b"null")]),
        ("json", b"", [("BOD040", b"\n")]),
        ("yaml", b"", [("BOD040", b"\n")]),
        ("json", b"{", [("BOD040", b"{")]),
        ("json", "[1]é".encode(), [("BOD040", "é".encode()), ("BOD041", b"[1]")]),
    ],
)
def test_a_block_is_judged_if_it_could_be_read(
    syntax: str, text: bytes, wanted: list[tuple[str, bytes]]
) -> None:
    data = b"```data\n" + text + b"\n```\n"
    found = said(data, code(syntax=syntax, schema={"type": "object"}))
    spans = [(one.byte_offset, one.byte_offset + one.byte_length) for one in found]
    there = [(one.code, data[start:end]) for one, (start, end) in zip(found, spans, strict=True)]
    assert sorted(there) == wanted


def test_a_value_over_lines_is_marked_from_its_first_to_its_last_byte() -> None:
    data = b'> ```data\n> {"x": [\n>   1\n> ]}\n> ```\n'
    (one,) = said(data, code(schema=POINT))
    assert data[one.byte_offset : one.byte_offset + one.byte_length] == b"[\n>   1\n> ]"


def test_words_severity_and_exemptions() -> None:
    text = b"```data\n{}\n```\n"
    (one,) = said(text, code(schema=POINT, message="ours", help="do", severity="info"))
    assert (one.message, one.help, one.severity.value) == ("ours", "do", "info")
    assert one.notes == ("the field `x` is missing",)
    gone = {"documents": ["a.md"], "reason": "r", "until": "1969-01-01"}
    (one,) = said(text, code(schema=POINT, **{"except": gone}))
    assert one.notes == ("exempt until 1969-01-01 (r); that day is over",)
    assert not said(text, code(schema=POINT, **{"except": ["a.md"]}))
    by_field = {"when": "file.n", "is": ["a"], "then": "warning"}
    tables = {**code(schema=POINT, severity=by_field), "file": {"name": r"(?P<n>.)\.md"}}
    assert [one.severity.value for one in said(text, tables)] == ["warning"]


def test_a_rule_alone_says_all_of_its_own() -> None:
    text = b'```data\n{"a": 1, "a": 2, }\n```\n```data\n{}\n```\n'
    ours = profile(code(schema=POINT))
    from validator import check_paths

    def codes_of(folder: Path, select: str) -> list[str]:
        run = check_paths([str(folder)], ours, select=[select])
        return [one.code for one in run.diagnostics()]

    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.md").write_bytes(text)
        assert codes_of(Path(folder), "BOD040") == ["BOD040", "BOD040"]
        assert codes_of(Path(folder), "BOD041") == ["BOD041"]


@pytest.mark.parametrize(
    "text",
    [
        b"[" * 100_000,
        b'{"a": "' + b"x" * 100_000,
        b'{"\x1b[2J": 1, "\x1b[2J": 2}',
        '{"\u202e": 1,}'.encode(),
        b"\xff{",
        b"&a [*a]",
        b"a: &a [b]\nc: [*a, *a]",
    ],
)
@pytest.mark.parametrize("syntax", ["json", "yaml", "toml"])
def test_hostile_blocks(text: bytes, syntax: str) -> None:
    found = said(b"> ```data\n> " + text.replace(b"\n", b"\n> ") + b"\n", code(syntax=syntax))
    assert found
    for one in found:
        assert not re.search("[\x00-\x1f\u202e]", one.message)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"language": "data"}, "`body.code[1]` needs the key `syntax`"),
        ({"syntax": "json"}, "`body.code[1]` needs the key `language`"),
        ({"language": "a b", "syntax": "json"}, "must be one word"),
        ({"language": "a", "syntax": "jsno"}, "did you mean `json`?"),
        ({"language": "a", "syntax": "json", "shema": {}}, "did you mean `schema`?"),
        (
            {"language": "a", "syntax": "json", "schema": {"type": "strin"}},
            "`body.code[1].schema` ",
        ),
        ({"language": "a", "syntax": "json", "schema": 3}, "must be a table, a JSON Schema"),
        ({"language": "a", "syntax": "json", "schema": "no.json"}, "`body.code[1].schema` "),
        ({"language": "a", "syntax": "json", "severity": "bad"}, "`body.code[1].severity` "),
        ({"language": "a", "syntax": "json", "except": 3}, "`body.code[1].except` "),
    ],
)
def test_what_is_wrong_in_the_profile(row: dict[str, Any], words: str) -> None:
    assert words in refused("body.code", [row])


def test_a_schema_beside_the_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = b"[[profiles.a.body.code]]\nlanguage = 'data'\nsyntax = 'toml'\nschema = '%b'\n"
    files = {
        "seed-validator.toml": config % b"point.json",
        "point.json": b'{"required": ["x"]}',
        "docs/a.md": b"```data\ny = 1\n```\n",
    }
    write(tmp_path, files)
    code, out, _ = run_cli("docs", output_format="concise", jobs=2)
    assert code == 1
    assert out.startswith("docs/a.md:2:1: BOD041 the field `x` is missing")
    Path("seed-validator.toml").write_bytes(config % b"none.json")
    with pytest.raises(ConfigError, match=r"seed-validator\.toml:.*schema"):
        configuration(".")


def test_tables_travel() -> None:
    found = CODE.read([{"language": "data", "syntax": "json", "schema": POINT}])
    assert pickle.loads(pickle.dumps(found)) == found


def test_metadata_in_a_sidecar_and_code_in_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"a.json": b'{"id": 1, "id": 2}'})
    tables = {**code(), "delimiters": {"block": "sidecar", "sidecar": "{stem}.json"}}
    found = said(b'```data\n{"b": 1, "b": 2}\n```\n', tables)
    assert [(one.code, one.path) for one in found] == [("MET013", "a.json"), ("BOD040", "a.md")]
