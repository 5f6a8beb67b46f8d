"""What all tests share: `--update` rewrites generated files instead of comparing them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from validator import Diagnostic

settings.register_profile(
    "fixed", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("fixed")

QUICK = {
    *("test_cli", "test_clean_text", "test_config", "test_documents", "test_fixtures"),
    *("test_layers", "test_locate", "test_manual", "test_name_fields", "test_readme"),
    *("test_render", "test_rules", "test_seeds", "test_spans", "test_style", "test_terms"),
    "test_walk",
}
"""Modules whose tests `pytest -m quick` runs: all rules, layers and words, at little cost. Their
laws are left out, and what is named below."""
NOT_QUICK = (
    "[mypy",
    "::test_in_another_encoding_and_compressed",
    "::test_the_law_sees_what_is_wrong",
    "::test_standard_input",
    "::test_a_full_disk_is_told",
    "::test_a_closed_pipe_is_not_a_traceback",
    "::test_a_console_that_knows_no_unicode",
    "::test_absurd_configurations",
    "::test_however_deep",
)

Compare = Callable[[Path, str], None]
Examples = Callable[[str], "Sequence[Diagnostic]"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update`."""
    parser.addoption("--update", action="store_true", help="rewrite generated files")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Modules without a quick test need not be read where only those are asked for."""
    if config.getoption("markexpr") != "quick" or not collection_path.match("test_*.py"):
        return None
    return collection_path.stem not in QUICK or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is quick."""
    for item in items:
        law = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        apart = law or any(name in item.nodeid for name in NOT_QUICK)
        if item.path.stem in QUICK and not apart:
            item.add_marker(pytest.mark.quick)


@pytest.fixture
def compare(request: pytest.FixtureRequest) -> Compare:
    """Hold a file of the tree against what it should be, or write it with `--update`."""

    def compare_or_write(path: Path, expected: str) -> None:
        if request.config.getoption("--update"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(expected.encode("utf-8", "surrogateescape"))
        found = path.read_bytes().decode("utf-8", "surrogateescape") if path.exists() else None
        assert found == expected, (
            f"{path} is not up to date: run `pytest --update` and read the diff"
        )

    return compare_or_write


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Examples:
    """What is found in the bad example of a rule, by the rule's name; its files stay there."""
    from validator.rules.catalog import catalog

    from .support import check_example

    @cache
    def found(name: str) -> Sequence[Diagnostic]:
        return check_example(tmp_path_factory.mktemp(name), catalog().find(name).examples[0])

    return found
