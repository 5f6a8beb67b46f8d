"""The house has floors: a module imports only from floors below, and some things have one door."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from validator import later

from .support import ROOT

PACKAGE = ROOT / "validator"

FLOORS = [
    {"later"},
    {"model", "errors", "patterns", "bundle", "rows", "shapes", "visible"},
    {"grades", "exemptions"},
    {
        "lines",
        "scripts",
        "sequences",
        "misreading",
        "plausible",
        "decoders",
        "scratch",
        "terms",
        "escapes",
    },
    {
        "options",
        "screen",
        "keys",
        "mojibake",
        "utf8",
        "wide",
        "document",
        "ledger",
        "members",
        "agreements",
        "literals",
    },
    {"mojibake_clues", "packing", "charsets", "magic", "advise", "syntax", "agreement_options"},
    {"streams", "decode", "readings", "metadata", "sidecars", "cutting", "reference_options"},
    {"source", "folders"},
    {"gathered", "spool"},
    {"links", "paths", "scopes"},
    {"failures", "fields", "gitignore", "rule", "recode", "division"},
    {"walk", "declared", "manifest", "prose", "schema"},
    {"comparison", "code_options", "anchoring", "records"},
    {"embedded"},
    {"rules"},
    {"catalog"},
    {"config", "selection"},
    {"profile"},
    {"plan", "findings"},
    {"duty"},
    {"watching", "survey", "placing"},
    {"documents"},
    {"diagnosis", "places"},
    {"engine", "corpus", "manual", "routing", "inventory"},
    {"executors"},
    {"run"},
    {"render", "progress"},
    {"api"},
    {"checking"},
    {"cli"},
    {"__main__"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}

# Doors: who alone may import or call what.
IMPORTS = {
    "click": {"cli"},
    "chardet": {"advise"},
    "re2": {"patterns"},
    "tomllib": {"config", "syntax"},
    "yaml": {"syntax"},
    "pathspec": {"gitignore", "routing"},
    "multiprocessing": {"executors"},
    "tomli_w": {"cli"},
    "markdown_it": {"prose"},
    "jsonschema_rs": {"schema"},
    "langcodes": {"schema"},
    "packaging": {"schema"},
}
CALLS = {
    "open": {"source", "checking"},  # checking writes the report
    "os.open": {"source", "cli"},  # cli closes a pipe
    "FileIO": {"source"},
    "print": set(),
    "sys.exit": {"cli"},
    "os._exit": {"cli", "executors"},
    "os.fork": {"executors"},
    "input": set(),
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    """The module or package directly under `validator` that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> list[tuple[int, str, bool]]:
    """Line, room of ours or name of another's package, and whether it is ours."""
    found = []
    depth = len(path.relative_to(PACKAGE).parts)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, name.name.partition(".")[0], False) for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            if not node.level:
                found.append((node.lineno, str(node.module).partition(".")[0], False))
            elif node.level < depth:
                continue  # within its own room
            elif node.module:
                found.append((node.lineno, node.module.partition(".")[0], True))
            else:
                found += [(node.lineno, name.name, True) for name in node.names]
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_go_down(path: Path) -> None:
    own = room(path)
    for line, name, ours in imports(path):
        if ours and own != "__init__" and name != "__version__":
            assert FLOOR[name] < FLOOR[own], f"{path}:{line}: {own} must not import {name}"
        if not ours and name in IMPORTS:
            assert own in IMPORTS[name], f"{path}:{line}: only {IMPORTS[name]} may import {name}"


def test_no_module_imports_what_imports_it() -> None:
    """Within a room, too, and wherever in a module the import stands."""
    below = {path: {*_imported(path)} for path in MODULES if path.stem != "__init__"}
    try:
        tuple(TopologicalSorter(below).static_order())
    except CycleError as error:
        pytest.fail(" > ".join(path.relative_to(PACKAGE).as_posix() for path in error.args[1]))


def _imported(path: Path) -> Iterator[Path]:
    """The modules of the package that a module imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            folder = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            names = [folder.with_suffix(".py"), *(folder / f"{one.name}.py" for one in node.names)]
            yield from (name for name in names if name.exists())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_doors(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = ast.unparse(called)
        if name in CALLS:
            assert room(path) in CALLS[name], f"{path}:{node.lineno}: `{name}` belongs elsewhere"
        assert not name.endswith(".splitlines"), (
            f"{path}:{node.lineno}: splitlines cuts at U+2028, VT and FF"
        )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_patterns_wait_until_they_are_needed(path: Path) -> None:
    for statement in ast.parse(path.read_text("utf-8")).body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile":
                pytest.fail(f"{path}:{node.lineno}: at import, use `later`")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_patterns_that_wait_compile(path: Path) -> None:
    if path.stem == "__main__":
        return  # it would run
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    module = importlib.import_module(name.removesuffix(".__init__"))
    for value in vars(module).values():
        if isinstance(value, later.Later):
            assert value.pattern is not None


def test_every_room_has_a_floor() -> None:
    assert {room(path) for path in MODULES} - {"__init__"} <= set(FLOOR)


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "rules").rglob("*.py")), ids=lambda path: path.stem
)
def test_rules_know_no_rule(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            assert node.module is None, f"{path}:{node.lineno}: a rule imports only from its room"


POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{[0-9,]+\})\+")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_group_is_possessive(path: Path) -> None:
    # Python before 3.11.5 matches them wrongly (python/cpython#106052); of one character they are
    # right, and what is in a group can be written so that it has nothing to give back
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
            assert not POSSESSIVE_GROUP.search(text), f"{path}:{node.lineno}"
