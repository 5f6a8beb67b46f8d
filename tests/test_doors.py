"""The doors to what google-re2 and PyYAML do not publish: what a release took away, in words."""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Any

import pytest
import re2
import yaml
from packaging.requirements import Requirement

from .support import ROOT

RE2, YAML = "validator/text/re2_private.py", "validator/metadata/syntax/libyaml.py"


def broken(package: str, what: str, door: str) -> str:
    """What a failure says."""
    return f"{package} {version(package)} {what}: {door} must be adapted"


def _program() -> Any:
    return re2.compile(b"b(c)?")


def _set() -> Any:
    patterns = re2.Set.FullMatchSet()
    patterns.Add(b"a")
    patterns.Add(b"b")
    patterns.Compile()
    return patterns


def _parser(text: str = "a: 1") -> Any:
    module = importlib.import_module("yaml._yaml")
    return module.CParser(text)


NAMES: Mapping[str, tuple[str, Callable[[], Any], str]] = {
    "re2._re2.RE2.Anchor.UNANCHORED": ("google-re2", lambda: re2, RE2),
    "re2._re2.RE2.Anchor.ANCHOR_BOTH": ("google-re2", lambda: re2, RE2),
    "pattern._regexp.Match": ("google-re2", _program, RE2),
    "set._set.Match": ("google-re2", _set, RE2),
    "yaml._yaml.CParser": ("pyyaml", lambda: importlib.import_module("yaml"), YAML),
    "parser.get_single_node": ("pyyaml", _parser, YAML),
    "parser.get_event": ("pyyaml", _parser, YAML),
}


@pytest.mark.parametrize("name", NAMES)
def test_each_private_name_is_there(name: str) -> None:
    package, root, door = NAMES[name]
    found = root()
    for part in name.split(".")[1:]:
        assert hasattr(found, part), broken(package, f"no longer has `{name}`", door)
        found = getattr(found, part)


def test_a_pattern_is_matched_as_we_expect() -> None:
    words = broken("google-re2", "matches in another way", RE2)
    anchor = re2._re2.RE2.Anchor
    match = _program()._regexp.Match
    assert match(anchor.UNANCHORED, b"abcb", 0, 4) == [(1, 3), (2, 3)], words
    assert match(anchor.UNANCHORED, b"abcb", 2, 4) == [(3, 4), (-1, -1)], words
    assert match(anchor.ANCHOR_BOTH, b"abc", 0, 3)[0] == (-1, -1), words
    assert [*_set()._set.Match(b"b")] == [1], words


def test_libyaml_asks_its_heirs_for_tags() -> None:
    from validator.metadata.syntax.libyaml import Composer, events

    words = broken("pyyaml", "asks for tags, or gives events, in another way", YAML)
    node: Any = Composer(b"a: 'b'").get_single_node()
    ((key, value),) = node.value
    assert (key.tag, value.tag, value.value) == ("p", "q", "b"), words
    parser = events("é: 1")
    seen = []
    while (event := parser.get_event()) is not None:
        seen.append(event)
    scalar: Any = next(one for one in seen if isinstance(one, yaml.ScalarEvent))
    assert (scalar.start_mark.index, scalar.end_mark.index) == (0, 1), words


@pytest.mark.parametrize(
    ("door", "module", "name"),
    [
        ("validator.text.re2_private", "re2", "_re2"),
        ("validator.metadata.syntax.libyaml", "yaml._yaml", "CParser"),
    ],
)
def test_a_door_that_is_gone_says_so(
    door: str, module: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has such a release is told which module is to be adapted, not where Python was."""
    loaded = importlib.import_module(door)
    with monkeypatch.context() as patch:
        patch.delattr(importlib.import_module(module), name)
        with pytest.raises(ImportError, match=f"{name}.*must be adapted"):
            importlib.reload(loaded)
    importlib.reload(loaded)


def _requirements() -> list[str]:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = written["project"]
    return [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
        *written["build-system"]["requires"],
    ]


@pytest.mark.parametrize("words", _requirements())
def test_every_dependency_has_an_upper_bound(words: str) -> None:
    found = Requirement(words)
    assert {"<", "~=", "=="} & {one.operator for one in found.specifier}, (
        f"{words} in pyproject.toml needs an upper bound: below the next major release, or below "
        "the next minor one of 0.x"
    )
