"""CONTRIBUTING.md tells how to add things: its examples work, and no shape of check is left out."""

from __future__ import annotations

import re
import textwrap
import types
from typing import Any, get_args

import pytest

from validator import check_paths, load_profile
from validator.model import Severity
from validator.render import Format, Look
from validator.rules.rule import Check, Rule
from validator.settings.options import Option, Settings
from validator.text.lines import Window
from validator.text.screen.screen import Screen

from .support import FIXTURES, ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`((?:validator|tests|docs)/[\w./]+)`", TEXT)))


def example(name: str) -> Any:
    """The module that the page shows for a place in the package."""
    _, _, behind = TEXT.partition(f"Write `validator/{name}.py`")
    source = behind.split("```")[1].removeprefix("python\n")
    module = types.ModuleType(f"validator.{name.replace('/', '.')}")
    module.__package__ = module.__name__.rpartition(".")[0]
    exec(
        compile(textwrap.dedent(source), "CONTRIBUTING.md", "exec", dont_inherit=True),
        module.__dict__,
    )
    return module


def test_the_rule_finds_its_example() -> None:
    rule: Rule = example("rules/text/double_blank").rule
    check: Any = rule.check
    for case, count in zip(rule.examples, (1, 0), strict=True):
        (data,) = case.files.values()
        settings = Settings({"text.double-blanks": case.profile["text"]["double-blanks"]})
        assert Screen([*check.clues(settings)]).any((data,)) == bool(count)
        hits = [*check.diagnose(Window(data), settings)]
        assert len(hits) == count
        assert all(hit.fix is None or rule.repair(hit.fix.applicability) for hit in hits)
    assert not check.clues(Settings({}))


def test_the_table_is_read() -> None:
    limits: Option[tuple[Any, ...]] = example("body/limits").LIMITS
    (row,) = limits.read([{"pattern": "a+", "max": 3, "severity": "info"}])
    assert (row.pattern, row.min, row.max, row.severity) == ("a+", 0, 3, (Severity.INFO,))
    with pytest.raises(ValueError, match="did you mean `pattern`"):
        limits.read([{"patern": "a+"}])
    with pytest.raises(ValueError, match="at least 2 and at most 1"):
        limits.read([{"pattern": "a+", "min": 2}])
    assert [*limits.schema["items"]["properties"]][:4] == ["pattern", "min", "max", "message"]


def test_the_format_writes_a_line_a_finding() -> None:
    found: Format = example("render/tsv").FORMAT
    run = check_paths([str(FIXTURES / "seeds" / "broken")], load_profile("seed"))
    lines = [*found.render(run.diagnostics(), lambda: run.summary, Look())]
    assert len(lines) > 20
    assert all(line.count("\t") == 4 and line.endswith("\n") for line in lines)
    assert any("\tENC001\t" in line for line in lines)  # as `test_render` asks of every format


@pytest.mark.parametrize("shape", get_args(Check), ids=lambda shape: shape.__name__)
def test_every_shape_of_check_is_told(shape: type) -> None:
    (words,) = re.findall(rf"(?m)^\| `{shape.__name__}` \| (.*) \|$", TEXT)
    assert words.endswith(".")


@pytest.mark.parametrize("path", NAMED)
def test_what_is_named_is_there(path: str) -> None:
    is_example = any(name in path for name in ("double_blank", "limits", "tsv", "NAME"))
    assert (ROOT / path).exists() != is_example
