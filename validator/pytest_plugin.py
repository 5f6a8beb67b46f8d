"""The pytest plugin: with `pytest --seed-validator` each file that is checked is a test.

pytest imports this module whether it is asked for or not, so nothing else is imported here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from . import Diagnostic

OPTION: Final = "--seed-validator"
NAME: Final = "seed-validator"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    words = "check documents as `seed-validator check` does at the same paths: a test for each file"
    parser.getgroup(NAME).addoption(OPTION, action="store_true", help=words)


def pytest_configure(config: pytest.Config) -> None:
    """Collect documents if that is wanted."""
    if config.getoption(OPTION):
        paths = [arg.partition("::")[0] for arg in config.args]
        there = [path for path in paths if os.path.lexists(path)]
        config.pluginmanager.register(_Documents(there), f"{NAME} documents")


class _Documents:
    """The documents at the paths that pytest is given; all are checked in one run, when needed."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = paths

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> Generator[None, list[Any], list[Any]]:
        """A file that is checked.

        pytest takes a text file that is named on its command line for doctests, and fails where the
        document is not UTF-8; that is left to those who ask for doctests of texts.
        """
        found = yield
        if os.fspath(file_path) not in self.files:
            return found
        if not parent.config.getoption("doctestglob", None):
            found = [one for one in found if type(one).__name__ != "DoctestTextfile"]
        named = _named(file_path, parent.config.rootpath)
        return [*found, _File.from_parent(parent, path=file_path, documents=self, **named)]

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, session: pytest.Session, items: list[pytest.Item]
    ) -> None:
        """Add a test for what is found at paths that are no test: a file that is missing, say."""
        if any(isinstance(item, _Item) for item in items):
            items.append(
                _Item.from_parent(
                    session, name=f"{NAME} corpus", nodeid=f"{NAME} corpus", found=self.left
                )
            )

    @cached_property
    def files(self) -> frozenset[str]:
        """The absolute paths of the files that are checked."""
        from . import list_files

        chosen = list_files(self._paths) if self._paths else ()
        return frozenset(os.path.abspath(one.path) for one in chosen if one.profile)

    @cached_property
    def found(self) -> Mapping[str, Sequence[Diagnostic]]:
        """What makes a run fail, by absolute path; the strictest `fail-on` counts."""
        from . import check_paths
        from .model import failing

        results = check_paths(self._paths).results()
        found: dict[str, list[Diagnostic]] = {}
        for one in results:
            if failing(one.severity, results.fail_on):
                found.setdefault(os.path.abspath(one.path), []).append(one)
        return found

    def at(self, path: str) -> Sequence[Diagnostic]:
        """What is found in one of the files."""
        return self.found.get(path, ())

    def left(self) -> Sequence[Diagnostic]:
        """What is found at paths that are no test."""
        others = (found for path, found in self.found.items() if path not in self.files)
        return [one for found in others for one in found]


def _named(path: Path, root: Path) -> dict[str, Any]:
    """What pytest is to call a file whose name it should not print, for it prints any."""
    from .text.harmless import harmless
    from .text.visible import visible

    name = os.path.relpath(path, root).replace(os.sep, "/")
    shown = harmless(visible(name))
    return {} if shown == name else {"nodeid": shown, "name": shown.rpartition("/")[2]}


class _File(pytest.File):
    """A document."""

    def __init__(self, *, documents: _Documents, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._documents = documents

    def collect(self) -> Iterator[pytest.Item]:
        """The one test of it."""
        found = partial(self._documents.at, os.fspath(self.path))
        yield _Item.from_parent(self, name=NAME, found=found)


class _Item(pytest.Item):
    """Fails with what is found."""

    def __init__(self, *, found: Callable[[], Sequence[Diagnostic]], **arguments: Any) -> None:
        super().__init__(**arguments)
        self._found = found

    def runtest(self) -> None:
        """Raise what is found."""
        if found := self._found():
            raise _FoundError(found)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The findings as the command shows them."""
        if not isinstance(excinfo.value, _FoundError):
            return super().repr_failure(excinfo, style)
        from .model import Summary, Totals
        from .render import Look, renderer

        writer = self.config.get_terminal_writer()
        look = Look(color=writer.hasmarkup, width=writer.fullwidth, quiet=True)
        found = excinfo.value.found
        lines = renderer("full")(found, lambda: Summary(Totals(), 0, {}), look)
        return "".join(lines).rstrip("\n")

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The file, and what the test is called."""
        name = self.nodeid.partition("::")[0]
        return self.config.rootpath / name, None, f"{NAME}: {name}"


class _FoundError(Exception):
    """Findings that make a test fail."""

    def __init__(self, found: Sequence[Diagnostic]) -> None:
        super().__init__(f"{len(found)} findings")
        self.found = found
