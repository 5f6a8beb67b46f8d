"""Readers: their records, what they make of unquoted values, and what follows for a profile.

`python -m tests.readers` asks the real programs; this asks those that a development install has.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from validator import Severity, check_bytes, check_paths, load_profile
from validator.cli.commands import cli
from validator.corpus.series import series
from validator.errors import ConfigError, ValidatorError
from validator.metadata.disputes import SEARCHES
from validator.metadata.syntax.scalars import Judged, Scalars, scalars_of
from validator.profile.configuration import configuration
from validator.readers.engines.pandoc_yaml import RESOLVER as PANDOC
from validator.readers.engines.pyyaml import RESOLVER as PYYAML
from validator.readers.options import DEFAULT, READERS
from validator.readers.questions import FORMATS, QUESTIONS
from validator.readers.reader import Reader
from validator.readers.reader_set import Evidence, listed, readers_for
from validator.readers.readings import Reading, told
from validator.readers.roll import names, reader_named
from validator.rules.delimiters.padded_body import ASKED as ASKED_OF_BODIES
from validator.settings.options import Settings

from .readers.adapters import read_frontmatter
from .readers.canonical import Outcome, canonical, moment
from .readers.grammar_front_matter import SPACED, TOKENS, front_matter
from .readers.proof import FORMATS as PROVED
from .readers.proof import (
    Asked,
    Proof,
    comparable,
    letters,
    lists_of,
    our_front_matter,
    passing,
    prove,
    reads_as,
    under,
)
from .readers.results import PAGE, begun, known, note, paged
from .readers.roster import READERS as ROSTER

ALL = [reader_named(name) for name in names()]
QUICK = {one.name: Scalars(Settings({"readers": (one.name,)})) for one in ALL if one.yaml}
RESOLVERS = {one.yaml.name: one.yaml for one in ALL if one.yaml}


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_a_reader_is_complete(one: Reader) -> None:
    assert one.name in ROSTER  # it can be asked
    assert one.summary
    assert not one.summary.endswith(".")
    assert one.call
    assert any(map(str.isdigit, one.version))
    assert one.formats
    assert {*one.formats} <= FORMATS.keys()
    assert ("front-matter" in one.formats) == (one.yaml is not None)
    of_library = one.yaml.answers if one.yaml else {}
    for name, answer in (*of_library.items(), *one.answers.items()):
        assert QUESTIONS[name].format in one.formats
        assert answer != QUESTIONS[name].usual


def test_every_question_is_answered_in_two_ways_and_sought() -> None:
    for question in QUESTIONS.values():
        readers = [one for one in ALL if question.format in one.formats]
        assert len({one.answer(question.name, question.usual) for one in readers}) > 1
        if question.format == "front-matter":
            assert question.name in {*SEARCHES, *ASKED_OF_BODIES}


def real(token: str) -> Reading:
    """What PyYAML itself makes of a token."""
    try:
        value = yaml.safe_load(f"v: {token}")["v"]
    except ValueError:  # of Python, where a moment does not exist
        return Reading("error", "")
    except yaml.YAMLError:
        return Reading("error", "")
    found = canonical(value)
    if isinstance(found, dict):
        return Reading("moment", moment(found["$date"]))
    kinds = {bool: "truth", int: "number", float: "number", str: "text", type(None): "null"}
    if found != found:  # noqa: PLR0124
        return Reading("number", "nan")
    return Reading(kinds[type(value)], found)


def plain_in(token: str) -> Iterator[str]:
    """The plain scalar that a token is, if it is one."""
    try:
        node = yaml.compose(f"v: {token}")
    except yaml.YAMLError:
        return
    if isinstance(node, yaml.MappingNode) and isinstance(node.value[0][1], yaml.ScalarNode):
        one = node.value[0][1]
        if one.style is None and len(node.value) == 1 and not one.tag.startswith("!"):
            yield one.value


@pytest.mark.parametrize("token", [*TOKENS, *SPACED])
def test_pyyaml_is_as_it_is_written_down(token: str) -> None:
    for text in plain_in(token):
        assert PYYAML.read(text) == real(token)


@given(st.text("0123456789_,.:+-eExXoOTZ tinfa", min_size=1, max_size=12))
def test_pyyaml_is_as_it_is_written_down_for_any_text(token: str) -> None:
    for text in plain_in(token):
        assert PYYAML.read(text) == real(token)


@given(st.text(max_size=8) | st.text("0123456789_,.:+-eExXoOTZ tinfa", min_size=1, max_size=12))
def test_the_quick_look_misses_nothing(text: str) -> None:
    """What it takes for text or a number at once, every resolver does."""
    for reader in ALL:
        if reader.yaml is None:
            continue
        found = QUICK[reader.name].plain(text)
        reading = reader.yaml.read(text)
        if type(found) is str:
            assert reading in (Reading("text", text), Reading("moment", reading.value))
        elif isinstance(found, bool | int | float) or found is None:
            assert found == reading.value


@given(st.text("0123456789_,.:+-eExXoOTZ tinfa", min_size=1, max_size=16))
def test_no_resolver_fails(text: str) -> None:
    for resolver in RESOLVERS.values():
        reading = resolver.read(text)
        assert told(reading, text)


PRINTED = """
1.10 1.1  007 7  -0 0  0o17 15  1e5 100000  +5. 5  0.05 5.0e-2  0.50 0.5  -0.05 -5.0e-2
123456789.5 1.234567895e8  9999999.5 9999999.5  1e19 1.0e19  1e-400 1.0e-400  0X1F 0X1F  .5 .5
9223372036854775808 9.223372036854775808e18  -9223372036854775808 -9223372036854775808
""".split()


@pytest.mark.parametrize(("written", "printed"), [*zip(PRINTED[::2], PRINTED[1::2], strict=True)])
def test_pandoc_prints_numbers(written: str, printed: str) -> None:
    """As pandoc 2.17 itself did."""
    assert PANDOC.read(written) == Reading("text", printed)


def test_a_number_that_is_text_again_is_what_a_schema_judges() -> None:
    scalars = Scalars(Settings({"readers": ("pandoc",)}))
    assert scalars.judged("1.10") == Judged("1.1", "trailing-zero", None, True)
    assert scalars.plain("12") == "12"
    found = Scalars(Settings({"readers": ("pandoc", "vfile-matter")})).judged("1.10").evidence
    assert found
    assert found.words() == "the text `1.1` to pandoc, the number 1.1 to vfile-matter"


def codes(text: str, *readers: str) -> list[str]:
    """The errors in a page of front matter that is made for these readers."""
    asked = under(load_profile("front-matter"), readers)
    found = check_bytes(text.encode(), asked, name="a.md")
    return [one.code for one in found if one.severity is Severity.ERROR]


@pytest.mark.parametrize("name", SEARCHES)
def test_what_two_readers_dispute_is_told_of_its_example(name: str) -> None:
    one = QUESTIONS[name]
    readers = [reader for reader in ALL if one.format in reader.formats]
    told = {reader.answer(name, one.usual): reader.name for reader in readers}
    asked = under(load_profile("front-matter"), [*told.values()][:2])
    found = check_bytes(one.example, asked, name="a.md")
    assert one.what.lower() in " ".join(said.message.lower() for said in found)
    assert "MET050" in {said.code for said in found}


@pytest.mark.parametrize(
    ("readers", "body", "wanted"),
    [
        (["python-frontmatter", "gray-matter"], "    code\n", ["DEL050"]),
        (["python-frontmatter", "gray-matter"], "a \n", ["DEL050"]),
        (["python-frontmatter"], "\u3000a\n", ["DEL050"]),
        (["hugo"], "    code\na \n", []),
        (["hugo", "eleventy"], " \na\n", []),
        (["jekyll"], "    code\na \n", []),
        (["jekyll"], "\n \na\n", ["DEL050"]),
        (["jekyll"], " \n", ["DEL050"]),
        (["front-matter", "hugo"], " \r\n a\n", ["DEL050"]),
    ],
)
def test_white_space_at_the_ends_of_a_body_is_a_matter_of_readers(
    readers: list[str], body: str, wanted: list[str]
) -> None:
    found = codes(f"---\na: b\n---\n{body}", *readers)
    assert [code for code in found if code not in ("ENC201", "ENC202")] == wanted


def test_a_body_may_be_held_to_what_no_reader_wants() -> None:
    settings = {**load_profile("front-matter").settings.values, "readers": ("hugo",)}
    strict = replace(
        load_profile("front-matter"),
        settings=Settings({**settings, "delimiters.padding": "forbid"}),
    )
    found = check_bytes(b"---\na: b\n---\n a\n", strict, name="a.md")
    assert [one.code for one in found] == ["DEL050"]


@pytest.mark.parametrize(
    ("readers", "text", "wanted"),
    [
        (["jekyll"], "a: b\n...\nText.\n", []),
        (["mkdocs", "pandoc"], "a: b\n...\nText.\n---\n", []),
        (["jekyll"], "a: b\n... \nText.\n", ["DEL031"]),
        (["jekyll", "hugo"], "a: b\n...\nText.\n", ["DEL031"]),
        (["jekyll", "hugo"], "a: b\n...\n---\nText.\n", ["MET050"]),
        ([], "a: b\n...\nText.\n", ["DEL031"]),
    ],
)
def test_dots_close_a_block_where_all_readers_say_so(
    readers: list[str], text: str, wanted: list[str]
) -> None:
    assert codes(f"---\n{text}", *readers) == wanted


def test_evidence_names_the_readers() -> None:
    found = Evidence((("false", ("a",)), ("text", ("b", "c"))))
    assert found.words() == "false to a, text to b and c"
    assert found.data() == {"false": ["a"], "text": ["b", "c"]}
    assert listed(("a", "b", "c", "d")) == "a, b, c and d"
    assert listed(("a", "b", "c", "d", "e")) == "a, b, c and 2 more"


def test_a_profile_without_readers_has_the_usual_ones() -> None:
    for form in ("front-matter", "json-lines"):
        found = readers_for(Settings({}), form).names
        assert found == tuple(one for one in DEFAULT if form in reader_named(one).formats)
        assert found == readers_for(Settings({"readers": ("mkdocs", "json")[:0]}), form).names
    assert readers_for(Settings({"readers": ("hugo",)}), "front-matter").names == ("hugo",)


def test_a_profile_names_its_readers(tmp_path: Path) -> None:
    path = tmp_path / "seed-validator.toml"
    path.write_text('[profiles.a]\nextends = "front-matter"\nreaders = ["jekyll"]\n')
    (profile,) = configuration(str(tmp_path), str(path)).own
    assert profile.settings[READERS] == ("jekyll",)
    path.write_text('[profiles.a]\nreaders = ["jekyl"]\n')
    with pytest.raises(ConfigError, match=r":2:1: .*did you mean `jekyll`"):
        configuration(str(tmp_path), str(path))


def test_the_command_tells_of_readers() -> None:
    out = CliRunner().invoke(cli, ["readers"]).output
    assert all(f"  {name} " in out for name in names())
    out = CliRunner().invoke(cli, ["readers", "jekyll"]).output
    assert "- `no` is false\n" in out
    assert "- a line `...` before the closing fence is the closing fence\n" in out
    out = CliRunner().invoke(cli, ["readers", "hugo", "--output-format", "json"]).output
    (found,) = json.loads(out)
    assert found["scalars"]["y"] == "true"
    assert found["answers"]["keys-by-case"] == "the same field"
    wrong = CliRunner().invoke(cli, ["readers", "jekkyl"])
    assert wrong.exit_code == 2
    assert "did you mean `jekyll`" in wrong.output


def test_an_unknown_reader_is_an_error() -> None:
    with pytest.raises(ValidatorError, match="there is no reader `x`"):
        reader_named("x")


@pytest.mark.parametrize("names", [(), ("python-frontmatter",)])
def test_what_passes_is_read_as_we_read_it(names: tuple[str, ...], tmp_path: Path) -> None:
    """The proof of `python -m tests.readers` in small, with the reader that is always there."""
    form = PROVED["front-matter"]
    profile = under(load_profile("front-matter"), names)
    paths = []
    for number in range(300):
        path = tmp_path / f"{number}.md"
        path.write_bytes(front_matter(random.Random(f"small {number}")))
        paths.append(path)
    good = passing(paths, tmp_path, profile)
    assert len(good) > 100
    for path in good:
        read = canonical(read_frontmatter(str(path)))
        ours = our_front_matter(path.read_bytes(), profile)
        assert reads_as(ours, read, "python-frontmatter"), (path.read_bytes(), read, ours)
        assert comparable(Outcome(read)) != "an error"
    assert form.make is front_matter


class InProcess(Asked):
    """The one reader that is always there, asked here."""

    def read(self, name: str, paths: Sequence[Path]) -> Mapping[Path, Outcome]:
        """What it makes of files."""
        return {path: Outcome(canonical(read_frontmatter(str(path)))) for path in paths}


def test_a_proof_goes_on_from_where_it_was(tmp_path: Path) -> None:
    form, names, so_far = PROVED["front-matter"], ("python-frontmatter",), tmp_path / "proofs.json"
    assert lists_of(form)[0] == load_profile("front-matter").settings[READERS]
    asked = InProcess(tmp_path, "", "")
    proof = begun(so_far, "front-matter", names, 1)
    assert proof == Proof(names, 0, 0, [])
    runs = prove(form, asked, proof, batch=40)
    first, second = next(runs), next(runs)
    assert (first.made, second.made) == (40, 80)
    assert 0 < first.passed < second.passed
    assert not second.differences
    note(so_far, "front-matter", 1, first)
    again = begun(so_far, "front-matter", names, 1)
    assert again == first
    assert next(prove(form, asked, again, batch=40)) == second
    assert begun(so_far, "front-matter", names, 2).made == 0
    assert begun(so_far, "front-matter", ("hugo",), 1).made == 0
    so_far.write_text(so_far.read_text("utf-8").replace('"of": "', '"of": "x'), "utf-8")
    assert begun(so_far, "front-matter", names, 1).made == 0  # of another package


def test_generated_files_of_records_are_no_table_together() -> None:
    """Their names differ in letters: else what one of them holds would fail the others."""
    assert not [*series(f"/a/{letters(number)}.jsonl".encode() for number in range(30))]
    assert len({letters(number) for number in range(200)}) == 200


def test_what_is_recorded_reached_the_bar() -> None:
    for row in known():
        form = PROVED[row["format"]]
        assert row["documents"] >= form.wanted
        assert tuple(row["readers"]) in lists_of(form)


def test_the_page_shows_what_was_proved() -> None:
    text = PAGE.read_text("utf-8")
    assert paged(text) == text


def test_scalars_are_worked_out_once() -> None:
    settings = Settings({})
    assert scalars_of(settings) is scalars_of(settings)


@pytest.mark.parametrize(
    ("name", "block", "found"),
    [
        ("gray-matter", "v: [-]\n", ["dash-in-flow 8 9"]),
        ("gray-matter", "v: {a: -, -: b}\n", ["dash-in-flow 11 12", "dash-in-flow 14 15"]),
        ("gray-matter", "v: [-a, '-', -]\nw: a-b\n", ["dash-in-flow 17 18"]),
        ("gray-matter", "v: [[-]]\n", ["dash-in-flow 9 10"]),
        ("hugo", "v: [-]\nw: -a\n", []),
        ("vfile-matter", "v: [?a]\n", ["question-first 8 10"]),
        ("mkdocs", "v: [?a]\n", []),
        (
            "hugo",
            "v: [a?b, 'a?', +?a]\nw: a?b\n",
            ["question-within 8 11", "question-within 19 22"],
        ),
        ("jekyll", "v: [a?b]\n", []),
        ("gray-matter", "v:\n- -\n- a\n", ["dashes-alone 9 10"]),
        ("gray-matter", "v:\n  - - - # c\n\n  # c\n  -\n", ["dashes-alone 13 14"]),
        ("gray-matter", "v:\n-\n -\n-\n", ["dashes-alone 10 11"]),
        (
            "gray-matter",
            "v:\n- w:\n  -\n- - - a\n  - -\n  -\n",
            ["dashes-alone 14 15", "dashes-alone 28 29"],
        ),
        ("gray-matter", "v:\n-\n - a\n-\n-\nw: |\n  -\n  - -\n", []),
        ("gray-matter", "v:\n- -\nw:\n- a\n", []),
        ("gray-matter", "v:\n- - a\n- b\n", []),
        ("jekyll", "v:\n- -\n- a\n", []),
        ("gray-matter", "v: 'a \n  b'\n", ["blank-before-fold 9 10"]),
        ("gray-matter", "v: a \n  b\nw: 'a'\n", []),
        ("eleventy", "v: 'a \n  b'\n", []),
        ("gray-matter", "x:\n  v: [a\n  b]\n", ["folded-in-flow 13 18"]),
        ("gray-matter", "v: [a\n  b, {c:\n  d}]\n", []),
        ("gray-matter", "x:\n- [a\n b]\n- v: [a\n   b]\n", []),
        ("gray-matter", "x:\n- v: [a\n  b]\n", ["folded-in-flow 13 18"]),
        ("gray-matter", "x:\n  v: [[a]\n   , b\n  c]\n", ["folded-in-flow 22 27"]),
        ("gray-matter", "x:\n  v: [\n   a\n  b]\n", ["folded-in-flow 17 22"]),
        ("gray-matter", "x: [# c\n -]\n", ["dash-in-flow 13 14"]),
        ("hugo", "x:\n  v: [a\n  b]\n", []),
        ("gray-matter", "a: b\n... # c\n... # d\n", ["second-dots 17 20"]),
        ("gray-matter", "a: b\n... # c\n", []),
        ("python-frontmatter", "a: b\n... # c\n... # d\n", []),
    ],
)
def test_what_a_reader_makes_of_a_block_of_its_own(name: str, block: str, found: list[str]) -> None:
    """The bytes that are named count in the file."""
    profile = under(load_profile("front-matter"), (name,))
    diagnostics = check_bytes(f"---\n{block}---\nText.\n".encode(), profile, name="a.md")
    assert [
        f"{one.data['question']} {one.byte_offset} {one.byte_offset + one.byte_length}"
        for one in diagnostics
        if one.code == "MET050"
    ] == found


def test_a_template_fails_where_readers_are_named() -> None:
    """One reader gives the block up, another one reads a field without a value."""
    data = b"---\ntitle: {{ a }}\n---\nText.\n"
    (one,) = check_bytes(data, load_profile("front-matter"), name="a.md")
    assert (one.code, one.severity) == ("MET048", Severity.ERROR)
    (one,) = check_bytes(data, load_profile("markdown"), name="a.md")
    assert one.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ([-0.0], [0], True),
        ([1.0], [1], True),
        ([2**64], [float(2**64)], True),
        ([2**64 + 1], [float(2**64)], False),
        ([1.5], [1.25], False),
        ([True], [1], False),
        ([1e300], [10**300], False),
    ],
)
def test_numbers_are_compared_by_their_exact_value(
    one: list[object], other: list[object], alike: bool
) -> None:
    assert (comparable(Outcome(one)) == comparable(Outcome(other))) is alike


def of_records(data: bytes, *names: str) -> list[str]:
    """What is found in a file of records under `jsonl` with these readers."""
    profile = load_profile("jsonl")
    profile = under(profile, names) if names else profile
    return [f"{one.code} {one.location.row}" for one in check_bytes(data, profile, name="a.jsonl")]


WHOLE = b'{"id":"a","x":1}\n'
HALF = b'{"id":"a","x":0.5}\n'


@pytest.mark.parametrize(
    ("names", "before", "found"),
    [
        ((), 99, []),
        ((), 100, ["MET040 101"]),
        (("polars",), 100, ["MET040 101"]),
        (("json", "node"), 100, []),
        (("duckdb",), 100, []),
        (("duckdb",), 20_480, ["MET040 20481"]),
    ],
)
def test_the_first_fraction_comes_too_late_for_some(
    names: tuple[str, ...], before: int, found: list[str]
) -> None:
    assert of_records(WHOLE * before + HALF * 2 + WHOLE, *names) == found


def test_a_late_fraction_is_told_with_who_minds() -> None:
    found = check_bytes(WHOLE * 100 + HALF, load_profile("jsonl"), name="a.jsonl")
    (one,) = found
    assert (
        "is the fraction 0.5 here, and was a whole number in the 100 records before" in one.message
    )
    assert one.message.endswith("an error to polars")


def test_readers_that_go_by_records_mind_no_types() -> None:
    mixed = b'{"id":"a","x":1}\n{"id":"b","x":"c"}\n'
    assert of_records(mixed) == ["MET040 2"]
    assert of_records(mixed, "json", "orjson", "node") == []
    assert of_records(mixed, "json", "duckdb-typed") == ["MET040 2"]


@pytest.mark.parametrize(
    ("names", "value", "found"),
    [
        ((), b"[null,1]", ["MET051 1"]),
        ((), b'"[null,1]"', []),
        (("json",), b"[null,1]", []),
        ((), b"18446744073709551616.0", ["MET024 1"]),
        (("json", "pandas"), b'"001"', ["MET051 1"]),
        ((), b'"001"', []),
        (("duckdb",), b'"2024-01-31"', ["MET051 1"]),
        (("datasets",), b'"2024-01-31T10:00:00+02:00"', ["MET051 1"]),
        ((), b'"2024-01-31"', []),
        (("duckdb",), b'"on 2024-01-31"', []),
        (("duckdb",), b'{"2024-01-31":1}', []),
    ],
)
def test_values_that_readers_of_records_dispute(
    names: tuple[str, ...], value: bytes, found: list[str]
) -> None:
    assert of_records(b'{"id":"a","x":' + value + b"}\n", *names) == found


def test_files_that_are_read_together_have_one_type_a_field(tmp_path: Path) -> None:
    for name, value in (("a-1", b"1"), ("a-2", b'"x"'), ("b-1", b'"x"'), ("a-03", b"2")):
        (tmp_path / f"{name}.jsonl").write_bytes(b'{"id":"i","x":' + value + b"}\n")
    for own, wanted in (((), ["a-2.jsonl"]), (("json", "node"), [])):
        run = check_paths([str(tmp_path)], under(load_profile("jsonl"), own))
        found = [Path(one.path).name for one in run.diagnostics() if one.code == "COR040"]
        assert found == wanted


def test_a_form_feed_in_a_text_fails_no_file_of_records() -> None:
    (one,) = check_bytes(b'{"id":"a","x":"a\\fb"}\n', load_profile("jsonl"), name="a.jsonl")
    assert (one.code, one.severity) == ("TXT002", Severity.WARNING)
