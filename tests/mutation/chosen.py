"""A plugin of pytest: only the tests that `MUTATION_TESTS` lists, in that order.

They may take `MUTATION_LIMIT` seconds of the processor together. What came of them is written
beside the list.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

import pytest

MEMORY: Final = 4 << 30


class Chosen:
    """Keeps some tests, and notes which of them failed."""

    def __init__(self, listed: Path) -> None:
        self._listed = listed
        self._passed = 0
        self._failed = ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep what is listed."""
        wanted: list[str] = json.loads(self._listed.read_text("utf-8"))
        places = {name: place for place, name in enumerate(wanted)}
        items[:] = [item for item in items if item.nodeid in places]
        items.sort(key=lambda item: places[item.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what came of a test."""
        self._passed += report.when == "call" and report.passed
        if report.failed and not self._failed:
            self._failed = report.nodeid

    def pytest_sessionfinish(self) -> None:
        """Write it down."""
        said = {"passed": self._passed, "failed": self._failed}
        self._listed.with_suffix(".said").write_text(json.dumps(said), "utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Choose, where this is the plugin."""
    if "MUTATION_TESTS" in os.environ:
        import resource  # not there on Windows

        limit = int(os.environ["MUTATION_LIMIT"])
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        config.pluginmanager.register(Chosen(Path(os.environ["MUTATION_TESTS"])))
