"""What all tests share: `--update` rewrites generated files instead of comparing them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "fixed", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("fixed")

Compare = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update`."""
    parser.addoption("--update", action="store_true", help="rewrite generated files")


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
