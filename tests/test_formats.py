"""Formats of others: they fit their schemas, and those who read them get what was found."""

from __future__ import annotations

import base64
import importlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import jsonschema_rs
import pytest
from markdown_it import MarkdownIt

from validator import apply_edits, check_bytes, check_paths, load_profile
from validator.cli.outputs import about
from validator.fix.whole_files import with_whole_files
from validator.model import Diagnostic, Edit, Location, Severity, Summary, Totals, Unfinished
from validator.render import Look, format_named, formats, renderer
from validator.render.junit import MOST
from validator.render.markdown import ROOM
from validator.text.visible import visible_bytes

from .conftest import Compare
from .hostile import BYTES, STOPPED, SUMMARY, TEXTS, findings
from .support import FIXTURES, ROOT, run_cli, write

SCHEMAS = Path(__file__).parent / "formats"
CLEAN = Summary(Totals(8, 8, 0, 1800), 8, {})
HOSTILE = [*TEXTS, *(data.decode("utf-8", "surrogateescape") for data in BYTES)]
LOOK = Look(about=about)


def written(
    name: str, found: Iterable[Diagnostic], summary: Summary = SUMMARY, look: Look = LOOK
) -> str:
    """What a format makes of findings."""
    return "".join(renderer(name)(found, lambda: summary, look))


@pytest.fixture(scope="module")
def broken() -> tuple[list[Diagnostic], Summary]:
    """The findings of a corpus with one of nearly everything, and their figures."""
    run = check_paths([str(FIXTURES / "seeds" / "broken")], load_profile("seed"))
    return list(run.diagnostics()), run.summary


def strict(text: str) -> Any:
    """JSON that every reader takes: no NaN, no lone surrogate, no key twice, ASCII."""

    def no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)

    def refuse(word: str) -> None:
        raise AssertionError(word)

    value = json.loads(text, object_pairs_hook=no_key_twice, parse_constant=refuse)
    assert text.isascii()
    json.dumps(value, ensure_ascii=False).encode("utf-8")
    return value


def validate(name: str, value: Any) -> None:
    """Hold JSON against the schema of a format."""
    schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    jsonschema_rs.validator_for(schema).validate(value)


def check_json(name: str, text: str) -> None:
    """Hold the output of a format of JSON against its schema."""
    if name == "rdjsonl":
        values = [strict(line) for line in text.split("\n") if line]
        validate("rdjson", {"source": {}, "diagnostics": values})
    else:
        validate(name, strict(text))


def check_xml(name: str, text: str) -> None:
    """Hold the output of a format of XML against its schema."""
    xmlschema = pytest.importorskip("xmlschema", reason="xmlschema is in the extra `dev`")
    xmlschema.XMLSchema(str(SCHEMAS / f"{name}.xsd")).validate(ET.fromstring(text))


CHECKS = dict.fromkeys(("sarif", "gitlab", "rdjson", "rdjsonl"), check_json)
CHECKS |= dict.fromkeys(("junit", "checkstyle"), check_xml)


@pytest.mark.parametrize("name", CHECKS)
def test_schema(name: str, broken: tuple[list[Diagnostic], Summary]) -> None:
    CHECKS[name](name, written(name, *broken))
    CHECKS[name](name, written(name, [], CLEAN))


@pytest.mark.parametrize("name", CHECKS)
def test_schema_of_what_is_hostile(name: str) -> None:
    for text in HOSTILE:
        CHECKS[name](name, written(name, findings(text)))


@pytest.mark.parametrize("name", [*CHECKS, "json", "json-lines"])
def test_a_format_for_programs_escapes_by_itself(name: str) -> None:
    """What is judged at the end would spoil it; nothing is left to judge."""
    render = format_named(name).render
    for text in HOSTILE:
        assert "".join(render(findings(text), lambda: SUMMARY, LOOK)) == written(
            name, findings(text)
        )


POSITIONS = "Été 𝄞𝄞世界 a\u200bb\n".encode()


def one(data: bytes, code: str) -> Diagnostic:
    """The one finding of a rule in some text."""
    found = check_bytes(b"Title\n" + data, load_profile("text"))
    (only,) = [each for each in found if each.code == code]
    return only


def test_columns_are_those_of_the_format() -> None:
    found = one(POSITIONS, "TXT206")
    assert (found.location, found.byte_offset) == (Location(2, 11), 28)
    result = strict(written("sarif", [found]))["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 2,
        "startColumn": 11,
        "endLine": 2,
        "endColumn": 12,
        "byteOffset": 28,
        "byteLength": 3,
    }
    diagnostic = strict(written("rdjsonl", [found]))
    start, end = {"line": 2, "column": 23}, {"line": 2, "column": 26}
    assert diagnostic["location"]["range"] == {"start": start, "end": end}
    assert POSITIONS[23 - 1 : 26 - 1] == "\u200b".encode()
    (suggestion,) = diagnostic["suggestions"]
    assert suggestion == {"range": {"start": start, "end": end}, "text": ""}
    (issue,) = strict(written("gitlab", [found]))
    assert issue["location"]["positions"]["begin"] == {"line": 2, "column": 11}


def test_sarif_does_not_count_a_byte_order_mark() -> None:
    data = "\ufeffA\u200bb\n".encode()
    (found,) = check_bytes(data, load_profile("text"))[-1:]
    assert (found.code, found.location, found.byte_offset) == ("TXT206", Location(1, 3), 4)
    region = strict(written("sarif", [found]))["runs"][0]["results"][0]["locations"][0]
    assert region["physicalLocation"]["region"] == {
        "startLine": 1,
        "startColumn": 2,
        "endLine": 1,
        "endColumn": 3,
        "byteOffset": 4,
        "byteLength": 3,
    }


def edits_of_sarif(result: dict[str, Any]) -> Iterator[Edit]:
    for fix in result.get("fixes", ()):
        for change in fix["artifactChanges"]:
            for one in change["replacements"]:
                start = one["deletedRegion"]["byteOffset"]
                content = base64.b64decode(one["insertedContent"]["binary"])
                text = one["insertedContent"].get("text")
                assert text is None or text.encode() == content
                yield Edit(start, start + one["deletedRegion"]["byteLength"], content)


def edits_of_rdjson(diagnostic: dict[str, Any], data: bytes) -> Iterator[Edit]:
    starts = [0, *(match.end() for match in re.finditer(rb"\r\n|\n|\r", data))]
    for one in diagnostic.get("suggestions", ()):
        at = [starts[one["range"][end]["line"] - 1] for end in ("start", "end")]
        columns = [one["range"][end]["column"] - 1 for end in ("start", "end")]
        yield Edit(at[0] + columns[0], at[1] + columns[1], one["text"].encode())


FIXED = sorted(
    (FIXTURES / "encoding").glob("*/bad/*.fixed"), key=lambda path: path.as_posix()
) + sorted((FIXTURES / "text").glob("*/bad/*.fixed"), key=lambda path: path.as_posix())


ROUNDS = {"strays-in-ascii.txt"}
"""What is mended in two rounds: the second stray byte is known once the first is mended."""


@pytest.mark.parametrize("fixed", FIXED, ids=lambda path: path.relative_to(FIXTURES).as_posix())
def test_fixes_mend_the_file(fixed: Path) -> None:
    """Done as a program that reads SARIF or rdjson would do them, by bytes or by columns."""
    case = fixed.with_suffix("")
    config = case.parent.parent / "seed-validator.toml"
    config = config if config.exists() else FIXTURES / "defaults.toml"
    made = {}
    for name in ("json", "sarif", "rdjson"):
        out = run_cli(str(case), config=str(config), output_format=name)[1]
        made[name] = json.loads(out)
    data = case.read_bytes()
    assert run_cli(str(case), config=str(config), output_format="sarif")[0] in (0, 1)
    edits = [
        edit for result in made["sarif"]["runs"][0]["results"] for edit in edits_of_sarif(result)
    ]
    told = [found["fix"] for found in made["json"]["diagnostics"] if found["fix"]]
    whole = [fix for fix in told if any(_is_whole(edit, data) for edit in fix["edits"])]
    # an edit of all bytes is made by itself
    if case.name not in ROUNDS and all(fix["edits"] for fix in told) and whole in ([], told):
        assert apply_edits(data, edits[:1] if whole else edits) == fixed.read_bytes()
    pairs = zip(made["json"]["diagnostics"], made["rdjson"]["diagnostics"], strict=True)
    wanted, got = [], []
    for found, diagnostic in pairs:
        if "suggestions" in diagnostic:
            wanted += [
                (edit["byte_offset"], edit["byte_offset"] + edit["byte_length"])
                for edit in found["fix"]["edits"]
            ]
            got += [(edit.start, edit.end) for edit in edits_of_rdjson(diagnostic, data)]
    if not whole:  # whose columns may be those of what it is written in then
        assert got == wanted


def _is_whole(edit: dict[str, Any], data: bytes) -> bool:
    return (edit["byte_offset"], edit["byte_length"]) == (0, len(data))


def test_sarif_tells_of_rules_paths_and_the_run(broken: tuple[list[Diagnostic], Summary]) -> None:
    found = [each for each in broken[0] if each.code in ("ENC001", "COR002")]
    run = strict(written("sarif", found, look=Look(about=about, exit_code=lambda: 3)))["runs"][0]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert [*rules] == ["ENC001", "COR002"]
    assert rules["ENC001"]["name"] == "invalid-utf8"
    assert rules["ENC001"]["help"]["markdown"].startswith("# ENC001 invalid-utf8")
    for result in run["results"]:
        assert [*rules][result["ruleIndex"]] == result["ruleId"]
    related = run["results"][1]["relatedLocations"]
    assert related[0]["message"]["text"] == "first used here"
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"] == [
        {
            "executionSuccessful": True,
            "exitCode": 3,
            "toolExecutionNotifications": [
                {"level": "error", "message": {"text": "Not checked to the end: 1 file."}}
            ],
        }
    ]
    fingerprints = [each["partialFingerprints"]["seedValidator/v1"] for each in run["results"]]
    assert fingerprints == [each.fingerprint for each in found]


def test_sarif_without_what_is_known_of_a_rule(broken: tuple[list[Diagnostic], Summary]) -> None:
    run = strict(written("sarif", broken[0][:1], look=Look()))["runs"][0]
    assert run["tool"]["driver"]["rules"] == [
        {"id": "FIL102", "name": "empty-file", "properties": {"kind": "reader"}}
    ]


def test_sarif_compares_with_a_baseline(broken: tuple[list[Diagnostic], Summary]) -> None:
    look = Look(baseline=lambda found: "new" if found.code == "FIL102" else None)
    first, second = strict(written("sarif", broken[0][:2], look=look))["runs"][0]["results"]
    assert first["baselineState"] == "new"
    assert "baselineState" not in second


@pytest.mark.parametrize("name", [b"a b#c?d%41.txt", b"a:b.txt", b"\xe9\xff.txt", b"./a/../b.txt"])
def test_paths_of_sarif_are_relative_and_of_bytes(name: bytes) -> None:
    found = next(findings(os.fsdecode(name)))
    result = strict(written("sarif", [found]))["runs"][0]["results"][0]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uriBaseId"] == "SRCROOT"
    assert unquote_to_bytes(place["uri"]) == name.removeprefix(b"./")
    assert not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|/|\?|#", place["uri"])


def test_an_absolute_path_of_sarif() -> None:
    found = next(findings("/a b.txt"))
    result = strict(written("sarif", [found]))["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "file:///a%20b.txt"
    }


def test_junit_counts_what_fails(broken: tuple[list[Diagnostic], Summary]) -> None:
    grades = [next(each for each in findings("x") if each.severity is one) for one in Severity]
    for fail_on, failures in (("error", 1), ("warning", 2), ("info", 3), ("never", 0)):
        root = ET.fromstring(written("junit", grades, look=Look(fail_on=fail_on)))
        assert len(root.findall(".//failure")) == failures
        assert len(root.findall(".//skipped")) == 3 - failures
        (suite,) = root
        assert [suite.get(key) for key in ("tests", "failures", "skipped", "errors")] == [
            "3",
            str(failures),
            str(3 - failures),
            "0",
        ]


def test_junit_of_a_clean_run_is_a_test_that_passes() -> None:
    root = ET.fromstring(written("junit", [], CLEAN))
    (case,) = root.findall(".//testcase")
    assert case.get("name") == "checked 8 files, 8 documents, 1.8 kB"
    assert len(case) == 0


def test_a_run_that_was_stopped_is_no_success() -> None:
    summary = Summary(Totals(8, 8, 0, 1800), 8, {}, {}, Unfinished("a\udce9.txt", all_files=False))
    look = Look(exit_code=lambda: 143)
    text = written("junit", [], summary, look)
    check_xml("junit", text)
    (error,) = ET.fromstring(text).findall(".//testcase/error")
    assert "what comes after a<E9>.txt" in str(error.get("message"))
    (invocation,) = strict(written("sarif", [], summary, look))["runs"][0]["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 143)
    assert "what comes after" in invocation["toolExecutionNotifications"][0]["message"]["text"]
    for name in ("markdown", "azure", "github", "statistics"):
        out = written(name, [], summary, look)
        assert "All checks passed" not in out
        assert "Not checked: what comes after" in out


def test_junit_counts_before_it_writes_without_holding_a_file() -> None:
    taken = 0

    def many() -> Iterator[Diagnostic]:
        nonlocal taken
        found = next(findings("x"))
        for _ in range(2 * MOST + 1):
            taken += 1
            yield found

    pieces = renderer("junit")(many(), lambda: SUMMARY, Look())
    next(pieces)
    next(pieces)
    assert taken == MOST
    rest = "".join(pieces)
    assert rest.count("<testsuite ") == 2
    assert taken == 2 * MOST + 1


@pytest.mark.parametrize("name", ["json", "json-lines", "rdjson", "rdjsonl", "sarif", "gitlab"])
@pytest.mark.parametrize("extra", ["checkstyle", "azure"])
def test_long_runs_stream(name: str, extra: str) -> None:
    taken = 0

    def many() -> Iterator[Diagnostic]:
        nonlocal taken
        for found in [next(findings("x"))] * 1000:
            taken += 1
            yield found

    for each in (name, extra):
        taken = 0
        pieces = renderer(each)(many(), lambda: SUMMARY, Look())
        for _ in range(10):
            next(pieces)
        assert 0 < taken < 20


def test_junit_is_read_by_junitparser(broken: tuple[list[Diagnostic], Summary]) -> None:
    junitparser = pytest.importorskip("junitparser", reason="junitparser is in the extra `dev`")
    for found in (broken[0], list(findings("\x1b]]><a b='c'>&"))):
        parsed = junitparser.JUnitXml.fromstring(written("junit", found).encode())
        cases = [case for suite in parsed for case in suite]
        assert len(cases) == len(found)
        assert sum(case.is_failure for case in cases) == sum(
            each.severity is Severity.ERROR for each in found
        )


def multitool() -> str:
    """`Sarif.Multitool` of the npm package @microsoft/sarif-multitool, or nothing."""
    return shutil.which("Sarif.Multitool") or shutil.which("sarif-multitool") or ""


@pytest.mark.skipif(not multitool(), reason="npm i -g @microsoft/sarif-multitool")
def test_sarif_is_valid_to_microsofts_tool(
    tmp_path: Path, broken: tuple[list[Diagnostic], Summary]
) -> None:
    for number, found in enumerate([broken[0], *(list(findings(text)) for text in HOSTILE[::9])]):
        path = tmp_path / f"{number}.sarif"
        path.write_text(written("sarif", found), "utf-8")
    done = subprocess.run(
        [multitool(), "validate", *map(str, sorted(tmp_path.glob("*.sarif")))],
        capture_output=True,
        check=False,
        text=True,
    )
    assert "scanned" in done.stdout
    assert not re.findall(r"(?m)^.*: error .*$", done.stdout)


def test_sarif_is_read_by_sarif_tools(
    tmp_path: Path, broken: tuple[list[Diagnostic], Summary]
) -> None:
    loader = pytest.importorskip("sarif.loader", reason="pip install sarif-tools")
    path = tmp_path / "a.sarif"
    path.write_text(written("sarif", broken[0]), "utf-8")
    records = loader.load_sarif_file(str(path)).get_records()
    assert len(records) == len(broken[0])
    assert {record["Severity"] for record in records} == {"error"}
    read = {(record["Code"], record["Line"]) for record in records}
    assert read == {(each.code, each.location.row) for each in broken[0]}


def test_azure_is_read_as_its_agent_reads_it() -> None:
    """Unescaping as in azure-pipelines-task-lib, taskcommand.ts."""
    for text in HOSTILE:
        for found, line in zip(
            findings(text), written("azure", findings(text)).split("\n"), strict=False
        ):
            if found.severity is Severity.INFO:
                assert not line.startswith("##vso")
                continue
            match = re.fullmatch(r"##vso\[task\.logissue ([^\]]*)\](.*)", line)
            assert match
            pairs = [pair.partition("=")[::2] for pair in match[1].split(";") if pair]
            told = {key: _unescaped(value) for key, value in pairs}
            assert told["type"] == found.severity.value
            assert told["code"] == "TXT001"
            assert told["linenumber"] == "2"
            assert ("columnnumber" in told) is not found.whole_file
            assert _unescaped(match[2]).count("\n") == 1


def _unescaped(text: str) -> str:
    for code, character in (("%3B", ";"), ("%5D", "]"), ("%0D", "\r"), ("%0A", "\n")):
        text = text.replace(code, character)
    return text.replace("%AZP25", "%")


def test_markdown_shows_text_and_no_more() -> None:
    """No document makes a link, an image, a mention or a cell of the table."""
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    reader.options["linkify"] = False
    for text in HOSTILE:
        out = written("markdown", findings(text), STOPPED)
        rows = 0
        fences = [token.content for token in reader.parse(out) if token.type == "fence"]
        assert [one.startswith("Found 3 errors") for one in fences] == [True]
        for token in reader.parse(out):
            assert token.type not in ("html_block", "code_block", "blockquote_open")
            rows += token.type == "tr_open"
            for child in token.children or ():
                assert child.type in ("text", "code_inline", "softbreak"), child
                if child.type == "text":
                    assert "example.org" not in child.content
                    assert "@" not in child.content
        cells = sum(token.type == "td_open" for token in reader.parse(out))
        assert rows == 4  # two heads would be two tables: all is of one file
        assert cells == 6 * 3


def test_markdown_of_a_long_run_is_shown_by_github() -> None:
    def many() -> Iterator[Diagnostic]:
        found = next(findings("世" * 2000 + "|`\\"))
        for number in range(3000):
            words = "".join(chr(0x4E00 + int(digit)) for digit in str(number))
            yield Diagnostic(
                **{
                    **{name: getattr(found, name) for name in found.__struct_fields__},
                    "path": f"{number:05}{'日' * 900}",
                    "message": f"{words} {found.message}",
                }
            )

    out = written("markdown", many())
    assert len(out.encode()) < ROOM
    assert "And 1901 causes more." in out
    assert "And 2900 files more." in out


def test_markdown_says_the_worst_first(broken: tuple[list[Diagnostic], Summary]) -> None:
    mild = [each for each in findings("x") if each.severity is not Severity.ERROR]
    out = written("markdown", [*mild * 9, *broken[0], *broken[0][-1:] * 2], broken[1])
    rows = [line for line in out.split("\n") if re.match(r"\| (error|warning|info) ", line)]
    assert [row.split(" | ")[3] for row in rows] == ["3", *["1"] * 22, "27", "27"]
    assert [row.split()[1] for row in rows[-2:]] == ["warning", "info"]
    files = [line for line in out.split("\n") if line.startswith("| ` ")]
    assert "017_c90f3a7b6e2d8541.txt" in files[0]
    assert files[0].split(" | ")[1] == "4"


def test_checkstyle_and_gitlab_name_the_same_places(
    broken: tuple[list[Diagnostic], Summary],
) -> None:
    root = ET.fromstring(written("checkstyle", *broken))
    places = [(file.get("name"), error.get("line")) for file in root for error in file]
    assert places == [(each.path, str(each.location.row)) for each in broken[0]]
    issues = strict(written("gitlab", *broken))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == len(broken[0])


DOCS = ROOT / "docs" / "formats.md"
SAMPLE = {"letters/147.txt": "The Café\nIt is ferm".encode() + b"\xe9.\nWe had tea. \n"}
ONE_THING = {"profile": "seed", "select": ["ENC001", "TXT101"]}


def samples(folder: Path) -> Iterator[tuple[str, str]]:
    """What is shown in the manual: a name, and a block of text."""
    write(folder, SAMPLE)
    (name, data), *_ = SAMPLE.items()
    lines = "".join(f"    | {visible_bytes(line)}\n" for line in data.split(b"\n") if line)
    yield "file", f"    {name}\n{lines}"
    kinds = {"full": "text", "json": "json", "sarif": "json", "gitlab": "json", "rdjson": "json"}
    kinds |= {"junit": "xml", "checkstyle": "xml", "markdown": "markdown", "json-lines": "json"}
    kinds |= {"html": "html"}
    for kind in formats():
        out = run_cli("letters", output_format=kind, **ONE_THING)[1]
        if kind == "html":  # of the page the first cause
            out = out[out.index('<section aria-labelledby="causes">') :]
            out = out[: out.index("</details>")] + "</details>\n"
        long = "".join(_shortened(line) + "\n" for line in out.split("\n")[:-1])
        fence = "`" * (4 if kind == "markdown" else 3)
        yield kind, f"{fence}{kinds.get(kind, 'text')}\n{long}{fence}\n"
    text = "A café\nA line. \nAnother.  \nTwo caf\udce9s.\n" * 2
    many = {f"docs/{n:03}.txt": os.fsencode(text) for n in range(60)}
    write(folder, many)
    out = run_cli("docs", no_group=False, **ONE_THING)[1]
    yield "causes", f"```text\n{out}```\n"


def _documented(name: str) -> str:
    """What the module of a format says of it."""
    module = importlib.import_module(f"validator.render.{name.replace('-', '_')}")
    return (module.__doc__ or "").strip()


def _shortened(line: str) -> str:
    """A line of the manual: of one for programs the beginning."""
    return line if len(line) <= 400 else f"{line[:396]} ..."


def test_the_manual_shows_every_format(
    compare: Compare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = DOCS.read_text("utf-8")
    for name, block in samples(tmp_path):
        marks = f"<!-- sample: {name} -->\n", "<!-- end sample -->"
        if name in formats() and marks[0] not in text:
            text += f"\n## {name}\n\n{_documented(name)}\n\n{marks[0]}{marks[1]}\n"
        assert text.count(marks[0]) == 1, name
        assert name in ("file", "causes") or f"\n## {name}\n" in text
        before, _, rest = text.partition(marks[0])
        text = before + marks[0] + block + marks[1] + rest.partition(marks[1])[2]
    compare(DOCS, text)


def test_nothing_of_this_is_loaded_for_a_clean_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Title\nText.\n")
    code = (
        "import sys\nfrom validator.cli.commands import cli\n"
        "try:\n    cli.main(['check', '--profile', 'text', '--jobs', '1', 'a.txt'])\n"
        "except SystemExit as end:\n    assert not end.code\n"
        "print(*sorted(name for name in sys.modules if name.startswith('validator.render')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    )
    loaded = io.StringIO(done.stdout).readlines()[-1].split()
    assert loaded == ["validator.render", "validator.render._words", "validator.render.full"]


WHOLE = {
    "a.txt": "Café fermé, hôtel, naïf, señor.\r\nÉté.\r\n".encode("cp1252"),
    "b.txt": "\ufeffÉté.\nÀ la".encode("utf-16-le"),
    "c.txt": b"One\r\nTwo\r\nThree",
    "e.txt": b"Large\r\n" * 5000,
    "g.txt": b"Text.\n",
}
REPAIRED = {
    "a.txt": "Café fermé, hôtel, naïf, señor.\r\nÉté.\r\n".encode(),
    "b.txt": "Été.\nÀ la".encode(),
    "c.txt": b"One\nTwo\nThree",
}
"""What the fixes of whole files give; those of the others are not shown."""


@pytest.fixture
def whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with files that are to be written anew, which is the working directory."""
    write(tmp_path, WHOLE)
    (tmp_path / "seed-validator.toml").write_text('[profiles.text]\nfiles = ["*.txt"]\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


KINDS = {("a.txt", "ENC005"), ("b.txt", "ENC006"), ("c.txt", "ENC201")}


def test_sarif_and_json_have_fixes_of_whole_files(whole: Path) -> None:
    run_cli(".", output=("sarif:a.sarif", "json:a.json", "rdjson:a.rdjson"))
    value = strict((whole / "a.sarif").read_text())
    validate("sarif", value)
    seen = set()
    for result in value["runs"][0]["results"]:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for fix in result.get("fixes", ()):
            (change,) = fix["artifactChanges"]
            edits = [_edit(one) for one in change["replacements"]]
            assert all("text" in one["insertedContent"] for one in change["replacements"])
            assert apply_edits(WHOLE[uri], edits) == REPAIRED[uri]
            seen.add((uri, result["ruleId"]))
    assert seen == KINDS
    for found in strict((whole / "a.json").read_text())["diagnostics"]:
        if found["fix"] is not None and found["path"] in REPAIRED:
            assert found["fix"]["edits"]
    validate("rdjson", strict((whole / "a.rdjson").read_text()))


def _edit(replacement: dict[str, Any]) -> Edit:
    region = replacement["deletedRegion"]
    content = base64.b64decode(replacement["insertedContent"]["binary"])
    return Edit(region["byteOffset"], region["byteOffset"] + region["byteLength"], content)


def test_rdjson_has_fixes_of_whole_files(whole: Path) -> None:
    _, out, _ = run_cli(".", output_format="rdjson")
    seen = {}
    for found in strict(out)["diagnostics"]:
        code, path = found["code"]["value"], found["location"]["path"]
        if "suggestions" in found:
            assert (path, code) in KINDS
            (seen[path],) = found["suggestions"]
    assert {path: one["text"].encode() for path, one in seen.items()} == REPAIRED
    assert {path: one["range"]["end"] for path, one in seen.items()} == {
        "a.txt": {"line": 3, "column": 1},
        "b.txt": {"line": 2, "column": 6},
        "c.txt": {"line": 3, "column": 6},
    }


def test_fixes_of_whole_files_are_the_same_from_a_saved_run(whole: Path) -> None:
    run_cli(".", output=("sarif:a.sarif", "json:a.json"))
    told = _report(whole / "a.json", "sarif")
    assert (
        strict(told)["runs"][0]["results"]
        == (strict((whole / "a.sarif").read_text())["runs"][0]["results"])
    )


def _report(path: Path, name: str) -> str:
    from click.testing import CliRunner

    from validator.cli.commands import cli

    done = CliRunner().invoke(cli, ["report", str(path), "--to", name, "--no-group"])
    assert not done.stderr, done.stderr
    return done.stdout


def test_so_many_bytes_of_whole_files_and_no_more(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("validator.fix.whole_files.IN_ALL", 60)
    _, out, _ = run_cli(".", output_format="sarif")
    results = strict(out)["runs"][0]["results"]
    shown = {one["ruleId"] for one in results if "fixes" in one}
    assert "ENC005" in shown
    assert "ENC201" not in shown


def test_a_file_that_does_not_decode_any_more_has_no_edit(whole: Path) -> None:
    found = next(one for one in check_paths(["b.txt"]).diagnostics() if one.code == "ENC006")
    (whole / "b.txt").write_bytes(b"\xff\xfeA\0B")
    assert next(with_whole_files([found])) == found
