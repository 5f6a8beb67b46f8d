"""The house: a room imports only from rooms before it, and some things have one door."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from validator.rules.index import FAMILIES
from validator.text import lazy_re

from .support import ROOT

PACKAGE = ROOT / "validator"

FACES = {"__init__", "__main__", "pytest_plugin"}
"""The faces of the house: to the library, to the shell, to pytest."""

ROOMS = [
    *(
        "errors",
        "memo",
        "diagnostic",
        "model",
        "text",
        "text/screen",
        "settings",
        "readers",
        "file",
        "document",
        "encoding",
        "metadata/syntax",
    ),
    *("delimiters", "metadata", "metadata/schema", "body", "body/records", "corpus"),
    *("encoding/mojibake", "rules", "profile", "check", "fix"),
    *("run/executors", "run", "store", "render", "demo", "cli"),
]
"""The nouns and the rooms of the house; each imports from those before it only. A room within a
room that is not listed is part of it."""

# Doors: who alone may import or call what.
IMPORTS = {
    "click": {
        "cli/click_parts",
        "cli/commands",
        "cli/baseline_commands",
        "cli/options",
        "cli/completion",
        "cli/completed",
    },
    "chardet": {"encoding/ask_chardet"},
    "ray": {"run/executors/ray_actors"},
    "azure": {"file/storage/az_account"},
    "botocore": {"file/storage/s3"},
    "google": {"file/storage/gs"},
    "http": {"file/storage"},
    "ssl": {"file/storage/http_client"},
    "pyarrow": {"run/results", "file/parquet", "file/parquet_lines"},
    "pytest": {"pytest_plugin"},
    "re2": {"text/re2", "text/re2_private"},
    "tomllib": {"profile/toml_file", "profile/overrides", "metadata/syntax", "demo"},
    "yaml": {"metadata/syntax"},
    "pathspec": {"file/pattern_set"},
    "multiprocessing": set[str](),  # run/executors/starting says why
    "subprocess": {"run/executors", "file/git_changes"},
    "socket": {"run/executors"},
    "tomli_w": {"cli/commands", "cli/init", "cli/profile_pages"},
    "markdown_it": {"body"},
    "jsonschema_rs": {"metadata/schema"},
    "langcodes": {"metadata/schema"},
    "packaging": {"metadata/schema"},
    "wcwidth": {"text/visible"},
}
CALLS = {
    # reports, saved runs, a first configuration, the corpus of the demonstration
    "open": {"file/temporary", "cli/outputs", "cli/saved_run", "cli/init", "demo"},
    # the command fills what is closed
    "os.open": {"file/opening", "file/temporary", "file/originals", "file/replacing", "cli/ending"},
    "FileIO": {
        "file/opening",
        "file/stored_bytes",
        "file/temporary",
        "file/originals",
        "file/replacing",
        "file/objects",
    },
    "print": set(),
    "click.echo": set(),
    "sys.stdout.write": set(),
    "sys.stderr.write": {"cli/main"},  # where nothing else can be imported
    "sys.exit": {"cli/click_parts", "cli/main", "cli/ending"},
    "os._exit": {"__main__", "cli/ending", "cli/stopping", "run/executors"},
    "os.fork": {"run/executors"},
    "input": set(),
    "id": set(),  # what is kept by it outlives the thing: `memo` keeps with the thing
    "vars": set(),
    "time.time": set(),  # it jumps; `time.monotonic` does not
}
PRIVATE = {
    "_parquet": {"file/parquet"},
    "_regexp": {"text/re2_private"},
    "_re2": {"text/re2_private"},
    "_set": {"text/re2_private"},
    "_yaml": {"metadata/syntax/libyaml"},
    "CParser": {"metadata/syntax/libyaml"},
    "_is_text_encoding": {"encoding/charsets"},  # CPython has no other word for it
    "_private": {"run/executors/ray_actors"},  # of Ray, which has no option against its words
    "_Decompress": {"file/decompressors"},  # the type of what `zlib.decompressobj` gives
}
"""What other packages do not publish, and who alone may ask for it; `tests/test_doors.py` does."""

MODULES = sorted(PACKAGE.rglob("*.py"))


@cache
def home(path: Path) -> str:
    """The place of a module in the package, such as `file/reading`."""
    return path.relative_to(PACKAGE).with_suffix("").as_posix()


@cache
def room(path: Path) -> str:
    """The innermost listed room that a module is in; its own name if it is in none."""
    place = home(path)
    rooms = (name for name in ROOMS if f"{place}/".startswith(f"{name}/"))
    return max(rooms, key=len, default=place)


def belongs(path: Path, places: set[str]) -> bool:
    """Whether a module is one of these, or in one of these rooms."""
    return any(f"{home(path)}/".startswith(f"{place}/") for place in places)


def for_each(paths: Sequence[Path]) -> Callable[[Callable[[Path], None]], Callable[[], None]]:
    """One test of what holds for each module: a test for each would cost ten times as much."""

    def decorated(law: Callable[[Path], None]) -> Callable[[], None]:
        def test() -> None:
            faults = []
            for path in paths:
                try:
                    law(path)
                except AssertionError as error:
                    faults.append(str(error))
            assert not faults, "\n".join(faults)

        test.__doc__ = law.__doc__
        return test

    return decorated


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All that a module is made of; the module itself is the first."""
    return (*ast.walk(ast.parse(path.read_text("utf-8"))),)


def dotted(called: ast.AST) -> str:
    """What is called, such as `os.open` or `….splitlines`."""
    if isinstance(called, ast.Attribute):
        return f"{dotted(called.value)}.{called.attr}"
    return called.id if isinstance(called, ast.Name) else "…"


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and name of the packages of others that a module imports."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name.partition(".")[0]) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.lineno, str(node.module).partition(".")[0]


@for_each(MODULES)
def test_imports_go_down(path: Path) -> None:
    own = room(path)
    if home(path) in FACES:
        return
    for target in _imported(path):
        other = room(target)
        if other == own or home(target) == "__init__":
            continue  # within its room, or the version
        assert ROOMS.index(other) < ROOMS.index(own), f"{path}: {own} must not import {other}"


@for_each(MODULES)
def test_doors_to_other_packages(path: Path) -> None:
    for line, name in imports(path):
        if name in IMPORTS:
            places = IMPORTS[name]
            assert belongs(path, places), f"{path}:{line}: only {places} may import {name}"


def test_no_module_imports_what_imports_it() -> None:
    """Within a room, too, and wherever in a module the import stands."""
    below = {path: {*_imported(path)} for path in MODULES if path.stem != "__init__"}
    try:
        tuple(TopologicalSorter(below).static_order())
    except CycleError as error:
        pytest.fail(" > ".join(path.relative_to(PACKAGE).as_posix() for path in error.args[1]))


def _imported(path: Path) -> Iterator[Path]:
    """The modules of the package that a module imports."""
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and node.level:
            folder = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            inner = [folder / f"{one.name}.py" for one in node.names]
            names = [folder.with_suffix(".py"), folder / "__init__.py", *inner]
            yield from (name for name in names if name.exists() and name != path)


@for_each(MODULES)
def test_doors(path: Path) -> None:
    for node in nodes(path):
        if not isinstance(node, ast.Call):
            continue
        name = dotted(node.func)
        if name in CALLS:
            assert belongs(path, CALLS[name]), f"{path}:{node.lineno}: `{name}` belongs elsewhere"
        assert name == "bytes.splitlines" or not name.endswith(".splitlines"), (
            f"{path}:{node.lineno}: splitlines of str cuts at U+2028, VT and FF"
        )


@for_each(MODULES)
def test_doors_to_what_others_hide(path: Path) -> None:
    """A name that is not published may go with any release: it is asked for in one place."""
    attributes = [node for node in nodes(path) if isinstance(node, ast.Attribute)]
    own = {node.attr for node in attributes if dotted(node.value) in ("self", "cls")}
    asked = [(node.lineno, node.attr) for node in attributes]
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [*str(node.module).split("."), *(one.name for one in node.names)]
            asked += [(node.lineno, name) for name in names]
        elif isinstance(node, ast.Import):
            asked += [(node.lineno, part) for one in node.names for part in one.name.split(".")]
    for line, name in asked:
        is_hidden = name.startswith("_") and not name.startswith("__") and name not in own
        if name in PRIVATE or (is_hidden and name != "_exit"):
            places = PRIVATE.get(name, set())
            assert home(path) in places, f"{path}:{line}: `{name}` belongs to {places or 'others'}"


@for_each(MODULES)
def test_only_memos_are_kept_with_a_record(path: Path) -> None:
    for node in nodes(path):
        if isinstance(node, ast.Attribute) and node.attr == "__dict__":
            assert home(path) == "memo", f"{path}:{node.lineno}: use `memo`"


@for_each(MODULES)
def test_patterns_wait_until_they_are_needed(path: Path) -> None:
    module = nodes(path)[0]
    assert isinstance(module, ast.Module)
    for statement in module.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and dotted(node.func) == "re.compile":
                raise AssertionError(f"{path}:{node.lineno}: at import, use `later`")


@for_each(MODULES)
def test_patterns_that_wait_compile(path: Path) -> None:
    if path.stem == "__main__":
        return  # it would run
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    module = importlib.import_module(name.removesuffix(".__init__"))
    for value in vars(module).values():
        if isinstance(value, lazy_re.Later):
            assert value.pattern is not None, path


FEW = {
    "settings/annotations.table_type": "tables of options",
    "profile/option_values._keys_of": "families",
    "body/explain.near": "lines of one document; it goes with the call",
    "fix/invariants/__init__.named": "invariants",
    "encoding/charsets.label": "encodings",
    "encoding/suggest._letters": "encodings",
    "encoding/suggest._table": "encodings",
    "encoding/legibility/code_pages.characters": "encodings",
    "encoding/legibility/languages.language": "languages",
    "encoding/legibility/languages.codes": "scripts",
    "encoding/legibility/single_byte._classes": "encodings and languages",
    "encoding/legibility/single_byte._classes_of_ascii": "languages",
    "encoding/legibility/single_byte._alone": "encodings and languages",
    "encoding/legibility/double_byte._table": "languages",
    "encoding/mojibake/codec_tables.to_bytes": "encodings",
    "encoding/mojibake/codec_tables._from_bytes": "encodings",
    "encoding/mojibake/codec_tables.pattern": "encodings",
    "profile/toml_file._names_in": "the directory of built-in profiles",
}
"""Functions of which all answers are kept, and what there are only a few of."""


@for_each(MODULES)
def test_what_profiles_and_documents_bring_is_not_kept_for_ever(path: Path) -> None:
    for node in nodes(path):
        if not isinstance(node, ast.FunctionDef) or not node.args.args:
            continue
        for decorator in map(ast.unparse, node.decorator_list):
            endless = decorator in {"cache", "functools.cache", "lru_cache(None)"}
            if endless or "maxsize=None" in decorator:
                assert f"{home(path)}.{node.name}" in FEW, f"{path}:{node.lineno}"


def test_the_root_holds_nouns_and_rooms() -> None:
    listed = {name.partition("/")[0] for name in ROOMS}
    assert {room(path) for path in MODULES} - FACES <= set(ROOMS)
    assert {path.name for path in PACKAGE.iterdir() if path.is_dir()} <= {
        *listed,
        "profiles",  # data
        "__pycache__",
    }
    assert len([*PACKAGE.glob("*.py")]) <= 8


NAMED_TWICE = {
    "__init__": "a package",
    "options": "the options of a room: its keys in a profile",
    "json": "a format of output and a syntax of metadata, called as users write them",
    "markdown": "a format of output and a syntax of bodies, called as users write them",
    "json_lines": "a format of output and a kind of division, called as users write them",
}
"""Names that more than one module has, with the reason."""


def test_no_name_stands_twice() -> None:
    """But for rules, whose names are the faults that users read, and for these few."""
    named: dict[str, list[str]] = {}
    for path in MODULES:
        if not home(path).startswith(tuple(f"rules/{family}/" for family in FAMILIES.values())):
            named.setdefault(path.stem, []).append(home(path))
    twice = {name: homes for name, homes in named.items() if len(homes) > 1}
    assert set(twice) == set(NAMED_TWICE), twice


@for_each(sorted((PACKAGE / "rules").glob("*/*.py")))
def test_rules_know_no_rule(path: Path) -> None:
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            assert node.module is None, f"{path}:{node.lineno}: a rule imports only from its room"


POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{[0-9,]+\})\+")


@for_each(MODULES)
def test_no_group_is_possessive(path: Path) -> None:
    # Python before 3.11.5 matches them wrongly (python/cpython#106052); of one character they are
    # right, and what is in a group can be written so that it has nothing to give back
    for node in nodes(path):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
            assert not POSSESSIVE_GROUP.search(text), f"{path}:{node.lineno}"
