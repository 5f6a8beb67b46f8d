"""Readers: their records, what they make of unquoted values, and what follows for a profile.

`python -m tests.readers` asks the real programs; this asks those that a development install has.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from validator import load_profile
from validator.cli.main import cli
from validator.errors import ConfigError, ValidatorError
from validator.metadata.disputes import SEARCHES
from validator.metadata.syntax.scalars import Scalars, scalars_of
from validator.profile.resolve import configuration
from validator.readers.engines.pyyaml import RESOLVER as PYYAML
from validator.readers.options import DEFAULT, READERS
from validator.readers.questions import FORMATS, QUESTIONS
from validator.readers.reader import Reader
from validator.readers.reader_set import Evidence, listed, readers_for
from validator.readers.readings import Reading, told
from validator.readers.roll import names, reader_named
from validator.settings.options import Settings

from .readers.adapters import read_frontmatter
from .readers.canonical import Outcome, canonical, moment
from .readers.grammar_front_matter import SPACED, TOKENS, front_matter
from .readers.proof import FORMATS as PROVED
from .readers.proof import comparable, our_front_matter, passing, reads_as, under
from .readers.results import PAGE, paged
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
    for name, answer in one.answers.items():
        assert QUESTIONS[name].format in one.formats
        assert answer != QUESTIONS[name].usual


def test_every_question_is_answered_in_two_ways_and_sought() -> None:
    for question in QUESTIONS.values():
        readers = [one for one in ALL if question.format in one.formats]
        assert len({one.answer(question.name, question.usual) for one in readers}) > 1
        if question.format == "front-matter":
            assert question.name in SEARCHES


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


def test_evidence_names_the_readers() -> None:
    found = Evidence((("false", ("a",)), ("text", ("b", "c"))))
    assert found.words() == "false to a, text to b and c"
    assert found.data() == {"false": ["a"], "text": ["b", "c"]}
    assert listed(("a", "b", "c", "d")) == "a, b, c and d"
    assert listed(("a", "b", "c", "d", "e")) == "a, b, c and 2 more"


def test_a_profile_without_readers_has_the_usual_ones() -> None:
    assert readers_for(Settings({}), "front-matter").names == DEFAULT
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


def test_the_page_shows_what_was_proved() -> None:
    text = PAGE.read_text("utf-8")
    assert paged(text) == text


def test_scalars_are_worked_out_once() -> None:
    settings = Settings({})
    assert scalars_of(settings) is scalars_of(settings)
